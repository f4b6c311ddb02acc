package standin

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/servicediscovery"
	"github.com/aws/aws-sdk-go-v2/service/servicediscovery/types"
	"github.com/stretchr/testify/require"
)

// reached is a service's world with a load balancer in front and a task
// definition that listens.
type reached struct {
	*balanced
	tasks     *taskWorld
	listener  *res
	namespace *string
}

func newReached(p *provider, name string) *reached {
	p.t.Helper()
	w := &reached{balanced: newBalanced(p, name), tasks: newTasks(p, name)}
	w.listener = p.create(tListener, name, props{"loadBalancerArn": w.application.id, "port": 80, "protocol": "HTTP", "defaultActions": forward(w.http)})
	w.tasks.one = p.create(tTask, name+"-web", w.tasks.task(name+"-web", "busybox:1").with("containerDefinitions",
		container("busybox:1", `,"portMappings":[{"containerPort":80},{"containerPort":8080}]`)))
	return w
}

func (w *reached) behind(targets *res, port int) []any {
	return []any{props{"targetGroupArn": targets.id, "containerName": "main", "containerPort": port}}
}

// registry makes a Cloud Map service with records of the type.
func (w *reached) registry(name string, kind types.RecordType) string {
	w.p.t.Helper()
	cloudMap := w.p.cloud.Raw().CloudMap
	if w.namespace == nil {
		made, err := cloudMap.CreatePrivateDnsNamespace(w.p.t.Context(), &servicediscovery.CreatePrivateDnsNamespaceInput{
			Name: aws.String(w.name + ".internal"), Vpc: &w.vpc.id,
		})
		require.NoError(w.p.t, err)
		operation, err := cloudMap.GetOperation(w.p.t.Context(), &servicediscovery.GetOperationInput{OperationId: made.OperationId})
		require.NoError(w.p.t, err)
		w.namespace = aws.String(operation.Operation.Targets["NAMESPACE"])
	}
	out, err := cloudMap.CreateService(w.p.t.Context(), &servicediscovery.CreateServiceInput{
		Name: &name, NamespaceId: w.namespace,
		DnsConfig: &types.DnsConfig{DnsRecords: []types.DnsRecord{{Type: kind, TTL: aws.Int64(10)}}},
	})
	require.NoError(w.p.t, err)
	return aws.ToString(out.Service.Arn)
}

var _ = addMoreLives(map[string]func(p *provider) (string, life){
	"service behind a load balancer": func(p *provider) (string, life) {
		w := newReached(p, "behind")
		srv := w.registry("behind", types.RecordTypeSrv)
		return tService, life{
			in: w.tasks.service(w.vpcWorld).with("loadBalancers", w.behind(w.http, 80)).with("healthCheckGracePeriodSeconds", 30).
				with("serviceRegistries", props{"registryArn": srv, "containerName": "main", "containerPort": 80}),
			edits: []edit{
				{name: "loadBalancers", value: w.behind(w.http, 8080)},
				{name: "healthCheckGracePeriodSeconds", value: 60},
				{name: "serviceRegistries", value: props{"registryArn": srv, "port": 8080}},
				{name: "serviceRegistries", value: nil},
				{name: "loadBalancers", value: nil, with: props{"healthCheckGracePeriodSeconds": nil}},
			},
			importID: func(r *res) string { return w.tasks.cluster.out("name") + "/" + r.out("name") },
		}
	},
})

func TestServicesBehindNothingRefused(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newReached(p, "svc")
	alone := p.create(tTargets, "svc-alone", w.targets("HTTP"))
	instances := p.create(tTargets, "svc-instances", w.targets("HTTP").with("targetType", "instance"))
	srv, a := w.registry("svc-srv", types.RecordTypeSrv), w.registry("svc-a", types.RecordTypeA)
	in := w.tasks.service(w.vpcWorld)
	behind := func(target any) props { return in.with("loadBalancers", target) }
	mapped := func(registry props) props { return in.with("serviceRegistries", registry) }
	runRefusals(t, p, map[string]refusal{
		"no load balancer":           {tService, behind(w.behind(alone, 80)), "InvalidParameterException", "does not have an associated load balancer"},
		"an unknown target group":    {tService, behind([]any{props{"targetGroupArn": alone.id + "0", "containerName": "main", "containerPort": 80}}), "InvalidParameterException", "does not exist"},
		"an unknown container":       {tService, behind([]any{props{"targetGroupArn": w.http.id, "containerName": "other", "containerPort": 80}}), "InvalidParameterException", "The container other does not exist in the task definition."},
		"an unknown port":            {tService, behind(w.behind(w.http, 81)), "InvalidParameterException", "did not have a container port 81 defined"},
		"targets by instance":        {tService, behind(w.behind(instances, 80)), "InvalidParameterException", "incompatible with the awsvpc network mode"},
		"grace for nothing":          {tService, in.with("healthCheckGracePeriodSeconds", 10), "InvalidParameterException", "grace period"},
		"an unknown registry":        {tService, mapped(props{"registryArn": srv + "0", "port": 80}), "InvalidParameterException", "does not exist"},
		"a port of an A record":      {tService, mapped(props{"registryArn": a, "port": 80}), "InvalidParameterException", "do not require a value for 'port'"},
		"a container of one":         {tService, mapped(props{"registryArn": a, "containerName": "main", "containerPort": 80}), "InvalidParameterException", "do not require a value for 'containerPort'"},
		"both of an SRV record":      {tService, mapped(props{"registryArn": srv, "containerName": "main", "containerPort": 80, "port": 80}), "InvalidParameterException", "but not both"},
		"none of them":               {tService, mapped(props{"registryArn": srv}), "InvalidParameterException", "Specify a value for either"},
		"a container there is not":   {tService, mapped(props{"registryArn": srv, "containerName": "other", "containerPort": 80}), "InvalidParameterException", "The container other does not exist"},
		"a port the container lacks": {tService, mapped(props{"registryArn": srv, "containerName": "main", "containerPort": 81}), "InvalidParameterException", "container port 81"},
	})

	service := p.create(tService, "svc", behind(w.behind(w.http, 80)))
	requireRefused(t, service.tryUpdate(behind(w.behind(w.http, 80)).with("taskDefinition", w.tasks.two.out("arn"))),
		"InvalidParameterException", "did not have a container port 80")
	requireRefused(t, service.tryUpdate(behind(w.behind(alone, 80))), "InvalidParameterException", "associated load balancer")
	plain := p.create(tService, "svc-a", mapped(props{"registryArn": a}))
	plain.requireSettled()
}

package standin

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/servicediscovery"
	"github.com/aws/aws-sdk-go-v2/service/servicediscovery/types"
	"github.com/stretchr/testify/require"
)

// TestRollback holds what a deployment that the circuit breaker rolls back looks
// like: the update succeeds, and the service has the task definition it had.
func TestRollback(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	v, w := newVpc(p, "rollback"), newTasks(p, "rollback")
	in := w.service(v).with("waitForSteadyState", true)
	breaker := in.with("deploymentCircuitBreaker", props{"enable": true, "rollback": true})
	guarded, plain := p.create(tService, "guarded", breaker), p.create(tService, "plain", in)

	failing := newProvider(t, props{"ECSNET_STANDIN_ROLLBACK": "true"})
	for _, s := range []*res{guarded, plain} {
		s.p = failing
	}
	guarded.update(breaker.with("taskDefinition", w.two.out("arn")))
	require.Equal(t, w.one.out("arn"), guarded.out("taskDefinition"), "it was rolled back")
	plain.update(in.with("taskDefinition", w.two.out("arn")))
	require.Equal(t, w.two.out("arn"), plain.out("taskDefinition"), "nothing rolls it back")

	guarded.p = p
	guarded.update(breaker.with("taskDefinition", w.one.out("arn")))
	guarded.update(breaker.with("taskDefinition", w.two.out("arn")))
	require.Equal(t, w.two.out("arn"), guarded.out("taskDefinition"))
}

// TestTasksInCloudMap holds that the tasks of an ECS service are instances of
// its registry, which cannot be deleted while they are, or only with force.
func TestTasksInCloudMap(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newReached(p, "mapped")
	namespace := p.create(tNamespace, "mapped", props{"name": "tasks.internal", "vpc": w.vpc.id})
	registry := func(name string, force bool) *res {
		return p.create(tDiscovery, name, props{"name": name, "forceDestroy": force, "dnsConfig": props{
			"namespaceId": namespace.id, "dnsRecords": []any{props{"type": string(types.RecordTypeSrv), "ttl": 10}},
		}})
	}
	kept, forced := registry("kept", false), registry("forced", true)
	behind := func(r *res) props { return props{"registryArn": r.out("arn"), "port": 80} }
	instances := func(r *res) []types.InstanceSummary {
		out, err := p.cloud.CloudMap.ListInstances(t.Context(), &servicediscovery.ListInstancesInput{ServiceId: &r.id})
		require.NoError(t, err)
		return out.Instances
	}

	in := w.tasks.service(w.vpcWorld).with("desiredCount", 2)
	service := p.create(tService, "mapped", in.with("serviceRegistries", behind(kept)))
	require.Len(t, instances(kept), 2)
	require.NotEqual(t, *instances(kept)[0].Id, *instances(kept)[1].Id)
	service.update(in.with("desiredCount", 3).with("serviceRegistries", behind(kept)))
	require.Len(t, instances(kept), 3)
	service.update(in.with("serviceRegistries", behind(forced)))
	require.Len(t, instances(forced), 2)

	service.delete()
	requireRefused(t, kept.tryDelete(), "ResourceInUse", "Service contains registered instances")
	require.NotEmpty(t, instances(forced), "they leave in their own time")
	forced.delete()

	// Once ECS deregistered the tasks, the registry can go.
	for _, i := range instances(kept) {
		i.Attributes["LOCAL_LEAVES_AT"] = "2026-01-01T00:00:00Z"
		cloudMap := p.cloud.Raw().CloudMap
		_, err := cloudMap.DeregisterInstance(t.Context(), &servicediscovery.DeregisterInstanceInput{ServiceId: &kept.id, InstanceId: i.Id})
		require.NoError(t, err)
		_, err = cloudMap.RegisterInstance(t.Context(), &servicediscovery.RegisterInstanceInput{ServiceId: &kept.id, InstanceId: i.Id, Attributes: i.Attributes})
		require.NoError(t, err)
	}
	kept.delete()
	require.Empty(t, instances(kept), "a registry that is gone has none")
	require.NoError(t, kept.tryDelete(), "and is gone already")
}

// TestGracePeriod holds both readings of what AWS makes of a grace period that
// comes with a service's first load balancer.
func TestGracePeriod(t *testing.T) {
	t.Parallel()
	strict := newProvider(t, nil)
	byResult := newProvider(t, props{"ECSNET_STANDIN_GRACE_BY_RESULT": "true"})
	w := newReached(strict, "grace")
	plain := w.tasks.service(w.vpcWorld)
	behind := plain.with("loadBalancers", w.behind(w.http, 80))
	graced := behind.with("healthCheckGracePeriodSeconds", 30)
	const refused = "only valid for services configured to use load balancers"

	one := strict.create(tService, "one", plain)
	requireRefused(t, one.tryUpdate(graced), "InvalidParameterException", refused)
	one.update(behind)
	one.update(graced)
	one.update(plain) // both go at once: it has a load balancer before
	_, err := strict.cloud.ECS.UpdateService(t.Context(), &ecs.UpdateServiceInput{
		Cluster: aws.String(w.tasks.cluster.out("name")), Service: aws.String(one.out("name")), HealthCheckGracePeriodSeconds: aws.Int32(0),
	})
	requireRefused(t, err, "InvalidParameterException", refused)

	two := byResult.create(tService, "two", plain)
	two.update(graced)
	two.update(plain)
	requireRefused(t, two.tryUpdate(plain.with("healthCheckGracePeriodSeconds", 30)), "InvalidParameterException", refused)
}

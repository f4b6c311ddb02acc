package engine

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// addition is a step of a running system that only grows: what there is may be
// updated, where a row says so, and is never made anew.
type addition struct {
	name string
	// old becomes new in the program, by pairs.
	edits []string
	// updates is what there was already and changes in place, "SERVICE web" as
	// the plan names it.
	updates []string
	// deletes is what another resource takes the place of in AWS, without a call.
	deletes []string
	// moves is what is made elsewhere before it goes where it was.
	moves []string
}

// running is the system that grows: a service behind a load balancer, on
// Fargate, in a network without a way out.
const running = `name: growing
runtime: yaml
resources:
  net:
    type: ecsnet:IsolatedVpc
    properties:
      availabilityZones: [us-east-1a, us-east-1b]
      maxAvailabilityZones: 4
      endpointServices: [logs, ecr.api, ecr.dkr]
  apps:
    type: ecsnet:EcsCluster
  front:
    type: ecsnet:ApplicationIngress
    properties:
      network: ${net}
      allowFrom:
        vpc: {cidrBlock: "${net.cidrBlock}"}
  web:
    type: ecsnet:FargatePrivateService
    properties:
      network: ${net}
      clusterArn: ${apps.clusterArn}
      image: 123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.0
      containerPort: 8080
      ingress: ${front}
      ingressRules:
        office: {port: 8080, cidrBlock: 10.9.0.0/16}
      egressRules:
        db: {port: 5432, cidrBlock: 10.9.0.0/16}
`

// additions are what the running system gets, one after another.
var additions = []addition{
	{
		name: "more rules, a certificate, and another service behind an API of its own",
		edits: []string{
			"        office: {", "        branch: {port: 8080, cidrBlock: 10.8.0.0/16}\n        office: {",
			"        db: {", "        cache: {port: 6379, cidrBlock: 10.9.0.0/16}\n        db: {",
			"        vpc: {", "        office: {cidrBlock: 10.9.0.0/16}\n        vpc: {",
			"      allowFrom:", "      certificateArn: CERTIFICATE\n      allowFrom:",
			"  web:\n", `  api:
    type: ecsnet:ApiIngress
    properties:
      network: ${net}
  orders:
    type: ecsnet:FargatePrivateService
    properties:
      network: ${net}
      clusterArn: ${apps.clusterArn}
      image: 123456789012.dkr.ecr.us-east-1.amazonaws.com/orders:1.0
      containerPort: 8080
      ingress: ${api}
  web:
`,
		},
		updates: []string{"listener front-http"},       // it redirects now
		moves:   []string{"listenerRule web-all-rule"}, // to the listener that answers now
	},
	{
		name: "a zone, and hosts beside Fargate",
		edits: []string{
			"[us-east-1a, us-east-1b]", "[us-east-1a, us-east-1b, us-east-1c]",
			"[logs, ecr.api, ecr.dkr]", "[logs, ecr.api, ecr.dkr, ecs, ecs-agent, ecs-telemetry]",
			"    type: ecsnet:EcsCluster\n", "    type: ecsnet:EcsCluster\n    properties: {capacityProviders: []}\n",
			"  web:\n", `  pool:
    type: ecsnet:Ec2Capacity
    properties:
      network: ${net}
      clusterName: ${apps.clusterName}
      imageId: ami-0123456789abcdef0
  jobs:
    type: ecsnet:Ec2Service
    properties:
      network: ${net}
      clusterArn: ${apps.clusterArn}
      capacityProviderName: ${pool.capacityProviderName}
      image: 123456789012.dkr.ecr.us-east-1.amazonaws.com/jobs:1.0
  web:
`,
		},
		// The preview does not show that the load balancer gets a subnet too: to the
		// provider's library, a set that AWS may compute and that is not known yet is
		// no change. TestServicesGrow looks at what it has in the end.
		updates: []string{
			"service orders-service", "service web-service",
			"vpcEndpoint net-endpoint-ecr.api", "vpcEndpoint net-endpoint-ecr.dkr", "vpcEndpoint net-endpoint-logs", "vpcEndpoint net-endpoint-s3",
		},
		deletes: []string{"clusterCapacityProviders apps-capacity"}, // the hosts' component sets the cluster's list now
	},
	{
		name:  "a way out",
		edits: []string{"ecsnet:IsolatedVpc", "ecsnet:NatNetwork", "      maxAvailabilityZones: 4\n", "      maxAvailabilityZones: 4\n      natMode: Single\n      endpointPolicies: Account\n"},
	},
}

// TestServicesGrow: a running service, its way in and what it stands on keep
// what they have while others come beside them: in AWS each of them is the same
// as before.
func TestServicesGrow(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	program := strings.ReplaceAll(running, certificate, a.certificate())
	arn := a.certificate()
	p := a.newProgram(written(t, program))
	p.up()
	before := p.ids()
	for _, step := range additions {
		for i := 0; i < len(step.edits); i += 2 {
			program = replaceOnce(t, program, step.edits[i], strings.ReplaceAll(step.edits[i+1], certificate, arn))
		}
		if err := os.WriteFile(filepath.Join(p.workspace.Dir, "Pulumi.yaml"), []byte(program), 0o644); err != nil {
			t.Fatal(err)
		}
		p.mustOnlyAdd(step)
		p.up()
		after := p.ids()
		for urn, id := range before {
			gone := slices.ContainsFunc(slices.Concat(step.deletes, step.moves), func(d string) bool { return strings.HasSuffix(urn, "::"+d[strings.Index(d, " ")+1:]) })
			if after[urn] != id && !gone {
				t.Errorf("%s: %s was %s and is %q", step.name, urn, id, after[urn])
			}
		}
		before = after
	}
	p.mustBeSteady()
	if got := len(a.inventory().LoadBalancers[0].Subnets); got != 3 {
		t.Errorf("the load balancer is in %d subnets, want one of each zone", got)
	}
	p.destroy()
	a.mustBeEmpty()
}

// mustOnlyAdd fails the test when the engine would do anything with what there
// is but the step's updates.
func (p *program) mustOnlyAdd(step addition) {
	p.t.Helper()
	created := 0
	var got, want []string
	for _, o := range p.preview() {
		switch {
		case o.op == "create":
			created++
		case strings.HasPrefix(o.typ, "ecsnet:") && o.op == "update": // the component's own inputs
		default:
			got = append(got, o.op+" "+shortType(o.typ)+" "+o.name)
		}
	}
	for _, name := range step.updates {
		want = append(want, "update "+name)
	}
	for _, name := range step.deletes {
		want = append(want, "delete "+name)
	}
	for _, name := range step.moves {
		want = append(want, "replace "+name)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		p.t.Errorf("%s: to what there is the engine would do\n  %s\nwant\n  %s", step.name, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
	if created == 0 {
		p.t.Errorf("%s: nothing is added", step.name)
	}
}

// ids are the ids in AWS of the stack's resources, by URN without its parents'
// types, which change with a component's type.
func (p *program) ids() map[string]string {
	p.t.Helper()
	ids := map[string]string{}
	for _, r := range p.resources() {
		if strings.HasPrefix(r.Type, "aws:") {
			ids[r.Type+"::"+r.URN[strings.LastIndex(r.URN, "::")+2:]] = r.ID
		}
	}
	return ids
}

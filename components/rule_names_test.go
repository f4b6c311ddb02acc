package components

import (
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// TestAComponentStandsForItsChild: what another program sees as an output of a
// component is an output of the child in its own process, and both name a rule
// alike.
func TestAComponentStandsForItsChild(t *testing.T) {
	t.Parallel()
	for urn, want := range map[resource.URN]string{
		"urn:pulumi:dev::p::ecsnet:index:ApplicationIngress$aws:ec2/securityGroup:SecurityGroup::front-ingress": "front",
		"urn:pulumi:dev::p::ecsnet:index:FargatePrivateService$aws:ec2/securityGroup:SecurityGroup::web-tasks":  "web",
		"urn:pulumi:dev::p::ecsnet:index:IsolatedVpc$aws:ec2/vpc:Vpc::net-vpc":                                  "net",
		"urn:pulumi:dev::p::ecsnet:index:IsolatedVpc$aws:ec2/vpcEndpoint:VpcEndpoint::net-endpoint-s3":          "net",
		"urn:pulumi:dev::p::ecsnet:index:EcsCluster$aws:ecs/cluster:Cluster::apps-cluster":                      "apps",
		"urn:pulumi:dev::p::my:index:Shop$ecsnet:index:NatNetwork$aws:ec2/vpc:Vpc::net-vpc":                     "net",
		"urn:pulumi:dev::p::ecsnet:index:NatNetwork$aws:ec2/vpcEndpoint:VpcEndpoint::net-endpoint-sqs":          "net-endpoint-sqs",
		"urn:pulumi:dev::p::my:index:Shop$aws:ec2/vpc:Vpc::net-vpc":                                             "net-vpc",
		"urn:pulumi:dev::p::aws:ec2/securityGroup:SecurityGroup::db-service":                                    "db-service",
	} {
		if got := componentOf(urn); got != want {
			t.Errorf("%s stands for %q, want %q", urn, got, want)
		}
	}
}

// TestRulesAreNamedByWhatTheyOpen: other names for the same rules make the same
// children, and rules that open the same are one; a secret shows in no name.
func TestRulesAreNamedByWhatTheyOpen(t *testing.T) {
	t.Parallel()
	rules := func(given map[string]RuleArgs) []string {
		g := mustRun(t, serviceWith(func(a *FargatePrivateServiceArgs) { a.IngressRules = given }))
		var names []string
		for _, n := range g.ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule") {
			if strings.HasPrefix(n.name, "sample-ingress-") {
				names = append(names, n.name)
			}
		}
		slices.Sort(names)
		return names
	}
	block := pulumi.String("10.9.0.0/16")
	for name, c := range map[string]struct {
		given map[string]RuleArgs
		want  []string
	}{
		"one":             {map[string]RuleArgs{"office": {Port: ptr(80), CidrBlock: block}}, []string{"sample-ingress-tcp-80-10.9.0.0/16"}},
		"renamed":         {map[string]RuleArgs{"branch": {Port: ptr(80), CidrBlock: block}}, []string{"sample-ingress-tcp-80-10.9.0.0/16"}},
		"twice":           {map[string]RuleArgs{"a": {Port: ptr(80), CidrBlock: block}, "b": {FromPort: ptr(80), ToPort: ptr(80), CidrBlock: block}}, []string{"sample-ingress-tcp-80-10.9.0.0/16"}},
		"other protocols": {map[string]RuleArgs{"a": {Port: ptr(80), CidrBlock: block}, "b": {Port: ptr(80), Protocol: ptr(RuleProtocolUdp), CidrBlock: block}}, []string{"sample-ingress-tcp-80-10.9.0.0/16", "sample-ingress-udp-80-10.9.0.0/16"}},
		"a secret":        {map[string]RuleArgs{"office": {Port: ptr(80), CidrBlock: pulumi.ToSecret(block).(pulumi.StringOutput).ToStringPtrOutput()}}, []string{"sample-ingress-office"}},
	} {
		if got := rules(c.given); !slices.Equal(got, c.want) {
			t.Errorf("%s: the rules are %v, want %v", name, got, c.want)
		}
	}
}

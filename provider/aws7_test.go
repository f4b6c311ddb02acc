package provider

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// gone are the inputs of the resource types in use that pulumi-aws 6.83.2 has
// and 7.40.0 has not, from comparing the argument structs of the two Go SDKs,
// nested ones included. All others have the same name and type in both, and so
// have the arguments and results of the functions in use. A new resource type
// in a component belongs into that comparison.
var gone = map[string][]resource.PropertyKey{
	"aws:ec2/flowLog:FlowLog":               {"logGroupName"},
	"aws:ecs/taskDefinition:TaskDefinition": {"inferenceAccelerators"},
}

// compared are the resource types that the comparison covered.
var compared = map[string]bool{
	"aws:cloudwatch/logGroup:LogGroup":                                true,
	"aws:ec2/defaultSecurityGroup:DefaultSecurityGroup":               true,
	"aws:ec2/flowLog:FlowLog":                                         true,
	"aws:ec2/routeTable:RouteTable":                                   true,
	"aws:ec2/routeTableAssociation:RouteTableAssociation":             true,
	"aws:ec2/securityGroup:SecurityGroup":                             true,
	"aws:ec2/subnet:Subnet":                                           true,
	"aws:ec2/vpc:Vpc":                                                 true,
	"aws:ec2/vpcEndpoint:VpcEndpoint":                                 true,
	"aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": true,
	"aws:ecs/cluster:Cluster":                                         true,
	"aws:ecs/clusterCapacityProviders:ClusterCapacityProviders":       true,
	"aws:ecs/service:Service":                                         true,
	"aws:ecs/taskDefinition:TaskDefinition":                           true,
	"aws:iam/role:Role":                                               true,
	"aws:iam/rolePolicy:RolePolicy":                                   true,
	"aws:iam/rolePolicyAttachment:RolePolicyAttachment":               true,
	"aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule":         true,
	"aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule":       true,
}

// A program may hand down an aws provider of major version 7.
func TestChildrenFitAws7(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	must := func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	vpc, err := h.construct(t, "IsolatedVpc net", in(props{
		"availabilityZones": []any{"us-east-1a", "us-east-1b", "us-east-1c"},
		"zoneCidrBlocks":    props{"us-east-1c": "10.1.0.0/20"},
		"flowLogs":          props{},
		"s3Buckets":         []any{"reports"},
	}))
	must(vpc, err)
	must(h.construct(t, "EcsCluster main", nil))
	service := in(props{
		"image": image, "clusterArn": clusterArn, "enableExecuteCommand": true, "containerPort": 8080,
		"ingressRules": props{"web": props{"port": 8080, "cidrBlock": "10.0.0.0/8"}},
		"secrets":      props{"TOKEN": "arn:aws:secretsmanager:us-east-1:123456789012:secret:token-AbCdEf"},
	})
	service["network"] = reference(vpc.GetUrn(), Version)
	must(h.construct(t, "FargatePrivateService api", service))

	seen := map[string]bool{}
	for _, r := range h.engine.ofType("aws:") {
		seen[r.req.GetType()] = true
		if !compared[r.req.GetType()] {
			t.Errorf("%s was not compared with version 7", r.req.GetType())
		}
		for _, name := range gone[r.req.GetType()] {
			if _, sent := r.inputs[name]; sent {
				t.Errorf("%s sends %s, which version 7 has no longer", r.urn, name)
			}
		}
	}
	for typ := range compared {
		if !seen[typ] {
			t.Errorf("no component here makes a %s: turn on what does, or take it out", typ)
		}
	}
}

package provider

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
)

// compared are the resource types whose arguments were compared between the Go
// SDKs pulumi-aws 6.83.2 and 7.40.0, nested ones included, with the arguments
// that 7.40.0 has no longer. All others have the same name in both, and a type
// that takes what version 6 took; so have the functions in use. A type that a
// component begins to use belongs into that comparison.
var compared = map[string][]resource.PropertyKey{
	"apigatewayv2/api:Api":                                        nil,
	"apigatewayv2/integration:Integration":                        nil,
	"apigatewayv2/route:Route":                                    nil,
	"apigatewayv2/stage:Stage":                                    nil,
	"apigatewayv2/vpcLink:VpcLink":                                nil,
	"appautoscaling/policy:Policy":                                nil,
	"appautoscaling/target:Target":                                nil,
	"autoscaling/group:Group":                                     nil,
	"cloudwatch/logGroup:LogGroup":                                nil,
	"ec2/defaultSecurityGroup:DefaultSecurityGroup":               nil,
	"ec2/eip:Eip":                                                 {"vpc"},
	"ec2/flowLog:FlowLog":                                         {"logGroupName"},
	"ec2/internetGateway:InternetGateway":                         nil,
	"ec2/launchTemplate:LaunchTemplate":                           {"elasticGpuSpecifications", "elasticInferenceAccelerator"},
	"ec2/natGateway:NatGateway":                                   nil,
	"ec2/route:Route":                                             nil,
	"ec2/routeTable:RouteTable":                                   nil,
	"ec2/routeTableAssociation:RouteTableAssociation":             nil,
	"ec2/securityGroup:SecurityGroup":                             nil,
	"ec2/subnet:Subnet":                                           nil,
	"ec2/vpc:Vpc":                                                 nil,
	"ec2/vpcEndpoint:VpcEndpoint":                                 nil,
	"ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": nil,
	"ecr/lifecyclePolicy:LifecyclePolicy":                         nil,
	"ecr/repository:Repository":                                   nil,
	"ecs/capacityProvider:CapacityProvider":                       nil,
	"ecs/cluster:Cluster":                                         nil,
	"ecs/clusterCapacityProviders:ClusterCapacityProviders":       nil,
	"ecs/service:Service":                                         nil,
	"ecs/taskDefinition:TaskDefinition":                           {"inferenceAccelerators"},
	"iam/instanceProfile:InstanceProfile":                         nil,
	"iam/role:Role":                                               nil,
	"iam/rolePolicy:RolePolicy":                                   nil,
	"iam/rolePolicyAttachment:RolePolicyAttachment":               nil,
	"lb/listener:Listener":                                        nil,
	"lb/listenerRule:ListenerRule":                                nil,
	"lb/loadBalancer:LoadBalancer":                                nil,
	"lb/targetGroup:TargetGroup":                                  nil,
	"servicediscovery/privateDnsNamespace:PrivateDnsNamespace":    nil,
	"servicediscovery/service:Service":                            nil,
	"vpc/securityGroupEgressRule:SecurityGroupEgressRule":         nil,
	"vpc/securityGroupIngressRule:SecurityGroupIngressRule":       nil,
}

// more turns on what a component makes besides, where its examples do not.
var more = map[string]props{
	"IsolatedVpc": {
		"availabilityZones": []any{"us-east-1a", "us-east-1b", "us-east-1c"},
		"zoneCidrBlocks":    props{"us-east-1c": "10.1.0.0/20"},
		"flowLogs":          props{},
		"s3Buckets":         []any{"reports"},
	},
	"FargatePrivateService": {
		"enableExecuteCommand": true,
		"containerPort":        8080,
		"ingressRules":         props{"web": props{"port": 8080, "cidrBlock": "10.0.0.0/8"}},
		"secrets":              props{"TOKEN": "arn:aws:secretsmanager:us-east-1:123456789012:secret:token-AbCdEf"},
	},
}

// A program may hand down an aws provider of major version 7.
func TestChildrenFitAws7(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	constructAll(t, h, more)
	for _, c := range children.Rows() {
		if typ, theirs := strings.CutPrefix(c.Type, "aws:"); theirs {
			if _, known := compared[typ]; !known {
				t.Errorf("%s, a child of %s, was not compared with version 7", c.Type, c.Of)
			}
		}
	}
	for _, r := range h.engine.ofType("aws:") {
		gone, known := compared[strings.TrimPrefix(r.req.GetType(), "aws:")]
		if !known {
			t.Errorf("%s was not compared with version 7: compare its arguments, and add it to compared (provider/aws7_test.go)", r.req.GetType())
		}
		for _, name := range gone {
			if _, sent := r.inputs[name]; sent {
				t.Errorf("%s sends %s, which version 7 has no longer", r.urn, name)
			}
		}
	}
	for _, call := range h.engine.calls {
		switch tok := call.GetTok(); tok {
		case "pulumi:pulumi:getResource",
			"aws:index/getAvailabilityZones:getAvailabilityZones",
			"aws:index/getCallerIdentity:getCallerIdentity",
			"aws:index/getPartition:getPartition",
			"aws:index/getRegion:getRegion",
			"aws:ssm/getParameter:getParameter":
		default:
			t.Errorf("%s was not compared with version 7", tok)
		}
	}
}

// TestGraphsFitAws7: so does everything that the golden graphs of package
// components hold, where each component has every argument.
func TestGraphsFitAws7(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../components/testdata/graphs/*.golden")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden graphs: %v", err)
	}
	resources := regexp.MustCompile(`^aws:(\S+:\S+) `)
	input := regexp.MustCompile(`^  ([A-Za-z]+): `)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var gone []resource.PropertyKey
		for line := range strings.Lines(string(text)) {
			if m := resources.FindStringSubmatch(line); m != nil {
				known := false
				if gone, known = compared[m[1]]; !known {
					t.Errorf("%s: %s was not compared with version 7: compare its arguments, and add it to compared (provider/aws7_test.go)", filepath.Base(file), m[1])
				}
			} else if m := input.FindStringSubmatch(line); m != nil && slices.Contains(gone, resource.PropertyKey(m[1])) {
				t.Errorf("%s: %s is sent, which version 7 has no longer", filepath.Base(file), m[1])
			}
		}
	}
}

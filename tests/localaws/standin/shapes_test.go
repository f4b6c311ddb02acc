package standin

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/stretchr/testify/require"
)

// leasts are the properties that a resource of the type cannot be made without,
// besides those that the SDK requires.
var leasts = map[string][]string{
	"aws:apigatewayv2/integration:Integration":            {"connectionId", "connectionType", "integrationMethod", "integrationUri", "payloadFormatVersion"},
	"aws:autoscaling/group:Group":                         {"launchTemplate", "vpcZoneIdentifiers", "forceDelete"},
	"aws:ec2/internetGateway:InternetGateway":             {"vpcId"},
	"aws:ec2/natGateway:NatGateway":                       {"allocationId"},
	"aws:ec2/route:Route":                                 {"destinationCidrBlock", "natGatewayId"},
	"aws:ec2/routeTableAssociation:RouteTableAssociation": {"subnetId"},
	"aws:ec2/securityGroup:SecurityGroup":                 {"vpcId"},
	"aws:ec2/subnet:Subnet":                               {"cidrBlock"},
	"aws:ec2/vpc:Vpc":                                     {"cidrBlock"},
	"aws:ec2/vpcEndpoint:VpcEndpoint":                     {"serviceName", "vpcEndpointType", "subnetIds"},
	"aws:ecs/service:Service":                             {"cluster", "taskDefinition", "launchType", "networkConfiguration", "desiredCount"},
	"aws:ecs/taskDefinition:TaskDefinition":               {"cpu", "memory", "networkMode", "requiresCompatibilities", "executionRoleArn"},
	"aws:lb/listener:Listener":                            {"port", "protocol", "certificateArn"},
	"aws:lb/loadBalancer:LoadBalancer":                    {"internal", "subnets"},
	"aws:lb/targetGroup:TargetGroup":                      {"port", "protocol", "targetType", "vpcId"},
}

// unseen are the types of which no real state was seen.
var unseen = []string{tVpcCidr, tDefault, tIngress, tEgress, tFlowLog, tProviders, tCapacity, tLink, tNamespace, tDiscovery}

// shapeReasons says why a property of a type is written otherwise than it was
// seen in the states of real accounts.
var shapeReasons = map[string]string{
	"aws:autoscaling/group:Group desiredCapacity": "the group of this test has no instances",
	"aws:autoscaling/group:Group tags":            "every group that was seen has tags",

	"aws:ec2/vpcEndpoint:VpcEndpoint cidrBlocks":          ofGateways,
	"aws:ec2/vpcEndpoint:VpcEndpoint dnsEntries":          ofGateways,
	"aws:ec2/vpcEndpoint:VpcEndpoint networkInterfaceIds": ofGateways,
	"aws:ec2/vpcEndpoint:VpcEndpoint prefixListId":        ofGateways,
	"aws:ec2/vpcEndpoint:VpcEndpoint securityGroupIds":    ofGateways,
}

const ofGateways = "gateway endpoints were seen only, and this is an interface endpoint"

// TestShapes holds that the properties of a resource, made with the least and
// with everything and then refreshed, are there, null, empty or filled as the
// official provider was seen to write them. It runs beside none of the tests that
// run in parallel: it makes what TestLives makes, some of it by the same names.
func TestShapes(t *testing.T) {
	shapes := readShapes(t)
	require.ElementsMatch(t, unseen, without(sortedKeys(table()), sortedKeys(shapes)), "a type has a shape, or none was seen")
	explained := map[string]bool{}
	differ := make(chan string, 1000)
	t.Run("of", func(t *testing.T) {
		for token, shape := range shapes {
			t.Run(token, func(t *testing.T) {
				t.Parallel()
				p := newProvider(t, nil)
				everything := lives[token](p).in
				least := props{}
				for name, v := range everything {
					if slices.Contains(leasts[token], name) || requires(token, name) {
						least[name] = v
					}
				}
				if everything["enableDeletionProtection"] == true {
					everything = everything.with("enableDeletionProtection", false) // the test deletes it
				}
				for _, in := range []props{least, everything} {
					r := p.create(token, "shape", in)
					written := unwire(t, r.read().GetProperties())
					for name, seen := range shape {
						kind := kindOf(written, name)
						if slices.Contains(seen, kind) || explains(token, name, in, seen, kind) {
							continue
						}
						key := token + " " + name
						differ <- key
						if shapeReasons[key] == "" {
							t.Errorf("%s is %s, and %s was seen (made with %v)", key, kind, strings.Join(seen, " or "), sortedKeys(in))
						}
					}
					r.delete()
				}
			})
		}
	})
	close(differ)
	for key := range differ {
		explained[key] = true
	}
	for _, key := range slices.Sorted(maps.Keys(shapeReasons)) {
		if !explained[key] {
			t.Errorf("%s is as it was seen: its reason can go", key)
		}
	}
}

// explains reports whether what the program gives is why a property is written
// otherwise than it was seen: here it gives it, or every stack that was seen did.
func explains(token, name string, in props, seen []string, kind string) bool {
	if name == "tags" || name == "tagsAll" {
		return kind == "{}" || kind == "object"
	}
	if in[name] != nil {
		return kind != "null" && kind != "absent"
	}
	row, input := table()[token].inputs[name]
	return input && !row.computed && row.autoName == 0 && !slices.ContainsFunc(seen, func(k string) bool { return !filled(k) }) && kind != "absent"
}

func requires(token, name string) bool {
	field, ok := table()[token].plain().FieldByNameFunc(func(field string) bool { return strings.EqualFold(field, name) })
	return ok && requiredType(field.Type) || table()[token].inputs[name].required
}

// filled reports whether a kind of value is one that says something.
func filled(kind string) bool {
	return slices.Contains([]string{"text", "number", "list", "object", "true"}, kind)
}

func kindOf(written object, name string) string {
	v, there := written[resource.PropertyKey(name)]
	pick := func(empty bool, none, some string) string {
		if empty {
			return none
		}
		return some
	}
	switch {
	case !there:
		return "absent"
	case v.IsNull():
		return "null"
	case v.IsString():
		return pick(v.StringValue() == "", `""`, "text")
	case v.IsBool():
		return pick(!v.BoolValue(), "false", "true")
	case v.IsNumber():
		return pick(v.NumberValue() == 0, "0", "number")
	case v.IsArray():
		return pick(len(v.ArrayValue()) == 0, "[]", "list")
	default:
		return pick(len(v.ObjectValue()) == 0, "{}", "object")
	}
}

// readShapes reads the kinds that were seen, by type and property.
func readShapes(t *testing.T) map[string]map[string][]string {
	t.Helper()
	text, err := os.ReadFile("testdata/shapes.txt")
	require.NoError(t, err)
	shapes, token := map[string]map[string][]string{}, ""
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || strings.HasPrefix(line, "#"):
		case len(words) == 1:
			token = words[0]
			shapes[token] = map[string][]string{}
		default:
			shapes[token][words[0]] = words[1:]
		}
	}
	return shapes
}

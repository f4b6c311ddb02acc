package engine

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/inventory"
)

// pattern is AWS's container pattern "ECS cluster with isolated VPC and no NAT
// gateway", value by value.
var pattern = []row{
	{part: "VPC block", source: "10.0.0.0/16", made: func(s system) string { return strings.Join(s.vpc().CidrBlocks, " ") }},
	{part: "VPC DNS support and hostnames", source: "true true", made: func(s system) string {
		return fmt.Sprint(s.vpc().DNSSupport, " ", s.vpc().DNSHostnames)
	}},
	{part: "private subnets", source: "us-east-1a 10.0.128.0/18, us-east-1b 10.0.192.0/18", made: func(s system) string {
		var list []string
		for _, n := range s.subnets() {
			list = append(list, n.Zone+" "+n.CidrBlock)
		}
		return strings.Join(list, ", ")
	}},
	{part: "lower half free for public subnets", source: "true", made: func(s system) string {
		lower := netip.MustParsePrefix("10.0.0.0/17")
		return all(s.subnets(), func(n inventory.Subnet) bool { return !lower.Overlaps(netip.MustParsePrefix(n.CidrBlock)) })
	}},
	{part: "route tables of the subnets", source: "1", ours: "2", reason: "one per subnet, so that a NAT gateway for each zone can come and go " +
		"as routes, without changing an association", made: subnetTables},
	{part: "internet gateways, NAT gateways, Elastic IPs", source: "0 0 0", made: func(s system) string {
		n := 0
		for _, g := range s.inv.InternetGateways {
			if slices.Contains(g.VpcIDs, s.vpc().ID) {
				n++
			}
		}
		return fmt.Sprint(n, " ", len(s.inv.NatGateways), " ", len(s.inv.Addresses))
	}},
	{part: "subnets give no public address", source: "true", made: func(s system) string {
		return all(s.subnets(), func(n inventory.Subnet) bool { return !n.MapPublicIP })
	}},
	{part: "routes besides the VPC's own and S3's", source: "", made: func(s system) string {
		var others []string
		for _, r := range s.inv.RouteTables {
			for _, route := range r.Routes {
				if r.VpcID == s.vpc().ID && route.Target != "local" && !strings.HasPrefix(route.Destination, "pl-") {
					others = append(others, route.Destination+" "+route.Target)
				}
			}
		}
		return strings.Join(others, ", ")
	}},
	{part: "endpoint group admits itself", source: "-1 -1--1", ours: "tcp 443-443", reason: "HTTPS is all that endpoints speak", made: func(s system) string {
		g := s.group("net-endpoints")
		return rules(g, g.ID)
	}},
	{part: "endpoint group's Name tag", source: "dev-shared", ours: "net-endpoints", reason: "two networks in a stack need two names", made: func(s system) string {
		for _, r := range s.requests {
			text, _ := json.Marshal(r.Input)
			if r.Operation == "CreateSecurityGroup" && strings.Contains(string(text), `"net-endpoints"`) {
				return "net-endpoints"
			}
		}
		return "none"
	}},
	{part: "gateway endpoints", source: "com.amazonaws.us-east-1.s3", made: func(s system) string { return services(s.endpoints("Gateway")) }},
	{part: "S3 endpoint is on every subnet's route table", source: "true", made: func(s system) string {
		on := s.endpoints("Gateway")[0].RouteTables
		return all(s.subnets(), func(n inventory.Subnet) bool {
			return slices.ContainsFunc(s.inv.RouteTables, func(r inventory.RouteTable) bool {
				return slices.Contains(r.Subnets, n.ID) && slices.Contains(on, r.ID) &&
					slices.ContainsFunc(r.Routes, func(r inventory.Route) bool { return strings.HasPrefix(r.Destination, "pl-") })
			})
		})
	}},
	{part: "S3 endpoint admits", source: "*", ours: "arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*", reason: "open to every bucket it would let data out", made: func(s system) string {
		var policy struct{ Statement []struct{ Resource any } }
		if err := json.Unmarshal([]byte(s.endpoints("Gateway")[0].Policy), &policy); err != nil || len(policy.Statement) != 1 {
			return s.endpoints("Gateway")[0].Policy
		}
		return fmt.Sprint(policy.Statement[0].Resource)
	}},
	{part: "interface endpoints", source: "com.amazonaws.us-east-1.ecr.api, com.amazonaws.us-east-1.ecr.dkr, com.amazonaws.us-east-1.logs, " +
		"com.amazonaws.us-east-1.secretsmanager, com.amazonaws.us-east-1.ssm, com.amazonaws.us-east-1.ssmmessages",
		made: func(s system) string { return services(s.endpoints("Interface")) }},
	{part: "interface endpoints have private DNS, both subnets and the shared group", source: "true", made: func(s system) string {
		shared := s.group("net-endpoints").ID
		return all(s.endpoints("Interface"), func(e inventory.Endpoint) bool {
			return e.PrivateDNS && len(e.Subnets) == 2 && slices.Equal(e.SecurityGroups, []string{shared})
		})
	}},
	{part: "interface endpoints admit", source: "everyone", ours: "this account", reason: "open to every account they would let data out", made: func(s system) string {
		return map[string]string{"true": "this account", "false": "everyone"}[all(s.endpoints("Interface"), func(e inventory.Endpoint) bool {
			return strings.Contains(e.Policy, "aws:PrincipalAccount")
		})]
	}},
	{part: "network outputs", source: "vpcId subnetIds endpointSecurityGroupId", made: func(s system) string {
		return s.given("ecsnet:index:IsolatedVpc", "vpcId", "subnetIds", "endpointSecurityGroupId")
	}},
	{part: "default security group's rules", source: "the VPC's own", ours: "none", reason: "nothing should run in it", made: func(s system) string {
		for _, g := range s.inv.SecurityGroups {
			if g.VpcID == s.vpc().ID && g.Name == "default" && len(g.Rules) > 0 {
				return "the VPC's own"
			}
		}
		return "none"
	}},
	{part: "containerInsights", source: "enabled", made: func(s system) string { return s.inv.Clusters[0].Settings["containerInsights"] }},
	{part: "cluster's execution role: trust", source: "ecs-tasks.amazonaws.com ArnLike aws:SourceArn arn:aws:ecs:us-east-1:123456789012:* " +
		"StringEquals aws:SourceAccount 123456789012", made: func(s system) string { return trust(s.role("apps-execution").Trust) }},
	{part: "cluster's execution role: path", source: "/", made: func(s system) string { return s.role("apps-execution").Path }},
	{part: "cluster's execution role: policies", source: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
		made: func(s system) string { return strings.Join(s.role("apps-execution").Attached, " ") }},
	{part: "cluster outputs", source: "clusterName executionRoleArn", made: func(s system) string {
		return s.given("ecsnet:index:EcsCluster", "clusterName", "executionRoleArn")
	}},
	{part: "service name", source: "sample-service", ours: "automatic", reason: "a given name cannot be replaced without a gap; serviceName gives one", made: func(s system) string {
		if s.service().Name != "sample-service" && strings.HasPrefix(s.service().Name, "sample-service-") {
			return "automatic"
		}
		return s.service().Name
	}},
	{part: "task's execution role", source: "the cluster's", ours: "the service's own", reason: "it may read this service's image, log and secrets only", made: func(s system) string {
		if s.task().ExecutionRole == s.role("sample-execution").ARN {
			return "the service's own"
		}
		return "the cluster's"
	}},
	{part: "task cpu and memory", source: "256 512", made: func(s system) string { return s.task().CPU + " " + s.task().Memory }},
	{part: "task network mode", source: "awsvpc", made: func(s system) string { return s.task().NetworkMode }},
	{part: "task family", source: "sample-service", ours: "dev-sample", reason: "without serviceName the stack's and the component's names tell families apart",
		made: func(s system) string { return s.task().Family }},
	{part: "container name", source: "sample-service", ours: "sample", reason: "without serviceName it is the component's",
		made: func(s system) string { return s.task().Containers[0].Name }},
	{part: "image is in a private ECR repository", source: "true", made: func(s system) string {
		return fmt.Sprint(strings.Contains(s.task().Containers[0].Image, ".dkr.ecr.us-east-1.amazonaws.com/"))
	}},
	{part: "container log", source: "awslogs mode=non-blocking max-buffer-size=25m awslogs-region=us-east-1 own group", made: func(s system) string {
		c := s.task().Containers[0]
		own := "no group"
		if slices.ContainsFunc(s.inv.LogGroups, func(g inventory.LogGroup) bool { return g.Name == c.LogOptions["awslogs-group"] }) {
			own = "own group"
		}
		return fmt.Sprintf("%s mode=%s max-buffer-size=%s awslogs-region=%s %s", c.LogDriver,
			c.LogOptions["mode"], c.LogOptions["max-buffer-size"], c.LogOptions["awslogs-region"], own)
	}},
	{part: "log stream prefix is the container's name", source: "true", made: func(s system) string {
		return fmt.Sprint(s.task().Containers[0].LogOptions["awslogs-stream-prefix"] == s.task().Containers[0].Name)
	}},
	{part: "log retention in days", source: "0", ours: "30", reason: "a log that is kept forever costs forever", made: func(s system) string {
		for _, g := range s.inv.LogGroups {
			if g.Name == s.task().Containers[0].LogOptions["awslogs-group"] {
				return fmt.Sprint(g.RetentionDays)
			}
		}
		return "no group"
	}},
	{part: "service launch type and public address", source: "FARGATE DISABLED", made: placement},
	{part: "service is in the private subnets", source: "true", made: func(s system) string {
		return all(s.subnets(), func(n inventory.Subnet) bool { return slices.Contains(s.service().Subnets, n.ID) })
	}},
	{part: "desired count", source: "2", made: func(s system) string { return fmt.Sprint(s.service().DesiredCount) }},
	// The local AWS forgets these two: asserted on what was sent.
	{part: "maximum and minimum healthy percent", source: "200 75", made: func(s system) string {
		d, _ := s.sent("CreateService")["DeploymentConfiguration"].(map[string]any)
		return fmt.Sprint(d["MaximumPercent"], " ", d["MinimumHealthyPercent"])
	}},
	{part: "service has a group of its own", source: "true", made: func(s system) string {
		return fmt.Sprint(slices.Equal(s.service().SecurityGroups, []string{s.group("sample-tasks").ID}))
	}},
	{part: "endpoint group admits the service", source: "-1 -1--1", ours: "tcp 443-443", reason: "HTTPS is all that endpoints speak", made: func(s system) string {
		return rules(s.group("net-endpoints"), s.group("sample-tasks").ID)
	}},
	{part: "who may reach the tasks", source: "", made: func(s system) string { return admitted(s.group("sample-tasks")) }},
}

// TestSystem1 compares what the example made with AWS's pattern, row by row.
func TestSystem1(t *testing.T) { compare(t, "examples/isolated-service/yaml", pattern) }

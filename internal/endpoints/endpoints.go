// Package endpoints knows AWS's VPC endpoints: which services have an interface
// endpoint, what their names are in each region and partition, which of them a
// task needs, and what policies the endpoints of an isolated network carry.
//
// AWS can list a region's endpoint services, but a preview has to refuse a
// wrong name before it asks anybody, without an account even. So the names are
// a table here. It holds AWS's names only; no Pulumi, no AWS calls.
package endpoints

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// Default are the interface endpoints of an isolated network: logs for awslogs,
// ssm and secretsmanager for secrets, ssmmessages for ECS Exec, and ecr.api and
// ecr.dkr for images (their layers come through the S3 gateway endpoint).
var Default = []string{"logs", "ssm", "ssmmessages", "ecr.api", "ecr.dkr", "secretsmanager"}

// EcsOnEc2 are the endpoints through which the ECS agent of an EC2 instance
// reaches its control plane.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
var EcsOnEc2 = []string{"ecs", "ecs-agent", "ecs-telemetry"}

// Parse reads the names of interface endpoints at path: short ("ssm") or full
// ("com.amazonaws.us-east-1.ssm"). It returns AWS's short names in the given
// order, without those that have a fault. region is the network's region, ""
// when that is not known.
func Parse(path string, names []string, region string) (services []string, faults field.Faults) {
	seen := map[string]int{}
	for i, name := range names {
		at := field.Index(path, i)
		short, nameRegion := Split(name)
		if nameRegion != "" && region != "" && nameRegion != region {
			faults.Add(at, name, "is an endpoint service of another region; the network's region is "+region,
				fmt.Sprintf("write %q, which is right in every region", short))
			continue
		}
		if rule, fix := refused(name, short); rule != "" {
			faults.Add(at, name, rule, fix)
			continue
		}
		if before, ok := seen[short]; ok {
			rule := "is in the list twice, at " + field.Index(path, before) + " too"
			if names[before] != name {
				rule = fmt.Sprintf("is the same service as %q, at %s", names[before], field.Index(path, before))
			}
			faults.Add(at, name, rule, "name each service once: a VPC takes one endpoint of a service with private DNS")
			continue
		}
		seen[short] = i
		services = append(services, short)
	}
	return services, faults
}

// refused returns why a name is not an interface endpoint that a network can be
// given, and what to do instead; "" when it is one.
func refused(name, short string) (rule, fix string) {
	switch {
	case name == "":
		return "is empty", "write a service such as \"sqs\", or remove the entry"
	case short == "s3":
		return "is there already, as the free gateway endpoint on every route table", "remove it"
	case short == "dynamodb":
		return "is reached through a gateway endpoint, which costs nothing, and not through an interface endpoint of this list",
			"add an aws ec2.VpcEndpoint of type Gateway on the network's routeTableIds, and to the service an egress rule for 443/tcp to its prefix list"
	case strings.HasPrefix(name, "com.amazonaws.vpce."):
		return "is an endpoint service of another owner, not of AWS", "add an aws ec2.VpcEndpoint for it on the network's subnetIds"
	}
	if _, ok := services[short]; ok {
		return "", ""
	}
	if lower := strings.ToLower(strings.TrimSpace(short)); lower != short {
		if _, ok := services[lower]; ok {
			return "is not how AWS writes the service", fmt.Sprintf("write %q", lower)
		}
	}
	if near := suggest(short); len(near) > 0 {
		return "is no AWS service with an interface endpoint", "did you mean " + quoted(near) + "?"
	}
	return "is no AWS service with an interface endpoint",
		"aws ec2 describe-vpc-endpoint-services lists them; for one that is newer than this release, add an aws ec2.VpcEndpoint on the network's subnetIds"
}

// quoted lists names as alternatives.
func quoted(names []string) string {
	texts := make([]string, len(names))
	for i, name := range names {
		texts[i] = strconv.Quote(name)
	}
	return strings.Join(texts, " or ")
}

// Known says whether a short name is that of an AWS service with an interface
// endpoint.
func Known(service string) bool {
	_, ok := services[service]
	return ok
}

// TakesPolicy says whether a service's documentation says that its endpoint
// takes an endpoint policy. It is false when that is not known: a policy that a
// service does not take makes AWS refuse the endpoint.
func TakesPolicy(service string) bool {
	return services[service].policy
}

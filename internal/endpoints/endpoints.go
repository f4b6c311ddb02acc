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
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/words"
)

// Default are the interface endpoints of an isolated network: logs for awslogs,
// ssm and secretsmanager for secrets, ssmmessages for ECS Exec, and ecr.api and
// ecr.dkr for images (their layers come through the S3 gateway endpoint).
var Default = []string{"logs", "ssm", "ssmmessages", "ecr.api", "ecr.dkr", "secretsmanager"}

// EcsOnEc2 are the endpoints through which the ECS agent of an EC2 instance
// reaches its control plane.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
var EcsOnEc2 = []string{"ecs", "ecs-agent", "ecs-telemetry"}

// Named are the interface endpoints that a list names.
type Named struct {
	// Services are AWS's short names, in the order of the list.
	Services []string
	// Unlisted are the full names of those that the table here does not hold, by
	// short name: AWS may have added them since.
	Unlisted map[string]string
}

// FullName returns the full name of a service's endpoint in a region.
func (n Named) FullName(service, region string) string {
	if full, ok := n.Unlisted[service]; ok {
		return full
	}
	return ServiceName(service, region)
}

// Warning says of the services that are not in the table what to look at; ""
// where there is none.
func (n Named) Warning(path string) string {
	var parts []string
	for _, service := range n.Services {
		full, ok := n.Unlisted[service]
		if !ok {
			continue
		}
		part := strconv.Quote(service)
		if near := suggest(service); len(near) > 0 {
			part += " (did you mean " + words.Or(words.Quote(near)) + "?)"
		}
		parts = append(parts, part+" becomes an endpoint for "+full)
	}
	if len(parts) == 0 {
		return ""
	}
	return path + " names services that this release does not know: " + strings.Join(parts, "; ") +
		". AWS may have added them since; if it has not, it refuses the endpoint with InvalidServiceName. The endpoint gets no policy of ours"
}

// Parse reads the names of interface endpoints at path: short ("ssm") or full
// ("com.amazonaws.us-east-1.ssm"), and leaves out those that have a fault. A
// name that has AWS's form is never one: AWS adds services without telling us.
// region is the network's region, "" when that is not known.
func Parse(path string, names []string, region string) (n Named, faults field.Faults) {
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
			rule := "is in the list twice, also at " + field.Index(path, before)
			if names[before] != name {
				rule = fmt.Sprintf("is the same service as %q, at %s", names[before], field.Index(path, before))
			}
			faults.Add(at, name, rule, "name each service once: a VPC takes one endpoint of a service with private DNS")
			continue
		}
		seen[short] = i
		n.Services = append(n.Services, short)
		if !Known(short) {
			if n.Unlisted == nil {
				n.Unlisted = map[string]string{}
			}
			n.Unlisted[short] = name
			if nameRegion == "" {
				n.Unlisted[short] = ServiceName(short, region)
			}
		}
	}
	return n, faults
}

// Declared reads the endpoint services of a network that somebody else made. Its
// names are AWS's, whatever they are: those of the network's region become short,
// all others stay in full. Only what is surely no endpoint service is a fault.
func Declared(path string, names []string, region string) (services []string, faults field.Faults) {
	seen := map[string]bool{}
	for i, text := range names {
		name := strings.ToLower(strings.TrimSpace(text))
		short, nameRegion := Split(name)
		if nameRegion != "" && region != "" && nameRegion != region {
			short = name
		}
		switch means, ok := otherNames[short]; {
		case name == "":
			faults.Add(field.Index(path, i), text, "is empty", "write a service such as \"sqs\", or remove the entry")
			continue
		case ok:
			faults.Add(field.Index(path, i), text, notOne, meaning(means))
			continue
		}
		if !seen[short] {
			services = append(services, short)
		}
		seen[short] = true
	}
	return services, faults
}

const notOne = "is not an AWS service with an interface endpoint"

// serviceForm is how AWS writes the short names of endpoint services.
var serviceForm = regexp.MustCompile(`^[a-z0-9]+(?:[._-][a-z0-9]+)*$`)

// refused returns why a name is not an interface endpoint that a network can be
// given, and what to do instead; "" when it may be one.
func refused(name, short string) (rule, fix string) {
	switch {
	case name == "":
		return "is empty", "write a service such as \"sqs\", or remove the entry"
	case short == "s3":
		return "is there already, as the free gateway endpoint on every route table", "remove it"
	case short == "dynamodb":
		return "is reached through a gateway endpoint, which costs nothing, and not through an interface endpoint of this list",
			"add an aws ec2.VpcEndpoint of type Gateway on the network's routeTableIds, and give the service an egress rule for 443/tcp to its prefix list"
	case strings.HasPrefix(name, "com.amazonaws.vpce."):
		return "is an endpoint service of another owner, not of AWS", "add an aws ec2.VpcEndpoint for it on the network's subnetIds"
	case Known(short):
		return "", ""
	}
	if lower := strings.ToLower(strings.TrimSpace(short)); lower != short && Known(lower) {
		return "is not how AWS writes the service", fmt.Sprintf("write %q", lower)
	}
	if means, ok := otherNames[strings.ToLower(strings.TrimSpace(bare(short)))]; ok {
		return notOne, meaning(means)
	}
	if bare(short) != short {
		fix = "write a service such as \"sqs\"; for a global service add an aws ec2.VpcEndpoint on the network's subnetIds"
		if near := suggest(short); len(near) > 0 {
			fix = meaning(near)
		}
		return "names no region, but this list holds services of the network's region", fix
	}
	if !serviceForm.MatchString(short) {
		return notOne, "write the name as aws ec2 describe-vpc-endpoint-services lists it"
	}
	return "", ""
}

// bare is a name without what a full name begins with.
func bare(name string) string {
	for _, prefix := range namePrefixes {
		name = strings.TrimPrefix(name, prefix)
	}
	return name
}

// meaning asks whether one of several names is meant, or says that they all
// are.
func meaning(services []string) string {
	if slices.Equal(services, systemsManager) {
		return `write "ssm" for parameters, and "ssmmessages" for ECS Exec`
	}
	return "did you mean " + words.Or(words.Quote(services)) + "?"
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

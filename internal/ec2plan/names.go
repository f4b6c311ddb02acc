package ec2plan

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

// name is what ECS allows in the names of clusters and capacity providers. The
// length is checked apart: in a pattern, it costs memory at every start.
var name = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

func isName(text string) bool { return len(text) <= 255 && name.MatchString(text) }

// CheckClusterName returns the faults of a cluster's name.
func CheckClusterName(path, text string) field.Faults {
	var faults field.Faults
	switch {
	case isName(text):
	case strings.HasPrefix(text, "arn:") && strings.Contains(text, ":cluster/"):
		faults.AddBetter(path, text, "is an ARN, not a name", "write what follows the last slash", `write "`+text[strings.LastIndex(text, "/")+1:]+`"`)
	default:
		faults.Add(path, text, "is not the name of an ECS cluster", "pass the clusterName of an EcsCluster, or write the cluster's name")
	}
	return faults
}

// CheckCapacityProvider returns the faults of the name of a capacity provider
// that has hosts.
func CheckCapacityProvider(path, text string) field.Faults {
	var faults field.Faults
	switch {
	case slices.Contains(taskplan.Fargate, text):
		faults.Add(path, text, "has no hosts", "pass the capacityProviderName of an Ec2Capacity, or use FargatePrivateService")
	case !isName(text):
		faults.Add(path, text, "is not the name of a capacity provider", "pass the capacityProviderName of an Ec2Capacity")
	}
	return faults
}

// CheckClusterCapacityProvider returns the faults of a capacity provider in the
// list of a cluster: Fargate's, or one with a name that AWS lets a user give.
// Whether there is one of that name, only the account knows.
func CheckClusterCapacityProvider(path, text string) field.Faults {
	const fix = `write "FARGATE", "FARGATE_SPOT" or the name of a capacity provider of the account`
	var faults field.Faults
	switch {
	case slices.Contains(taskplan.Fargate, text):
	case text == "":
		faults.Add(path, text, "is empty", fix)
	case slices.Contains(taskplan.Fargate, strings.ToUpper(text)):
		faults.AddBetter(path, text, "is not the name of a capacity provider", fix, fmt.Sprintf("write %q", strings.ToUpper(text)))
	case len(CheckNewCapacityProvider(path, text)) > 0:
		faults.Add(path, text, "is not the name of a capacity provider", fix)
	}
	return faults
}

// CheckNewCapacityProvider returns the faults of the name that a capacity
// provider is to get. AWS keeps some beginnings for itself:
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCapacityProvider.html
func CheckNewCapacityProvider(path, text string) field.Faults {
	var faults field.Faults
	if !isName(text) {
		faults.Add(path, text, "is not a name that ECS takes", `write 1 to 255 letters, digits, "-" and "_"`)
	}
	if prefix := reserved(text); prefix != "" {
		faults.Add(path, text, `begins with "`+prefix+`", which AWS keeps for itself`, "begin with something else")
	}
	return faults
}

// reserved is how a name begins when AWS refuses a capacity provider for that.
func reserved(text string) string {
	for _, prefix := range []string{"aws", "ecs", "fargate"} {
		if strings.HasPrefix(strings.ToLower(text), prefix) {
			return text[:len(prefix)]
		}
	}
	return ""
}

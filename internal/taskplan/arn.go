package taskplan

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// arn is the six parts of an ARN.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
type arn struct{ partition, service, region, account, resource string }

var (
	arnPartition = regexp.MustCompile(`^aws(?:-[a-z]+)*$`)
	arnRegion    = regexp.MustCompile(`^[a-z]{2,4}(?:-[a-z]+)+-[0-9]+$`)
	arnAccount   = regexp.MustCompile(`^[0-9]{12}$`)
)

// parseARN takes an ARN apart; false when it has not the form of one.
func parseARN(text string) (arn, bool) {
	parts := strings.SplitN(text, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" || !arnPartition.MatchString(parts[1]) || parts[2] == "" || parts[5] == "" {
		return arn{}, false
	}
	if strings.ContainsAny(text, " \t\r\n") {
		return arn{}, false
	}
	return arn{parts[1], parts[2], parts[3], parts[4], parts[5]}, true
}

// arnForms are the ARNs that components take, by what [CheckArn] calls them.
var arnForms = map[string]struct {
	resource *regexp.Regexp
	global   bool // no region in it
	example  string
}{
	"iam/role":   {regexp.MustCompile(`^role/[\x21-\x7e]*[\w+=,.@-]+$`), true, "arn:aws:iam::123456789012:role/name"},
	"iam/policy": {regexp.MustCompile(`^policy/[\x21-\x7e]*[\w+=,.@-]+$`), true, "arn:aws:iam::123456789012:policy/name"},
	"kms":        {regexp.MustCompile(`^key/[\w-]+$`), false, "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"},
	"ecs/cluster": {regexp.MustCompile(`^cluster/[\w-]+$`), false,
		"arn:aws:ecs:us-east-1:123456789012:cluster/name"},
	"logs": {regexp.MustCompile(`^log-group:[\w#/.-]+(?::\*)?$`), false, "arn:aws:logs:us-east-1:123456789012:log-group:name"},
}

// CheckArn returns the faults of an ARN of a service. service is the service's
// name in ARNs, and the kind of resource where there are several: "iam/role",
// "iam/policy", "kms" (keys), "ecs/cluster", "logs" (log groups). Of another
// service only the form is checked.
func CheckArn(path, service, text string) field.Faults {
	var faults field.Faults
	form, known := arnForms[service]
	fix := "write an ARN of " + service
	if known {
		fix = fmt.Sprintf("write an ARN such as %q", form.example)
	}
	a, ok := parseARN(text)
	serviceName, _, _ := strings.Cut(service, "/")
	switch {
	case text == "":
		faults.Add(path, text, "is empty", fix)
	case !ok:
		faults.Add(path, text, "is not an ARN", fix)
	case a.service != serviceName:
		faults.Add(path, text, "is not an ARN of "+serviceName, fix)
	case !known:
	case serviceName == "kms" && strings.HasPrefix(a.resource, "alias/"):
		faults.Add(path, text, "is the ARN of an alias, which a policy does not follow", "write the ARN of the key itself")
	case !form.resource.MatchString(a.resource) || service == "ecs/cluster" && len(a.resource) > len("cluster/")+longestName:
		faults.Add(path, text, "is not the ARN of a "+what(service), fix)
	case form.global && a.region != "" || !form.global && !arnRegion.MatchString(a.region):
		faults.Add(path, text, "has a wrong region", fix)
	case !arnAccount.MatchString(a.account) && !(service == "iam/policy" && a.account == "aws"):
		faults.Add(path, text, "has a wrong account id", fix)
	}
	return faults
}

// what names the resource of a kind of ARN.
func what(service string) string {
	switch service {
	case "iam/role":
		return "role"
	case "iam/policy":
		return "policy"
	case "kms":
		return "key"
	case "ecs/cluster":
		return "cluster"
	case "logs":
		return "log group"
	default:
		return service + " resource"
	}
}

package components

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// automaticSuffix is what Pulumi puts after a child's name to make the name in
// AWS: "-" and seven hexadecimal digits.
const automaticSuffix = len("-1234567")

// nameRule is what AWS takes as the name of a kind of resource.
type nameRule struct {
	what    string
	longest int
	refused *regexp.Regexp
	takes   string
}

var (
	// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
	roleName = nameRule{"IAM role", 64, regexp.MustCompile(`[^A-Za-z0-9_+=,.@-]`), "letters, digits and _ + = , . @ -"}
	// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
	groupName = nameRule{"security group", 255, regexp.MustCompile(`[^A-Za-z0-9 ._:/()#,@\[\]+=&;{}!$*-]`), "letters, digits, spaces and . _ - : / ( ) # , @ [ ] + = & ; { } ! $ *"}
	// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
	logGroupName = nameRule{"log group", 512, regexp.MustCompile(`[^A-Za-z0-9_./#-]`), "letters, digits and _ - / . #"}
	// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
	ecsServiceName = nameRule{"ECS service", 255, regexp.MustCompile(`[^A-Za-z0-9_-]`), `letters, digits, "_" and "-"`}
	// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html
	ecsClusterName = nameRule{"ECS cluster", 255, regexp.MustCompile(`[^A-Za-z0-9_-]`), `letters, digits, "_" and "-"`}
	// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html
	templateName = nameRule{"launch template", 128, regexp.MustCompile(`[^A-Za-z0-9()./_-]`), "letters, digits and ( ) . / - _"}
)

// namedChild is a child whose name in AWS Pulumi makes from the component's.
type namedChild struct {
	row  *children.Child
	rule nameRule
	// values are what the row's name has besides the component's.
	values []string
	// instead is the argument that takes a name of the user's; "" without one.
	instead string
}

// checkChildNames finds a component name of which AWS would refuse a child's
// name. The provider would say so too, about a child that the user never wrote.
func checkChildNames(faults *field.Faults, name string, named ...namedChild) {
	for _, c := range named {
		fix := "give the component another name"
		if c.instead != "" {
			fix += ", or write " + c.instead
		}
		child := c.row.Name(name, c.values...)
		if most := c.rule.longest - automaticSuffix - (len(child) - len(name)); len(name) > most {
			faults.Add("name", name, fmt.Sprintf("is longer than the %d characters that fit into AWS's name of the %s, which is %s and 8 characters that Pulumi adds", most, c.rule.what, child),
				strings.Replace(fix, "another", "a shorter", 1))
		}
		if bad := c.rule.refused.FindString(name); bad != "" {
			faults.Add("name", name, fmt.Sprintf("has %q in it, which AWS does not allow in the name of the %s, %s", bad, c.rule.what, child),
				fix+"; it takes "+c.rule.takes)
		}
		if c.rule.what == groupName.what && strings.HasPrefix(name, "sg-") {
			faults.Add("name", name, `begins with "sg-", which AWS keeps for the ids of security groups and refuses in their names`, fix)
		}
	}
}

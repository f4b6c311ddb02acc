package components

import (
	"regexp"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// madeName is a kind of AWS resource whose name Pulumi makes of the component's
// name and some characters of its own.
type madeName struct {
	of      string
	allowed *regexp.Regexp
}

var (
	// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
	nameOfLogGroup = madeName{"a log group", regexp.MustCompile(`^[A-Za-z0-9_./#-]+$`)}
	// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
	nameOfRole = madeName{"an IAM role", regexp.MustCompile(`^[A-Za-z0-9_+=,.@-]+$`)}
	// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html
	nameOfCluster = madeName{"an ECS cluster", regexp.MustCompile(`^[A-Za-z0-9_-]+$`)}
	// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
	nameOfService = madeName{"an ECS service", regexp.MustCompile(`^[A-Za-z0-9_-]+$`)}
	// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html
	nameOfTemplate = madeName{"a launch template", regexp.MustCompile(`^[A-Za-z0-9()./_-]+$`)}
	// https://docs.aws.amazon.com/cloud-map/latest/api/API_CreateService.html
	nameOfRegistry = madeName{"a Cloud Map service", regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_-]*(\.[A-Za-z0-9_][A-Za-z0-9_-]*)*$`)}
	// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
	nameOfGroup = madeName{"a security group", regexp.MustCompile(`^[A-Za-z0-9 ._\-:/()#,@\[\]+=&;{}!$*]+$`)}
)

// checkMadeNames finds a component's name that AWS would refuse as a part of
// the names of what the component makes. The aws provider says so too, but of a
// child that the user never named.
func checkMadeNames(faults *field.Faults, name string, made ...madeName) {
	var refuse []string
	for _, m := range made {
		if !m.allowed.MatchString(name) {
			refuse = append(refuse, m.of)
		}
		if m.of == nameOfGroup.of && strings.HasPrefix(name, "sg-") {
			faults.Add("name", name, `begins with "sg-", and so would the name of a security group, which AWS refuses`, "give the component another name")
		}
	}
	if len(refuse) > 0 {
		faults.Add("name", name, "cannot be part of the name of "+strings.Join(refuse, " or "),
			`give the component a name of letters from A to Z, digits, "-" and "_"`)
	}
}

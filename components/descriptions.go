package components

import (
	"regexp"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// What AWS takes as the description of a security group or a rule:
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
const maxDescription = 255

var notInDescription = regexp.MustCompile(`[^a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]`)

// checkGroupName finds a component's name that would begin its security
// groups' names with "sg-", which AWS keeps for their ids:
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
func checkGroupName(faults *field.Faults, name string) {
	if strings.HasPrefix(name, "sg-") {
		faults.Add("name", name, `begins with "sg-", and AWS's name of a security group cannot`, "give the component another name")
	}
}

// A group's description can never change in AWS: with the component's name in
// it, a rename with an alias would replace the group. Its Name tag names it.
const (
	endpointGroupDescription = "Interface endpoints of a network"
	taskGroupDescription     = "Tasks of an ECS service"
	hostGroupDescription     = "Hosts of an ECS cluster"
	balancerGroupDescription = "Load balancer of an ECS service"
	linkGroupDescription     = "VPC link of an API"
)

// ruleDescription is a rule's description that AWS takes, whatever the
// component's name in it.
func ruleDescription(text string) pulumi.String {
	text = notInDescription.ReplaceAllString(text, "-")
	return pulumi.String(text[:min(len(text), maxDescription)])
}

package components

import (
	"regexp"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// What AWS takes as the description of a security group or a rule:
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
const maxDescription = 255

var notInDescription = regexp.MustCompile(`[^a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]`)

// A group's description can never change in AWS: with the component's name in
// it, a rename with an alias would replace the group. Its Name tag names it.
const (
	endpointGroupDescription = "Interface endpoints of a network"
	taskGroupDescription     = "ECS tasks"
	hostGroupDescription     = "Hosts of an ECS cluster"
	balancerGroupDescription = "Load balancer"
	linkGroupDescription     = "VPC link of an API"
)

// ruleDescription is a rule's description that AWS takes, whatever the
// component's name in it.
func ruleDescription(text string) pulumi.String {
	text = notInDescription.ReplaceAllString(text, "-")
	return pulumi.String(text[:min(len(text), maxDescription)])
}

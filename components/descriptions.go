package components

import (
	"regexp"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// What AWS takes as the description of a security group or a rule:
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
const maxDescription = 255

var notInDescription = regexp.MustCompile(`[^a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]`)

// groupDescription is a description that AWS takes, whatever the component's
// name in it. A group's description can never change, so it is made of nothing
// but the name.
func groupDescription(text string) pulumi.String {
	text = notInDescription.ReplaceAllString(text, "-")
	return pulumi.String(text[:min(len(text), maxDescription)])
}

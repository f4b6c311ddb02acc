package standin

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// sameProtocol compares IP protocols by name or number.
// Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
func sameProtocol(a, b resource.PropertyValue) bool {
	return protocol(a.StringValue()) == protocol(b.StringValue())
}

func protocol(p string) string {
	switch p = strings.ToLower(p); p {
	case "6":
		return "tcp"
	case "17":
		return "udp"
	case "1":
		return "icmp"
	case "58":
		return "icmpv6"
	case "all":
		return "-1"
	}
	return p
}

// lastPart is the name that an ARN ends in.
func lastPart(arn string) string { return arn[strings.LastIndex(arn, "/")+1:] }

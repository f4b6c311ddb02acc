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

// sameLastPart compares a name with the ARN that ends in it.
func sameLastPart(a, b resource.PropertyValue) bool {
	return lastPart(a.StringValue()) == lastPart(b.StringValue())
}

func lastPart(arn string) string { return arn[strings.LastIndex(arn, "/")+1:] }

// sameLogGroup compares log group ARNs with and without the ":*" at the end.
func sameLogGroup(a, b resource.PropertyValue) bool {
	return strings.TrimSuffix(a.StringValue(), ":*") == strings.TrimSuffix(b.StringValue(), ":*")
}

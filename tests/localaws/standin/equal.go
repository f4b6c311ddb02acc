package standin

import (
	"encoding/json"
	"slices"
	"strings"
)

// sameProtocol compares IP protocols by name or number.
// Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
func sameProtocol(a, b string) bool { return protocol(a) == protocol(b) }

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

func lastPart(arn string) string { return arn[strings.LastIndex(arn, "/")+1:] }

// sameDocument compares policy documents: the order of keys and of lists has
// no meaning in them, and a list of one is the same as its element.
func sameDocument(a, b string) bool {
	var x, y any
	if json.Unmarshal([]byte(a), &x) != nil || json.Unmarshal([]byte(b), &y) != nil {
		return a == b
	}
	return canonical(x) == canonical(y)
}

// canonical writes a policy document with its lists sorted.
func canonical(v any) string {
	switch v := v.(type) {
	case []any:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = canonical(e)
		}
		if len(parts) == 1 {
			return parts[0]
		}
		slices.Sort(parts)
		return "[" + strings.Join(parts, ",") + "]"
	case map[string]any:
		var parts []string
		for _, k := range sortedKeys(v) {
			parts = append(parts, canonical(k)+":"+canonical(v[k]))
		}
		return "{" + strings.Join(parts, ",") + "}"
	default:
		text, _ := json.Marshal(v) // scalars always marshal
		return string(text)
	}
}

// sameWithoutNone says that what the program does not give is AWS's "NONE".
func sameWithoutNone(was, is string) bool { return was == is || was == "NONE" && is == "" }

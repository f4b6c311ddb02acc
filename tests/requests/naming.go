package requests

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// naming puts the names of resources in place of their ids, and of what chance
// gave them.
type naming struct {
	replacer *strings.Replacer
}

// ids are the outputs that AWS, or chance, chooses.
var ids = []string{
	"id", "arn", "name", "dnsName", "defaultSecurityGroupId", "mainRouteTableId", "allocationId", "apiEndpoint", "executionArn", "prefixListId",
	"repositoryUrl", "arnWithoutRevision", "publicIp", "bucket",
}

var (
	account = regexp.MustCompile(`\b123456789012\b`)
	// suffix is what a name ends in that Pulumi or, after a prefix, the provider makes.
	suffix = regexp.MustCompile(`-([0-9a-f]{7}|[0-9a-f]{26})$`)
	// other ids are those of what no resource of the stack is.
	other = regexp.MustCompile(`\b(ami|pl|vpc|subnet|sg|rtb|igw|eni)-[0-9a-f]{8,17}\b`)
)

// namesOf reads the ids of a stack's resources from its state, and the parents.
func namesOf(state []byte) (*naming, map[string]string, error) {
	var export struct {
		Deployment struct {
			Resources []struct {
				URN     string         `json:"urn"`
				Parent  string         `json:"parent"`
				ID      string         `json:"id"`
				Outputs map[string]any `json:"outputs"`
			} `json:"resources"`
		} `json:"deployment"`
	}
	if err := json.Unmarshal(state, &export); err != nil {
		return nil, nil, err
	}
	known, parents := map[string]string{}, map[string]string{}
	for _, r := range export.Deployment.Resources {
		parents[r.URN] = r.Parent
		if r.ID == "" || !strings.Contains(r.URN, "aws:") {
			continue
		}
		parts := strings.Split(r.URN, "::")
		name := parts[2][strings.LastIndex(parts[2], ":")+1:] + " " + parts[len(parts)-1]
		for _, output := range ids {
			v, ok := r.Outputs[output].(string)
			if !ok || known[v] != "" || len(v) < 6 || output == "name" && !suffix.MatchString(v) {
				continue
			}
			if v == "$default" {
				continue // the stage, and also the route, that API Gateway knows by this name
			}
			if output == "id" || output == "name" {
				known[v] = "{" + name + "}"
			} else {
				known[v] = "{" + name + " " + output + "}"
			}
		}
	}
	// The longest first: an ARN holds the id.
	var pairs []string
	keys := slices.SortedFunc(maps.Keys(known), func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	for _, k := range keys {
		pairs = append(pairs, k, known[k])
	}
	return &naming{strings.NewReplacer(pairs...)}, parents, nil
}

func (n *naming) replace(text string) string {
	text = n.replacer.Replace(text)
	text = other.ReplaceAllString(text, "{some $1}")
	return account.ReplaceAllString(text, "ACCOUNT")
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

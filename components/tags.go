package components

import (
	"fmt"
	"maps"
	"strings"
	"unicode/utf8"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// What AWS takes as tags of a resource; a value may be empty:
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions
const (
	maxTags     = 50
	maxTagKey   = 128
	maxTagValue = 256
)

// checkTags finds tags that AWS refuses, and such as are marked secret. own is how
// many tags the component adds to a child besides Name.
//
// It waits for tags that come from other resources, in a Go program's update
// too: once a secret is in a tag, nothing hides it any more.
func checkTags(ctx *pulumi.Context, faults *field.Faults, tags pulumi.StringMapInput, own int) error {
	if isNil(tags) {
		return nil
	}
	s, err := see[map[string]string](ctx, pulumi.ToOutput(tags))
	if s.secret {
		faults.Add("tags", nil, field.Secret+" cannot be a tag: the aws provider repeats all tags in tagsAll, in clear, in previews and in the state",
			"write a value that is not secret, or take the mark off where the value may be seen (pulumi.unsecret)")
	}
	s.check(faults, func(tags map[string]string) (found field.Faults) {
		all := maps.Clone(tags)
		all["Name"] = ""
		if most := maxTags - own; len(all) > most {
			found.Add("tags", nil, fmt.Sprintf("has too many entries: AWS allows %d tags on a resource, %d of which the component needs", maxTags, own+1),
				fmt.Sprintf("write at most %d", most-1))
		}
		for _, key := range sortedKeys(tags) {
			// The keys can be secret too: they are no part of the path or the rule.
			switch {
			case key == "" || utf8.RuneCountInString(key) > maxTagKey:
				found.AddBetter("tags", nil, fmt.Sprintf("has a key that is empty or longer than %d characters", maxTagKey),
					"write another key", fmt.Sprintf("write a key other than %q", key))
			case strings.HasPrefix(strings.ToLower(key), "aws:"):
				found.AddBetter("tags", nil, `has a key that begins with "aws:", which AWS keeps for itself`,
					"write another key", fmt.Sprintf("write a key other than %q", key))
			case utf8.RuneCountInString(tags[key]) > maxTagValue:
				found.AddBetter("tags", nil, fmt.Sprintf("has a value longer than the %d characters that AWS takes", maxTagValue),
					"write a shorter value", fmt.Sprintf("write a shorter value for %q", key))
			}
		}
		return found
	})
	return err
}

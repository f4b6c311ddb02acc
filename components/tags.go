package components

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/host"
)

// What AWS takes as tags of a resource; a value may be empty:
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions
const (
	maxTags     = 50
	maxTagKey   = 128
	maxTagValue = 256
)

// checkTags finds tags that AWS refuses. own is how many tags the component adds
// to a child besides Name.
func checkTags(ctx *pulumi.Context, faults *field.Faults, tags pulumi.StringMapInput, own int) error {
	if tags == nil {
		return nil
	}
	return checkKnown(ctx, faults, tags, func(tags map[string]string) (found field.Faults) {
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
}

// withTags are a component's options with one more where its tags are secret.
// The aws provider writes all tags of a resource, its own default ones among
// them, into the output tagsAll, and forgets there that they are secret.
func withTags(ctx *pulumi.Context, tags pulumi.StringMapInput, opts []pulumi.ResourceOption) []pulumi.ResourceOption {
	if !mayBeSecret(ctx, tags) {
		return opts
	}
	hide := func(args *pulumi.ResourceTransformationArgs) *pulumi.ResourceTransformationResult {
		if !strings.HasPrefix(args.Type, "aws:") {
			return nil
		}
		return &pulumi.ResourceTransformationResult{
			Props: args.Props, Opts: append(args.Opts, pulumi.AdditionalSecretOutputs([]string{"tagsAll"})),
		}
	}
	return append(slices.Clone(opts), pulumi.Transformations([]pulumi.ResourceTransformation{hide}))
}

// mayBeSecret says whether tags are secret, or cannot be told not to be: during
// an update of a Go program, for one that waits would hold it back.
func mayBeSecret(ctx *pulumi.Context, tags pulumi.StringMapInput) bool {
	if isNil(tags) {
		return false
	}
	if literal, ok := tags.(pulumi.StringMap); ok {
		return slices.ContainsFunc(slices.Collect(maps.Values(literal)), func(v pulumi.StringInput) bool {
			_, plain := v.(pulumi.String)
			return !plain && mayBe(ctx, v)
		})
	}
	return mayBe(ctx, tags)
}

func mayBe(ctx *pulumi.Context, in pulumi.Input) bool {
	if !ctx.DryRun() && !host.Plugin() {
		return true
	}
	return isSecret(in)
}

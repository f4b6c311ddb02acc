package components

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// fixed is a property that a resource keeps for life, because AWS cannot change
// it, and the resource cannot be made again while the old one is in use.
//
// A component does not see what it was given last time. So the resource ignores
// changes to the property, keeps the value that it was made with, and returns
// it as an output; what the program asks for now is compared with that, already
// at preview.
type fixed struct {
	wanted string
	has    pulumi.StringOutput
	// decides is true where the properties behind it in a list follow from it,
	// so that one fault says it all.
	decides bool
	// refuse says what is wrong with another value than the resource has.
	refuse func(faults *field.Faults, has string)
}

// keptAsBorn is the option by which a resource keeps properties for life.
func keptAsBorn(properties ...string) pulumi.ResourceOption { return pulumi.IgnoreChanges(properties) }

// refuseChanges passes a value on, unless something would have to change that
// cannot.
func refuseChanges(value pulumi.StringOutput, component, name string, all []fixed) pulumi.StringOutput {
	values := []any{value}
	for _, f := range all {
		values = append(values, f.has)
	}
	return pulumi.All(values...).ApplyT(func(v []any) (string, error) {
		var faults field.Faults
		for i, f := range all {
			if has := v[i+1].(string); has != "" && has != f.wanted {
				f.refuse(&faults, has)
				if f.decides {
					break
				}
			}
		}
		if err := faults.Err(); err != nil {
			return "", invalidArgs(component, name, err)
		}
		return v[0].(string), nil
	}).(pulumi.StringOutput)
}

// fixedName is the name of what a component makes, where the user gave one.
// Where they give none any more, the resource keeps the one it has.
func fixedName(path string, wanted *string, has pulumi.StringOutput, what, fix string) []fixed {
	if wanted == nil {
		return nil
	}
	return []fixed{{wanted: *wanted, has: has, refuse: func(faults *field.Faults, has string) {
		faults.Add(path, *wanted, fmt.Sprintf("cannot become the name of %s that exists as %q", what, has),
			fmt.Sprintf("write %q, or leave it out; %s", has, fix))
	}}}
}

package verify_test

import (
	"bytes"
	"fmt"
	"maps"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/internal/opposition"
)

// forms are the ways in which releases 0.16 to 7 of the provider write what is
// the same: what each makes of a resource's properties.
var forms = map[string]func(r map[string]any, properties map[string]any){
	"numbers as text": func(_, properties map[string]any) {
		inside(properties, func(v any) any {
			if number, ok := v.(float64); ok {
				return strconv.FormatFloat(number, 'f', -1, 64)
			}
			return v
		})
	},
	"flags as text": func(_, properties map[string]any) {
		inside(properties, func(v any) any {
			if flag, ok := v.(bool); ok {
				return strconv.FormatBool(flag)
			}
			return v
		})
	},
	"blocks as lists of one": func(_, properties map[string]any) {
		inside(properties, func(v any) any {
			if block, ok := v.(map[string]any); ok && !special(block) {
				return []any{block}
			}
			return v
		})
	},
	"lists of one block as the block": func(_, properties map[string]any) {
		inside(properties, func(v any) any {
			if list, ok := v.([]any); ok && len(list) == 1 {
				if block, ok := list[0].(map[string]any); ok && !special(block) {
					return block
				}
			}
			return v
		})
	},
	"lists of one text as the text": func(_, properties map[string]any) {
		inside(properties, func(v any) any {
			if list, ok := v.([]any); ok && len(list) == 1 {
				if text, ok := list[0].(string); ok {
					return text
				}
			}
			return v
		})
	},
	"null left out": func(_, properties map[string]any) {
		without(properties, func(v any) bool { return v == nil })
	},
	"a region on each resource": func(r, properties map[string]any) {
		if custom, _ := r["custom"].(bool); custom {
			properties["region"] = "us-east-1"
		}
	},
}

// balancers is what the types of load balancers begin with, and formerly what
// they began with.
const balancers = "aws:lb/"

var formerly = []string{"aws:alb/", "aws:applicationloadbalancing/", "aws:elasticloadbalancingv2/"}

// special says that an object is one of Pulumi's own, such as a secret.
func special(object map[string]any) bool {
	_, is := object["4dabf18193072939515e22adb298388d"]
	return is
}

// inside replaces every value in an object, those inside first.
func inside(object map[string]any, with func(any) any) {
	var replaced func(any) any
	replaced = func(v any) any {
		switch v := v.(type) {
		case map[string]any:
			if !special(v) {
				inside(v, with)
			}
		case []any:
			for i := range v {
				if block, ok := v[i].(map[string]any); ok {
					inside(block, with) // an element of a list is a block already
				} else {
					v[i] = replaced(v[i])
				}
			}
		}
		return with(v)
	}
	for name, v := range object {
		object[name] = replaced(v)
	}
}

// without takes values out of an object and of those inside of it.
func without(object map[string]any, what func(any) bool) {
	inside(object, func(v any) any {
		if inner, ok := v.(map[string]any); ok {
			maps.DeleteFunc(inner, func(_ string, v any) bool { return what(v) })
		}
		return v
	})
	maps.DeleteFunc(object, func(_ string, v any) bool { return what(v) })
}

// older are the changes that make a document one of another release.
func older(t *testing.T) map[string]func(document []byte) []byte {
	t.Helper()
	all := map[string]func([]byte) []byte{}
	for form, change := range forms {
		all[form] = func(document []byte) []byte {
			return eachWritten(t, document, func(r map[string]any) {
				for _, member := range []string{"inputs", "outputs"} {
					if properties, ok := r[member].(map[string]any); ok {
						change(r, properties)
					}
				}
			})
		}
	}
	for _, module := range formerly {
		all[module] = func(document []byte) []byte {
			as := rewritten(t, document, func([]map[string]any) {})
			return bytes.ReplaceAll(as, []byte(balancers), []byte(module))
		}
	}
	return all
}

// TestForms holds that what is said of a stack does not depend on the form in
// which a release of the provider writes it.
func TestForms(t *testing.T) {
	t.Parallel()
	documents := recordedStacks(t)
	for seed := range uint64(60) {
		documents[fmt.Sprintf("seed %d", seed)] = opposition.Generate(seed).Export(seed)
	}
	said := func(document []byte) string {
		report, err := prove(document)
		require.NoError(t, err)
		return asText(t, report)
	}
	for form, change := range older(t) {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			changed := 0
			for name, document := range documents {
				before := rewritten(t, document, func([]map[string]any) {})
				after := change(document)
				if bytes.Equal(before, after) {
					continue
				}
				changed++
				if diff := cmp.Diff(said(document), said(after)); diff != "" {
					t.Errorf("%s: (-as it is +in this form)\n%s", name, diff)
				}
			}
			assert.Positive(t, changed, "no stack has any")
		})
	}
}

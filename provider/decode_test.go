package provider

import (
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

type decoded struct {
	Text     string             `pulumi:"text"`
	Number   *int               `pulumi:"number,optional"`
	Share    *float64           `pulumi:"share,optional"`
	Switch   *bool              `pulumi:"switch,optional"`
	None     []string           `pulumi:"none,optional"`
	Empty    []string           `pulumi:"empty,optional"`
	List     []Kind             `pulumi:"list,optional"`
	Map      map[string]string  `pulumi:"map,optional"`
	Objects  map[string]decoded `pulumi:"objects,optional"`
	Object   *decoded           `pulumi:"object,optional"`
	Untagged string
}

type Kind string

func TestDecode(t *testing.T) {
	t.Parallel()
	number, share, yes := 3, 0.5, true
	want := decoded{
		Text: "a", Number: &number, Share: &share, Switch: &yes, Empty: []string{}, List: []Kind{"x", "y"},
		Map:     map[string]string{"k": "v"},
		Objects: map[string]decoded{"one": {Text: "inner"}},
		Object:  &decoded{Text: "other"},
	}
	var got decoded
	decode(resource.NewPropertyValue(map[string]any{
		"text": "a", "number": 3.0, "share": 0.5, "switch": true, "empty": []any{}, "list": []any{"x", "y"},
		"map": map[string]any{"k": "v"}, "objects": map[string]any{"one": map[string]any{"text": "inner"}},
		"object": map[string]any{"text": "other", "none": nil}, "": "not for the field without a tag",
	}), reflect.ValueOf(&got).Elem())
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

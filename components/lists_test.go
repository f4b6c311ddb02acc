package components

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
)

// schemaProperty is an argument or an output in the schema.
type schemaProperty struct {
	Ref   string `json:"$ref"`
	OneOf []struct {
		Ref string `json:"$ref"`
	}
}

// schemaResource is a component in the schema.
type schemaResource struct {
	InputProperties map[string]schemaProperty
	Properties      map[string]any
}

// schemaResources are the components of the package, by token.
func schemaResources(t *testing.T) map[string]schemaResource {
	t.Helper()
	text, err := os.ReadFile("../schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema struct{ Resources map[string]schemaResource }
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	return schema.Resources
}

// lists are the lists of components that are kept by hand, by their names, with
// what each has and what tells in the schema that a component belongs to it.
var lists = map[string]struct {
	has  []string
	ours func(token string, all map[string]schemaResource) bool
}{
	"NetworkTypes, from children.Networks": {NetworkTypes, func(token string, all map[string]schemaResource) bool { return taken("network", token, all) }},
	"vpcTypes, from children.Vpcs": {vpcTypes, func(token string, all map[string]schemaResource) bool {
		_, given := all[token].InputProperties["vpcId"] // Network describes a VPC
		return taken("network", token, all) && !given
	}},
	"IngressTypes, from children.Ingresses": {IngressTypes, func(token string, all map[string]schemaResource) bool { return taken("ingress", token, all) }},
	"children.Balancers": {children.Tokens(children.Balancers), func(token string, all map[string]schemaResource) bool {
		return all[token].Properties["dnsName"] != nil
	}},
	"serviceTypes, from children.Services": {serviceTypes, func(token string, all map[string]schemaResource) bool {
		return all[token].Properties["serviceArn"] != nil
	}},
}

// taken says whether any component takes the other as the argument.
func taken(argument, token string, all map[string]schemaResource) bool {
	for _, r := range all {
		p := r.InputProperties[argument]
		if strings.HasSuffix(p.Ref, "/"+token) {
			return true
		}
		for _, one := range p.OneOf {
			if strings.HasSuffix(one.Ref, "/"+token) {
				return true
			}
		}
	}
	return false
}

// TestListsFollowTheSchema: a new component is in every list that it belongs to.
func TestListsFollowTheSchema(t *testing.T) {
	t.Parallel()
	all := schemaResources(t)
	for name, list := range lists {
		var want []string
		for token := range all {
			if list.ours(token, all) {
				want = append(want, token)
			}
		}
		has := slices.Sorted(slices.Values(list.has))
		slices.Sort(want)
		if diff := cmp.Diff(want, has); diff != "" {
			t.Errorf("%s (internal/children/components.go) is not what the schema says (-schema +list)\n%s", name, diff)
		}
	}
}

// TestViewsFit: the components of a list have all outputs of the view that
// others take of them, or reading them by reference would lose some.
func TestViewsFit(t *testing.T) {
	t.Parallel()
	all := schemaResources(t)
	for view, tokens := range map[reflect.Type][]string{reflect.TypeFor[Network](): NetworkTypes, reflect.TypeFor[Ingress](): IngressTypes} {
		for i := range view.NumField() {
			name := view.Field(i).Tag.Get("pulumi")
			if name == "" {
				continue
			}
			for _, token := range tokens {
				if all[token].Properties[name] == nil {
					t.Errorf("%s has no output %s, which %v has", token, name, view)
				}
			}
		}
	}
}

package build_test

import (
	"encoding/json"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/build"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

type m = map[string]any

// notKnown is what a preview writes for what is not known yet.
const notKnown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"

// secret is what a preview writes for a secret.
const secret = "[secret]"

// res is a resource of a test: its type without "aws:" and without the part
// that repeats it, as in "ec2/subnet".
type res struct {
	typ, name, id string
	props         m
	// from are the names of what a property was made from.
	from map[string][]string
	// parent is the name of the component that it belongs to.
	parent   string
	external bool
}

// full is a type's whole token.
func full(typ string) string {
	if strings.Contains(typ, ":") {
		return typ
	}
	short := typ[strings.LastIndexByte(typ, '/')+1:]
	return "aws:" + typ + ":" + strings.ToUpper(short[:1]) + short[1:]
}

func (r res) urn() string { return "urn:pulumi:dev::p::" + full(r.typ) + "::" + r.name }

// component says that it is one: those of these tests are of two packages.
func (r res) component() bool {
	return strings.HasPrefix(r.typ, "my:") || strings.HasPrefix(r.typ, "ecsnet:")
}

// written is the resource as Pulumi writes it, with its properties in the given
// fields.
func (r res) written(all []res, fields ...string) m {
	w := m{"urn": r.urn(), "type": full(r.typ), "custom": !r.component(), "id": r.id, "external": r.external}
	for _, field := range fields {
		w[field] = r.props
	}
	urnsOf := func(names []string) (urns []string) {
		for _, name := range names {
			for _, other := range all {
				if other.name == name {
					urns = append(urns, other.urn())
				}
			}
		}
		return urns
	}
	by := m{}
	for property, names := range r.from {
		by[property] = urnsOf(names)
	}
	w["propertyDependencies"] = by
	if parents := urnsOf([]string{r.parent}); len(parents) > 0 {
		w["parent"] = parents[0]
	}
	return w
}

// exported is the network of a stack that stands.
func exported(t testing.TB, all ...res) *model.Network {
	t.Helper()
	return build.Network(read(t, export(t, all...)))
}

func export(t testing.TB, all ...res) string {
	t.Helper()
	var list []m
	for _, r := range all {
		list = append(list, r.written(all, "inputs", "outputs"))
	}
	return text(t, m{"version": 3, "deployment": m{"resources": list}})
}

// previewed is the network of a stack that is not made yet: the ids in it are
// not known, and what has one was made from the resource of that id.
func previewed(t testing.TB, all ...res) *model.Network {
	t.Helper()
	var steps []m
	for _, r := range all {
		r = r.unmade(all)
		op := "create"
		if r.external {
			op = "read"
		}
		steps = append(steps, m{"op": op, "urn": r.urn(), "newState": r.written(all, "inputs")})
	}
	return build.Network(read(t, text(t, m{"steps": steps})))
}

// unmade is a resource before it is made.
func (r res) unmade(all []res) res {
	from := map[string][]string{}
	maps.Copy(from, r.from)
	props := m{}
	for property, value := range r.props {
		props[property] = hide(value, func(id string) bool {
			for _, other := range all {
				if other.id == id && id != "" {
					from[property] = append(slices.Clip(from[property]), other.name)
					return true
				}
			}
			return false
		})
	}
	r.id, r.props, r.from = "", props, from
	return r
}

// hide replaces the texts in a value that are to be hidden.
func hide(value any, hidden func(string) bool) any {
	switch value := value.(type) {
	case string:
		if hidden(value) {
			return notKnown
		}
	case []any:
		list := make([]any, len(value))
		for i := range value {
			list[i] = hide(value[i], hidden)
		}
		return list
	case m:
		object := m{}
		for name := range value {
			object[name] = hide(value[name], hidden)
		}
		return object
	}
	return value
}

func text(t testing.TB, document any) string {
	t.Helper()
	encoded, err := json.Marshal(document)
	require.NoError(t, err)
	return string(encoded)
}

func read(t testing.TB, documents ...string) *state.Stacks {
	t.Helper()
	var readers []io.Reader
	for _, d := range documents {
		readers = append(readers, strings.NewReader(d))
	}
	stacks, err := state.Read(readers...)
	require.NoError(t, err)
	return stacks
}

// recorded reads real documents.
func recorded(t testing.TB, names ...string) *state.Stacks {
	t.Helper()
	var documents []string
	for _, name := range names {
		content, err := os.ReadFile(filepath.Join("..", "..", "testdata", name+".json"))
		require.NoError(t, err)
		documents = append(documents, string(content))
	}
	return read(t, documents...)
}

// vpcRes and others are what most tests stand on.
var (
	vpcRes    = res{typ: "ec2/vpc", name: "net", id: "vpc-1", props: m{"cidrBlock": "10.0.0.0/16", "enableDnsSupport": true, "enableDnsHostnames": true}}
	subnetRes = res{typ: "ec2/subnet", name: "a", id: "subnet-a", props: m{"vpcId": "vpc-1", "cidrBlock": "10.0.0.0/24", "availabilityZone": "us-east-1a"}}
	subnetTwo = res{typ: "ec2/subnet", name: "b", id: "subnet-b", props: m{"vpcId": "vpc-1", "cidrBlock": "10.0.1.0/24", "availabilityZone": "us-east-1b"}}
	tableRes  = res{typ: "ec2/routeTable", name: "table", id: "rtb-1", props: m{"vpcId": "vpc-1"}}
	groupRes  = res{typ: "ec2/securityGroup", name: "guard", id: "sg-1", props: m{"vpcId": "vpc-1"}}
	gateRes   = res{typ: "ec2/internetGateway", name: "igw", id: "igw-1", props: m{"vpcId": "vpc-1"}}
)

// with is a resource with further properties.
func (r res) with(props m) res {
	r.props = merged(r.props, props)
	return r
}

func merged(all ...m) m {
	one := m{}
	for _, from := range all {
		maps.Copy(one, from)
	}
	return one
}

// without is a resource without some properties.
func (r res) without(names ...string) res {
	r = r.with(nil)
	for _, name := range names {
		delete(r.props, name)
	}
	return r
}

// whats are the words of doubts.
func whats(doubts []model.Doubt) []string {
	list := []string{}
	for _, d := range doubts {
		list = append(list, d.URN[strings.LastIndex(d.URN, "::")+2:]+": "+d.What)
	}
	return list
}

// scene is a stack and what must be said of it, in the words of describe.
type scene struct {
	stack []res
	// preview: the stack is not made yet.
	preview bool
	// want are lines that must be there, not beginnings of lines that must not.
	want, not []string
}

// doubtless is that a network has no doubt at all.
const doubtless = "doubt "

func check(t *testing.T, scenes map[string]scene) {
	t.Helper()
	for name, s := range scenes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			make := exported
			if s.preview {
				make = previewed
			}
			lines := replaced(describe(make(t, s.stack...)))
			for _, want := range s.want {
				if !slices.Contains(lines, want) {
					t.Errorf("not there: %s\nin:\n%s", want, strings.Join(lines, "\n"))
				}
			}
			for _, not := range s.not {
				if slices.ContainsFunc(lines, func(line string) bool { return strings.HasPrefix(line, not) }) {
					t.Errorf("there: %s\nin:\n%s", not, strings.Join(lines, "\n"))
				}
			}
		})
	}
}

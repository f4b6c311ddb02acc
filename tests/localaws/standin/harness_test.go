package standin

import (
	"bufio"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"
	tf "github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/types/known/structpb"
)

// props are a resource's properties as a test writes them.
type props map[string]any

func (p props) with(name string, value any) props {
	out := maps.Clone(p)
	if value == nil {
		delete(out, name)
	} else {
		out[name] = value
	}
	return out
}

// provider is a configured stand-in with a record of its own.
type provider struct {
	*Server
	t   *testing.T
	log string
}

func newProvider(t *testing.T, env props) *provider {
	t.Helper()
	log := filepath.Join(t.TempDir(), "requests.jsonl")
	values := props{
		"AWS_ENDPOINT_URL": endpoint, "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
		"ECSNET_STANDIN_LOG": log,
	}
	maps.Copy(values, env)
	s := New(nil, func(name string) string { v, _ := values[name].(string); return v })
	s.poll = 10 * time.Millisecond
	_, err := s.Configure(t.Context(), &pulumirpc.ConfigureRequest{})
	require.NoError(t, err)
	return &provider{s, t, log}
}

func wire(t *testing.T, p props) *structpb.Struct {
	t.Helper()
	s, err := marshal("test", object(resourceMap(p)))
	require.NoError(t, err)
	return s
}

func unwire(t *testing.T, s *structpb.Struct) object {
	t.Helper()
	o, err := unmarshal("test", s)
	require.NoError(t, err)
	return o
}

// requests returns what was recorded for a resource; "" means for all.
func (p *provider) requests(urn string) []cloud.Request {
	p.t.Helper()
	file, err := os.Open(p.log)
	require.NoError(p.t, err)
	defer file.Close()
	var out []cloud.Request
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r cloud.Request
		require.NoError(p.t, json.Unmarshal(lines.Bytes(), &r))
		if urn == "" || r.URN == urn {
			out = append(out, r)
		}
	}
	require.NoError(p.t, lines.Err())
	return out
}

// res is a resource that the test made.
type res struct {
	p             *provider
	urn, id       string
	inputs, state *structpb.Struct
}

func urnOf(token, name string) string { return "urn:pulumi:test::test::" + token + "::" + name }

func (p *provider) check(token, name string, in props, olds *structpb.Struct) *pulumirpc.CheckResponse {
	p.t.Helper()
	seed := sha256.Sum256([]byte(p.t.Name() + name)) // another name in every test
	out, err := p.Check(p.t.Context(), &pulumirpc.CheckRequest{
		Urn: urnOf(token, name), News: wire(p.t, in), Olds: olds, RandomSeed: seed[:],
	})
	require.NoError(p.t, err)
	return out
}

// try creates a resource whose inputs are good, and returns what AWS says.
func (p *provider) try(token, name string, in props) (*res, error) {
	p.t.Helper()
	checked := p.check(token, name, in, nil)
	require.Empty(p.t, checked.GetFailures())
	u := urnOf(token, name)
	planned, err := p.Create(p.t.Context(), &pulumirpc.CreateRequest{Urn: u, Properties: checked.GetInputs(), Preview: true})
	require.NoError(p.t, err)
	out, err := p.Create(p.t.Context(), &pulumirpc.CreateRequest{Urn: u, Properties: checked.GetInputs(), Timeout: 20})
	if err != nil {
		return nil, err
	}
	r := &res{p: p, urn: u, id: out.GetId(), inputs: checked.GetInputs(), state: out.GetProperties()}
	requirePlanned(p.t, unwire(p.t, planned.GetProperties()), r.outputs())
	return r, nil
}

// ask asks AWS for a resource, even if a preview refuses its inputs, and returns
// what AWS says.
func (p *provider) ask(token, name string, in props) error {
	p.t.Helper()
	inputs := p.check(token, name, in, nil).GetInputs()
	_, err := p.Create(p.t.Context(), &pulumirpc.CreateRequest{Urn: urnOf(token, name), Properties: inputs, Timeout: 20})
	return err
}

// requirePlanned holds that a preview promised nothing that did not come true.
func requirePlanned(t *testing.T, planned, made object) {
	t.Helper()
	for key, v := range planned {
		if v.ContainsUnknowns() {
			continue
		}
		token := string(key)
		if absent(v) {
			continue
		}
		require.True(t, made.has(token), "the preview promised %s", token)
	}
}

func (p *provider) create(token, name string, in props) *res {
	p.t.Helper()
	r, err := p.try(token, name, in)
	require.NoError(p.t, err)
	return r
}

func (r *res) outputs() object { return unwire(r.p.t, r.state) }

func (r *res) out(name string) string {
	r.p.t.Helper()
	require.True(r.p.t, r.outputs().has(name), "%s has no output %s", r.urn, name)
	return r.outputs().str(name)
}

func (r *res) token() string { return string(resource.URN(r.urn).Type()) }
func (r *res) name() string  { return resource.URN(r.urn).Name() }

func (r *res) diff(in props) *pulumirpc.DiffResponse {
	r.p.t.Helper()
	checked := r.p.check(r.token(), r.name(), in, r.inputs)
	require.Empty(r.p.t, checked.GetFailures())
	return r.diffChecked(checked.GetInputs())
}

func (r *res) diffChecked(news *structpb.Struct) *pulumirpc.DiffResponse {
	r.p.t.Helper()
	out, err := r.p.Diff(r.p.t.Context(), &pulumirpc.DiffRequest{Id: r.id, Urn: r.urn, Olds: r.state, OldInputs: r.inputs, News: news})
	require.NoError(r.p.t, err)
	return out
}

func (r *res) tryUpdate(in props) error {
	r.p.t.Helper()
	checked := r.p.check(r.token(), r.name(), in, r.inputs)
	require.Empty(r.p.t, checked.GetFailures())
	req := &pulumirpc.UpdateRequest{Id: r.id, Urn: r.urn, Olds: r.state, OldInputs: r.inputs, News: checked.GetInputs(), Timeout: 20, Preview: true}
	_, err := r.p.Update(r.p.t.Context(), req)
	require.NoError(r.p.t, err)
	req.Preview = false
	out, err := r.p.Update(r.p.t.Context(), req)
	if err != nil {
		return err
	}
	r.inputs, r.state = checked.GetInputs(), out.GetProperties()
	return nil
}

func (r *res) update(in props) {
	r.p.t.Helper()
	require.NoError(r.p.t, r.tryUpdate(in))
}

func (r *res) read() *pulumirpc.ReadResponse {
	r.p.t.Helper()
	out, err := r.p.Read(r.p.t.Context(), &pulumirpc.ReadRequest{Id: r.id, Urn: r.urn, Inputs: r.inputs, Properties: r.state})
	require.NoError(r.p.t, err)
	return out
}

// requireSettled holds that a refresh finds what was deployed.
func (r *res) requireSettled() {
	r.p.t.Helper()
	read := r.read()
	require.Equal(r.p.t, r.id, read.GetId(), "the id stays")
	require.Equal(r.p.t, r.settled(r.inputs), r.settled(read.GetInputs()), "a refresh reads the same inputs")
	require.Equal(r.p.t, r.settled(r.state), r.settled(read.GetProperties()), "a refresh reads the same outputs")
	d := r.diffChecked(read.GetInputs())
	require.Equal(r.p.t, pulumirpc.DiffResponse_DIFF_NONE, d.GetChanges(), "%v", d)
}

// settled drops the bridge's notes on how it wrote the state, and what only the
// diff can compare: text that the type's row compares as AWS does, and a default
// that the official provider does not see, so that a refresh takes it away.
func (r *res) settled(properties *structpb.Struct) any {
	kind := table()[r.token()]
	given := unwire(r.p.t, properties)
	delete(given, "__pulumi_raw_state_delta")
	defaults := unwire(r.p.t, r.inputs).strs(defaultsKey)
	for _, p := range kind.properties {
		if p.row.same() != nil || p.row.equalIn != nil && (p.row.byDefault == nil || slices.Contains(defaults, p.name)) {
			delete(given, resource.PropertyKey(p.name))
			if given.has(defaultsKey) {
				given[defaultsKey] = resource.NewPropertyValue(without(given.strs(defaultsKey), []string{p.name}))
			}
		}
	}
	return ordered(kind.properties, given)
}

// ordered writes properties with their sets sorted, and without the bridge's
// lists of defaults where they are empty. A list or a map of texts that is empty
// is left out too: Terraform's SDK writes it as null after a creation, and as
// empty after a read.
func ordered(properties []*property, given object) map[string]any {
	out := map[string]any{}
	for key, v := range given {
		if string(key) != defaultsKey || len(given.strs(defaultsKey)) > 0 {
			out[string(key)] = v.Mappable()
		}
	}
	for _, p := range properties {
		v := given.value(p.name)
		switch {
		case absent(v) && len(p.nested) == 0 && slices.Contains([]tf.ValueType{tf.TypeList, tf.TypeSet, tf.TypeMap}, p.schema.Type):
			delete(out, p.name)
		case p.single && v.IsObject():
			out[p.name] = ordered(p.nested, object(v.ObjectValue()))
		case v.IsArray():
			list := []any{}
			for _, e := range v.ArrayValue() {
				if e.IsObject() && len(p.nested) > 0 {
					list = append(list, ordered(p.nested, object(e.ObjectValue())))
				} else {
					list = append(list, e.Mappable())
				}
			}
			if p.schema.Type == tf.TypeSet {
				slices.SortFunc(list, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
			}
			out[p.name] = list
		}
	}
	return out
}

func (r *res) tryDelete() error {
	_, err := r.p.Delete(r.p.t.Context(), &pulumirpc.DeleteRequest{Id: r.id, Urn: r.urn, Properties: r.state})
	return err
}

func (r *res) delete() {
	r.p.t.Helper()
	require.NoError(r.p.t, r.tryDelete())
}

// faults returns the reasons of a check that must fail, the error if it has one.
func (p *provider) faults(token string, in props) []string {
	p.t.Helper()
	checked, err := p.Check(p.t.Context(), &pulumirpc.CheckRequest{Urn: urnOf(token, "bad"), News: wire(p.t, in), RandomSeed: make([]byte, 32)})
	if err != nil {
		return []string{err.Error()}
	}
	var out []string
	for _, f := range checked.GetFailures() {
		out = append(out, f.GetProperty()+": "+f.GetReason())
	}
	return out
}

// names are the properties that change.
func names(d *pulumirpc.DiffResponse) []string { return d.GetDiffs() }

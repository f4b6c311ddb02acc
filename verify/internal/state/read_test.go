package state_test

import (
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

const (
	urn     = `"urn":"urn:pulumi:dev::p::aws:ec2/vpc:Vpc::net"`
	vpcType = `"type":"aws:ec2/vpc:Vpc"`
)

// export is an export of resources without their braces.
func export(resources ...string) string {
	return `{"version":3,"deployment":{"resources":[{` + strings.Join(resources, "},{") + `}]}}`
}

// preview is a preview of steps without their braces.
func preview(steps ...string) string {
	return `{"steps":[{` + strings.Join(steps, "},{") + `}]}`
}

func read(documents ...string) (*state.Stacks, error) {
	var readers []io.Reader
	for _, d := range documents {
		readers = append(readers, strings.NewReader(d))
	}
	return state.Read(readers...)
}

func TestDocuments(t *testing.T) {
	t.Parallel()
	one := urn + `,"custom":true,` + vpcType + `,"id":"vpc-1","outputs":{"a":"b"}`
	tests := map[string]struct {
		documents []string
		// names of the resources, or a part of the error.
		want []string
		err  string
	}{
		"an export":                     {documents: []string{export(one)}, want: []string{"net"}},
		"version 4":                     {documents: []string{strings.Replace(export(one), "3", "4", 1)}, want: []string{"net"}},
		"version 1":                     {documents: []string{strings.Replace(export(one), "3", "1", 1)}, want: []string{"net"}},
		"a version of the future":       {documents: []string{strings.Replace(export(one), "3", "5", 1)}, err: "version 5, and 1 to 4 can be read; take a newer release"},
		"no version":                    {documents: []string{strings.Replace(export(one), `"version":3,`, "", 1)}, err: "which version"},
		"blanks before it":              {documents: []string{"\r\n  " + export(one)}, want: []string{"net"}},
		"a preview":                     {documents: []string{preview(`"op":"create","newState":{` + one + `}`)}, want: []string{"net"}},
		"messages around it":            {documents: []string{"warning: {is} this\n{not it}\n" + export(one) + "\nand {after}"}, want: []string{"net"}},
		"an empty stack":                {documents: []string{`{"version":3,"deployment":{}}`}},
		"no urn":                        {documents: []string{export(`"custom":true,` + vpcType)}, err: "no urn"},
		"no type, but a urn":            {documents: []string{export(urn + `,"custom":true`)}, want: []string{"net"}},
		"custom is missing":             {documents: []string{export(urn)}, err: "custom"},
		"a urn that is none":            {documents: []string{export(`"urn":"x","custom":true`)}, err: "no type"},
		"a structure of another type":   {documents: []string{export(urn + `,"custom":true,"inputs":[]`)}, err: "inputs"},
		"twice in one stack":            {documents: []string{export(one, one)}, err: "twice"},
		"twice in two":                  {documents: []string{export(one), export(one)}, err: "document 2"},
		"two stacks":                    {documents: []string{export(one), strings.ReplaceAll(export(one), "::net", "::other")}, want: []string{"net", "other"}},
		"a preview that failed":         {documents: []string{`{"steps":[],"diagnostics":[{"severity":"error","message":"no such zone\n"}]}`}, err: "failed, so it does not show the whole stack: no such zone"},
		"a preview with a warning":      {documents: []string{`{"steps":[],"diagnostics":[{"severity":"warning","message":"old"}]}`}},
		"a preview without its steps":   {documents: []string{`{"diagnostics":[{"severity":"warning","message":"old"}]}`}, err: "not what Pulumi writes"},
		"a preview without --show-same": {documents: []string{`{"steps":[],"changeSummary":{"same":3}}`}, err: "--show-sames"},
		"a step that is not known":      {documents: []string{preview(`"op":"teleport","newState":{` + one + `}`)}, err: `"teleport"`},
		"a step without a state":        {documents: []string{preview(`"op":"create","urn":"u"`)}, err: "no state"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := read(tt.documents...)
			if tt.err != "" {
				require.ErrorContains(t, err, tt.err)
				return
			}
			require.NoError(t, err)
			var names []string
			for _, r := range got.Resources {
				names = append(names, r.Name)
				assert.Equal(t, "aws:ec2/vpc:Vpc", r.Type)
			}
			if diff := cmp.Diff(tt.want, names); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestReaderFails(t *testing.T) {
	t.Parallel()
	_, err := state.Read(io.MultiReader(strings.NewReader("{"), failing{}))
	require.ErrorIs(t, err, io.ErrClosedPipe)
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestSteps(t *testing.T) {
	t.Parallel()
	const (
		was  = `"oldState":{` + urn + `,"custom":true,` + vpcType + `,"id":"vpc-1","inputs":{"asked":"old","dropped":"x"},"outputs":{"asked":"old","dropped":"x","computed":"c"}}`
		will = `"newState":{` + urn + `,"custom":true,` + vpcType + `,"inputs":{"asked":"new"},"propertyDependencies":{"asked":["urn:dep"]}}`
	)
	tests := map[string]struct {
		steps []string
		// gone: nothing is left of it; left: but it may stay in AWS.
		gone, left               bool
		id                       string
		asked, dropped, computed string
		external                 bool
	}{
		"create":            {steps: []string{`"op":"create",` + will}, asked: "new"},
		"same":              {steps: []string{`"op":"same",` + was + `,` + strings.ReplaceAll(will, "new\"", "old\"")}, id: "vpc-1", asked: "old", dropped: "x", computed: "c"},
		"update":            {steps: []string{`"op":"update",` + was + `,` + will}, id: "vpc-1", asked: "new", computed: "c"},
		"replace":           {steps: []string{`"op":"create-replacement",` + was + `,` + will, `"op":"replace",` + was + `,` + will, `"op":"delete-replaced",` + was}, asked: "new"},
		"replace, at first": {steps: []string{`"op":"delete-replaced",` + was, `"op":"replace",` + was + `,` + will}, asked: "new"},
		"delete":            {steps: []string{`"op":"delete",` + was}, gone: true, left: true},
		"dropped":           {steps: []string{`"op":"update",` + strings.Replace(was, `"computed"`, `"dropped":"x","computed"`, 1) + `,` + will}, id: "vpc-1", asked: "new", computed: "c"},
		"delete, retained":  {steps: []string{`"op":"delete",` + strings.Replace(was, `"custom":true`, `"custom":true,"retainOnDelete":true`, 1)}, gone: true, left: true},
		"read, not known":   {steps: []string{`"op":"read",` + will}, asked: "new", external: true},
		"read before": {
			steps: []string{`"op":"read",` + was + `,` + will}, id: "vpc-1", asked: "old", dropped: "x", computed: "c", external: true,
		},
		"import": {steps: []string{`"op":"import",` + strings.Replace(will, `"custom":true`, `"custom":true,"id":"vpc-9"`, 1)}, id: "vpc-9", asked: "new"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := read(preview(tt.steps...))
			require.NoError(t, err)
			assert.Len(t, got.Leftovers, map[bool]int{true: 1}[tt.left])
			if tt.gone {
				assert.Empty(t, got.Resources)
				return
			}
			require.Len(t, got.Resources, 1)
			r := got.Resources[0]
			assert.Equal(t, tt.id, r.ID)
			assert.Equal(t, tt.external, r.External)
			for property, want := range map[string]string{"asked": tt.asked, "dropped": tt.dropped, "computed": tt.computed} {
				assert.Equal(t, want, r.Get(property).Or(""), property)
			}
			// A provider may leave what is said no more as it was.
			if strings.Contains(tt.steps[0], `"op":"update"`) {
				assert.True(t, r.Get("dropped").Unknown())
			}
		})
	}
}

// TestUpdateToNull: null says no more of a property than its absence.
func TestUpdateToNull(t *testing.T) {
	t.Parallel()
	const was = `"op":"update","oldState":{` + urn + `,"custom":true,"id":"vpc-1","inputs":{"dropped":"x","null":null},"outputs":{"dropped":"x","null":"computed","never":"computed"}}`
	for name, inputs := range map[string]string{"null": `{"dropped":null,"null":null,"never":null}`, "absence": `{}`} {
		got, err := read(preview(was + `,"newState":{` + urn + `,"custom":true,"inputs":` + inputs + `}`))
		require.NoError(t, err)
		r := got.Resources[0]
		assert.True(t, r.Get("dropped").Unknown(), name)
		assert.Equal(t, "computed", r.Get("null").Or(""), name)
		assert.Equal(t, "computed", r.Get("never").Or(""), name)
	}
}

// What a read finds is not in the preview that first does it.
func TestReadIsHidden(t *testing.T) {
	t.Parallel()
	got, err := read(preview(`"op":"read","newState":{` + urn + `,"custom":true,"inputs":{}}`))
	require.NoError(t, err)
	v := got.Resources[0].Get("cidrBlock")
	assert.True(t, v.Unknown())
	assert.Equal(t, "its cidrBlock is not known yet", v.Doubt())
	_, complete := got.Resources[0].Both("routes")[0].List()
	assert.False(t, complete)
}

func TestLeftovers(t *testing.T) {
	t.Parallel()
	got, err := read(`{"version":3,"deployment":{"resources":[
		{` + urn + `,"custom":true,"delete":true,"id":"vpc-1"},
		{` + urn + `,"custom":true,"id":"vpc-2"},
		{"urn":"urn:pulumi:dev::p::aws:ec2/vpc:Vpc::half","custom":true,"pendingReplacement":true}],
		"pending_operations":[{"type":"creating","resource":{"urn":"urn:pulumi:dev::p::aws:ec2/vpc:Vpc::new","custom":true}},{"type":"creating"}]}}`)
	require.NoError(t, err)
	require.Len(t, got.Resources, 1)
	assert.Equal(t, "vpc-2", got.Resources[0].ID)
	var left []string
	for _, l := range got.Leftovers {
		left = append(left, l.Name+" "+l.Why)
	}
	assert.Equal(t, []string{
		"net is waiting to be deleted and may still exist",
		"half was deleted to be replaced, and its replacement is not there yet",
		"new was left creating by an update that was interrupted; run `pulumi refresh`",
	}, left)
}

func TestWithin(t *testing.T) {
	t.Parallel()
	part := func(name, parent string, custom string) string {
		return `"urn":"urn:pulumi:dev::p::t::` + name + `","custom":` + custom + `,"parent":"urn:pulumi:dev::p::t::` + parent + `"`
	}
	got, err := read(export(part("top", "stack", "false"), part("a", "top", "true"), part("middle", "top", "false"),
		part("b", "middle", "true"), part("under", "a", "true"), part("loop", "loop", "false")))
	require.NoError(t, err)
	names := func(urn string) (list []string) {
		for _, r := range got.Within("urn:pulumi:dev::p::t::" + urn) {
			list = append(list, r.Name)
		}
		return list
	}
	assert.Equal(t, []string{"a", "b"}, names("top"), "what belongs to a resource is not the component's to hand out")
	assert.Empty(t, names("loop"))
	assert.Empty(t, names("nobody"))
	assert.NotNil(t, got.Find("urn:pulumi:dev::p::t::a"))
	assert.Nil(t, got.Find("nobody"))
}

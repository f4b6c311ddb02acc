package state_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

const (
	notKnown = `"04da6b54-80e4-46f7-96ec-b56ff0331ba9"`
	secret   = `{"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270",`
	output   = `{"4dabf18193072939515e22adb298388d":"d0e6a833031e9bbcd3f4e8bde6ca49a4"`
)

// property is a property of a resource whose outputs are the given JSON.
func property(t *testing.T, outputs, name string) state.Value {
	t.Helper()
	got, err := read(export(urn + `,"custom":true,"id":"vpc-1","outputs":` + outputs))
	require.NoError(t, err)
	return got.Resources[0].Get(name)
}

func TestValues(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		json                   string
		absent, unknown, known bool
		text, why              string
	}{
		"a text":                 {json: `"x"`, known: true, text: "x"},
		"null":                   {json: `null`, absent: true, why: "is missing"},
		"a secret null":          {json: secret + `"plaintext":"null"}`, absent: true, why: "is missing"},
		"an output null":         {json: output + `,"value":null}`, absent: true, why: "is missing"},
		"not known yet":          {json: notKnown, unknown: true, why: "is not known yet"},
		"a number not known yet": {json: `"3eeb2bf0-c639-47a8-9e75-3b44932eb421"`, unknown: true, why: "is not known yet"},
		"a secret":               {json: secret + `"ciphertext":"v1:abc"}`, unknown: true, why: "is secret"},
		"a hidden secret":        {json: `"[secret]"`, unknown: true, why: "is secret"},
		"a secret in the open":   {json: secret + `"plaintext":"\"x\""}`, known: true, text: "x"},
		"a secret unknown":       {json: secret + `"plaintext":"\"04da6b54-80e4-46f7-96ec-b56ff0331ba9\""}`, unknown: true, why: "is not known yet"},
		"a broken secret":        {json: secret + `"plaintext":"{"}`, unknown: true, why: "is not what is expected there"},
		"an output":              {json: output + `,"value":"x"}`, known: true, text: "x"},
		"an output not known":    {json: output + `}`, unknown: true, why: "is not known yet"},
		"a resource":             {json: `{"4dabf18193072939515e22adb298388d":"5cf8f73096256a8f31e491e813e4eb8e","urn":"u","id":"vpc-3"}`, known: true, text: "vpc-3"},
		"an asset":               {json: `{"4dabf18193072939515e22adb298388d":"c44067f5952c0a294b673a41bacd8c17","text":"x"}`, unknown: true, why: "is not what is expected there"},
		"a number":               {json: `3`, known: true, why: "is not what is expected there"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := property(t, `{"p":`+tt.json+`}`, "p")
			assert.Equal(t, tt.absent, v.Absent(), "absent")
			assert.Equal(t, tt.unknown, v.Unknown(), "unknown")
			assert.Equal(t, tt.known, v.Known(), "known")
			text, ok := v.Text()
			assert.Equal(t, tt.text, text)
			assert.Equal(t, tt.text != "", ok)
			if tt.why != "" {
				assert.Equal(t, "its p "+tt.why, v.Doubt())
			}
		})
	}
}

func TestNumbersAndFlags(t *testing.T) {
	t.Parallel()
	number := func(json string) (int, bool) { return property(t, `{"p":`+json+`}`, "p").Int() }
	for json, want := range map[string]int{`80`: 80, `"80"`: 80, `-1`: -1} {
		got, ok := number(json)
		assert.True(t, ok, json)
		assert.Equal(t, want, got)
	}
	for _, json := range []string{`1.5`, `1e300`, `"x"`, `true`, `null`, notKnown, `{}`} {
		_, ok := number(json)
		assert.False(t, ok, json)
	}
	flag := func(json string) (bool, bool) { return property(t, `{"p":`+json+`}`, "p").Bool() }
	for json, want := range map[string]bool{`true`: true, `false`: false, `"true"`: true, `"False"`: false, `"1"`: true, `"0"`: false} {
		got, ok := flag(json)
		assert.True(t, ok, json)
		assert.Equal(t, want, got)
	}
	for _, json := range []string{`"on"`, `1`, `null`, notKnown, `[]`} {
		_, ok := flag(json)
		assert.False(t, ok, json)
	}
}

func TestPaths(t *testing.T) {
	t.Parallel()
	v := property(t, `{"p":{"list":[{"a":"1"},`+notKnown+`],"single":{"a":"2"},"block":[{"a":"3"}],"many":[{},{}],"text":"{\"a\":\"4\"}"}}`, "p")
	list, complete := v.Get("list").List()
	require.True(t, complete)
	require.Len(t, list, 2)
	assert.Equal(t, "1", list[0].Get("a").Or(""))
	assert.Equal(t, "its p.list[1].a is not known yet", list[1].Get("a").Doubt())
	single, complete := v.Get("single").List()
	assert.True(t, complete)
	assert.Equal(t, "2", single[0].Get("a").Or(""), "an object where a list is usual is its only element")
	assert.Equal(t, "3", v.Get("block").Get("a").Or(""), "a list of one where an object is usual is the object")
	assert.True(t, v.Get("many").Get("a").Unknown())
	assert.Equal(t, "4", v.Get("text").JSON().Get("a").Or(""))
	assert.True(t, v.Get("list").Get("a").Unknown() && v.Get("nothing").Absent() && v.Get("nothing").Get("a").Absent())
	single, complete = property(t, `{"p":"x"}`, "p").List()
	assert.True(t, complete)
	assert.Equal(t, "x", single[0].Or(""), "a text where a list is usual is its only element")
	assert.Equal(t, "p", single[0].Path())
	single, complete = property(t, `{"p":""}`, "p").List()
	assert.True(t, complete && len(single) == 0, "an empty text stands for none")
	_, complete = property(t, `{}`, "p").List()
	assert.True(t, complete, "what is missing has no elements")
	_, complete = property(t, `{"p":null}`, "p").List()
	assert.True(t, complete, "what is null has no elements")
	list, complete = property(t, `{"p":[null,{"a":"5"},`+output+`,"value":null}]}`, "p").List()
	require.True(t, complete)
	require.Len(t, list, 1, "null is no element")
	assert.Equal(t, "its p[1].b is missing", list[0].Get("b").Doubt())
}

func TestUnset(t *testing.T) {
	t.Parallel()
	for json, want := range map[string]bool{
		`null`: true, `""`: true, `[]`: true, `[null]`: true, `{}`: true, `{"a":null}`: true, `{"__defaults":[]}`: true,
		`"x"`: false, `[""]`: false, `{"a":""}`: false, `0`: false, `false`: false, notKnown: false, `"[secret]"`: false,
		secret + `"ciphertext":"c"}`: false, secret + `"plaintext":"[]"}`: true,
	} {
		assert.Equal(t, want, property(t, `{"p":`+json+`}`, "p").Unset(), json)
	}
	assert.True(t, property(t, `{}`, "p").Unset())
	list, complete := property(t, `{"p":{}}`, "p").List()
	assert.True(t, complete && len(list) == 0, "an empty object where a list is usual has no elements")
}

func TestInputsAndOutputs(t *testing.T) {
	t.Parallel()
	got, err := read(export(urn + `,"custom":true,"id":"i",
		"inputs":{"both":"wanted","gone":"wanted","hidden":"wanted","list":["a"]},
		"outputs":{"both":"is","gone":null,"hidden":` + secret + `"ciphertext":"c"},"list":["a","b"],"__meta":"{}"},
		"propertyDependencies":{"both":["urn:one"]},"dependencies":["urn:one","urn:two"]`))
	require.NoError(t, err)
	r := got.Resources[0]
	assert.Equal(t, "is", r.Get("both").Or(""))
	assert.Equal(t, "wanted", r.Asked("both").Or(""))
	assert.Equal(t, "wanted", r.Get("gone").Or(""))
	assert.True(t, r.Get("hidden").Unknown(), "what AWS has is not what the program wants")
	assert.Len(t, r.Both("list"), 2)
	assert.Len(t, r.Both("nothing"), 1)
	assert.Equal(t, []string{"urn:one"}, r.Get("both").Dependencies())
	assert.Empty(t, r.Get("gone").Dependencies())
	assert.True(t, r.Made())
	seen := map[string]bool{}
	r.Properties(func(v state.Value) { seen[v.Path()] = true })
	assert.True(t, seen["list[1]"] && seen["both"] && seen["hidden"] && !seen["__meta"])
}

// Before there were dependencies of properties there were those of resources.
func TestOldDependencies(t *testing.T) {
	t.Parallel()
	got, err := read(export(urn + `,"custom":true,"inputs":{"a":` + notKnown + `},"dependencies":["urn:one"]`))
	require.NoError(t, err)
	assert.Equal(t, []string{"urn:one"}, got.Resources[0].Get("a").Dependencies())
}

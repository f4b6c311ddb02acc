package build_test

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/build"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// damages are what a value of a real document is replaced by.
var damages = []func(r *rand.Rand) any{
	func(*rand.Rand) any { return nil },
	func(*rand.Rand) any { return notKnown },
	func(*rand.Rand) any { return "[secret]" },
	func(*rand.Rand) any {
		return m{"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:x"}
	},
	func(*rand.Rand) any {
		return m{"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "plaintext": "[[[{}]]]"}
	},
	func(r *rand.Rand) any { return r.NormFloat64() * 1e300 },
	func(*rand.Rand) any { return "" },
	func(*rand.Rand) any { return "::/0" },
	func(*rand.Rand) any { return true },
	func(*rand.Rand) any { return []any{[]any{[]any{nil}}, notKnown, 7} },
	func(*rand.Rand) any { return m{"": m{"": nil}} },
	func(*rand.Rand) any { return strings.Repeat("[", 2000) },
}

// damage replaces one value somewhere in a document, or takes it out.
func damage(r *rand.Rand, value any) any {
	if r.IntN(6) == 0 {
		return damages[r.IntN(len(damages))](r)
	}
	switch value := value.(type) {
	case m:
		if len(value) == 0 {
			break
		}
		pick := r.IntN(len(value))
		for name := range value {
			if pick == 0 {
				if r.IntN(12) == 0 {
					delete(value, name)
				} else {
					value[name] = damage(r, value[name])
				}
				break
			}
			pick--
		}
		return value
	case []any:
		if len(value) == 0 {
			break
		}
		at := r.IntN(len(value))
		value[at] = damage(r, value[at])
		return value
	}
	return damages[r.IntN(len(damages))](r)
}

// FuzzRead holds that no document makes the reader or the builder panic,
// whatever is missing in it, hidden or of a wrong type. That none of these makes
// a network look safer is held by the tests of package verify.
func FuzzRead(f *testing.F) {
	var names []string
	for _, folder := range []string{".", "provider"} {
		found, err := filepath.Glob(filepath.Join("..", "..", "testdata", folder, "*.json"))
		require.NoError(f, err)
		require.NotEmpty(f, found)
		names = append(names, found...)
	}
	var documents [][]byte
	for _, name := range names {
		content, err := os.ReadFile(name)
		require.NoError(f, err)
		documents = append(documents, content)
	}
	for seed := range uint64(150) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 0))
		content := documents[r.IntN(len(documents))]
		var document any
		require.NoError(t, json.Unmarshal(content, &document))
		for range 1 + r.IntN(40) {
			document = damage(r, document)
		}
		damaged, err := json.Marshal(document)
		require.NoError(t, err)
		stacks, err := state.Read(strings.NewReader(string(damaged)))
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		describe(build.Network(stacks))
	})
}

// FuzzDocument does the same with any bytes at all.
func FuzzDocument(f *testing.F) {
	for _, text := range []string{"", "{", "{}", "null", `{"steps":[{}]}`, `{"steps":[{"op":"same","newState":null}]}`, `{"version":3,"deployment":{"resources":[{}]}}`, "x\n{\"version\":3,\"deployment\":{}}"} {
		f.Add(text)
	}
	f.Fuzz(func(_ *testing.T, text string) {
		if stacks, err := state.Read(strings.NewReader(text)); err == nil {
			describe(build.Network(stacks))
		}
	})
}

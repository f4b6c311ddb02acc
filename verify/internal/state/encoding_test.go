package state_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// in16 is a text in UTF-16, without a mark.
func in16(text string, big bool) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		high, low := byte(unit>>8), byte(unit)
		if !big {
			high, low = low, high
		}
		b.WriteByte(high)
		b.WriteByte(low)
	}
	return b.String()
}

// packed is a text in gzip.
func packed(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, text)
	_ = w.Close()
	return b.String()
}

const (
	mark8, mark16LE, mark16BE = "\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"

	// named is a VPC whose tag needs a surrogate pair in UTF-16.
	named = urn + `,"custom":true,` + vpcType + `,"id":"vpc-1","outputs":{"a":"bü𝄞"}`
)

// stored is a stack as a self-managed backend stores it.
func stored(resources ...string) string {
	deployment := strings.TrimSuffix(strings.TrimPrefix(export(resources...), `{"version":3,"deployment":`), "}")
	return `{"version":3,"checkpoint":{"stack":"organization/p/dev","latest":` + deployment + `}}`
}

func encodings() map[string]string {
	windows := strings.ReplaceAll(strings.ReplaceAll(export(named), "{", "{\r\n"), "}", "\r\n}") + "\r\n"
	return map[string]string{
		"UTF-8":                        export(named),
		"UTF-8 with a mark":            mark8 + export(named),
		"CRLF":                         windows,
		"UTF-8 with a mark, CRLF":      mark8 + windows,
		"UTF-16 LE":                    mark16LE + in16(windows, false),
		"UTF-16 BE":                    mark16BE + in16(windows, true),
		"UTF-16 LE without a mark":     in16(windows, false),
		"UTF-16 BE without a mark":     in16(windows, true),
		"gzip":                         packed(export(named)),
		"gzip of UTF-16":               packed(mark16LE + in16(windows, false)),
		"of a backend":                 stored(named),
		"of a backend, gzip":           packed(stored(named)),
		"of a backend, UTF-16":         mark16LE + in16(stored(named), false),
		"of a backend, older":          strings.Replace(stored(named), "3", "1", 1),
		"a preview, UTF-16":            mark16LE + in16(preview(`"op":"create","newState":{`+named+`}`), false),
		"a preview, UTF-8 with a mark": mark8 + preview(`"op":"create","newState":{`+named+`}`),
	}
}

// TestEncodings holds that a document is read in whatever form people have it,
// from a file and from a stream that stays open after it.
func TestEncodings(t *testing.T) {
	t.Parallel()
	for name, text := range encodings() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := read(text)
			require.NoError(t, err)
			require.Len(t, got.Resources, 1)
			assert.Equal(t, "bü𝄞", got.Resources[0].Get("a").Or(""))

			open, write := io.Pipe()
			go func() { _, _ = io.WriteString(write, text) }()
			document, err := state.Document(open)
			require.NoError(t, err)
			got, err = read(string(document))
			require.NoError(t, err)
			require.Len(t, got.Resources, 1)
			assert.Equal(t, "bü𝄞", got.Resources[0].Get("a").Or(""))
		})
	}
}

// A stack that was never updated has no state yet.
func TestStoredBeforeTheFirstUpdate(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`{"version":3,"checkpoint":{"stack":"organization/p/dev"}}`, `{"version":3,"checkpoint":{"latest":null}}`} {
		got, err := read(text)
		require.NoError(t, err)
		assert.Empty(t, got.Resources)
	}
}

func TestDamagedGzip(t *testing.T) {
	t.Parallel()
	whole := packed(export(named))
	broken := []byte(whole)
	broken[len(broken)-6] ^= 1 // in the checksum
	for name, tt := range map[string]struct{ text, want string }{
		"a head alone":     {whole[:2], "cannot be unpacked"},
		"cut short":        {whole[:len(whole)/2], "cannot be read to its end: unexpected EOF"},
		"another checksum": {string(broken), "invalid checksum"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := read(tt.text)
			require.ErrorContains(t, err, tt.want)
		})
	}
}

// FuzzRead holds that no bytes make the reading panic, and that a stream is read
// as a file is.
func FuzzRead(f *testing.F) {
	for _, text := range encodings() {
		f.Add([]byte(text))
	}
	for _, tt := range foreign {
		f.Add([]byte(tt.text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		stacks, err := state.Read(bytes.NewReader(text))
		if err == nil && stacks == nil || err != nil && err.Error() == "" {
			t.Fatal("neither stacks nor an error that says something")
		}
		document, err := state.Document(bytes.NewReader(text))
		if err != nil {
			if err.Error() == "" {
				t.Fatal("an error that says nothing")
			}
			return
		}
		if _, err := state.Read(bytes.NewReader(document)); err == nil && stacks == nil {
			t.Fatalf("a stream has stacks that a file has not: %q", text)
		}
	})
}

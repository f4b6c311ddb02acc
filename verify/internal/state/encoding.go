package state

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// plain is a document's text in UTF-8, however it was stored: packed by gzip, as
// a self-managed backend may store stacks, or in UTF-16, as the > of Windows
// PowerShell writes.
// https://www.pulumi.com/docs/iac/cli/environment-variables/ (PULUMI_SELF_MANAGED_STATE_GZIP)
// https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_character_encoding
func plain(in io.Reader) (io.Reader, error) {
	text := bufio.NewReader(in)
	if begins(text, "\x1f\x8b") {
		unpacked, err := gzip.NewReader(text)
		if err != nil {
			return nil, fmt.Errorf("it begins as a gzip file and cannot be unpacked: %w", err)
		}
		unpacked.Multistream(false) // what follows may never come
		text = bufio.NewReader(unpacked)
	}
	decoder := encoding.Nop.NewDecoder()
	switch {
	// Without a mark, the first brace shows it.
	case begins(text, "{\x00"):
		decoder = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder()
	case begins(text, "\x00{"):
		decoder = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder()
	}
	return transform.NewReader(text, unicode.BOMOverride(decoder)), nil
}

func begins(text *bufio.Reader, with string) bool {
	first, _ := text.Peek(len(with)) // an error comes again with the reading
	return string(first) == with
}

// Document reads one document from a stream that may stay open after it, and
// returns it in UTF-8. The document has to be the first thing in the stream.
func Document(stream io.Reader) ([]byte, error) {
	text, err := plain(stream)
	if err != nil {
		return nil, err
	}
	var taken bytes.Buffer
	var document json.RawMessage
	if err := json.NewDecoder(io.TeeReader(text, &taken)).Decode(&document); err != nil {
		return nil, refusal(taken.Bytes(), misread{err: err})
	}
	return document, nil
}

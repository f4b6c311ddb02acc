package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/ecsnet/pulumi-ecsnet/verify"
)

// documents says which stacks are looked at, as one network.
type documents struct {
	stacks, files []string
	preview       bool
}

func (d *documents) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringArrayVar(&d.stacks, "stack", nil, "a `stack` of the project in this folder (default the selected one)")
	f.StringArrayVar(&d.files, "state", nil, "a `file` that holds what pulumi stack export, or\npulumi preview --json --show-sames, printed; - for stdin")
	f.BoolVar(&d.preview, "preview", false, "look at what the next update would make, not at what\nthere is: runs pulumi preview")
}

// read reads them all.
func (d *documents) read(ctx context.Context, in io.Reader) (*verify.Stack, error) {
	if d.preview && len(d.files) > 0 && len(d.stacks) == 0 {
		return nil, errors.New("--preview runs a preview, and --state names the file of one; give one of them, or --stack besides")
	}
	var list []io.Reader
	for _, file := range d.files {
		text, err := readFile(file, in)
		if err != nil {
			return nil, err
		}
		list = append(list, bytes.NewReader(text))
	}
	stacks := d.stacks
	if len(stacks) == 0 && len(d.files) == 0 {
		stacks = []string{selected}
	}
	for _, stack := range stacks {
		text, err := d.ask(ctx, stack)
		if err != nil {
			return nil, err
		}
		list = append(list, bytes.NewReader(text))
	}
	return verify.Read(list...)
}

func (d *documents) ask(ctx context.Context, stack string) ([]byte, error) {
	if d.preview {
		return preview(ctx, stack)
	}
	return export(ctx, stack)
}

func readFile(name string, in io.Reader) ([]byte, error) {
	if name != "-" {
		return os.ReadFile(name)
	}
	// Read to the end of the document, not of stdin: pulumi plugin run does not
	// close what it hands on.
	var text json.RawMessage
	if err := json.NewDecoder(in).Decode(&text); err != nil {
		return nil, fmt.Errorf("stdin is no JSON: %w", err)
	}
	return text, nil
}

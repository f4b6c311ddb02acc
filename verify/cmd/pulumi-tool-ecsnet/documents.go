package main

import (
	"bytes"
	"cmp"
	"context"
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
	f.StringArrayVar(&d.files, "state", nil, "a `file` that pulumi stack export or pulumi preview --json\n--show-sames printed, or a backend stores; - for stdin")
	f.BoolVar(&d.preview, "preview", false, "look at what the next update would make, not at what\nthere is: runs pulumi preview")
}

// read reads them all.
func (d *documents) read(ctx context.Context, in io.Reader) (*verify.Stack, error) {
	if d.preview && len(d.files) > 0 && len(d.stacks) == 0 {
		return nil, errors.New("--preview runs a preview, and --state names the file of one; give one of them, or --stack besides")
	}
	var list []io.Reader
	for _, name := range d.files {
		text, err := readFile(name, in)
		if err != nil {
			return nil, err
		}
		if name == "-" {
			name = "stdin"
		}
		list = append(list, document{bytes.NewReader(text), name})
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
		list = append(list, document{bytes.NewReader(text), cmp.Or(stack, "the selected stack")})
	}
	return verify.Read(list...)
}

func (d *documents) ask(ctx context.Context, stack string) ([]byte, error) {
	if d.preview {
		return preview(ctx, stack)
	}
	return export(ctx, stack)
}

// document is the text of one, and what errors call it.
type document struct {
	io.Reader
	name string
}

func (d document) Name() string { return d.name }

func readFile(name string, in io.Reader) ([]byte, error) {
	if name != "-" {
		return os.ReadFile(name)
	}
	// To the end of the document, not of stdin: pulumi plugin run does not close
	// what it hands on.
	text, err := verify.Document(in)
	if err != nil {
		return nil, fmt.Errorf("stdin: %w", err)
	}
	return text, nil
}

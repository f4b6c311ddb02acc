// Recorder writes verify/testdata anew: what Pulumi says of the examples, run
// on the local AWS. Run it from the tests' folder, after `make tools build
// localaws`, when the components make something else than they did:
//
//	go run ./recorder [NAME...]
//
// A name is that of a file there without .json, such as
// isolated-service.yaml.preview; without names it records all of them.
package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/moto"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/stack"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/workspace"
	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := record(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "recorder:", err)
		os.Exit(1)
	}
}

func record(ctx context.Context, names []string) error {
	root, err := toolchain.Root()
	if err != nil {
		return err
	}
	folder := filepath.Join(root, "verify/testdata")
	all, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		return err
	}
	accounts := map[string][]document{}
	for _, path := range all {
		d := documentOf(path)
		accounts[d.account] = append(accounts[d.account], d)
	}
	for _, account := range slices.Sorted(maps.Keys(accounts)) {
		wanted := slices.ContainsFunc(accounts[account], func(d document) bool { return len(names) == 0 || slices.Contains(names, d.name()) })
		if !wanted {
			continue
		}
		fmt.Println(account)
		if err := recordAccount(ctx, root, accounts[account]); err != nil {
			return fmt.Errorf("%s: %w", account, err)
		}
	}
	return nil
}

// document is one file of the testdata.
type document struct {
	path string
	// account is the part that programs share a local AWS and a state by:
	// EXAMPLE.LANGUAGE.
	account string
	// program is the folder under examples, kind is preview, export or again.
	program, kind string
}

func documentOf(path string) document {
	parts := strings.Split(strings.TrimSuffix(filepath.Base(path), ".json"), ".")
	last := len(parts) - 1
	return document{path, strings.Join(parts[:2], "."), filepath.Join(parts[:last]...), parts[last]}
}

func (d document) name() string { return strings.TrimSuffix(filepath.Base(d.path), ".json") }

// recordAccount runs the programs of one example in one language, one after
// another, and writes its documents.
func recordAccount(ctx context.Context, root string, documents []document) (err error) {
	server, err := moto.Start(ctx, moto.Options{Root: root, Progress: os.Stderr})
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, server.Stop()) }()
	state, err := os.MkdirTemp("", "ecsnet-record-")
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, os.RemoveAll(state)) }()
	// A stack that others refer to comes first: network before service.
	slices.SortStableFunc(documents, func(a, b document) int { return cmp.Compare(a.program, b.program) })
	for len(documents) > 0 {
		n := 1
		for n < len(documents) && documents[n].program == documents[0].program {
			n++
		}
		if err := recordProgram(ctx, root, state, server.Endpoint, documents[:n]); err != nil {
			return err
		}
		documents = documents[n:]
	}
	return nil
}

// recordProgram takes one program through a preview, an update and another
// preview, as far as its documents need it, and writes them.
func recordProgram(ctx context.Context, root, state, endpoint string, documents []document) (err error) {
	w, err := workspace.Prepare(ctx, root, filepath.Join("examples", documents[0].program), os.Stderr)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, w.Close()) }()
	var out bytes.Buffer
	s, err := stack.New(ctx, root, w, "dev", state, endpoint, &out)
	if err != nil {
		return err
	}
	run := func(args ...string) ([]byte, error) {
		out.Reset()
		if err := s.Run(ctx, args...); err != nil {
			return nil, fmt.Errorf("%w\n%s", err, &out)
		}
		return bytes.Clone(out.Bytes()), nil
	}
	kinds := map[string]document{}
	for _, d := range documents {
		kinds[d.kind] = d
	}
	write := func(kind string, text []byte, err error) error {
		d, wanted := kinds[kind]
		if err != nil || !wanted {
			return err
		}
		trimmed, err := trim(text)
		if err != nil {
			return fmt.Errorf("%s: %w", kind, err)
		}
		return os.WriteFile(d.path, trimmed, 0o644)
	}
	text, err := run("preview", "--json", "--show-sames")
	if err := write("preview", text, err); err != nil {
		return err
	}
	if _, ok := kinds["export"]; !ok && kinds["again"].path == "" {
		return nil
	}
	if _, err := run("up", "--yes", "--skip-preview"); err != nil {
		return err
	}
	text, err = s.Export(ctx)
	if err := write("export", text, err); err != nil {
		return err
	}
	text, err = run("preview", "--json", "--show-sames")
	return write("again", text, err)
}

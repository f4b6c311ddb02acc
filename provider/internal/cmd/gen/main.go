// Command gen writes schema.json from the components' Go types. Run it from the
// repository's root; with -check it only says whether the file is in step.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"

	"github.com/ecsnet/pulumi-ecsnet/provider/internal/gen"
)

const file = "schema.json"

func main() {
	check := flag.Bool("check", false, "change nothing; fail when schema.json is stale")
	flag.Parse()
	if err := run(*check); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(check bool) error {
	want, err := gen.Schema(".")
	if err != nil {
		return err
	}
	have, err := os.ReadFile(file)
	switch {
	case err == nil && bytes.Equal(have, want):
		return nil
	case check:
		return fmt.Errorf("%s is stale; run: make generate", file)
	}
	return os.WriteFile(file, want, 0o644)
}

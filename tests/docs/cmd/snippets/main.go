// Command snippets writes the code blocks of documents anew from the programs
// that they are copied from.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/ecsnet/pulumi-ecsnet/tests/docs/snippets"
	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run() error {
	if os.Getenv("CI") != "" {
		return errors.New("documents are not written in CI")
	}
	root, err := toolchain.Root()
	if err != nil {
		return err
	}
	for _, document := range snippets.Documents {
		if err := rewrite(root, document); err != nil {
			return err
		}
	}
	return nil
}

func rewrite(root, document string) error {
	path := filepath.Join(root, document)
	before, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	after, err := snippets.Rewrite(string(before), func(path string) (string, error) {
		program, err := os.ReadFile(filepath.Join(root, path))
		return string(program), err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", document, err)
	}
	if after == string(before) {
		fmt.Println(document, "is up to date")
		return nil
	}
	fmt.Println(document, "written")
	return os.WriteFile(path, []byte(after), 0o644)
}

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/ecsnet/pulumi-ecsnet/verify"
)

const verifyHelp = `Decides for each ECS service whether the internet reaches its tasks, whether they
reach the internet, and which AWS services they reach; shows each open path hop
by hop, and names what keeps a verdict from being decided.

Assertions:
  isolated        nobody on the internet reaches a task, no task reaches the
                  internet, and no endpoint lets data out to anybody's account
  no-ingress      nobody on the internet reaches a task
  no-egress       no task reaches the internet
  zone-redundant  tasks run in two zones at least, and none leaves through
                  another zone's NAT gateway

Exit codes:
  0  every assertion holds, or none was made
  1  an assertion fails
  2  an assertion cannot be decided, or the input cannot be read`

// verification is what the verify command was told.
type verification struct {
	documents
	json       bool
	assertions []string
}

func newVerify(s streams) *cobra.Command {
	v := &verification{}
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Say what tasks can reach and who can reach them",
		Long:  verifyHelp,
		Example: examples("$ verify", "$ verify --stack prod --assert isolated", "$ verify --preview --assert no-ingress,zone-redundant",
			"pulumi stack export | $ verify --state - --json"),
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return v.run(cmd, s) },
	}
	v.flags(cmd)
	cmd.Flags().BoolVar(&v.json, "json", false, "write the report as JSON")
	cmd.Flags().StringSliceVar(&v.assertions, "assert", nil, "an `assertion` that has to hold; may be repeated")
	return cmd
}

func (v *verification) run(cmd *cobra.Command, s streams) error {
	// A misspelt assertion must not wait for a preview.
	for _, name := range v.assertions {
		if _, err := (&verify.Report{}).Assert(name); err != nil {
			return err
		}
	}
	stack, err := v.read(cmd.Context(), s.in)
	if err != nil {
		return err
	}
	a := answer{Report: stack.Verify()}
	for _, name := range v.assertions {
		assertion, err := a.Assert(name)
		if err != nil {
			return err
		}
		a.Assertions = append(a.Assertions, assertion)
	}
	write := a.text
	if v.json {
		write = a.json
	}
	if err := write(s.out); err != nil {
		return err
	}
	if code := a.code(); code != exitHeld {
		return code
	}
	return nil
}

// answer is the report with what became of the assertions.
type answer struct {
	*verify.Report
	Assertions []verify.Assertion `json:"assertions,omitempty"`
}

// code is the worst of the assertions.
func (a answer) code() verdict {
	code := verdict(exitHeld)
	for _, assertion := range a.Assertions {
		switch assertion.Verdict {
		case verify.Held:
		case verify.Failed:
			return exitFailed
		default:
			code = exitUndecided
		}
	}
	return code
}

func (a answer) json(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(a)
}

func (a answer) text(w io.Writer) error {
	out := painted(w)
	if err := a.Text(out); err != nil {
		return err
	}
	for _, assertion := range a.Assertions {
		if _, err := fmt.Fprintf(out, "\n%s: %s\n", assertion.Name, assertion.Verdict); err != nil {
			return err
		}
		for _, reason := range assertion.Reasons {
			if _, err := fmt.Fprintln(out, wrapped(reason)); err != nil {
				return err
			}
		}
	}
	return nil
}

// width is how many columns the report takes.
const width = 100

// wrapped breaks a text into indented lines that fit.
func wrapped(text string) string {
	var b strings.Builder
	column := 0
	for word := range strings.FieldsSeq(text) {
		length := utf8.RuneCountInString(word)
		switch {
		case b.Len() == 0:
			b.WriteString("  ")
			column = 2
		case column+1+length > width:
			b.WriteString("\n    ")
			column = 4
		default:
			b.WriteString(" ")
			column++
		}
		b.WriteString(word)
		column += length
	}
	return b.String()
}

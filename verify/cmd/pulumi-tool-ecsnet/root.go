package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ecsnet/pulumi-ecsnet"
)

const rootHelp = `Proves what the ECS tasks of Pulumi stacks can reach and who can reach them,
from the stacks' state or from a preview, and draws the network.

Any stack will do, whoever made its resources. AWS is not called.`

// runnable is how examples call the tool.
const runnable = "pulumi plugin run ecsnet --"

func newRoot(s streams) *cobra.Command {
	root := &cobra.Command{
		Use:     "pulumi-tool-ecsnet",
		Short:   "Prove and draw the isolation of ECS tasks",
		Long:    rootHelp,
		Version: ecsnet.Version,
		// run says what went wrong, once.
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_ = cmd.Help()
			return verdict(exitUndecided)
		},
	}
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%w; `%s --help` lists the flags", err, cmd.CommandPath())
	})
	root.AddCommand(newVerify(s), newDraw(s))
	return root
}

// examples indents calls of the tool for the help.
func examples(calls ...string) string {
	var b strings.Builder
	for _, call := range calls {
		fmt.Fprintf(&b, "  %s\n", strings.ReplaceAll(call, "$", runnable))
	}
	return strings.TrimSuffix(b.String(), "\n")
}

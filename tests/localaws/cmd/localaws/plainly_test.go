package main

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPlainlyLeavesOutPluginRemarksOnly(t *testing.T) {
	t.Parallel()
	const remark = "warning: using pulumi-resource-aws from $PATH at /x/pulumi-resource-aws\n"
	tests := map[string]struct{ in, want string }{
		"progress stays":         {" +  aws:ec2:Vpc net creating (0s)\n", " +  aws:ec2:Vpc net creating (0s)\n"},
		"a remark goes":          {"Updating:\n    pulumi:pulumi:Stack a  " + remark + "\nnext\n", "Updating:\n\nnext\n"},
		"headings go with it":    {"a\nDiagnostics:\n  pulumi:pulumi:Stack (a):\n    " + remark + "\nResources:\n", "a\n\nResources:\n"},
		"an error keeps its own": {"Diagnostics:\n  aws:ec2:Vpc (net):\n    error: no\n\nResources:\n", "Diagnostics:\n  aws:ec2:Vpc (net):\n    error: no\n\nResources:\n"},
		"an error after a remark": {"Diagnostics:\n  pulumi:pulumi:Stack (a):\n    " + remark + "    error: update failed\n",
			"Diagnostics:\n  pulumi:pulumi:Stack (a):\n    error: update failed\n"},
		"no count without its texts": {" +  pulumi:pulumi:Stack a created (2s) 3 warnings; 2 messages\nDiagnostics:\n  pulumi:pulumi:Stack (a):\n    " + remark + "\nResources:\n",
			" +  pulumi:pulumi:Stack a created (2s) \n\nResources:\n"},
		"the text of a warning": {" ~  ecsnet:index:Ec2Service web updated (2s) 1 warning\nDiagnostics:\n  ecsnet:index:Ec2Service (web):\n    warning: desiredCount: 0 runs no task\n\nResources:\n",
			" ~  ecsnet:index:Ec2Service web updated (2s) \nDiagnostics:\n  ecsnet:index:Ec2Service (web):\n    warning: desiredCount: 0 runs no task\n\nResources:\n"},
		"errors are counted":     {" +- aws:ec2:Vpc net **replacing failed** 1 error; 2 warnings\n", " +- aws:ec2:Vpc net **replacing failed** 1 error\n"},
		"a warning about counts": {"    warning: the group has 3 warnings\n", "    warning: the group has 3 warnings\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			whole, pieces := &bytes.Buffer{}, &bytes.Buffer{}
			_, err := io.WriteString(&plainly{out: whole}, tt.in)
			require.NoError(t, err)
			require.Equal(t, tt.want, whole.String())
			byByte := &plainly{out: pieces}
			for _, b := range strings.Split(tt.in, "") {
				_, err := io.WriteString(byByte, b)
				require.NoError(t, err)
			}
			require.Equal(t, tt.want, pieces.String(), "however the writes are cut")
		})
	}
}

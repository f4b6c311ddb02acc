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

// Package aws7 holds that an aws provider of major version 7 can be handed down
// to the components, which are written against version 6.
package aws7_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/sandbox"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/stack"
	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

// version is what the stand-in for the aws provider calls itself here. The
// properties it takes stay those of version 6; which of them version 7 no
// longer has is in the provider's tests.
const version = "7.8.0"

// TestEveryComponentIsInTheProgram holds that a new component runs under that
// version too.
func TestEveryComponentIsInTheProgram(t *testing.T) {
	t.Parallel()
	root := sandbox.Root(t)
	text, err := os.ReadFile(filepath.Join(root, "schema.json"))
	require.NoError(t, err)
	var schema struct {
		Resources map[string]any `json:"resources"`
	}
	require.NoError(t, json.Unmarshal(text, &schema))
	program, err := os.ReadFile(filepath.Join("testdata", "Pulumi.yaml"))
	require.NoError(t, err)
	for token := range schema.Resources {
		name := strings.TrimPrefix(token, "ecsnet:index:")
		if !strings.Contains(string(program), "\n    type: ecsnet:"+name+"\n") {
			t.Errorf("tests/aws7/testdata/Pulumi.yaml has no %s", name)
		}
	}
}

func TestEveryComponentRunsUnderAws7(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	a := sandbox.New(t)
	before := a.Inventory("us-east-1")

	source, err := filepath.Abs("testdata")
	require.NoError(t, err)
	w := a.Prepare(source)
	var out bytes.Buffer
	s := a.Stack(w, "test", &out)
	s.Extra = append(s.Extra, "ECSNET_STANDIN_VERSION="+version)
	run := func(args ...string) {
		t.Helper()
		out.Reset()
		require.NoError(t, s.Run(ctx, args...), "%s", &out)
	}

	run("up", "--yes", "--skip-preview")
	checkProvider(t, s, filepath.Join(toolchain.Bin(a.Root), "pulumi"), w.Dir)
	run("up", "--yes", "--skip-preview", "--expect-no-changes")
	run("destroy", "--yes", "--skip-preview")
	require.Empty(t, a.Inventory("us-east-1").Diff(before), "left in the local AWS")
}

// checkProvider fails the test when a resource of a component is not managed by
// the provider that was handed down, or that one is not of version 7.
func checkProvider(t *testing.T, s *stack.Stack, pulumi, dir string) {
	t.Helper()
	export := exec.CommandContext(t.Context(), pulumi, "stack", "export", "--stack", s.Name)
	export.Dir, export.Env, export.Stderr = dir, s.Env(), os.Stderr
	data, err := export.Output()
	require.NoError(t, err)
	var state struct {
		Deployment struct {
			Resources []struct {
				Urn, Type, Provider string
				Outputs             map[string]any
			}
		}
	}
	require.NoError(t, json.Unmarshal(data, &state))
	children := 0
	for _, r := range state.Deployment.Resources {
		switch {
		case strings.HasSuffix(r.Urn, "pulumi:providers:aws::aws7"):
			require.Equal(t, version, r.Outputs["version"], "the provider's version")
		case strings.HasPrefix(r.Type, "aws:"):
			children++
			require.Contains(t, r.Provider, "pulumi:providers:aws::aws7::", r.Urn)
		}
	}
	require.Greater(t, children, 100, "resources under the provider")
}

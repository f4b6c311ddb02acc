// Package requests holds what each component sends to AWS when it is made, as
// the stand-in provider records it: a change of a component, or of what the
// provider makes of it, is read as a diff of its golden file.
package requests

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/sandbox"
)

var update = flag.Bool("update", false, "write the golden files")

// shown are the components whose requests are golden, by the program that makes
// them and the component's name in it. A service makes what leads from its
// ingress to it: the golden file of such a service is named for both.
var shown = map[string]map[string]string{
	"isolated": {
		"net": "IsolatedVpc", "apps": "EcsCluster", "image": "ContainerImage", "web": "FargatePrivateService",
		"declared": "Network",
	},
	"api":    {"api": "ApiIngress", "web": "FargatePrivateService" + behind + "ApiIngress"},
	"nat":    {"net": "NatNetwork", "front": "ApplicationIngress", "web": "FargatePrivateService" + behind + "ApplicationIngress"},
	"public": {"net": "PublicNetwork", "front": "NetworkIngress", "game": "FargatePublicService" + behind + "NetworkIngress"},
	"hosts":  {"hosts": "Ec2Capacity", "sample": "Ec2Service"},
}

const behind = "-behind-"

func TestRequests(t *testing.T) {
	t.Parallel()
	root := sandbox.Root(t)
	for name, components := range shown {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			requests, names, parents := record(t, root, name)
			for component, file := range components {
				kind, _, _ := strings.Cut(file, behind)
				got := format(kind, requests.of("ecsnet:index:"+kind+"::"+component, parents), names)
				golden := filepath.Join("testdata", file+".golden")
				if *update {
					require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
					continue
				}
				want, err := os.ReadFile(golden)
				require.NoError(t, err, "run: go -C tests test ./requests -update")
				require.Equal(t, string(want), got, "%s sends something else; run: go -C tests test ./requests -update, and read the diff", kind)
			}
		})
	}
}

// TestEveryComponentIsShown holds that a new component gets a golden file.
func TestEveryComponentIsShown(t *testing.T) {
	t.Parallel()
	root := sandbox.Root(t)
	text, err := os.ReadFile(filepath.Join(root, "schema.json"))
	require.NoError(t, err)
	var schema struct {
		Resources map[string]any `json:"resources"`
	}
	require.NoError(t, json.Unmarshal(text, &schema))
	var files, have, want []string
	for _, components := range shown {
		for _, file := range components {
			kind, _, _ := strings.Cut(file, behind)
			files, have = append(files, file), append(have, kind)
		}
	}
	slices.Sort(have)
	have = slices.Compact(have)
	for token := range schema.Resources {
		want = append(want, strings.TrimPrefix(token, "ecsnet:index:"))
	}
	require.ElementsMatch(t, want, have, "shown in requests_test.go has other components than the schema")
	there, err := filepath.Glob("testdata/*.golden")
	require.NoError(t, err)
	for _, file := range there {
		require.Contains(t, files, strings.TrimSuffix(filepath.Base(file), ".golden"), "nothing writes %s", file)
	}
}

// record makes the stack of a program and returns what was sent, the names of
// what AWS, or chance, named, and the parent of each resource.
func record(t *testing.T, root, name string) (recorded, *naming, map[string]string) {
	t.Helper()
	a := sandbox.New(t)
	w := a.Prepare(filepath.Join("tests/requests/testdata/programs", name))
	said := &bytes.Buffer{}
	s := a.Stack(w, "dev", said)
	log := filepath.Join(t.TempDir(), "requests.jsonl")
	s.Extra = append(s.Extra, "ECSNET_STANDIN_LOG="+log)
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
	defer cancel()
	require.NoError(t, s.Run(ctx, "up", "--yes", "--skip-preview"), "%s", said)
	state, err := s.Export(ctx)
	require.NoError(t, err)
	names, parents, err := namesOf(state)
	require.NoError(t, err)
	requests, err := read(log)
	require.NoError(t, err)
	return requests, names, parents
}

package draw

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsnet/pulumi-ecsnet/verify"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

var update = flag.Bool("update", false, "write the golden files anew")

// writers of the two kinds of picture, by the ending of their files.
var writers = map[string]func(io.Writer, *model.Network, *verify.Report) error{"svg": svg, "mmd": mermaid}

func written(t *testing.T, kind string, s *system) string {
	t.Helper()
	var out bytes.Buffer
	if err := writers[kind](&out, s.network, s.report); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestGolden holds the pictures. A change of them is looked at in a browser.
func TestGolden(t *testing.T) {
	t.Parallel()
	for name, made := range systems {
		for kind := range writers {
			t.Run(name+"."+kind, func(t *testing.T) {
				t.Parallel()
				got := written(t, kind, made())
				if again := written(t, kind, made()); again != got {
					t.Error("the same network gives other bytes the second time")
				}
				file := filepath.Join("testdata", name+"."+kind)
				if *update {
					if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(string(want), got); diff != "" {
					t.Errorf("%s changed; look at it, and accept it with -update (-want +got):\n%s", file, diff)
				}
			})
		}
	}
}

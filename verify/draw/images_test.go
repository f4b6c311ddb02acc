package draw_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsnet/pulumi-ecsnet/verify"
	"github.com/ecsnet/pulumi-ecsnet/verify/draw"
)

// TestImages holds the pictures of the documents, which are drawn from the
// states of examples. Written anew by: go test ./verify/draw -run Images -update
func TestImages(t *testing.T) {
	t.Parallel()
	for _, example := range []string{"isolated-service", "nat-behind-alb"} {
		t.Run(example, func(t *testing.T) {
			t.Parallel()
			state, err := os.Open(filepath.Join("..", "testdata", example+".yaml.export.json"))
			if err != nil {
				t.Fatal(err)
			}
			defer state.Close()
			stack, err := verify.Read(state)
			if err != nil {
				t.Fatal(err)
			}
			var got bytes.Buffer
			if err := draw.SVG(&got, stack, stack.Verify()); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("..", "..", "docs", "images", example+".svg")
			if flag.Lookup("update").Value.String() == "true" {
				if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("%s changed; look at it, and accept it with -update (-want +got):\n%s", file, diff)
			}
		})
	}
}

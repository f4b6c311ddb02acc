package main

import (
	"os/exec"
	"strings"
	"testing"
)

// TestLight: the tool runs at every preview of a policy pack, so it starts in
// milliseconds. The resources of the aws package alone would take ten times
// that before main runs.
func TestLight(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	const module = "github.com/ecsnet/pulumi-ecsnet/"
	for dep := range strings.FieldsSeq(string(out)) {
		for _, heavy := range []string{"github.com/pulumi/pulumi", "github.com/aws/", "google.golang.org/grpc", module + "components", module + "provider", "net/http"} {
			if strings.HasPrefix(dep, heavy) {
				t.Errorf("the tool depends on %s", dep)
			}
		}
	}
}

package engine

import (
	"strings"
	"testing"
)

// TestRepositoryAlone: a repository whose images another pushes. Building one
// takes Docker and the awsx plugin, and is tested with mocks only.
func TestRepositoryAlone(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	p := a.newProgram("tests/engine/testdata/repository")
	p.up()
	p.mustBeSteady()
	outputs, err := p.stack.Outputs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := outputs["repositoryUrl"].(string) + ":1.0"
	if outputs["imageUri"] != want {
		t.Errorf("the image is %v, want %s", outputs["imageUri"], want)
	}
	if got := a.inventory().TaskDefinitions[0].Containers[0].Image; got != want {
		t.Errorf("the service runs %s, want %s", got, want)
	}

	p.edit("Pulumi.yaml", "keepImages: 100", "keepImages: 50")
	p.mustDo(operation{"replace", "aws:ecr/lifecyclePolicy:LifecyclePolicy", "image-repository"})
	p.up()
	if policy := a.inventory().Repositories[0].Lifecycle; !strings.Contains(policy, "50") {
		t.Errorf("the repository's policy after the edit is %q", policy)
	}
	p.edit("Pulumi.yaml", `tag: "1.0"`, `tag: "1.1"`)
	p.mustDo(
		operation{"replace", "aws:ecs/taskDefinition:TaskDefinition", "sample-task"},
		operation{"update", "aws:ecs/service:Service", "sample-service"},
	)
	p.up()
	p.destroy()
	a.mustBeEmpty()
}

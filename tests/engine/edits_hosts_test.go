package engine

import (
	"os"
	"path/filepath"
	"testing"
)

// TestOtherHosts: hosts make room for others in the steps that the documentation
// of associateWithCluster names, and the list of the cluster changes in place.
func TestOtherHosts(t *testing.T) {
	t.Parallel()
	program := forHosts + `  web:
    type: ecsnet:Ec2Service
    properties:
      network: ${net}
      cluster: ${apps}
      image: ` + goodImage + `
      capacityProviderName: ${SERVES.capacityProviderName}
`
	const hosts = `    type: ecsnet:Ec2Capacity
    properties:
      network: ${net}
      clusterName: ${apps.clusterName}
      imageId: ami-0123456789abcdef0
`
	const old, young = "  old:\n" + hosts, "  young:\n" + hosts
	const both = old + `      otherCapacityProviders: [FARGATE, FARGATE_SPOT, "${young.capacityProviderName}"]
` + young + "      associateWithCluster: false\n"
	serves := func(name string) string { return replaceOnce(t, program, "SERVES", name) }
	a := newAccount(t)
	p := a.newProgram(written(t, serves("old")+old))
	p.up()
	for _, next := range []string{serves("old") + both, serves("young") + both, serves("young") + young} {
		if err := os.WriteFile(filepath.Join(p.workspace.Dir, "Pulumi.yaml"), []byte(next), 0o644); err != nil {
			t.Fatal(err)
		}
		p.up()
		p.mustBeSteady()
		p.mustRun("refresh", "--yes", "--skip-preview", "--expect-no-changes")
	}
	p.destroy()
	a.mustBeEmpty()
}

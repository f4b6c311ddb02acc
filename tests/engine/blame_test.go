package engine

import (
	"strings"
	"testing"
)

// TestWhoIsToBlame: where one resource fails, the components that are under way
// say that they were stopped, and nothing of connections.
func TestWhoIsToBlame(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	p := a.newProgram(written(t, `name: blame
runtime: yaml
resources:
  bad:
    type: aws:ec2:Subnet
    properties:
      vpcId: vpc-0123456789abcdef0
      cidrBlock: 10.0.0.0/24
  one: {type: "ecsnet:IsolatedVpc"}
  two: {type: "ecsnet:NatNetwork"}
  apps: {type: "ecsnet:EcsCluster"}
`))
	out, err := p.run("up", "--yes", "--skip-preview")
	if err == nil {
		t.Fatalf("it was made\n%s", out)
	}
	t.Log(out)
	if !strings.Contains(out, "InvalidVpcID.NotFound") {
		t.Errorf("the true cause is not said:\n%s", out)
	}
	for _, noise := range []string{"grpc", "rpc error", "connection is closing", "monitor shut down", "context canceled", "EOF"} {
		if strings.Contains(out, noise) {
			t.Errorf("the output says %q:\n%s", noise, out)
		}
	}
	p.destroy()
	a.mustBeEmpty()
}

package engine

import (
	"slices"
	"strings"
	"testing"
)

// TestCapacityProviders: Spot comes and goes on a running service in place, and
// so does the argument where FARGATE runs everything. What the docs say
// replaces the service is shown by the preview.
func TestCapacityProviders(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	p := a.newProgram(written(t, onFargate))
	p.up()
	const before = "      image: "
	now := ""
	to := func(capacityProviders string) {
		next := ""
		if capacityProviders != "" {
			next = "      capacityProviders: " + capacityProviders + "\n"
		}
		p.edit("Pulumi.yaml", now+before, next+before)
		now = next
	}
	for _, step := range []struct{ capacityProviders, op, runs string }{
		{"{FARGATE_SPOT: {}}", "update", "FARGATE_SPOT 1"},
		{"{FARGATE: {base: 1}, FARGATE_SPOT: {weight: 3}}", "update", "FARGATE 1, FARGATE_SPOT 3"},
		{"{FARGATE: {}}", "update", "FARGATE 1"},
		{"", "update", "FARGATE 1"},
		{"{}", "replace", "FARGATE"},
		{"{FARGATE_SPOT: {}}", "replace", "FARGATE_SPOT 1"},
		{"", "replace", "FARGATE 1"},
	} {
		to(step.capacityProviders)
		p.mustDoToService(step.op)
		p.up()
		p.mustBeSteady()
		p.mustRun("refresh", "--yes", "--skip-preview", "--expect-no-changes")
		service := a.inventory().Services[0]
		if got := service.LaunchType + strings.Join(service.Strategy, ", "); got != step.runs {
			t.Errorf("capacityProviders %s: the service runs on %s, want %s", step.capacityProviders, got, step.runs)
		}
	}
	p.destroy()
	a.mustBeEmpty()
}

// mustDoToService fails the test unless the update does this to the ECS service
// and nothing to any other resource of AWS's.
func (p *program) mustDoToService(op string) {
	p.t.Helper()
	var got []string
	for _, o := range p.preview() {
		if strings.HasPrefix(o.typ, "aws:") && (o.op == "replace" || !strings.Contains(o.op, "replace")) {
			got = append(got, o.op+" "+o.typ)
		}
	}
	if want := []string{op + " aws:ecs/service:Service"}; !slices.Equal(got, want) {
		p.t.Errorf("the update would do %v, want %v", got, want)
	}
}

// TestClusterWithoutCapacityProviders: AWS refuses the strategy in a cluster of
// another's that has no capacity providers, and the launch type works there.
func TestClusterWithoutCapacityProviders(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	program := replaceOnce(t, onFargate, "type: ecsnet:EcsCluster", "type: aws:ecs:Cluster")
	p := a.newProgram(written(t, replaceOnce(t, program, "cluster: ${apps}", "clusterArn: ${apps.arn}")))
	out, err := p.run("up", "--yes", "--skip-preview")
	if err == nil || !strings.Contains(out, "not associated with the cluster") {
		t.Errorf("%v\n%s", err, out)
	}
	p.edit("Pulumi.yaml", "      image: ", "      capacityProviders: {}\n      image: ")
	p.up()
	p.mustBeSteady()
	p.destroy()
	a.mustBeEmpty()
}

package engine

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestRollback: a deployment that the circuit breaker takes back fails the
// update, and the error names what runs and what did not start. The service
// stays in the state, its old revision stays registered, and the next update
// deploys again.
func TestRollback(t *testing.T) {
	t.Parallel()
	for _, language := range everyLanguage {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			a := newAccount(t)
			p := a.newProgram("tests/engine/testdata/preflight/" + language)
			const better = "123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.1"
			up := func(image string, flags ...string) (string, error) {
				return p.run(slices.Concat([]string{"up", "--yes", "--skip-preview"}, configured(image, "Error", sixEndpoints), flags)...)
			}
			if out, err := up(goodImage); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			works := a.inventory().Services[0].TaskDefinition
			env := p.stack.Extra
			p.stack.Extra = append(slices.Clone(env), "ECSNET_STANDIN_ROLLBACK=true")
			for try := range 2 { // the second is no other than the first
				out, err := up(better)
				if err == nil {
					t.Fatalf("try %d: the update reports success over a rollback\n%s", try, out)
				}
				rolledBack := regexp.MustCompile(`its new tasks did not start: Amazon ECS gave up on the deployment of [\w-]+:2 and rolled the service \S+ back, which now runs [\w-]+:1 again`)
				if !rolledBack.MatchString(out) {
					t.Errorf("try %d: the error does not say what runs and what did not start\n%s", try, out)
				}
				if language == "go" { // the Pulumi SDK's own words, in the program's own process
					out = strings.ReplaceAll(out, "waiting for RPCs: ", "")
				}
				if found := noise.FindString(out); found != "" {
					t.Errorf("try %d: %q in\n%s", try, found, out)
				}
				inv := a.inventory()
				if len(inv.Services) != 1 || inv.Services[0].TaskDefinition != works {
					t.Errorf("try %d: the services are %v", try, inv.Services)
				}
				if len(inv.TaskDefinitions) != 2 {
					t.Errorf("try %d: %d revisions are registered, want the one that runs and the one that is wanted", try, len(inv.TaskDefinitions))
				}
				if !slices.ContainsFunc(p.resources(), func(r resource) bool { return r.Type == "aws:ecs/service:Service" }) {
					t.Errorf("try %d: the service is not in the state any more", try)
				}
			}
			p.stack.Extra = env
			out, err := up(better)
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			inv := a.inventory()
			if now := inv.Services[0].TaskDefinition; now == works || len(inv.TaskDefinitions) != 1 {
				t.Errorf("the next update left %s running, and %d revisions", now, len(inv.TaskDefinitions))
			}
			if out, err := up(better, "--expect-no-changes"); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
			p.destroy()
			a.mustBeEmpty()
		})
	}
}

// TestRollbackUnwatched: an update that waits for nothing has nothing to say.
func TestRollbackUnwatched(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	p := a.newProgram(written(t, strings.Replace(onFargate, "image: ", "waitForSteadyState: false\n      image: ", 1)))
	p.up()
	p.stack.Extra = append(p.stack.Extra, "ECSNET_STANDIN_ROLLBACK=true")
	p.edit("Pulumi.yaml", "sample:1.0", "sample:1.1")
	p.up()
	p.destroy()
	a.mustBeEmpty()
}

// onFargate is a program with one service.
const onFargate = `name: fargate
runtime: yaml
resources:
  net:
    type: ecsnet:IsolatedVpc
  apps:
    type: ecsnet:EcsCluster
  web:
    type: ecsnet:FargatePrivateService
    properties:
      network: ${net}
      cluster: ${apps}
      image: ` + goodImage + "\n"

package engine

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// oneStackExamples are the examples of one stack each besides isolated-service.
var oneStackExamples = map[string]struct {
	service string // the component that runs the container
	// anywhere are the resources with the block 0.0.0.0/0: rules that admit
	// anyone, which the program's user wrote; rules that let out; routes.
	anywhere []string
}{
	"isolated-api": {service: "web"},
	"isolated-ec2": {service: "sample"},
	"nat-behind-alb": {service: "web", anywhere: slices.Concat(throughNat, []string{
		"securityGroupIngressRule front-from-0.0.0.0/0-80", "securityGroupEgressRule web-to-internet"})},
	"payment-worker": {service: "worker", anywhere: slices.Concat(throughNat, []string{"securityGroupEgressRule worker-to-internet"})},
	"public-game-server": {service: "game", anywhere: []string{
		"route net-public-a", "route net-public-b",
		"securityGroupIngressRule game-ingress-udp-7777-0.0.0.0/0", "securityGroupEgressRule game-to-internet"}},
}

var throughNat = []string{"route net-private-a", "route net-private-b", "route net-public-a", "route net-public-b"}

func TestExamples(t *testing.T) {
	t.Parallel()
	for example, e := range oneStackExamples {
		for _, language := range examples[example].languages {
			t.Run(example+"/"+language, func(t *testing.T) {
				t.Parallel()
				a := newAccount(t)
				p := a.newProgram("examples/" + example + "/" + language)
				step := func(name string, run func()) { run(); passed(t, example, language, name) }
				edit := edits[language]

				step("preview", func() {
					p.mustOnlyCreate()
					p.mustBeProven([]string{p.previewed}, proven[example])
				})
				step("up", func() {
					p.up()
					p.mustNameAnywhere(e.anywhere...)
					p.mustBeProven([]string{p.state()}, proven[example])
				})
				step("again", p.mustBeSteady)
				step("edit", func() {
					p.mustRun("config", "set", "image", newImage)
					p.insert(edit.file, edit.image, edit.tasks)
					p.mustDo(imageOperationsOf(e.service)...)
					p.up()
					a.mustRunThree(newImage)
				})
				step("destroy", func() {
					p.destroy()
					a.mustBeEmpty()
				})
			})
		}
	}
}

// mustRunThree fails the test unless the only service runs three tasks of an image.
func (a *account) mustRunThree(image string) {
	a.t.Helper()
	inv := a.inventory()
	if len(inv.Services) != 1 || len(inv.TaskDefinitions) != 1 {
		a.t.Fatalf("%d services and %d task definitions, want one of each", len(inv.Services), len(inv.TaskDefinitions))
	}
	service, task := inv.Services[0], inv.TaskDefinitions[0]
	if service.DesiredCount != 3 || service.TaskDefinition != task.ARN || task.Containers[0].Image != image {
		a.t.Errorf("%s runs %s, want 3 of %s", service, task, image)
	}
}

// mustNameAnywhere fails the test unless exactly these resources name the block
// of all addresses, and unless every way to the internet belongs to a network
// that promises one.
func (p *program) mustNameAnywhere(want ...string) {
	p.t.Helper()
	var got []string
	for _, r := range p.resources() {
		inputs, err := json.Marshal(r.Inputs)
		if err != nil {
			p.t.Fatal(err)
		}
		if !strings.HasPrefix(r.Type, "aws:") {
			continue
		}
		if text := string(inputs); strings.Contains(text, "0.0.0.0/0") || strings.Contains(text, "::/0") {
			got = append(got, shortType(r.Type)+" "+r.name())
		}
		switch r.Type {
		case "aws:ec2/internetGateway:InternetGateway", "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
			"aws:ec2/natGateway:NatGateway", "aws:ec2/eip:Eip", "aws:ec2/route:Route":
			if !strings.Contains(r.Parent, "ecsnet:index:NatNetwork::") && !strings.Contains(r.Parent, "ecsnet:index:PublicNetwork::") {
				p.t.Errorf("%s belongs to %s", r.URN, r.Parent)
			}
		}
	}
	want = slices.Sorted(slices.Values(want))
	slices.Sort(got)
	if !slices.Equal(got, want) {
		p.t.Errorf("any address is named by\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

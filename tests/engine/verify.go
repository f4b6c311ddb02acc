package engine

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/tests/tools/toolchain"
)

// verdicts are what the tool has to say about the tasks of one service.
type verdicts struct {
	// service is the name of the resource that starts them.
	service                       string
	ingress, egress, exfiltration string
	zoneRedundant                 string
	// through are resources that the open paths pass, among others.
	through []string
	// limited, open and unsupported are the AWS services that the tasks reach
	// through endpoints of such policies.
	limited, open, unsupported []string
}

// held are the assertions that hold of these verdicts.
func (v verdicts) held() []string {
	var list []string
	for _, a := range []struct {
		name  string
		holds bool
	}{
		{"isolated", v.ingress == "closed" && v.egress == "closed" && v.exfiltration == "closed"},
		{"no-ingress", v.ingress == "closed"},
		{"no-egress", v.egress == "closed"},
		{"zone-redundant", v.zoneRedundant == "yes"},
	} {
		if a.holds {
			list = append(list, a.name)
		}
	}
	return list
}

// report is the part of the tool's JSON that the tests read.
type report struct {
	Services []struct {
		URN, Name                       string
		InternetIngress, InternetEgress string
		Exfiltration, ZoneRedundant     string
		Paths                           []struct{ Hops []struct{ Name string } }
		Reaches                         []struct{ Service, Verdict, Policy string }
		Undecided                       []struct{ URN, What string }
	}
	Assertions []struct{ Name, Verdict string }
}

// mustBeProven fails the test unless the tool says exactly this about the
// services in the given documents, looked at as one.
func (p *program) mustBeProven(documents []string, want ...verdicts) {
	p.t.Helper()
	got := p.verify(documents)
	if len(got.Services) != len(want) {
		p.t.Fatalf("the tool speaks of %d services, want %d", len(got.Services), len(want))
	}
	held := want[0].held()
	for i, v := range want {
		s := got.Services[i]
		said := verdicts{service: s.Name, ingress: s.InternetIngress, egress: s.InternetEgress, exfiltration: s.Exfiltration, zoneRedundant: s.ZoneRedundant}
		if !said.equal(v) {
			p.t.Errorf("the tool says %+v, want %+v; not known: %v", said, v, s.Undecided)
		}
		var passed []string
		for _, path := range s.Paths {
			for _, hop := range path.Hops {
				passed = append(passed, hop.Name)
			}
		}
		for _, name := range v.through {
			if !slices.Contains(passed, name) {
				p.t.Errorf("no path of %s passes %s, but %v", s.Name, name, passed)
			}
		}
		reached := map[string][]string{}
		for _, r := range s.Reaches {
			if r.Verdict == "open" {
				reached[r.Policy] = append(reached[r.Policy], r.Service)
			}
		}
		for policy, services := range map[string][]string{"limited": v.limited, "open": v.open, "unsupported": v.unsupported} {
			if !slices.Equal(reached[policy], services) {
				p.t.Errorf("%s reaches %v through endpoints whose policy is %s, want %v", s.Name, reached[policy], policy, services)
			}
			delete(reached, policy)
		}
		if len(reached) > 0 {
			p.t.Errorf("%s reaches besides %v", s.Name, reached)
		}
		held = slices.DeleteFunc(held, func(a string) bool { return !slices.Contains(v.held(), a) })
	}
	for _, a := range got.Assertions {
		if verdict := map[bool]string{true: "held", false: "failed"}[slices.Contains(held, a.Name)]; a.Verdict != verdict {
			p.t.Errorf("%s is %s, want %s", a.Name, a.Verdict, verdict)
		}
	}
}

func (v verdicts) equal(w verdicts) bool {
	return v.service == w.service && v.ingress == w.ingress && v.egress == w.egress &&
		v.exfiltration == w.exfiltration && v.zoneRedundant == w.zoneRedundant
}

// verify runs the tool on documents, with every assertion.
func (p *program) verify(documents []string) (r report) {
	p.t.Helper()
	args := []string{"verify", "--json", "--assert", "isolated,no-ingress,no-egress,zone-redundant"}
	for i, document := range documents {
		file := filepath.Join(p.t.TempDir(), string(rune('a'+i))+".json")
		if err := os.WriteFile(file, []byte(document), 0o644); err != nil {
			p.t.Fatal(err)
		}
		args = append(args, "--state", file)
	}
	cmd := exec.CommandContext(p.t.Context(), filepath.Join(p.Root, "bin", "pulumi-tool-ecsnet"), args...)
	errs := &bytes.Buffer{}
	cmd.Stderr = errs
	// The exit code is the assertions'.
	out, err := cmd.Output()
	if _, exited := errors.AsType[*exec.ExitError](err); err != nil && !exited || errs.Len() > 0 {
		p.t.Fatalf("%v: %s\n%s", cmd, err, errs)
	}
	if err := json.Unmarshal(out, &r); err != nil {
		p.t.Fatal(err)
	}
	return r
}

// state is what pulumi stack export writes.
func (p *program) state() string {
	p.t.Helper()
	text, err := p.stack.Export(p.t.Context())
	if err != nil {
		p.t.Fatal(err)
	}
	return string(text)
}

// tool runs the tool through the CLI in the program's folder, and returns its
// exit code and what it said.
func (p *program) tool(args ...string) (code int, said string) {
	p.t.Helper()
	out := p.pulumi(append([]string{"plugin", "run", "ecsnet", "--"}, args...)...)
	return out.ProcessState.ExitCode(), out.Stdout.(*bytes.Buffer).String()
}

// pulumi runs the CLI as a person does, without the harness's own flags.
func (p *program) pulumi(args ...string) *exec.Cmd {
	p.t.Helper()
	cmd := exec.CommandContext(p.t.Context(), filepath.Join(toolchain.Bin(p.Root), "pulumi"), args...)
	cmd.Dir, cmd.Env = p.workspace.Dir, p.stack.Env()
	out := &bytes.Buffer{}
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		p.t.Fatal(err)
	}
	return cmd
}

// add appends resources to a YAML program.
func (p *program) add(resources string) {
	p.t.Helper()
	path := filepath.Join(p.workspace.Dir, "Pulumi.yaml")
	text, err := os.ReadFile(path)
	if err != nil {
		p.t.Fatal(err)
	}
	if !strings.HasSuffix(string(text), "\n") {
		p.t.Fatalf("%s does not end with a line", path)
	}
	if err := os.WriteFile(path, append(text, resources...), 0o644); err != nil {
		p.t.Fatal(err)
	}
}

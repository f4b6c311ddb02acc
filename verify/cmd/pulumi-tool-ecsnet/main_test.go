package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsnet/pulumi-ecsnet/verify"
)

var update = flag.Bool("update", false, "write the golden files anew")

// said is what a run of the tool left behind.
type said struct {
	code     int
	out, err string
}

// tool runs the command as its process would.
func tool(t *testing.T, in io.Reader, args ...string) said {
	t.Helper()
	out, errs := &bytes.Buffer{}, &bytes.Buffer{}
	code := run(t.Context(), args, streams{in, out, errs})
	return said{code, out.String(), errs.String()}
}

func state(name string) string { return filepath.Join("testdata", name+".json") }

func TestExitCodes(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		args string
		in   string
		code int
		// out and err are parts of what is said; "" wants nothing said.
		out, err string
	}{
		"no assertion about a closed network": {args: "verify --state testdata/closed.json", out: "from the internet:  closed"},
		"no assertion about an open network":  {args: "verify --state testdata/open.json", out: "from the internet:  open"},
		"no assertion about an unknown one":   {args: "verify --state testdata/undecided.json", out: "from the internet:  undecided"},
		"an assertion holds":                  {args: "verify --state testdata/closed.json --assert isolated", out: "\nisolated: held\n"},
		"all assertions hold":                 {args: "verify --state testdata/closed.json --assert isolated,no-ingress --assert no-egress,zone-redundant", out: "\nzone-redundant: held\n"},
		"an assertion fails":                  {args: "verify --state testdata/open.json --assert no-ingress", code: 1, out: "\nno-ingress: failed\n"},
		"another one holds of the same":       {args: "verify --state testdata/open.json --assert no-egress", out: "\nno-egress: held\n"},
		"one of two fails":                    {args: "verify --state testdata/open.json --assert no-egress --assert no-ingress", code: 1, out: "\nno-egress: held\n"},
		"an assertion cannot be decided":      {args: "verify --state testdata/undecided.json --assert no-ingress", code: 2, out: "\nno-ingress: undecided\n"},
		"one fails, one cannot be decided":    {args: "verify --state testdata/undecided.json --state testdata/open.json --assert isolated", code: 1, out: "\nisolated: failed\n"},
		"no service to assert it of":          {args: "verify --state testdata/network.json --assert isolated", code: 2, out: "nothing in these stacks starts ECS tasks"},
		"no service, and nothing asserted":    {args: "verify --state testdata/network.json", out: "nothing to decide about"},
		"a service whose network is unknown":  {args: "verify --state testdata/service.json --assert isolated", code: 2, out: "subnet-a, is not in the stack"},
		"two stacks looked at as one":         {args: "verify --state testdata/service.json --state testdata/network.json --assert isolated", out: "\nisolated: held\n"},

		"a state on stdin":           {args: "verify --state - --assert isolated", in: "testdata/closed.json", out: "\nisolated: held\n"},
		"nothing on stdin":           {args: "verify --state -", code: 2, err: "error: stdin: it is empty: the command that was to write it may have failed; write a stack's state with `pulumi stack export > FILE`"},
		"a file that is not there":   {args: "verify --state testdata/none.json", code: 2, err: "error: open testdata/none.json: no such file"},
		"a file that is no JSON":     {args: "verify --state main_test.go", code: 2, err: "error: main_test.go: it is not JSON; write"},
		"a document of another kind": {args: "verify --state -", in: "testdata/other.json", code: 2, err: "error: stdin: it is a state or a plan of Terraform"},
		"a drawing of another kind":  {args: "draw --state testdata/other.json --svg -", code: 2, err: "error: testdata/other.json: it is a state or a plan of Terraform"},

		"an assertion misspelt":    {args: "verify --state testdata/none.json --assert isolation", code: 2, err: `error: there is no assertion "isolation"; there are isolated, no-ingress, no-egress, zone-redundant`},
		"a flag that is not there": {args: "verify --stat x", code: 2, err: "error: unknown flag: --stat; `pulumi-tool-ecsnet verify --help` lists the flags"},
		"a word too many":          {args: "verify prod", code: 2, err: `error: unknown command "prod" for "pulumi-tool-ecsnet verify"`},
		"a command misspelt":       {args: "verfy", code: 2, err: "Did you mean this?\n\tverify"},
		"no command":               {args: "", code: 2, out: "Available Commands:"},
		"a preview of a file":      {args: "verify --preview --state testdata/closed.json", code: 2, err: "error: --preview runs a preview, and --state names the file of one"},

		"a drawing of nothing to nowhere": {args: "draw --state testdata/closed.json", code: 2, err: "error: nothing to draw to"},
		"a drawing to no folder":          {args: "draw --state testdata/closed.json --svg testdata/none/x.svg", code: 2, err: "error: open testdata/none/x.svg"},
		"the version":                     {args: "--version", out: "pulumi-tool-ecsnet version "},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := io.Reader(strings.NewReader(""))
			if tt.in != "" {
				text, err := os.ReadFile(tt.in)
				if err != nil {
					t.Fatal(err)
				}
				in = bytes.NewReader(text)
			}
			got := tool(t, in, strings.Fields(tt.args)...)
			if got.code != tt.code {
				t.Errorf("exit code %d, want %d", got.code, tt.code)
			}
			for _, stream := range []struct{ name, got, want string }{{"stdout", got.out, tt.out}, {"stderr", got.err, tt.err}} {
				if !strings.Contains(stream.got, stream.want) || stream.want == "" && stream.got != "" {
					t.Errorf("%s says\n%s\nwant %q in it", stream.name, stream.got, stream.want)
				}
			}
		})
	}
}

func TestHelp(t *testing.T) {
	t.Parallel()
	text := ""
	for _, args := range []string{"--help", "verify --help", "draw --help"} {
		got := tool(t, nil, strings.Fields(args)...)
		if got.code != 0 || got.err != "" {
			t.Errorf("%s: exit code %d, stderr %s", args, got.code, got.err)
		}
		text += "$ pulumi-tool-ecsnet " + args + "\n" + got.out + "\n"
	}
	for line := range strings.Lines(text) {
		if len(strings.TrimSuffix(line, "\n")) > 100 {
			t.Errorf("does not fit a terminal: %s", line)
		}
	}
	golden(t, "help.txt", text)
}

// golden compares with a file under testdata, or writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if os.Getenv("CI") != "" {
			t.Fatal("golden files are not written in CI")
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); if that is right, run: go test ./verify/cmd/... -update\n%s", path, diff)
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	var answer struct {
		Services []struct {
			URN                             string
			InternetIngress, InternetEgress string
			Paths                           []struct{ Hops []struct{ Name string } }
			Reaches                         []any
			Undecided                       []any
		}
		Assertions []struct {
			Name, Verdict string
			Reasons       []string
		}
	}
	got := tool(t, nil, "verify", "--json", "--state", state("open"), "--assert", "no-ingress,no-egress")
	if err := json.Unmarshal([]byte(got.out), &answer); err != nil {
		t.Fatal(err)
	}
	if got.code != exitFailed || got.err != "" {
		t.Errorf("exit code %d, stderr %s", got.code, got.err)
	}
	if len(answer.Services) != 1 || len(answer.Assertions) != 2 {
		t.Fatalf("%d services and %d assertions in\n%s", len(answer.Services), len(answer.Assertions), got.out)
	}
	service := answer.Services[0]
	if service.URN != "urn:pulumi:dev::shop::aws:ecs/service:Service::web" || service.InternetIngress != "open" || service.InternetEgress != "closed" {
		t.Errorf("the service is %+v", service)
	}
	if len(service.Paths) == 0 || service.Paths[0].Hops[0].Name != "the internet" {
		t.Errorf("the paths are %+v", service.Paths)
	}
	if a := answer.Assertions[0]; a.Name != "no-ingress" || a.Verdict != "failed" || len(a.Reasons) == 0 {
		t.Errorf("the first assertion is %+v", a)
	}
	if a := answer.Assertions[1]; a.Name != "no-egress" || a.Verdict != "held" {
		t.Errorf("the second assertion is %+v", a)
	}
	// What reads it needs no case for a list that is not there.
	if strings.Contains(got.out, "null") {
		t.Errorf("a list is null in\n%s", got.out)
	}
	if without := tool(t, nil, "verify", "--json", "--state", state("open")); strings.Contains(without.out, "assertions") {
		t.Errorf("assertions that nobody made are in\n%s", without.out)
	}
}

// TestStdinThatStaysOpen: pulumi plugin run does not close the stdin that it
// hands on.
func TestStdinThatStaysOpen(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(state("closed"))
	if err != nil {
		t.Fatal(err)
	}
	in, write := io.Pipe()
	go func() { _, _ = write.Write(text) }()
	if got := tool(t, in, "verify", "--state", "-", "--assert", "isolated"); got.code != exitHeld {
		t.Errorf("exit code %d\n%s", got.code, got.err)
	}
}

func TestTheWorstAssertionDecides(t *testing.T) {
	t.Parallel()
	held, failed, undecided := verify.Assertion{Verdict: verify.Held}, verify.Assertion{Verdict: verify.Failed}, verify.Assertion{Verdict: verify.Undetermined}
	for name, tt := range map[string]struct {
		assertions []verify.Assertion
		want       verdict
	}{
		"none":                        {nil, exitHeld},
		"held":                        {[]verify.Assertion{held, held}, exitHeld},
		"undecided among held":        {[]verify.Assertion{held, undecided, held}, exitUndecided},
		"failed before undecided":     {[]verify.Assertion{failed, undecided}, exitFailed},
		"failed after undecided":      {[]verify.Assertion{undecided, failed, held}, exitFailed},
		"a verdict that nobody knows": {[]verify.Assertion{{}}, exitUndecided},
	} {
		if got := (answer{Assertions: tt.assertions}).code(); got != tt.want {
			t.Errorf("%s: %d, want %d", name, got, tt.want)
		}
	}
}

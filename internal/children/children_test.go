package children

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the table of docs/names.md anew")

func TestNames(t *testing.T) {
	t.Parallel()
	for got, want := range map[string]string{
		Vpc.Name("net"):                    "net-vpc",
		Private.Subnet.Name("net", "a"):    "net-private-a",
		FromPeer.Name("web", "vpc", "443"): "web-from-vpc-443",
		ProvidersOf.Name("apps"):           "apps-capacity",
		Service.Name("NAME"):               "NAME-service",
		Endpoint.Name("LETTER", "ecr.api"): "LETTER-endpoint-ecr.api",
		S3Endpoint.Name("net"):             "net-endpoint-s3",
	} {
		if got != want {
			t.Errorf("the name is %q, want %q", got, want)
		}
	}
}

// TestFind: a child is of one kind, and of none that another component makes.
func TestFind(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		component, name, typ, child string
		want                        *Child
	}{
		"a subnet":            {Package + NatNetwork, "net", Private.Subnet.Type, "net-private-a", Private.Subnet},
		"its route table":     {Package + NatNetwork, "net", Private.RouteTable.Type, "net-private-a", Private.RouteTable},
		"the S3 endpoint":     {Package + NatNetwork, "net", Endpoint.Type, "net-endpoint-s3", S3Endpoint},
		"another endpoint":    {Package + NatNetwork, "net", Endpoint.Type, "net-endpoint-sqs", Endpoint},
		"another's list":      {Package + Ec2Capacity, "pool", ProvidersOf.Type, "apps-capacity", ProvidersOf},
		"a name as a pattern": {Package + IsolatedVpc, "n.t", Vpc.Type, "net-vpc", nil},
		"a longer name":       {Package + IsolatedVpc, "net", Vpc.Type, "net-2-vpc", nil},
		"no NAT here":         {Package + IsolatedVpc, "net", NatGateway.Type, "net-nat-a", nil},
		"their component":     {"my:index:" + IsolatedVpc, "net", Vpc.Type, "net-vpc", nil},
	} {
		if got := Find(tt.component, tt.name, tt.typ, tt.child); got != tt.want {
			t.Errorf("%s: found %+v", name, got)
		}
	}
}

// TestRowsAreWhole: every word in capitals can be matched, every component is
// known, and no two rows of a component are of one type and name.
func TestRowsAreWhole(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, c := range Rows() {
		for _, word := range variable.FindAllString(c.Pattern, -1) {
			if matches[word] == "" && word != "NAME" {
				t.Errorf("%s: nothing says what %s stands for", c.Pattern, word)
			}
		}
		for _, of := range c.Of {
			if key := of + " " + c.Type + " " + c.Pattern; seen[key] {
				t.Errorf("%s stands twice", key)
			} else {
				seen[key] = true
			}
		}
		for of := range c.places {
			if !slices.Contains(c.Of, of) {
				t.Errorf("%s: %s is placed by %s, which does not make it", c.Type, c.Pattern, of)
			}
		}
	}
}

// TestRowsMatchTheSchema: every component of the schema is one of those here,
// and has the outputs that rows name.
func TestRowsMatchTheSchema(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Resources map[string]struct {
			Properties map[string]any
		}
	}
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	known := slices.Concat(Networks, Services, Ingresses, []string{EcsCluster, Ec2Capacity, ContainerImage})
	for token := range schema.Resources {
		if !slices.Contains(Tokens(known), token) {
			t.Errorf("%s is not listed here", token)
		}
	}
	for _, c := range Rows() {
		for _, of := range c.Of {
			for _, output := range c.Outputs {
				if _, has := schema.Resources[Package+of].Properties[output]; !has {
					t.Errorf("%s: %s has no output %s", c.Pattern, of, output)
				}
			}
		}
	}
}

// TestDocumentShowsTheRows: the table of docs/names.md is made from the rows.
func TestDocumentShowsTheRows(t *testing.T) {
	t.Parallel()
	file := filepath.Join("..", "..", "docs", "names.md")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const header = "| Components | Type | Name | When |\n|---|---|---|---|\n"
	before, rest, ok := strings.Cut(string(text), header)
	if !ok {
		t.Fatalf("%s has no table with the header %q", file, header)
	}
	have, after, _ := strings.Cut(rest, "\n\n")
	var lines []string
	for _, c := range Rows() {
		lines = append(lines, "| "+strings.Join([]string{strings.Join(c.Of, ", "), c.Type, c.Pattern, c.When}, " | ")+" |")
	}
	want := strings.Join(lines, "\n")
	if *update {
		if os.Getenv("CI") != "" {
			t.Fatal("docs/names.md is not written in CI")
		}
		if err := os.WriteFile(file, []byte(before+header+want+"\n\n"+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("docs/names.md is behind internal/children; run: go test ./internal/children -update\n(-rows +document)\n%s", diff)
	}
	for word := range matches {
		if !strings.Contains(before, "| "+word+" |") {
			t.Errorf("docs/names.md does not explain %s", word)
		}
	}
}

package field

import (
	"errors"
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFaultText(t *testing.T) {
	t.Parallel()
	number := 9
	type named string
	tests := map[string]struct {
		path      string
		value     any
		rule, fix string
		want      string
	}{
		"string":        {"cidrBlock", "10.0.0.1/16", "has host bits set", `write "10.0.0.0/16"`, `cidrBlock: "10.0.0.1/16" has host bits set; write "10.0.0.0/16"`},
		"no value":      {"network", nil, "is required", "pass a network", "network: is required; pass a network"},
		"empty string":  {"image", "", "is empty", "write an image", `image: "" is empty; write an image`},
		"number":        {"cpu", 300, "is no size", "write 256", "cpu: 300 is no size; write 256"},
		"pointer":       {"cpu", &number, "is no size", "", "cpu: 9 is no size"},
		"nil pointer":   {"cpu", (*int)(nil), "is required", "", "cpu: is required"},
		"named string":  {"natMode", named("Both"), "is not a mode", "", `natMode: "Both" is not a mode`},
		"prints itself": {"cidrBlock", netip.MustParsePrefix("10.0.0.0/30"), "is too small", "", `cidrBlock: "10.0.0.0/30" is too small`},
		"list":          {"zones", []string{"a", ""}, "has a gap", "", `zones: ["a", ""] has a gap`},
		"no path":       {"", 1, "is odd", "", "1 is odd"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var f Faults
			f.Add(tt.path, tt.value, tt.rule, tt.fix)
			if got := f[0].Error(); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestErr(t *testing.T) {
	t.Parallel()
	var f Faults
	if f.Err() != nil {
		t.Error("no faults must be no error, also when the caller compares with nil")
	}
	f.Add("b", 1, "is odd", "")
	f.Add("a", 2, "is even", "")
	f.Add("b", 1, "is odd", "")
	var got Faults
	if !errors.As(f.Err(), &got) {
		t.Fatal("the error must be a Faults, for those who show the paths by themselves")
	}
	if want := "b: 1 is odd\na: 2 is even"; got.Error() != want {
		t.Errorf("want each fault once, in the order added:\n%s", cmp.Diff(want, got.Error()))
	}
	if len(f) != 3 {
		t.Error("Err must leave the list as it is")
	}
}

func TestAddAll(t *testing.T) {
	t.Parallel()
	var inner, outer Faults
	inner.Add("port", 0, "is no port", "")
	inner.Add("[1]", "x", "is twice there", "")
	inner.Add("", nil, "is required", "")
	outer.AddAll(Index("ingress", 0), inner)
	want := "ingress[0].port: 0 is no port\ningress[0][1]: \"x\" is twice there\ningress[0]: is required"
	if diff := cmp.Diff(want, outer.Error()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if inner[0].Path != "port" {
		t.Error("AddAll must not change the other list")
	}
}

func TestPaths(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ got, want string }{
		{Join("a", "b"), "a.b"},
		{Join("a", "[0]", "b"), "a[0].b"},
		{Join("", "a", ""), "a"},
		{Join(), ""},
		{Index("zones", 2), "zones[2]"},
		{Key("secrets", "DB"), `secrets["DB"]`},
		{Key("secrets", `a"b`), `secrets["a\"b"]`},
	} {
		if tt.got != tt.want {
			t.Errorf("got %s, want %s", tt.got, tt.want)
		}
	}
}

func TestCutAndWithin(t *testing.T) {
	t.Parallel()
	for path, want := range map[string][2]string{
		"image":                      {"", "image"},
		"container.image":            {"container", "image"},
		"ingress[1].port":            {"ingress[1]", "port"},
		"zones[2]":                   {"zones", "2"},
		`secrets["a.b"]`:             {"secrets", "a.b"},
		`sidecars["a\"].b"].cpu`:     {`sidecars["a\"].b"]`, "cpu"},
		`sidecars["envoy"].ports[0]`: {`sidecars["envoy"].ports`, "0"},
	} {
		if parent, name := Cut(path); parent != want[0] || name != want[1] {
			t.Errorf("%s is cut into %q and %q", path, parent, name)
		}
	}
	for _, tt := range []struct {
		path, of string
		want     bool
	}{
		{"ingress[1].port", "ingress[1]", true},
		{"ingress[1].port", "ingress", true},
		{"ingress", "ingress", true},
		{"ingressRules", "ingress", false},
		{"ingress", "ingress[1]", false},
		{"cpu", "memoryMib", false},
	} {
		if got := Within(tt.path, tt.of); got != tt.want {
			t.Errorf("%s within %s: %v", tt.path, tt.of, got)
		}
	}
}

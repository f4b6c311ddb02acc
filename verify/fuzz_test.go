package verify_test

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/internal/opposition"
	"github.com/ecsnet/pulumi-ecsnet/verify"
)

// prove is what a user of the package does; a panic in it fails the test.
func prove(documents ...[]byte) (*verify.Report, error) {
	var readers []io.Reader
	for _, d := range documents {
		readers = append(readers, bytes.NewReader(d))
	}
	stack, err := verify.Read(readers...)
	if err != nil {
		return nil, err
	}
	return stack.Verify(), nil
}

// TestHiddenValueIsNeverSafer holds that a network in which one value cannot be
// read is never called safer than it is: where something was open it stays open
// or becomes undecided, or the document is refused.
func TestHiddenValueIsNeverSafer(t *testing.T) {
	t.Parallel()
	kinds := map[string]int{}
	for seed := range uint64(800) {
		for _, wrong := range saferWithout(seed) {
			if kinds[wrong.kind]++; kinds[wrong.kind] <= 2 {
				t.Errorf("seed %d: %s", seed, wrong.what)
			}
		}
	}
	if len(kinds) > 0 {
		t.Errorf("of each kind: %v", kinds)
	}
}

// FuzzHide looks at more of them.
func FuzzHide(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		for _, wrong := range saferWithout(seed) {
			t.Errorf("seed %d: %s", seed, wrong.what)
		}
	})
}

// saferWithout hides a value of the seed's network, and lists what is called
// safer then.
func saferWithout(seed uint64) (wrong []disagreement) {
	world := opposition.Generate(seed / 4) // Several values of each network.
	hidden := world.Hide(seed)
	report, err := prove(hidden.Document)
	if err != nil {
		return nil
	}
	whole, err := prove(world.Export(seed))
	if err != nil {
		return []disagreement{{"error", err.Error()}}
	}
	kind := hidden.URN[strings.Index(hidden.URN, "aws:"):]
	kind = kind[:strings.LastIndex(kind, "::")] + " " + hidden.Path + " " + hidden.How
	for _, before := range whole.Services {
		after := serviceOf(report, before.URN)
		if after == nil {
			wrong = append(wrong, disagreement{kind, fmt.Sprintf("%s: no verdict about %s\n%s", hidden, before.URN, world)})
			continue
		}
		for question, v := range map[string][2]verify.Verdict{
			"ingress":      {before.InternetIngress, after.InternetIngress},
			"egress":       {before.InternetEgress, after.InternetEgress},
			"exfiltration": {before.Exfiltration, after.Exfiltration},
		} {
			if v[0] == verify.Open && v[1] == verify.Closed {
				wrong = append(wrong, disagreement{kind, fmt.Sprintf("%s: %s of %s closed, and it is open\n%s", hidden, question, before.Name, world)})
			}
		}
		if before.ZoneRedundant == verify.No && after.ZoneRedundant == verify.Yes {
			wrong = append(wrong, disagreement{kind, fmt.Sprintf("%s: %s redundant, and it is not\n%s", hidden, before.Name, world)})
		}
	}
	return wrong
}

// TestNullIsAbsence holds that a value for which null is written is as if it was
// not there: the report is the same to the letter.
func TestNullIsAbsence(t *testing.T) {
	t.Parallel()
	wrong := 0
	for seed := range uint64(400) {
		null, left := opposition.Generate(seed / 4).Unset(seed)
		nulled, errNull := prove(null.Document)
		absent, errLeft := prove(left.Document)
		require.NoError(t, errNull, null)
		require.NoError(t, errLeft, left)
		// Of a list, what is behind null keeps its place, and the path says it.
		got, want := places.ReplaceAllString(asText(t, nulled), ""), places.ReplaceAllString(asText(t, absent), "")
		if got != want && wrong < 3 {
			wrong++
			t.Errorf("seed %d: %s (-left out +null)\n%s", seed, null, cmp.Diff(want, got))
		}
	}
}

// places are those of elements in a path.
var places = regexp.MustCompile(`\[\d+\]`)

func asText(t *testing.T, r *verify.Report) string {
	t.Helper()
	var b strings.Builder
	require.NoError(t, r.Text(&b))
	return b.String()
}

func serviceOf(r *verify.Report, urn string) *verify.Service {
	for i := range r.Services {
		if r.Services[i].URN == urn {
			return &r.Services[i]
		}
	}
	return nil
}

// TestPreviewNeverContradicts holds that a preview, in which what other
// resources give is unknown, is decided as the same network's export is, or not
// at all; and that most are decided.
func TestPreviewNeverContradicts(t *testing.T) {
	t.Parallel()
	asked, decided := 0, 0
	kinds := map[string]int{}
	for seed := range uint64(400) {
		world := opposition.Generate(seed)
		report, err := prove(world.Preview(seed))
		require.NoError(t, err)
		whole, err := prove(world.Export(seed))
		require.NoError(t, err)
		for _, known := range whole.Services {
			s := serviceOf(report, known.URN)
			require.NotNil(t, s, "seed %d: no verdict about %s", seed, known.URN)
			for question, v := range map[string][2]verify.Verdict{
				"ingress":      {known.InternetIngress, s.InternetIngress},
				"egress":       {known.InternetEgress, s.InternetEgress},
				"exfiltration": {known.Exfiltration, s.Exfiltration},
			} {
				asked++
				if v[1] == verify.Undecided {
					continue
				}
				decided++
				if v[0] == v[1] {
					continue
				}
				kind := fmt.Sprintf("%s: %s in the preview, %s in the export", question, v[1], v[0])
				if kinds[kind]++; kinds[kind] == 1 {
					t.Errorf("seed %d: %s: %s\n%s", seed, known.Name, kind, world)
				}
			}
		}
	}
	if len(kinds) > 0 {
		t.Errorf("of each kind: %v", kinds)
	}
	t.Logf("%d of %d verdicts are decided", decided, asked)
	if decided*10 < asked*9 {
		t.Errorf("only %d of %d verdicts are decided in previews", decided, asked)
	}
}

// TestBrokenDocuments holds that no document, however broken, makes the proof
// panic or hang.
func TestBrokenDocuments(t *testing.T) {
	t.Parallel()
	for seed := range uint64(400) {
		_, _ = prove(opposition.Generate(seed / 4).Break(seed))
	}
	deep := strings.Repeat("[", 100_000)
	for name, document := range map[string]string{
		"nothing":                    ``,
		"no object":                  `[1, 2]`,
		"an empty object":            `{}`,
		"null":                       `null`,
		"an empty deployment":        `{"version": 3, "deployment": {}}`,
		"a null deployment":          `{"version": 3, "deployment": null}`,
		"null resources":             `{"version": 3, "deployment": {"resources": [null, {}, {"urn": null, "type": 7}]}}`,
		"resources of a wrong type":  `{"version": 3, "deployment": {"resources": {"a": 1}}}`,
		"a version of the future":    `{"version": 99, "deployment": {"resources": []}}`,
		"steps of a wrong type":      `{"steps": "none"}`,
		"null steps":                 `{"steps": [null, {"op": 3}, {"op": "create", "newState": null}]}`,
		"deep lists":                 deep,
		"deep lists in a resource":   `{"version": 3, "deployment": {"resources": [{"urn": "a", "inputs": ` + deep,
		"half a document":            string(opposition.Generate(1).Export(1)[:2000]),
		"two documents in one":       `{"steps": []}{"steps": []}`,
		"bytes that are not UTF-8":   "{\"steps\": [\"\xff\xfe\"]}",
		"a service without anything": `{"version": 3, "deployment": {"resources": [{"urn": "urn:pulumi:s::p::aws:ecs/service:Service::a", "type": "aws:ecs/service:Service", "custom": true}]}}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			report, err := prove([]byte(document))
			if err != nil {
				return
			}
			for _, s := range report.Services {
				require.NotEqual(t, verify.Closed, s.InternetIngress, "nothing is known of %s", s.Name)
				require.NotEqual(t, verify.Closed, s.InternetEgress, "nothing is known of %s", s.Name)
			}
		})
	}
}

// FuzzVerify holds that no bytes make the proof panic. Its seeds are the
// smallest networks: bytes of large ones are seldom worth changing.
func FuzzVerify(f *testing.F) {
	f.Add([]byte(`{}`))
	f.Add([]byte(`{"steps": [{"op": "create", "newState": {"urn": "urn:pulumi:s::p::aws:ecs/service:Service::a", "type": "aws:ecs/service:Service"}}]}`))
	var small [][]byte
	for seed := range uint64(60) {
		world := opposition.Generate(seed)
		small = append(small, world.Export(seed), world.Preview(seed))
	}
	slices.SortFunc(small, func(a, b []byte) int { return len(a) - len(b) })
	for _, document := range small[:12] {
		f.Add(document)
	}
	f.Fuzz(func(_ *testing.T, document []byte) {
		_, _ = prove(document)
	})
}

// FuzzBroken breaks networks of every size, and leaves them JSON.
func FuzzBroken(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(seed)
	}
	f.Fuzz(func(_ *testing.T, seed uint64) {
		_, _ = prove(opposition.Generate(seed / 4).Break(seed))
	})
}

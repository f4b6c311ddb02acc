package verify

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
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden reports anew")

// real are documents of the examples: what `pulumi stack export` wrote after
// they ran against the local AWS.
var real = map[string]struct {
	documents []string
	want      verdicts
	zones     Truth
}{
	"isolated-service":    {[]string{"isolated-service.yaml.export"}, shut, Yes},
	"isolated-api":        {[]string{"isolated-api.yaml.export"}, verdicts{Open, Closed, Closed}, Yes},
	"isolated-ec2":        {[]string{"isolated-ec2.yaml.export"}, shut, Yes},
	"nat-behind-alb":      {[]string{"nat-behind-alb.yaml.export"}, verdicts{Open, Open, Open}, Yes},
	"payment-worker":      {[]string{"payment-worker.yaml.export"}, verdicts{Closed, Open, Open}, Yes},
	"public-game-server":  {[]string{"public-game-server.yaml.export"}, verdicts{Open, Open, Closed}, Yes},
	"two-stacks":          {[]string{"two-stacks.yaml.network.export", "two-stacks.yaml.service.export"}, shut, Yes},
	"two-stacks-one-read": {[]string{"two-stacks.yaml.service.export"}, verdicts{Closed, Undecided, Undecided}, Unknown},
}

func reportOf(t *testing.T, documents ...string) *Report {
	t.Helper()
	var texts [][]byte
	for _, d := range documents {
		b, err := os.ReadFile(filepath.Join("testdata", d+".json"))
		require.NoError(t, err)
		texts = append(texts, b)
	}
	return reportOn(t, texts...)
}

func reportOn(t *testing.T, documents ...[]byte) *Report {
	t.Helper()
	var readers []io.Reader
	for _, d := range documents {
		readers = append(readers, bytes.NewReader(d))
	}
	stack, err := Read(readers...)
	require.NoError(t, err)
	return stack.Verify()
}

// TestExamples holds the verdicts about the examples, and the whole reports as
// goldens. A change of one is read as a diff; -update writes them.
func TestExamples(t *testing.T) {
	t.Parallel()
	for name, tt := range real {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := reportOf(t, tt.documents...)
			require.Len(t, r.Services, 1)
			s := r.Services[0]
			assert.Equal(t, tt.want, verdicts{s.InternetIngress, s.InternetEgress, s.Exfiltration})
			assert.Equal(t, tt.zones, s.ZoneRedundant)
			var text bytes.Buffer
			require.NoError(t, r.Text(&text))
			golden(t, name+".txt", text.Bytes())
			data, err := json.MarshalIndent(r, "", "  ")
			require.NoError(t, err)
			golden(t, name+".json", append(data, '\n'))
		})
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", "reports", name)
	if *update {
		if os.Getenv("CI") != "" {
			t.Fatal("-update is refused in CI: a report that changes is read first")
		}
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, got, 0o600))
		return
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("the report changed; if that is wanted, run: go test ./verify -run TestExamples -update\n(-want +got)\n%s", diff)
	}
}

// TestPreviewsAgree holds that the first preview of an example, in which no ID is
// known yet, gets the verdicts and the paths that the stack then has.
func TestPreviewsAgree(t *testing.T) {
	t.Parallel()
	previews, err := filepath.Glob(filepath.Join("testdata", "*.preview.json"))
	require.NoError(t, err)
	compared := 0
	for _, file := range previews {
		document := strings.TrimSuffix(filepath.Base(file), ".json")
		example, _, _ := strings.Cut(document, ".")
		if example == "two-stacks" {
			continue // its service's stack alone
		}
		compared++
		t.Run(document, func(t *testing.T) {
			t.Parallel()
			want := seen(reportOf(t, example+".yaml.export"))
			if diff := cmp.Diff(want, seen(reportOf(t, document))); diff != "" {
				t.Errorf("(-stack +preview)\n%s", diff)
			}
		})
	}
	assert.Greater(t, compared, 5)
}

// seen is a report without URNs, in which the project of a language has its name.
func seen(r *Report) *Report {
	for i := range r.Services {
		s := &r.Services[i]
		s.URN = ""
		for n := range s.Paths {
			for h := range s.Paths[n].Hops {
				s.Paths[n].Hops[h].URN = ""
			}
		}
		for n := range s.Reaches {
			s.Reaches[n].URN = ""
		}
	}
	return r
}

// TestJSONHasNoNull holds that a reader of the report never meets null where it
// expects a list.
func TestJSONHasNoNull(t *testing.T) {
	t.Parallel()
	for name, network := range networks {
		data, err := json.Marshal(decide(&network().net))
		require.NoError(t, err)
		assert.NotContains(t, string(data), "null", name)
	}
	empty := newLab()
	data, err := json.Marshal(decide(&empty.net))
	require.NoError(t, err)
	assert.JSONEq(t, `{"services":[],"undecided":[],"notes":[]}`, string(data))
}

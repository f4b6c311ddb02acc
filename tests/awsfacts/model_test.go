package awsfacts

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

// comparison asks the models of the AWS SDK whether they agree with what the
// code holds: its literals by name.
type comparison func(t *testing.T, held map[string]string)

// TestTheModelsAgree compares the facts with the models of the AWS SDK for
// Python, as far as these have them.
func TestTheModelsAgree(t *testing.T) {
	t.Parallel()
	all := held(t)
	compared := 0
	for _, f := range facts {
		if f.model == nil {
			continue
		}
		compared++
		t.Run(f.what, func(t *testing.T) {
			t.Parallel()
			values := map[string]string{}
			for _, name := range matching(all, f.held) {
				values[name] = all[name]
			}
			f.model(t, values)
		})
	}
	assert.Greater(t, compared, 35)
}

// venv is the Python environment of the local AWS, which has the SDK.
func venv(t *testing.T) string {
	t.Helper()
	found, err := filepath.Glob(root + "/.tools/moto/lib/python3*/site-packages")
	require.NoError(t, err)
	require.Len(t, found, 1, "the local AWS is not installed; run: make tools")
	return found[0]
}

// pinned is the version of the SDK that is frozen for the local AWS.
func pinned(t *testing.T) string {
	t.Helper()
	requirements, err := os.ReadFile(root + "/tests/localaws/requirements.txt")
	require.NoError(t, err)
	m := regexp.MustCompile(`(?m)^botocore==(\S+)$`).FindSubmatch(requirements)
	require.NotNil(t, m, "tests/localaws/requirements.txt does not pin botocore")
	return string(m[1])
}

// TestThePinnedModels: the models that are read are those of the pinned version.
func TestThePinnedModels(t *testing.T) {
	t.Parallel()
	assert.DirExists(t, filepath.Join(venv(t), "botocore-"+pinned(t)+".dist-info"))
}

// shape is a type in the model of a service.
type shape struct {
	Documentation string
	Enum          []string
	Pattern       string
	Min, Max      *float64
	Members       map[string]shape
}

func readJSON(t *testing.T, file string, into any) {
	t.Helper()
	f, err := os.Open(file)
	require.NoError(t, err)
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(file, ".gz") {
		in, err = gzip.NewReader(f)
		require.NoError(t, err)
	}
	require.NoError(t, json.NewDecoder(in).Decode(into))
}

func shapeOf(t *testing.T, service, name string) shape {
	t.Helper()
	versions, err := filepath.Glob(filepath.Join(venv(t), "botocore/data", service, "*/service-2.json*"))
	require.NoError(t, err)
	require.NotEmpty(t, versions, service)
	var model struct{ Shapes map[string]shape }
	readJSON(t, versions[len(versions)-1], &model)
	s, ok := model.Shapes[name]
	require.True(t, ok, "%s has no %s", service, name)
	return s
}

var tag = regexp.MustCompile(`<[^>]*>`)

// words are a documentation without its markup.
func words(text string) string {
	return strings.Join(strings.Fields(html.UnescapeString(tag.ReplaceAllString(text, " "))), " ")
}

// says compares a documentation with a text that has to be in it. "%s" in the
// text is the value in the code.
func says(service, name, member, text string) comparison {
	return func(t *testing.T, held map[string]string) {
		s := shapeOf(t, service, name)
		documentation := s.Documentation
		if member != "" {
			m, ok := s.Members[member]
			require.True(t, ok, "%s has no member %s", name, member)
			documentation = m.Documentation
		}
		// Blanks stand around what was marked up.
		squeeze := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		for _, value := range held {
			want := text
			if strings.Contains(text, "%s") {
				list := strings.Split(value, ", ")
				if len(list) > 2 {
					list[len(list)-1] = "and " + list[len(list)-1]
				}
				want = fmt.Sprintf(text, strings.Join(list, ", "))
			}
			assert.Contains(t, squeeze(words(documentation)), squeeze(want))
		}
	}
}

// within says that the code's values are among those of an enum.
func within(service, name string) comparison {
	return func(t *testing.T, held map[string]string) {
		enum := shapeOf(t, service, name).Enum
		require.NotEmpty(t, enum)
		for name, value := range held {
			assert.Contains(t, enum, value, name)
		}
	}
}

// tableWithin is within for the values of a table, all of the enum's.
func tableWithin(service, name string) comparison {
	return func(t *testing.T, held map[string]string) {
		for _, table := range held {
			var values []string
			for pair := range strings.SplitSeq(table, ", ") {
				_, value, _ := strings.Cut(pair, ": ")
				values = append(values, value)
			}
			assert.ElementsMatch(t, shapeOf(t, service, name).Enum, values)
		}
	}
}

// span says that a range is the model's.
func span(service, name string) comparison {
	return func(t *testing.T, held map[string]string) {
		s := shapeOf(t, service, name)
		require.NotNil(t, s.Min)
		require.NotNil(t, s.Max)
		for name, value := range held {
			assert.Equal(t, fmt.Sprintf("%.0f to %.0f", *s.Min, *s.Max), value, name)
		}
	}
}

// mostOf says that a limit is the model's.
func mostOf(service, name string) comparison {
	return func(t *testing.T, held map[string]string) {
		s := shapeOf(t, service, name)
		require.NotNil(t, s.Max)
		for name, value := range held {
			assert.Equal(t, fmt.Sprintf("%.0f", *s.Max), value, name)
		}
	}
}

// mostIn says that the model's limit is among the values of a table.
func mostIn(service, name string) comparison {
	return func(t *testing.T, held map[string]string) {
		s := shapeOf(t, service, name)
		require.NotNil(t, s.Max)
		for name, value := range held {
			assert.Contains(t, strings.Split(value, ", "), fmt.Sprintf("%.0f", *s.Max), name)
		}
	}
}

// samePattern says that a pattern takes the samples that the model's takes.
func samePattern(service, name string, samples ...string) comparison {
	return func(t *testing.T, held map[string]string) {
		theirs := regexp.MustCompile("^(?:" + shapeOf(t, service, name).Pattern + ")$")
		for _, pattern := range held {
			ours := regexp.MustCompile(pattern)
			for _, s := range samples {
				assert.Equal(t, theirs.MatchString(s), ours.MatchString(s), "%q", s)
			}
		}
	}
}

// regionsMatch: the SDK's Regions have the form that the code knows.
func regionsMatch(t *testing.T, held map[string]string) {
	for name, pattern := range held {
		zone := ""
		if strings.Contains(pattern, "([a-z])$") {
			zone = "a"
		}
		r := regexp.MustCompile(pattern)
		for _, p := range sdkPartitions(t) {
			for region := range p.Regions {
				if strings.HasSuffix(region, "-global") {
					continue // of services without a Region
				}
				assert.Regexp(t, r, region+zone, name)
			}
		}
	}
}

type partition struct {
	Id      string
	Regions map[string]any
	Outputs struct{ DnsSuffix string }
}

func sdkPartitions(t *testing.T) []partition {
	t.Helper()
	var file struct{ Partitions []partition }
	readJSON(t, filepath.Join(venv(t), "botocore/data/partitions.json"), &file)
	require.NotEmpty(t, file.Partitions)
	return file.Partitions
}

// partitions: each Region of the SDK is in the partition where the code puts it.
func partitions(t *testing.T, _ map[string]string) {
	for _, p := range sdkPartitions(t) {
		assert.Equal(t, p.Outputs.DnsSuffix, endpoints.DnsSuffix(p.Id), p.Id)
		for region := range p.Regions {
			if !strings.HasSuffix(region, "-global") {
				assert.Equal(t, p.Id, endpoints.Partition(region), region)
			}
		}
	}
}

// oldRegions: every Region that the code calls old is one that the SDK knows.
func oldRegions(t *testing.T, _ map[string]string) {
	old := 0
	for _, p := range sdkPartitions(t) {
		for region := range p.Regions {
			if !strings.HasSuffix(region, "-global") && !endpoints.NeedsEcsEndpoints(region) {
				old++
			}
		}
	}
	assert.Equal(t, 35, old, "Regions that opened before 23 December 2023 and that the SDK knows")
}

// secretNames: the code takes what the model lets a user write, and "!".
func secretNames(t *testing.T, held map[string]string) {
	says("secretsmanager", "CreateSecretRequest", "Name", "ASCII letters, numbers, and the following characters: /_+=.@-")(t, held)
	for _, pattern := range held {
		assert.Regexp(t, pattern, "aZ09/_+=.@-!")
		assert.NotRegexp(t, pattern, "a*")
	}
}

func longestSecret(t *testing.T, held map[string]string) {
	most := shapeOf(t, "secretsmanager", "NameType").Max
	require.NotNil(t, most)
	for _, value := range held {
		assert.Equal(t, fmt.Sprint(int(*most)+len("-AbCdEf")), value)
	}
}

// arnNames: CheckArn takes names that hold every character of the models'.
func arnNames(t *testing.T, _ map[string]string) {
	for _, x := range []struct{ kind, service, shape, before, name, after string }{
		{"iam/role", "iam", "roleNameType", "arn:aws:iam::123456789012:role/", "aZ09_+=,.@-", ""},
		{"iam/policy", "iam", "policyNameType", "arn:aws:iam::123456789012:policy/", "aZ09_+=,.@-", ""},
		{"logs", "logs", "LogGroupName", "arn:aws:logs:us-east-1:123456789012:log-group:", "aZ09_/.#-", ":*"},
	} {
		s := shapeOf(t, x.service, x.shape)
		require.Regexp(t, "^(?:"+s.Pattern+")$", x.name)
		for r := rune(' '); r < 0x7f; r++ {
			if regexp.MustCompile("^(?:" + s.Pattern + ")$").MatchString(string(r)) {
				assert.Empty(t, taskplan.CheckArn("", x.kind, x.before+"a"+string(r)+"a"+x.after), "%s with %q", x.kind, r)
			}
		}
	}
}

// cfnLintSizes: the sizes are those of the rules of AWS's CloudFormation team,
// which are in the same environment.
func cfnLintSizes(t *testing.T, _ map[string]string) {
	files, err := filepath.Glob(filepath.Join(venv(t), "cfnlint/data/schemas/extensions/*/fargate_cpu_memory.json"))
	require.NoError(t, err)
	require.Len(t, files, 1, "cfn-lint has no rule of Fargate's sizes")
	type numbers struct {
		Then struct {
			Enum                         []any
			Minimum, Maximum, MultipleOf int
		}
	}
	var rule struct {
		Then struct {
			AnyOf []struct{ Properties struct{ Cpu, Memory numbers } }
		}
	}
	readJSON(t, files[0], &rule)
	require.Len(t, rule.Then.AnyOf, 8)
	for _, size := range rule.Then.AnyOf {
		require.Len(t, size.Properties.Cpu.Then.Enum, 1)
		var cpu int
		_, err := fmt.Sscan(fmt.Sprint(size.Properties.Cpu.Then.Enum[0]), &cpu)
		require.NoError(t, err)
		m := size.Properties.Memory.Then
		for mib := 512; mib <= 262144; mib += 512 {
			theirs := m.MultipleOf > 0 && mib >= m.Minimum && mib <= m.Maximum && mib%m.MultipleOf == 0 ||
				slices.ContainsFunc(m.Enum, func(v any) bool { return fmt.Sprint(v) == fmt.Sprint(mib) || v == float64(mib) })
			assert.Equal(t, theirs, len(taskplan.CheckFargateSize("", cpu, mib)) == 0, "cpu %d, memory %d", cpu, mib)
		}
	}
}

// instanceTypes: the model's instance types have the form that the code knows,
// but for those that no ECS host can be.
func instanceTypes(t *testing.T, held map[string]string) {
	form := regexp.MustCompile(held["ec2plan.instanceType"])
	enum := shapeOf(t, "ec2", "InstanceType").Enum
	require.Greater(t, len(enum), 800)
	for _, name := range enum {
		assert.Regexp(t, form, name)
	}
}

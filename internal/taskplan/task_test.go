package taskplan

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/need"
)

// full has every part, each under a path that no other task would use.
func full() Task {
	at := func(name, value string) fact.Text { return known(field.Join("sidecars[\"envoy\"]", name), value) }
	return Task{
		Container: Container{
			Name: "envoy", Image: Image{at("image", testImage)},
			Secrets: []Secret{{"A", at(`secrets["A"]`, testParam)}, {"B", at(`secrets["B"]`, testSecret)}},
			Log: Log{
				At: "sidecars[\"envoy\"].logDriver", Driver: fact.Known("awslogs"), StreamPrefix: "envoy",
				Group: at("group", "/ecs/app"), GroupArn: at("groupArn", testGroup), Region: at("region", "us-east-1"),
			},
		},
		Keys:    []Key{{at("kmsKeyArns[0]", testKey)}},
		Exec:    Exec{At: "sidecars[\"envoy\"].exec", On: fact.Known(true), KmsKey: fact.Known(true), Recorded: fact.Known(true), GroupArn: at("execLog", testGroup)},
		Launch:  Launch{At: "sidecars[\"envoy\"].launchType", Type: fact.Known(LaunchTypeEc2)},
		Connect: Connect{At: "sidecars[\"envoy\"].connect", On: fact.Known(true)},
	}
}

// TestASecretReadsThreeWays: one declaration is something to reach, a grant and
// a line of JSON.
func TestASecretReadsThreeWays(t *testing.T) {
	t.Parallel()
	task := full()
	needs := task.Needs(Place{Partition: "aws"})
	i := slices.IndexFunc(needs.Reaches, func(r need.Reach) bool { return r.At == `sidecars["envoy"].secrets["B"]` })
	if i < 0 {
		t.Fatalf("the secret reaches nothing: %v", needs.Reaches)
	}
	if r := needs.Reaches[i]; r.What != "reading the secret db" || !slices.Equal(r.To, []string{"secretsmanager"}) || r.Region != "us-east-1" {
		t.Errorf("%+v", r)
	}
	if policy := needs.Policy(need.Execution); !strings.Contains(policy, testSecret+"-??????") {
		t.Errorf("the role may not read the secret: %s", policy)
	}
	definition, err := task.ContainerDefinitions()
	if err != nil || !strings.Contains(definition, `{"name":"B","valueFrom":"`+testSecret+`"}`) {
		t.Errorf("ECS is not told of the secret: %s %v", definition, err)
	}
}

// TestPathsAreTheCallers: no part knows what the argument is called.
func TestPathsAreTheCallers(t *testing.T) {
	t.Parallel()
	const prefix = `sidecars["envoy"].`
	task := full()
	for _, r := range task.Needs(Place{}).Reaches {
		if !strings.HasPrefix(r.At, prefix) {
			t.Errorf("%s asks at %s", r.Rule, r.At)
		}
	}
	wrong := task.each(func(text fact.Text) fact.Text { text.Of = fact.Known("arn: wrong"); return text })
	faults := wrong.Check()
	if len(faults) != 5 { // the image, two secrets, a key and a log group
		t.Errorf("%v", faults)
	}
	for _, f := range faults {
		if !strings.HasPrefix(f.Path, prefix) {
			t.Errorf("a fault at %s", f.Path)
		}
	}
}

// TestWhatArrivesLater: unknown texts ask for nothing that they could not name,
// and once filled in the task is the same as one that was known at once.
func TestWhatArrivesLater(t *testing.T) {
	t.Parallel()
	whole := full()
	values := map[string]fact.Of[string]{}
	later := whole.each(func(text fact.Text) fact.Text {
		values[text.At] = text.Of
		return fact.Text{At: text.At}
	})
	place := Place{Partition: "aws"}
	if grants := later.Needs(place).Grants; len(grants) != 1 { // the channels of ECS Exec
		t.Errorf("granted before anything is known: %v", grants)
	}
	for _, r := range later.Needs(place).Reaches {
		if r.Unknown == "" && (strings.HasPrefix(r.Rule, "image") || strings.HasPrefix(r.Rule, "secret")) {
			t.Errorf("%+v", r)
		}
	}
	if diff := cmp.Diff(whole.Needs(place), later.Fill(values).Needs(place)); diff != "" {
		t.Errorf("(-known +filled)\n%s", diff)
	}
	if len(later.Check()) > 0 {
		t.Error("what is not known is not wrong")
	}
}

// TestSecretValuesStayOut: faults about a value that is marked secret hold
// nothing of it, and an open task nothing at all.
func TestSecretValuesStayOut(t *testing.T) {
	t.Parallel()
	hidden := full().each(func(text fact.Text) fact.Text {
		text.Of = fact.Secret("arn:aws:hunter2:us-east-1:123456789012:x")
		return text
	})
	if text := hidden.Check().Error(); text == "" || strings.Contains(text, "hunter2") {
		t.Error(text)
	}
	for _, r := range hidden.Open().Needs(Place{}).Reaches {
		if strings.Contains(r.What, "hunter2") || strings.HasPrefix(r.Rule, "secret") && r.Unknown == "" {
			t.Errorf("%+v", r)
		}
	}
}

// TestChecksTakeTheirPath: what is in another argument is found there.
func TestChecksTakeTheirPath(t *testing.T) {
	t.Parallel()
	const at = `sidecars["envoy"]`
	number := func(n int) *int { return &n }
	var faults field.Faults
	for _, found := range []field.Faults{
		CheckFargateSize(at, 3, 512), CheckFargateSize(at, 256, 3), CheckHostSize(at, number(-1), number(1)),
		CheckHostPort(at, "bridge", nil, number(1)), CheckHostPort(at, "host", number(22), nil),
		CheckEnvironment(at, map[string]string{"": ""}, map[string]string{"a=b": ""}), CheckDeployment(at, -1, 1, 1), CheckDeployment(at, 100, 100, 1),
	} {
		faults = append(faults, found...)
	}
	if len(faults) != 11 {
		t.Errorf("%d faults: %v", len(faults), faults)
	}
	for _, f := range faults {
		if !strings.HasPrefix(f.Path, at) {
			t.Errorf("%v", f)
		}
	}
}

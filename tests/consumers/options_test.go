package consumers_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A component under another name or another parent keeps what it made, when its
// alias says what it was.
func TestAliasesKeepEverything(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.typeScript(t, "renamed")
	d.config(t, "step", "first")
	d.up(t)

	d.config(t, "step", "renamed")
	for _, s := range d.plan(t) {
		require.Contains(t, []string{"same", "update"}, s.Op, "%s", s.URN)
	}
	before := ids(d.aws(t))
	d.up(t)
	require.Equal(t, before, ids(d.aws(t)))

	d.config(t, "step", "moved")
	for _, s := range d.plan(t) {
		if strings.HasPrefix(s.typ(), "consumers:") {
			continue // the new parents
		}
		require.Equal(t, "same", s.Op, "%s", s.URN)
	}
	d.up(t)
	require.Equal(t, before, ids(d.aws(t)))
	d.destroy(t)
}

func TestProtectReachesEveryChild(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.typeScript(t, "options")
	d.config(t, "step", "protect")
	d.up(t)
	for _, r := range d.aws(t) {
		require.True(t, r.Protect, "%s is not protected", r.URN)
	}
	before := w.Inventory(region)
	text, code := d.try(t, "destroy", "--yes", "--skip-preview")
	require.NotZero(t, code, "the protected stack was destroyed\n%s", text)
	require.Contains(t, text, "protected")
	require.Empty(t, w.Inventory(region).Diff(before), "something is gone")

	d.config(t, "step", "plain")
	d.up(t)
	d.destroy(t)
}

// An explicit provider, in each form that a program can hand it down, decides
// where everything lies and where everything is looked up.
func TestProviderReachesEveryChildAndLookUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	here, there := w.Inventory(region), w.Inventory(otherRegion)
	d := w.typeScript(t, "options")
	d.config(t, "step", "provider")
	d.up(t)
	requireRegion(t, d, otherRegion)
	for _, r := range d.aws(t) {
		require.Contains(t, r.Provider, "pulumi:providers:aws::eu::", "%s", r.URN)
	}
	// IAM knows no Region: roles show in every one.
	for _, r := range w.Inventory(region).Since(here) {
		require.Equal(t, "IAM role", r.Kind(), "%s lies in %s", r, region)
	}
	d.destroy(t)
	require.Empty(t, w.Inventory(otherRegion).Diff(there))
}

func TestRegionOfTheStacksConfiguration(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.typeScript(t, "options")
	d.config(t, "step", "plain")
	d.config(t, "aws:region", otherRegion)
	d.up(t)
	requireRegion(t, d, otherRegion)
	d.destroy(t)
}

// requireRegion checks that everything of a system lies in a Region and speaks
// of no other.
func requireRegion(t *testing.T, d *deployment, want string) {
	t.Helper()
	inv := d.world.Inventory(want)
	require.Len(t, inv.Endpoints, 7)
	for _, e := range inv.Endpoints {
		require.True(t, strings.HasPrefix(e.Service, "com.amazonaws."+want+"."), "%s", e)
	}
	require.Len(t, inv.Clusters, 1)
	require.Len(t, inv.Services, 1)
	// What look-ups brought stands in the arguments: zones, ARNs, policies.
	unwanted := map[string]string{region: otherRegion, otherRegion: region}[want]
	for _, r := range d.aws(t) {
		require.NotContains(t, string(r.RawInputs), unwanted, "%s", r.URN)
	}
}

// A transform adds a tag to every child that takes tags.
func TestTransformOfAComponentReachesEveryChild(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.typeScript(t, "options")
	d.config(t, "step", "transforms")
	requireTagged(t, d)
}

// The same for the whole stack, in Python: TypeScript's way to say it asks for
// a newer language host than the one that the tests build.
func TestTransformOfTheStackReachesEveryChild(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	requireTagged(t, w.python(t, "transforms"))
}

func requireTagged(t *testing.T, d *deployment) {
	t.Helper()
	d.up(t)
	count := 0
	for _, r := range d.aws(t) {
		if tags, ok := r.Inputs["tags"].(map[string]any); ok {
			count++
			require.Equal(t, "payments", tags["team"], "%s", r.URN)
		}
	}
	require.Greater(t, count, 20)
	d.must(t, "preview", "--expect-no-changes")
	d.destroy(t)
}

// On a component ignoreChanges has no effect, as Pulumi documents; a transform
// sets it on the child.
func TestIgnoreChanges(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.typeScript(t, "options")
	d.config(t, "step", "plain")
	d.up(t)
	d.config(t, "desiredCount", "5")
	changed := func() (list []string) {
		for _, s := range d.plan(t) {
			if s.Op != "same" {
				list = append(list, s.Op+" "+s.typ())
			}
		}
		return list
	}
	d.config(t, "step", "ignoreChanges")
	require.Equal(t, []string{"update aws:ecs/service:Service"}, changed())
	d.config(t, "step", "transform ignores")
	require.Empty(t, changed())
	d.destroy(t)
}

// What depends on a component is made after all its children and deleted before
// any of them.
func TestDependsOnWaitsForEveryChild(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.typeScript(t, "options")
	log := filepath.Join(t.TempDir(), "requests")
	d.Extra = append(d.Extra, "ECSNET_STANDIN_LOG="+log)
	d.config(t, "step", "dependsOn")
	d.up(t)
	order := func(prefix string) (first, second []int) {
		for i, r := range readRequests(t, log) {
			if !strings.HasPrefix(r.Operation, prefix) {
				continue
			}
			if strings.HasSuffix(r.URN, "::second") || strings.Contains(r.URN, "::second-") {
				second = append(second, i)
			} else {
				first = append(first, i)
			}
		}
		return first, second
	}
	first, second := order("Create")
	require.NotEmpty(t, first)
	require.NotEmpty(t, second)
	require.Less(t, slices.Max(first), slices.Min(second), "children of the dependent were made too early")
	d.destroy(t)
	first, second = order("Delete")
	require.Less(t, slices.Max(second), slices.Min(first), "children of the dependent were deleted too late")
}

func TestRetainOnDelete(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.typeScript(t, "options")
	d.config(t, "step", "retainOnDelete")
	d.up(t)
	before := w.Inventory(region)
	d.config(t, "step", "nothing")
	d.up(t)
	require.Empty(t, d.aws(t))
	require.Empty(t, w.Inventory(region).Diff(before), "what was to be kept is gone")
}

// A provider whose Region is not known at preview cannot be asked for zones.
func TestRegionThatIsNotKnownAtPreview(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.typeScript(t, "options")
	d.config(t, "step", "late region")
	text, code := d.try(t, "preview")
	require.NotZero(t, code, text)
	requireFaults(t, badInput{"late region", [][]string{
		{"availabilityZones: cannot be looked up at preview", `list the zones, such as ["us-east-1a", "us-east-1b"]`},
	}}, text)

	d.config(t, "step", "late region, zones")
	d.preview(t)
	d.up(t)
	d.must(t, "preview", "--expect-no-changes")
	for _, r := range d.aws(t) {
		if !strings.Contains(r.URN, "::first") {
			require.Contains(t, r.Provider, "::late::", "%s", r.URN)
		}
	}
	requireArns(t, d)
	d.destroy(t)
}

const optionsInYaml = `
resources:
  eu:
    type: pulumi:providers:aws
    properties: {region: eu-west-1}
    options: {version: 6.83.2}
  net:
    type: ecsnet:IsolatedVpc
    options: {provider: "${eu}", protect: true}
  apps:
    type: ecsnet:EcsCluster
    options: {providers: ["${eu}"], protect: true, dependsOn: ["${net}"]}
  # What is known of it only later, as from another stack.
  shared:
    type: ecsnet:Network
    properties:
      vpcId: ${net.vpcId}
      subnetIds: ${net.subnetIds}
      egress: None
      endpointServices: ${net.endpointServices}
      endpointSecurityGroupId: ${net.endpointSecurityGroupId}
      s3PrefixListId: ${net.s3PrefixListId}
    options: {protect: true}
  api:
    type: ecsnet:FargatePrivateService
    properties:
      network: ${shared}
      clusterArn: ${apps.clusterArn}
      image: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1
    options: {providers: ["${eu}"], protect: true}
`

// The options of YAML programs reach the children too, and a service finds its
// network where nothing of it is known at preview but that it has no way out.
func TestOptionsInYaml(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	there := w.Inventory(otherRegion)
	d := w.yaml(t, "options", optionsInYaml)
	d.preview(t)
	d.up(t)
	d.must(t, "preview", "--expect-no-changes")
	requireRegion(t, d, otherRegion)
	for _, r := range d.aws(t) {
		require.Contains(t, r.Provider, "pulumi:providers:aws::eu::", "%s", r.URN)
		require.True(t, r.Protect, "%s is not protected", r.URN)
		if cidr, ok := r.Inputs["cidrIpv4"].(string); ok {
			require.NotEqual(t, "0.0.0.0/0", cidr, "%s", r.URN)
		}
	}
	d.pulumi(t, "state", "unprotect", "--all", "--yes", "--stack", d.Name)
	d.destroy(t)
	require.Empty(t, w.Inventory(otherRegion).Diff(there))
}

// requireArns checks that no look-up that had no answer at preview left a hole
// in an ARN.
func requireArns(t *testing.T, d *deployment) {
	t.Helper()
	for _, r := range d.aws(t) {
		require.NotRegexp(t, `arn::|:(ecs|logs|ecr|ssm)::|aws:SourceAccount\W+"\\?"`, string(r.RawInputs), "%s", r.URN)
	}
}

func ids(list []state) []string {
	var ids []string
	for _, r := range list {
		ids = append(ids, r.Type+" "+r.ID)
	}
	slices.Sort(ids)
	return ids
}

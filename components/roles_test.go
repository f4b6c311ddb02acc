package components

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// roleGuard says who may assume a role, and under which conditions.
type roleGuard struct {
	service string
	// conditions are those of the trust policy, as "OPERATOR KEY VALUE".
	conditions []string
	// unguarded says why there are none.
	unguarded string
}

// ofEcsTasks is the guard of the roles of tasks: tasks of this account in this
// Region have them, and nobody can make ECS use them for another.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
var ofEcsTasks = roleGuard{service: "ecs-tasks.amazonaws.com", conditions: []string{
	"ArnLike aws:SourceArn arn:aws:ecs:us-east-1:" + mockAccount + ":*", "StringEquals aws:SourceAccount " + mockAccount,
}}

// ofFlowLogs is the guard of the roles of flow logs.
// https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
var ofFlowLogs = roleGuard{service: "vpc-flow-logs.amazonaws.com", conditions: []string{
	"ArnLike aws:SourceArn arn:aws:ec2:us-east-1:" + mockAccount + ":vpc-flow-log/*", "StringEquals aws:SourceAccount " + mockAccount,
}}

// guards are the guards of all roles: a role without a row is one that nobody
// has thought about.
var guards = map[string]roleGuard{
	"EcsCluster NAME-execution":            ofEcsTasks,
	"FargatePrivateService NAME-execution": ofEcsTasks,
	"FargatePrivateService NAME-task":      ofEcsTasks,
	"FargatePublicService NAME-execution":  ofEcsTasks,
	"FargatePublicService NAME-task":       ofEcsTasks,
	"Ec2Service NAME-execution":            ofEcsTasks,
	"Ec2Service NAME-task":                 ofEcsTasks,
	"IsolatedVpc NAME-flow-logs":           ofFlowLogs,
	"NatNetwork NAME-flow-logs":            ofFlowLogs,
	"PublicNetwork NAME-flow-logs":         ofFlowLogs,
	"Ec2Capacity NAME-host": {service: "ec2.amazonaws.com",
		unguarded: "EC2 hands a role only to instances of the role's own account, and documents no condition on the source"},
}

// document is a policy, of either kind.
type document struct {
	Version   string
	Statement []struct {
		Sid, Effect      string
		Principal        map[string]string
		Action, Resource []string
		Condition        map[string]map[string]any
	}
}

func documentOf(t *testing.T, text string) (d document) {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields() // such as NotAction
	if err := decoder.Decode(&d); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return d
}

// conditions are a statement's conditions as "OPERATOR KEY VALUE", sorted.
func conditions(all map[string]map[string]any) (list []string) {
	for operator, keys := range all {
		for key, value := range keys {
			list = append(list, fmt.Sprint(operator, " ", key, " ", value))
		}
	}
	slices.Sort(list)
	return list
}

// roleOf is a role's row in the tables.
func roleOf(n *node) string {
	typ, _ := component(n)
	return typ + " NAME-" + role(n)
}

// TestRolesAreGuarded: nobody can assume a role but whom its row in guards
// names.
func TestRolesAreGuarded(t *testing.T) {
	t.Parallel()
	found := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(programs)) {
		for _, n := range mustRun(t, programs[name]).ofType("aws:iam/role:Role") {
			found[roleOf(n)] = true
			want, known := guards[roleOf(n)]
			if !known {
				t.Errorf("%s: guards (roles_test.go) does not say who may assume the role %s", name, roleOf(n))
				continue
			}
			trust := documentOf(t, n.inputs["assumeRolePolicy"].StringValue())
			if len(trust.Statement) != 1 {
				t.Errorf("%s: %s has %d statements about who may assume it", name, n.name, len(trust.Statement))
				continue
			}
			s := trust.Statement[0]
			if s.Effect != "Allow" || !maps.Equal(s.Principal, map[string]string{"Service": want.service}) || !slices.Equal(s.Action, []string{"sts:AssumeRole"}) {
				t.Errorf("%s: %s can be assumed by %v: %s", name, n.name, s.Principal, n.inputs["assumeRolePolicy"].StringValue())
			}
			if got := conditions(s.Condition); !slices.Equal(got, want.conditions) {
				t.Errorf("%s: %s is guarded by %v, want %v", name, n.name, got, want.conditions)
			}
		}
	}
	for row, g := range guards {
		if !found[row] {
			t.Errorf("no program has the role %s", row)
		}
		if (len(g.conditions) == 0) == (g.unguarded == "") {
			t.Errorf("%s needs either conditions or a reason why it has none", row)
		}
	}
}

// TestRoles holds who may assume each role and what each may do, in any of the
// programs.
func TestRoles(t *testing.T) {
	t.Parallel()
	may := map[string]map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(programs)) {
		g := mustRun(t, programs[name])
		for _, r := range g.ofType("aws:iam/role:Role") {
			row := roleOf(r)
			if may[row] == nil {
				may[row] = map[string]bool{}
			}
			for _, elsewhere := range []resource.PropertyKey{"inlinePolicies", "managedPolicyArns"} {
				if r.inputs.HasValue(elsewhere) {
					t.Errorf("%s: %s has %s: give it resources of their own, which this table reads", name, r.name, elsewhere)
				}
			}
			add := func(policy string) {
				for _, text := range statements(t, r, policy) {
					may[row][text] = true
				}
			}
			add(r.inputs["assumeRolePolicy"].StringValue())
			if b := r.inputs["permissionsBoundary"]; b.IsString() {
				may[row]["  at most what the permissions boundary of the user's allows\n"] = true
			}
			for _, p := range g.sorted() {
				if p.parent != r.parent || show(p.inputs["role"]) != r.name+"-1234567" {
					continue
				}
				switch p.typ {
				case "aws:iam/rolePolicy:RolePolicy":
					add(p.inputs["policy"].StringValue())
				case "aws:iam/rolePolicyAttachment:RolePolicyAttachment":
					may[row]["  Allow what the policy says\n    "+p.inputs["policyArn"].StringValue()+"\n"] = true
				case "aws:iam/instanceProfile:InstanceProfile":
				default:
					t.Errorf("%s: %s %s is about the role %s, and the table does not know how", name, p.typ, p.name, r.name)
				}
			}
		}
	}
	var b strings.Builder
	for _, row := range slices.Sorted(maps.Keys(may)) {
		fmt.Fprintf(&b, "%s\n", row)
		for _, text := range slices.Sorted(maps.Keys(may[row])) {
			b.WriteString(text)
		}
		b.WriteString("\n")
	}
	const file = "testdata/roles.golden"
	if *update {
		if os.Getenv("CI") != "" {
			t.Fatal("golden files are not written in CI")
		}
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Errorf("what roles may do changed; if that is wanted, run: go test ./components -run TestRoles -update\n(-want +got)\n%s", diff)
	}
}

// statements are those of a role's policy, as the table writes them, with NAME
// for the component's name.
func statements(t *testing.T, r *node, policy string) (list []string) {
	t.Helper()
	_, name := component(r)
	named := strings.NewReplacer(":"+name+"-", ":NAME-", "/"+name+"-", "/NAME-")
	for _, s := range documentOf(t, policy).Statement {
		var b strings.Builder
		fmt.Fprintf(&b, "  %s %s\n", s.Effect, strings.Join(s.Action, " "))
		for _, who := range slices.Sorted(maps.Values(s.Principal)) {
			fmt.Fprintf(&b, "    to %s\n", who)
		}
		for _, resource := range s.Resource {
			fmt.Fprintf(&b, "    on %s\n", named.Replace(resource))
		}
		for _, condition := range conditions(s.Condition) {
			fmt.Fprintf(&b, "    if %s\n", condition)
		}
		list = append(list, b.String())
	}
	return list
}

package taskplan

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/need"
)

func TestTrustPolicies(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ got, want string }{
		{
			TrustPolicy("aws-us-gov", "us-gov-west-1", "123456789012"),
			`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":["sts:AssumeRole"],"Condition":{"ArnLike":{"aws:SourceArn":"arn:aws-us-gov:ecs:us-gov-west-1:123456789012:*"},"StringEquals":{"aws:SourceAccount":"123456789012"}}}]}`,
		},
		{
			FlowLogsTrust("123456789012", "aws", "us-east-1"),
			`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"vpc-flow-logs.amazonaws.com"},"Action":["sts:AssumeRole"],"Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:ec2:us-east-1:123456789012:vpc-flow-log/*"},"StringEquals":{"aws:SourceAccount":"123456789012"}}}]}`,
		},
	} {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
}

const (
	testImage  = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:1"
	testGroup  = "arn:aws:logs:us-east-1:123456789012:log-group:/ecs/app"
	testSecret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db"
	testParam  = "arn:aws:ssm:us-east-1:123456789012:parameter/key"
	testKey    = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
)

// granted is what a task asks leave for.
type granted struct {
	Image, LogGroupArn     string
	SecretArns, KmsKeyArns []string
	// exec says whether ECS Exec is on, and is recorded in execLog.
	exec    bool
	execLog string
}

func (g granted) task() Task {
	t := Task{
		Container: Container{Image: Image{known("image", g.Image)}, Log: Log{Driver: fact.Known("awslogs")}},
		Exec:      Exec{On: fact.Known(g.exec)},
		Launch:    Launch{Type: fact.Known(LaunchTypeFargate)},
	}
	if g.LogGroupArn != "" {
		t.Log.GroupArn = known("", g.LogGroupArn)
	}
	if g.execLog != "" {
		t.Exec.GroupArn = known("executeCommandLogGroupArn", g.execLog)
	}
	for i, arn := range g.SecretArns {
		t.Secrets = append(t.Secrets, Secret{strconv.Itoa(i), known(field.Index("secrets", i), arn)})
	}
	for i, arn := range g.KmsKeyArns {
		t.Keys = append(t.Keys, Key{known(field.Index("kmsKeyArns", i), arn)})
	}
	return t
}

func known(at, value string) fact.Text { return fact.Text{At: at, Of: fact.Known(value)} }

// policy is what the role of such a task may do.
func (g granted) policy(to need.Role) (string, error) {
	if g.Image == "" {
		g.Image = "busybox"
	}
	return g.task().Policy(to, Place{Partition: "aws"})
}

func execPolicy(logGroupArn string) string {
	text, err := granted{exec: true, execLog: logGroupArn}.policy(need.Task)
	if err != nil {
		return err.Error()
	}
	return text
}

func TestExecutionPolicy(t *testing.T) {
	t.Parallel()
	full := granted{
		Image: testImage, LogGroupArn: testGroup,
		SecretArns: []string{testSecret + ":password::", testSecret + ":user::", testParam, testSecret + "-AbCdEf"},
		KmsKeyArns: []string{testKey, testKey},
	}
	for name, tt := range map[string]struct {
		grants granted
		want   string
	}{
		"all": {full, `{"Version":"2012-10-17","Statement":[` +
			`{"Sid":"EcrLogin","Effect":"Allow","Action":["ecr:GetAuthorizationToken"],"Resource":["*"]},` +
			`{"Sid":"EcrPull","Effect":"Allow","Action":["ecr:BatchCheckLayerAvailability","ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"],"Resource":["arn:aws:ecr:eu-west-1:123456789012:repository/team/app"]},` +
			`{"Sid":"Logs","Effect":"Allow","Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":["` + testGroup + `:*"]},` +
			`{"Sid":"Secrets","Effect":"Allow","Action":["secretsmanager:GetSecretValue"],"Resource":["` + testSecret + `-??????","` + testSecret + `-AbCdEf"]},` +
			`{"Sid":"Parameters","Effect":"Allow","Action":["ssm:GetParameters"],"Resource":["` + testParam + `"]},` +
			`{"Sid":"Keys","Effect":"Allow","Action":["kms:Decrypt"],"Resource":["` + testKey + `"]}]}`},
		"logs only": {granted{Image: "busybox", LogGroupArn: testGroup + ":*"},
			`{"Version":"2012-10-17","Statement":[{"Sid":"Logs","Effect":"Allow","Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":["` + testGroup + `:*"]}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := tt.grants.policy(need.Execution)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			valid(t, got)
		})
	}
	// The order in which secrets are given is the order of a map somewhere.
	turned := full
	turned.SecretArns = []string{testSecret + "-AbCdEf", testParam, testSecret + ":user::"}
	a, _ := full.policy(need.Execution)
	if b, _ := turned.policy(need.Execution); a != b {
		t.Errorf("the order of the secrets changes the policy\n%s", cmp.Diff(a, b))
	}
}

func TestExecutionPolicyRefuses(t *testing.T) {
	t.Parallel()
	for name, grants := range map[string]granted{
		"a secret's name": {SecretArns: []string{"db"}},
		"every secret":    {SecretArns: []string{"arn:aws:secretsmanager:us-east-1:123456789012:secret:*"}},
		"every key":       {KmsKeyArns: []string{"*"}},
		"an alias":        {KmsKeyArns: []string{"arn:aws:kms:us-east-1:123456789012:alias/x"}},
	} {
		if got, err := grants.policy(need.Execution); err == nil {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestNothingToGrant: a role that needs nothing gets no policy.
func TestNothingToGrant(t *testing.T) {
	t.Parallel()
	for _, role := range []need.Role{need.Execution, need.Task} {
		if got, err := (granted{}).policy(role); got != "" || err != nil {
			t.Errorf("%s: %s, %v", role, got, err)
		}
	}
}

// TestWildcards holds where a resource is "*" or ends in a wildcard, and that
// it is nowhere else.
func TestWildcards(t *testing.T) {
	t.Parallel()
	execution, err := granted{
		Image: testImage, LogGroupArn: testGroup, SecretArns: []string{testSecret + "-AbCdEf", testParam}, KmsKeyArns: []string{testKey},
	}.policy(need.Execution)
	if err != nil {
		t.Fatal(err)
	}
	allowed := map[string]string{
		"ecr:GetAuthorizationToken":        "*",
		"ssmmessages:CreateControlChannel": "*",
		"logs:DescribeLogGroups":           "*",
		"logs:CreateLogStream":             testGroup + ":*",
	}
	for _, text := range []string{execution, execPolicy(""), execPolicy(testGroup), LogsPolicyForFlowLogs(testGroup)} {
		for _, s := range valid(t, text)["Statement"].([]any) {
			statement := s.(map[string]any)
			actions := statement["Action"].([]any)
			for _, r := range statement["Resource"].([]any) {
				if resource := r.(string); strings.Contains(resource, "*") && allowed[actions[0].(string)] != resource {
					t.Errorf("%v on %s", actions, resource)
				}
			}
			for _, a := range actions {
				if strings.Contains(a.(string), "*") {
					t.Errorf("the action %s is a wildcard", a)
				}
			}
		}
	}
}

func TestExecPolicies(t *testing.T) {
	t.Parallel()
	const exec = `{"Sid":"EcsExec","Effect":"Allow","Action":["ssmmessages:CreateControlChannel","ssmmessages:CreateDataChannel","ssmmessages:OpenControlChannel","ssmmessages:OpenDataChannel"],"Resource":["*"]}`
	want := `{"Version":"2012-10-17","Statement":[` + exec + `]}`
	if diff := cmp.Diff(want, execPolicy("")); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	want = `{"Version":"2012-10-17","Statement":[` + exec + `,{"Sid":"EcsExecLogGroups","Effect":"Allow","Action":["logs:DescribeLogGroups"],"Resource":["*"]},{"Sid":"EcsExecLog","Effect":"Allow","Action":["logs:CreateLogStream","logs:DescribeLogStreams","logs:PutLogEvents"],"Resource":["` + testGroup + `","` + testGroup + `:*"]}]}`
	if diff := cmp.Diff(want, execPolicy(testGroup+":*")); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestActionsWithoutResources: an action that knows no resource is allowed on
// "*" or on nothing at all, and shares its statement with none that knows one.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
func TestActionsWithoutResources(t *testing.T) {
	t.Parallel()
	without := []string{
		"ecr:GetAuthorizationToken", "ecs:DiscoverPollEndpoint", "logs:DescribeLogGroups",
		"ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel",
	}
	execution, err := granted{Image: testImage, LogGroupArn: testGroup, SecretArns: []string{testSecret}}.policy(need.Execution)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, text := range []string{execution, execPolicy(testGroup), LogsPolicyForFlowLogs(testGroup), HostPolicy("aws", "us-east-1", "123456789012", "prod")} {
		for _, s := range valid(t, text)["Statement"].([]any) {
			statement := s.(map[string]any)
			all := len(statement["Resource"].([]any)) == 1 && statement["Resource"].([]any)[0] == "*"
			for _, action := range statement["Action"].([]any) {
				none := slices.Contains(without, action.(string))
				if none != all {
					t.Errorf("%s on %v", action, statement["Resource"])
				}
				seen[action.(string)] = seen[action.(string)] || none
			}
		}
	}
	for _, action := range without {
		if !seen[action] {
			t.Errorf("no policy has %s: the test proves nothing of it", action)
		}
	}
}

func TestFlowLogsPolicy(t *testing.T) {
	t.Parallel()
	want := `{"Version":"2012-10-17","Statement":[{"Sid":"FlowLogs","Effect":"Allow","Action":["logs:CreateLogStream","logs:DescribeLogStreams","logs:PutLogEvents"],"Resource":["` + testGroup + `","` + testGroup + `:*"]}]}`
	for _, arn := range []string{testGroup, testGroup + ":*"} {
		if diff := cmp.Diff(want, LogsPolicyForFlowLogs(arn)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
}

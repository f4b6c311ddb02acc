package endpoints

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/words"
)

// systemsManager are the two services that "systemsmanager" may mean, which
// stands in the text of a widespread AWS pattern and is no service.
var systemsManager = []string{"ssm", "ssmmessages"}

// otherNames are what people call a service whose endpoint has another name:
// the name in the console, in an SDK or in IAM.
var otherNames = map[string][]string{
	"systemsmanager":         systemsManager,
	"systems-manager":        systemsManager,
	"parameterstore":         {"ssm"},
	"parameter-store":        {"ssm"},
	"secrets":                {"secretsmanager"},
	"secrets-manager":        {"secretsmanager"},
	"cloudwatch":             {"monitoring", "logs"},
	"cloudwatchlogs":         {"logs"},
	"cloudwatch-logs":        {"logs"},
	"ecr":                    {"ecr.api", "ecr.dkr"},
	"ecr-api":                {"ecr.api"},
	"ecr-dkr":                {"ecr.dkr"},
	"dkr":                    {"ecr.dkr"},
	"docker":                 {"ecr.dkr"},
	"kinesis":                {"kinesis-streams"},
	"firehose":               {"kinesis-firehose"},
	"stepfunctions":          {"states"},
	"step-functions":         {"states"},
	"sfn":                    {"states"},
	"eventbridge":            {"events"},
	"api-gateway":            {"execute-api", "apigateway"},
	"ses":                    {"email", "email-smtp"},
	"sesv2":                  {"email"},
	"smtp":                   {"email-smtp"},
	"efs":                    {"elasticfilesystem"},
	"emr":                    {"elasticmapreduce"},
	"elb":                    {"elasticloadbalancing"},
	"alb":                    {"elasticloadbalancing"},
	"memorydb":               {"memory-db"},
	"keyspaces":              {"cassandra"},
	"cloudmap":               {"servicediscovery"},
	"cloud-map":              {"servicediscovery"},
	"prometheus":             {"aps-workspaces", "aps"},
	"appsync":                {"appsync-api"},
	"bedrockruntime":         {"bedrock-runtime"},
	"sagemaker":              {"sagemaker.api", "sagemaker.runtime"},
	"sagemaker-runtime":      {"sagemaker.runtime"},
	"codeartifact":           {"codeartifact.api", "codeartifact.repositories"},
	"msk":                    {"kafka"},
	"waf":                    {"wafv2"},
	"inspector":              {"inspector2"},
	"iot":                    {"iot.data", "iot.api"},
	"macie":                  {"macie2"},
	"x-ray":                  {"xray"},
	"service-connect":        {"ecs-agent"},
	"exec":                   {"ssmmessages"},
	"ecs-exec":               {"ssmmessages"},
	"ecsagent":               {"ecs-agent"},
	"ecstelemetry":           {"ecs-telemetry"},
	"application-autoscaler": {"application-autoscaling"},
}

// suggest returns the services that a wrong name may mean, the likeliest
// first, three at most.
func suggest(name string) []string {
	name = bare(strings.ToLower(strings.TrimSpace(name)))
	if known, ok := otherNames[name]; ok {
		return known
	}
	type candidate struct {
		service string
		edits   int
	}
	var near []candidate
	// One edit in three letters: more than that is another word.
	limit := min(2, len(name)/3)
	for _, service := range slices.Sorted(maps.Keys(services)) {
		if n := words.Edits(name, service); n <= limit {
			near = append(near, candidate{service, n})
		}
	}
	slices.SortStableFunc(near, func(a, b candidate) int { return cmp.Compare(a.edits, b.edits) })
	var found []string
	for _, c := range near[:min(3, len(near))] {
		if c.edits == near[0].edits {
			found = append(found, c.service)
		}
	}
	return found
}

package cloud

import (
	"context"
	"regexp"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
)

const logsAPI = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_"

var _ = addRules(map[string]rule{
	"CloudWatch Logs.CreateLogGroup":     {before: before(checkLogGroup), source: logsAPI + "CreateLogGroup.html"},
	"CloudWatch Logs.PutRetentionPolicy": {before: before(checkRetention), source: logsAPI + "PutRetentionPolicy.html"},
	// The emulator answers these two with status 500; better to say why.
	"CloudWatch Logs.AssociateKmsKey":    {before: noKeyChange, source: logsAPI + "AssociateKmsKey.html"},
	"CloudWatch Logs.DisassociateKmsKey": {before: noKeyChange, source: logsAPI + "DisassociateKmsKey.html"},
})

func noKeyChange(context.Context, *Cloud, any) error {
	return notLocally("another KMS key for a log group that exists")
}

var logGroupName = regexp.MustCompile(`^[.\-_/#A-Za-z0-9]{1,512}$`)

func checkLogGroup(_ context.Context, _ *Cloud, in *cloudwatchlogs.CreateLogGroupInput) error {
	name := aws.ToString(in.LogGroupName)
	if !logGroupName.MatchString(name) {
		return invalidParameter("1 validation error detected: Value '%s' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+", name)
	}
	if strings.HasPrefix(name, "aws/") {
		return invalidParameter("Log groups starting with aws/ are reserved for AWS.")
	}
	return nil
}

// retentions are the days that CloudWatch Logs keeps events for.
var retentions = []int32{
	1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
}

func checkRetention(_ context.Context, _ *Cloud, in *cloudwatchlogs.PutRetentionPolicyInput) error {
	if days := aws.ToInt32(in.RetentionInDays); !contains(retentions, days) {
		return invalidParameter("1 validation error detected: Value '%d' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: %v", days, retentions)
	}
	return nil
}

package standin

// The documentation that the tables are written from. A page of the Pulumi
// registry marks each input whose change triggers replacement, and lists
// required inputs, defaults and outputs.
const (
	registry = "https://www.pulumi.com/registry/packages/aws/api-docs/"
	ec2API   = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_"
	ecsAPI   = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_"
	iamAPI   = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_"
	logsAPI  = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_"
)

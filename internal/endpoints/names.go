package endpoints

import (
	"regexp"
	"slices"
	"strings"
)

// Where the name of a service's endpoint does not begin with com.amazonaws. and
// its region: the prefix that AWS's other partitions have, and the services
// that have it. The others have com.amazonaws. there too.
//
// Sources: https://docs.amazonaws.cn/en_us/vpc/latest/privatelink/aws-services-privatelink-support.html
// and, for the regions whose documentation is not public, the table in the AWS
// CDK (aws-ec2, vpc-endpoint.ts), which holds what DescribeVpcEndpointServices
// answered there; read in November 2026.
var regionalPrefixes = map[string]struct {
	prefix   string
	services []string
}{
	"cn-north-1":     {"cn.com.amazonaws.", chinaServices("iotsitewise.api", "iotsitewise.data")},
	"cn-northwest-1": {"cn.com.amazonaws.", chinaServices("account", "polly", "workspaces")},
	"eusc-de-east-1": {"eu.amazonaws.", []string{"ecr.api", "ecr.dkr", "execute-api", "securityhub"}},
	"us-iso-east-1": {"gov.ic.c2s.", []string{
		"application-autoscaling", "athena", "autoscaling", "comprehend", "ebs", "ec2", "ecr.api", "ecr.dkr", "elasticfilesystem",
		"elasticfilesystem-fips", "execute-api", "sagemaker.api", "sagemaker.runtime", "sns", "sqs", "textract", "textract-fips",
		"transcribe", "workspaces",
	}},
	"us-iso-west-1": {"gov.ic.c2s.", []string{
		"autoscaling", "ebs", "ec2", "ecr.api", "ecr.dkr", "elasticfilesystem", "elasticfilesystem-fips", "execute-api",
		"monitoring", "sns", "sqs", "workspaces",
	}},
	"us-isob-east-1": {"gov.sgov.sc2s.", []string{
		"application-autoscaling", "autoscaling", "ebs", "ec2", "ecr.api", "ecr.dkr", "elasticfilesystem", "elasticfilesystem-fips",
		"execute-api", "sagemaker.api", "sagemaker.runtime", "sns", "sqs", "workspaces",
	}},
	"us-isob-west-1":  {"gov.sgov.sc2s.", []string{"ecr.api", "ecr.dkr", "elasticfilesystem-fips", "execute-api"}},
	"us-isof-east-1":  {"gov.ic.hci.csp.", []string{"ebs", "ecr.api", "ecr.dkr", "execute-api"}},
	"us-isof-south-1": {"gov.ic.hci.csp.", []string{"ebs", "ecr.api", "ecr.dkr", "execute-api"}},
	"eu-isoe-west-1":  {"uk.adc-e.cloud.", []string{"ebs", "ecr.api", "ecr.dkr", "execute-api"}},
}

// chinaServices are the services that have another prefix in both regions of
// China, and those of one of them.
func chinaServices(more ...string) []string {
	return append([]string{
		"application-autoscaling", "appmesh-envoy-management", "athena", "autoscaling", "awsconnector", "backup", "batch", "cassandra",
		"cloudcontrolapi", "cloudformation", "codedeploy-commands-secure", "databrew", "dms", "ebs", "ec2", "ecr.api", "ecr.dkr", "eks",
		"elasticache", "elasticbeanstalk", "elasticfilesystem", "elasticfilesystem-fips", "emr-containers", "execute-api", "fsx",
		"imagebuilder", "iot.data", "kinesis-streams", "lambda", "license-manager", "monitoring", "rds", "redshift", "redshift-data",
		"sagemaker.api", "sagemaker.featurestore-runtime", "sagemaker.runtime", "securityhub", "servicecatalog", "sms", "sqs", "states",
		"sts", "sync-states", "synthetics", "transcribe", "transcribestreaming", "transfer", "xray",
	}, more...)
}

// ServiceName returns the full name of a service's endpoint in a region. It
// serves for the gateway endpoints s3 and dynamodb as well.
func ServiceName(service, region string) string {
	if p, ok := regionalPrefixes[region]; ok && slices.Contains(p.services, service) {
		name := p.prefix + region + "." + service
		if service == "transcribe" && Partition(region) == "aws-cn" {
			name += ".cn" // AWS's one name with a suffix
		}
		return name
	}
	if s := services[service]; s.prefix != "" {
		return s.prefix + region + "." + service
	}
	return "com.amazonaws." + region + "." + service
}

// namePrefixes are what a full service name begins with, before the region.
var namePrefixes = []string{
	"com.amazonaws.", "cn.com.amazonaws.", "aws.api.", "api.aws.", "aws.sagemaker.",
	"eu.amazonaws.", "gov.ic.c2s.", "gov.sgov.sc2s.", "gov.ic.hci.csp.", "uk.adc-e.cloud.",
}

var regionForm = regexp.MustCompile(`^[a-z]{2,4}(?:-[a-z]+){1,2}-[1-9][0-9]?$`)

func isRegion(text string) bool { return regionForm.MatchString(text) }

// Split takes a full service name apart; a short one has no region, and neither
// has that of a global service or of somebody else's, which stays as it is.
func Split(name string) (short, region string) {
	for _, prefix := range namePrefixes {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			region, short, ok := strings.Cut(rest, ".")
			if !ok || !isRegion(region) {
				break // no region, or no service: a global service, or no name of AWS's
			}
			if Partition(region) == "aws-cn" && short == "transcribe.cn" {
				short = "transcribe"
			}
			return short, region
		}
	}
	return name, ""
}

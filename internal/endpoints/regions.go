package endpoints

import "slices"

// regionsBeforeEcsEndpoints are the regions that AWS had before 23 December
// 2023. In those Fargate tasks reach the ECS control plane without endpoints;
// in the regions opened since (ca-west-1 was the first) AWS asks for all three
// ECS endpoints, "otherwise traffic goes over the public endpoints", which an
// isolated network does not have.
//
// The list is of the old regions because it cannot grow any more: a region
// that AWS opens tomorrow is right without a release of ours.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
// (section "Considerations for endpoints in Regions introduced starting on
// December 23, 2023"), read in November 2026.
var regionsBeforeEcsEndpoints = []string{
	"af-south-1",
	"ap-east-1", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2",
	"ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4",
	"ca-central-1",
	"cn-north-1", "cn-northwest-1",
	"eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3",
	"il-central-1",
	"me-central-1", "me-south-1",
	"sa-east-1",
	"us-east-1", "us-east-2", "us-west-1", "us-west-2",
	"us-gov-east-1", "us-gov-west-1",
	"us-iso-east-1", "us-iso-west-1", "us-isob-east-1",
}

// NeedsEcsEndpoints says whether Fargate tasks need the three ECS endpoints in
// a region. It is false while the region is not known.
func NeedsEcsEndpoints(region string) bool {
	return region != "" && !slices.Contains(regionsBeforeEcsEndpoints, region)
}

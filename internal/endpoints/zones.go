package endpoints

import "slices"

// unsupportedZones are zone ids where Fargate or interface endpoints are not
// offered, so that a network which picks its own zones does not pick those. A
// zone that a user names is never refused for it: AWS extends services to more
// zones without telling us.
//
//   - apne1-az3, cnn1-az3, cnn1-az4, usw1-az2: Fargate is in the other zones of
//     these regions only,
//     https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AWS_Fargate-Regions.html
//   - use1-az3: endpoints in it do not reach services of other regions,
//     https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-cross-region-privatelink-support.html,
//     and many newer services are not in it at all
//   - cac1-az3: an old zone, which Fargate's page no longer leaves out; EKS takes
//     no subnets in it, nor in use1-az3,
//     https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
//
// Read in November 2026. Do not change the list in a minor release: a network
// that picked its zones by it would pick others, and its subnets would move.
var unsupportedZones = []string{
	"apne1-az3",
	"cac1-az3",
	"cnn1-az3", "cnn1-az4",
	"use1-az3",
	"usw1-az2",
}

// UnsupportedZoneIDs returns the ids of the zones that a network should not
// pick by itself, sorted.
func UnsupportedZoneIDs() []string { return slices.Clone(unsupportedZones) }

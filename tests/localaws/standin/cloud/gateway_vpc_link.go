package cloud

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigatewayv2"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

const (
	gatewayAPI   = "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/"
	vpcLinkGuide = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html"
)

var _ = addRules(map[string]rule{
	"ApiGatewayV2.CreateVpcLink": {before: before(checkVpcLink), after: after(makeLinkInterfaces), source: gatewayAPI + "vpclinks.html " + vpcLinkGuide},
	"ApiGatewayV2.DeleteVpcLink": {before: before(checkDeleteVpcLink), after: after(dropLinkInterfaces), source: gatewayAPI + "vpclinks-vpclinkid.html " + vpcLinkGuide},
})

func badRequest(format string, args ...any) error {
	return refuse("BadRequestException", format, args...)
}

// vpcLinkZones are the zones of VPC links, by region, as the guide lists them
// for some of the regions; elsewhere every zone passes here.
// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
var vpcLinkZones = map[string][]string{
	"us-east-1":  {"use1-az1", "use1-az2", "use1-az4", "use1-az5", "use1-az6"},
	"us-east-2":  {"use2-az1", "use2-az2", "use2-az3"},
	"us-west-1":  {"usw1-az1", "usw1-az3"},
	"us-west-2":  {"usw2-az1", "usw2-az2", "usw2-az3", "usw2-az4"},
	"ap-east-1":  {"ape1-az2", "ape1-az3"},
	"ap-south-1": {"aps1-az1", "aps1-az2", "aps1-az3"},
}

func checkVpcLink(ctx context.Context, c *Cloud, in *apigatewayv2.CreateVpcLinkInput) error {
	if name := aws.ToString(in.Name); name == "" || len(name) > 128 {
		return badRequest("The name of a VPC link must have 1 to 128 characters; %q has %d.", name, len(name))
	}
	if len(in.SubnetIds) == 0 || len(in.SubnetIds) > 10 {
		return badRequest("A VPC link must have 1 to 10 subnets; %d given.", len(in.SubnetIds))
	}
	if len(in.SecurityGroupIds) > 10 {
		return badRequest("A VPC link must have at most 10 security groups; %d given.", len(in.SecurityGroupIds))
	}
	vpc := ""
	for _, id := range in.SubnetIds {
		out, err := c.EC2.DescribeSubnets(ctx, &ec2.DescribeSubnetsInput{SubnetIds: []string{id}})
		if err != nil || len(out.Subnets) == 0 {
			return badRequest("The subnet ID '%s' does not exist", id)
		}
		subnet := out.Subnets[0]
		if own := aws.ToString(subnet.VpcId); vpc != "" && own != vpc {
			return badRequest("The subnets of a VPC link must be in the same VPC: %s is in %s, others are in %s.", id, own, vpc)
		}
		vpc = aws.ToString(subnet.VpcId)
		zones, listed := vpcLinkZones[c.region]
		if zone := aws.ToString(subnet.AvailabilityZoneId); listed && !slices.Contains(zones, zone) {
			return badRequest("Subnet '%s' is in Availability Zone '%s' where service is not available", id, zone)
		}
	}
	for _, id := range in.SecurityGroupIds {
		out, err := c.EC2.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{GroupIds: []string{id}})
		if err != nil || len(out.SecurityGroups) == 0 {
			return badRequest("The security group '%s' does not exist", id)
		}
		if own := aws.ToString(out.SecurityGroups[0].VpcId); own != vpc {
			return badRequest("You have specified two resources that belong to different networks: %s is in %s, the subnets are in %s.", id, own, vpc)
		}
	}
	return nil
}

func linkInterface(link string) string { return "VPC Link Interface " + link }

// makeLinkInterfaces makes a link's interface in each of its subnets, which the
// emulator does not: they hold the subnets and the groups as long as it lives.
func makeLinkInterfaces(ctx context.Context, c *Cloud, in *apigatewayv2.CreateVpcLinkInput, out *apigatewayv2.CreateVpcLinkOutput) error {
	for _, subnet := range in.SubnetIds {
		_, err := c.EC2.CreateNetworkInterface(ctx, &ec2.CreateNetworkInterfaceInput{
			SubnetId: &subnet, Groups: in.SecurityGroupIds, Description: aws.String(linkInterface(aws.ToString(out.VpcLinkId))),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func checkDeleteVpcLink(ctx context.Context, c *Cloud, in *apigatewayv2.DeleteVpcLinkInput) error {
	_, err := c.Gateway.GetVpcLink(ctx, &apigatewayv2.GetVpcLinkInput{VpcLinkId: in.VpcLinkId})
	return err
}

func dropLinkInterfaces(ctx context.Context, c *Cloud, in *apigatewayv2.DeleteVpcLinkInput, _ *apigatewayv2.DeleteVpcLinkOutput) error {
	out, err := c.EC2.DescribeNetworkInterfaces(ctx, &ec2.DescribeNetworkInterfacesInput{
		Filters: []types.Filter{{Name: aws.String("description"), Values: []string{linkInterface(aws.ToString(in.VpcLinkId))}}},
	})
	if err != nil {
		return err
	}
	for _, e := range out.NetworkInterfaces {
		if _, err := c.EC2.DeleteNetworkInterface(ctx, &ec2.DeleteNetworkInterfaceInput{NetworkInterfaceId: e.NetworkInterfaceId}); err != nil {
			return err
		}
	}
	return nil
}

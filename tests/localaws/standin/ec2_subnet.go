package standin

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
)

const subnetPage = registry + "ec2/subnet/"

var subnetType = &resourceType{
	token: "aws:ec2/subnet:Subnet", args: sdk.SubnetArgs{}, state: sdk.Subnet{},
	inputs: map[string]prop{
		"vpcId":               {change: replaces, request: "CreateSubnet.VpcId", source: subnetPage},
		"cidrBlock":           {change: replaces, check: validIPv4Network, request: "CreateSubnet.CidrBlock", source: subnetPage},
		"availabilityZone":    {change: replaces, computed: true, request: "CreateSubnet.AvailabilityZone", source: subnetPage},
		"availabilityZoneId":  {change: replaces, computed: true, request: "CreateSubnet.AvailabilityZoneId", source: subnetPage},
		"mapPublicIpOnLaunch": {change: updates, byDefault: false, request: "ModifySubnetAttribute.MapPublicIpOnLaunch", source: subnetPage},
		"tags":                {change: updates, request: "CreateSubnet.TagSpecifications CreateTags.Tags", source: subnetPage},
	},
	checkSource:   providerSource + "ec2/vpc_subnet.go",
	outputs:       []string{"arn", "ownerId", "ipv6CidrBlockAssociationId", "privateDnsHostnameTypeOnLaunch", "tagsAll"},
	source:        subnetPage + "#outputs",
	createTimeout: 10 * time.Minute, deleteTimeout: 20 * time.Minute,
	create: createSubnet, read: readSubnet, update: updateSubnet,
	remove: func(ctx context.Context, r *request) error {
		_, err := r.cloud.EC2.DeleteSubnet(ctx, &ec2.DeleteSubnetInput{SubnetId: &r.id})
		return gone(err, "InvalidSubnetID.NotFound")
	},
}

func createSubnet(ctx context.Context, r *request) (string, error) {
	out, err := r.cloud.EC2.CreateSubnet(ctx, &ec2.CreateSubnetInput{
		VpcId:              r.in.strp("vpcId"),
		CidrBlock:          r.in.strp("cidrBlock"),
		AvailabilityZone:   r.in.strp("availabilityZone"),
		AvailabilityZoneId: r.in.strp("availabilityZoneId"),
		TagSpecifications:  ec2TagSpec(types.ResourceTypeSubnet, r.tags),
	})
	if err != nil {
		return "", err
	}
	r.id = aws.ToString(out.Subnet.SubnetId)
	err = r.wait(ctx, "subnet "+r.id+" to be available", func() (bool, string, error) {
		subnet, err := findSubnet(ctx, r)
		if err != nil {
			return false, "", err
		}
		return subnet.State == types.SubnetStateAvailable, string(subnet.State), nil
	})
	if err == nil && r.in.boolean("mapPublicIpOnLaunch") {
		err = mapPublicIP(ctx, r)
	}
	return r.id, err
}

func mapPublicIP(ctx context.Context, r *request) error {
	_, err := r.cloud.EC2.ModifySubnetAttribute(ctx, &ec2.ModifySubnetAttributeInput{
		SubnetId: &r.id, MapPublicIpOnLaunch: &types.AttributeBooleanValue{Value: aws.Bool(r.in.boolean("mapPublicIpOnLaunch"))},
	})
	return err
}

func findSubnet(ctx context.Context, r *request) (*types.Subnet, error) {
	out, err := r.cloud.EC2.DescribeSubnets(ctx, &ec2.DescribeSubnetsInput{SubnetIds: []string{r.id}})
	if cloud.HasCode(err, "InvalidSubnetID.NotFound") || err == nil && len(out.Subnets) == 0 {
		return nil, errNotFound
	}
	if err != nil {
		return nil, err
	}
	return &out.Subnets[0], nil
}

func readSubnet(ctx context.Context, r *request) (map[string]any, error) {
	subnet, err := findSubnet(ctx, r)
	if err != nil {
		return nil, err
	}
	return map[string]any{
		"arn": r.ec2ARN("subnet", aws.ToString(subnet.OwnerId), r.id), "ownerId": subnet.OwnerId,
		"vpcId": subnet.VpcId, "cidrBlock": subnet.CidrBlock,
		"availabilityZone": subnet.AvailabilityZone, "availabilityZoneId": subnet.AvailabilityZoneId,
		"mapPublicIpOnLaunch": aws.ToBool(subnet.MapPublicIpOnLaunch), "ipv6CidrBlockAssociationId": "",
		// AWS's default for a subnet with IPv4; the local AWS reports none.
		"privateDnsHostnameTypeOnLaunch": "ip-name",
		"tags":                           fromEC2Tags(subnet.Tags),
	}, nil
}

func updateSubnet(ctx context.Context, r *request) error {
	if r.changed("mapPublicIpOnLaunch") {
		if err := mapPublicIP(ctx, r); err != nil {
			return err
		}
	}
	return updateEC2Tags(ctx, r)
}

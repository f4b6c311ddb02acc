package standin

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
)

const natGatewayPage = registry + "ec2/natgateway/"

var natGatewayType = &resourceType{
	token: "aws:ec2/natGateway:NatGateway", args: sdk.NatGatewayArgs{}, state: sdk.NatGateway{},
	inputs: map[string]prop{
		"allocationId":     {change: replaces, request: "CreateNatGateway.AllocationId", source: natGatewayPage},
		"connectivityType": {change: replaces, byDefault: "public", check: oneOf(types.ConnectivityType("").Values()...), request: "CreateNatGateway.ConnectivityType", source: natGatewayPage},
		"privateIp":        {change: replaces, computed: true, check: validation.IsIPv4Address, request: "CreateNatGateway.PrivateIpAddress", source: natGatewayPage},
		"subnetId":         {change: replaces, request: "CreateNatGateway.SubnetId", source: natGatewayPage},
		"tags":             {change: updates, request: "CreateNatGateway.TagSpecifications CreateTags.Tags", source: natGatewayPage},
	},
	checkSource: providerSource + "ec2/vpc_nat_gateway.go",
	outputs: []string{
		"associationId", "networkInterfaceId", "publicIp", "secondaryAllocationIds", "secondaryPrivateIpAddressCount",
		"secondaryPrivateIpAddresses", "tagsAll",
	},
	source:        natGatewayPage + "#outputs",
	createTimeout: 10 * time.Minute, updateTimeout: 10 * time.Minute, deleteTimeout: 30 * time.Minute,
	create: createNatGateway,
	read: func(ctx context.Context, r *request) (map[string]any, error) {
		gateway, err := findNatGateway(ctx, r)
		if err != nil {
			return nil, err
		}
		read := map[string]any{
			"connectivityType": string(gateway.ConnectivityType), "subnetId": gateway.SubnetId, "tags": fromEC2Tags(gateway.Tags),
			"secondaryAllocationIds": []string{}, "secondaryPrivateIpAddresses": []string{}, "secondaryPrivateIpAddressCount": 0,
		}
		for _, a := range gateway.NatGatewayAddresses {
			read["allocationId"], read["associationId"], read["networkInterfaceId"] = a.AllocationId, aws.ToString(a.AssociationId), a.NetworkInterfaceId
			read["privateIp"], read["publicIp"] = a.PrivateIp, aws.ToString(a.PublicIp)
		}
		return read, nil
	},
	update: updateEC2Tags,
	remove: func(ctx context.Context, r *request) error {
		_, err := r.cloud.EC2.DeleteNatGateway(ctx, &ec2.DeleteNatGatewayInput{NatGatewayId: &r.id})
		if err := gone(err, "NatGatewayNotFound"); err != nil {
			return err
		}
		return r.wait(ctx, "NAT gateway "+r.id+" to be deleted", func() (bool, string, error) {
			gateway, err := findNatGateway(ctx, r)
			if err == errNotFound {
				return true, "", nil
			}
			if err != nil {
				return false, "", err
			}
			return false, string(gateway.State), nil
		})
	},
}

func createNatGateway(ctx context.Context, r *request) (string, error) {
	out, err := r.cloud.EC2.CreateNatGateway(ctx, &ec2.CreateNatGatewayInput{
		AllocationId:      r.in.strp("allocationId"),
		ConnectivityType:  types.ConnectivityType(r.in.str("connectivityType")),
		PrivateIpAddress:  r.in.strp("privateIp"),
		SubnetId:          r.in.strp("subnetId"),
		TagSpecifications: ec2TagSpec(types.ResourceTypeNatgateway, r.tags),
	})
	if err != nil {
		return "", err
	}
	r.id = aws.ToString(out.NatGateway.NatGatewayId)
	return r.id, r.wait(ctx, "NAT gateway "+r.id+" to be available", func() (bool, string, error) {
		gateway, err := findNatGateway(ctx, r)
		if err != nil {
			return false, "", err
		}
		if gateway.State == types.NatGatewayStateFailed {
			return false, "", fmt.Errorf("%s: %s", aws.ToString(gateway.FailureCode), aws.ToString(gateway.FailureMessage))
		}
		return gateway.State == types.NatGatewayStateAvailable, string(gateway.State), nil
	})
}

func findNatGateway(ctx context.Context, r *request) (*types.NatGateway, error) {
	out, err := r.cloud.EC2.DescribeNatGateways(ctx, &ec2.DescribeNatGatewaysInput{NatGatewayIds: []string{r.id}})
	if cloud.HasCode(err, "NatGatewayNotFound") || err == nil && len(out.NatGateways) == 0 {
		return nil, errNotFound
	}
	if err != nil {
		return nil, err
	}
	gateway := out.NatGateways[0]
	if gateway.State == types.NatGatewayStateDeleted {
		return nil, errNotFound
	}
	return &gateway, nil
}

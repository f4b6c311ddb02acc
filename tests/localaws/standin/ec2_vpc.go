package standin

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
)

const vpcPage = registry + "ec2/vpc/"

var vpcType = &resourceType{
	token: "aws:ec2/vpc:Vpc", args: sdk.VpcArgs{}, state: sdk.Vpc{},
	inputs: map[string]prop{
		"cidrBlock":                        {change: replaces, computed: true, check: validation.IsCIDRNetwork(16, 28), request: "CreateVpc.CidrBlock", source: vpcPage},
		"instanceTenancy":                  {change: updates, byDefault: "default", check: oneOf(types.TenancyDefault, types.TenancyDedicated), request: "CreateVpc.InstanceTenancy ModifyVpcTenancy.InstanceTenancy", source: vpcPage},
		"enableDnsSupport":                 {change: updates, byDefault: true, request: "ModifyVpcAttribute.EnableDnsSupport", source: vpcPage},
		"enableDnsHostnames":               {change: updates, computed: true, request: "ModifyVpcAttribute.EnableDnsHostnames", source: vpcPage},
		"enableNetworkAddressUsageMetrics": {change: updates, computed: true, notReadBack: true, request: "ModifyVpcAttribute.EnableNetworkAddressUsageMetrics", source: vpcPage},
		"tags":                             {change: updates, request: "CreateVpc.TagSpecifications CreateTags.Tags", source: vpcPage},
	},
	checkSource: providerSource + "ec2/vpc_.go",
	outputs: []string{
		"arn", "ownerId", "defaultNetworkAclId", "defaultRouteTableId", "defaultSecurityGroupId", "dhcpOptionsId",
		"mainRouteTableId", "ipv6AssociationId", "ipv6CidrBlock", "ipv6CidrBlockNetworkBorderGroup", "tagsAll",
	},
	unset:  []string{"ipv4IpamPoolId", "ipv4NetmaskLength"},
	source: vpcPage + "#outputs",
	// AWS takes the tenancy of a dedicated VPC back, and gives none to another.
	// Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcTenancy.html
	replaceWhen: func(was, _ object) string {
		if was.str("instanceTenancy") == string(types.TenancyDefault) {
			return "instanceTenancy"
		}
		return ""
	},
	create: createVpc, read: readVpc, update: updateVpc, remove: deleteVpc,
}

func createVpc(ctx context.Context, r *request) (string, error) {
	out, err := r.cloud.EC2.CreateVpc(ctx, &ec2.CreateVpcInput{
		CidrBlock:         r.in.strp("cidrBlock"),
		InstanceTenancy:   types.Tenancy(r.in.str("instanceTenancy")),
		TagSpecifications: ec2TagSpec(types.ResourceTypeVpc, r.tags),
	})
	if err != nil {
		return "", err
	}
	r.id = aws.ToString(out.Vpc.VpcId)
	err = r.wait(ctx, "VPC "+r.id+" to be available", func() (bool, string, error) {
		vpc, err := findVpc(ctx, r)
		if err != nil {
			return false, "", err
		}
		return vpc.State == types.VpcStateAvailable, string(vpc.State), nil
	})
	if err != nil {
		return r.id, err
	}
	// AWS makes a VPC with DNS support and without the others.
	for name, made := range map[string]bool{"enableDnsSupport": true, "enableDnsHostnames": false, "enableNetworkAddressUsageMetrics": false} {
		if r.in.has(name) && r.in.boolean(name) != made {
			r.diff = append(r.diff, name)
		}
	}
	return r.id, setVpcAttributes(ctx, r)
}

// setVpcAttributes sends the attributes that changed; AWS takes one a call.
func setVpcAttributes(ctx context.Context, r *request) error {
	for _, attribute := range []struct {
		name string
		set  func(*ec2.ModifyVpcAttributeInput, *types.AttributeBooleanValue)
	}{
		{"enableDnsSupport", func(in *ec2.ModifyVpcAttributeInput, v *types.AttributeBooleanValue) { in.EnableDnsSupport = v }},
		{"enableDnsHostnames", func(in *ec2.ModifyVpcAttributeInput, v *types.AttributeBooleanValue) { in.EnableDnsHostnames = v }},
		{"enableNetworkAddressUsageMetrics", func(in *ec2.ModifyVpcAttributeInput, v *types.AttributeBooleanValue) {
			in.EnableNetworkAddressUsageMetrics = v
		}},
	} {
		if !r.changed(attribute.name) || !r.in.has(attribute.name) {
			continue
		}
		in := &ec2.ModifyVpcAttributeInput{VpcId: &r.id}
		attribute.set(in, &types.AttributeBooleanValue{Value: r.in.boolp(attribute.name)})
		if _, err := r.cloud.EC2.ModifyVpcAttribute(ctx, in); err != nil {
			return err
		}
	}
	return nil
}

func findVpc(ctx context.Context, r *request) (*types.Vpc, error) {
	out, err := r.cloud.EC2.DescribeVpcs(ctx, &ec2.DescribeVpcsInput{VpcIds: []string{r.id}})
	if cloud.HasCode(err, "InvalidVpcID.NotFound") || err == nil && len(out.Vpcs) == 0 {
		return nil, errNotFound
	}
	if err != nil {
		return nil, err
	}
	return &out.Vpcs[0], nil
}

func vpcAttribute(ctx context.Context, r *request, name types.VpcAttributeName) (bool, error) {
	out, err := r.cloud.EC2.DescribeVpcAttribute(ctx, &ec2.DescribeVpcAttributeInput{VpcId: &r.id, Attribute: name})
	if err != nil {
		return false, err
	}
	v := out.EnableDnsSupport
	if name == types.VpcAttributeNameEnableDnsHostnames {
		v = out.EnableDnsHostnames
	}
	return v != nil && aws.ToBool(v.Value), nil
}

func readVpc(ctx context.Context, r *request) (map[string]any, error) {
	vpc, err := findVpc(ctx, r)
	if err != nil {
		return nil, err
	}
	support, err := vpcAttribute(ctx, r, types.VpcAttributeNameEnableDnsSupport)
	if err != nil {
		return nil, err
	}
	hostnames, err := vpcAttribute(ctx, r, types.VpcAttributeNameEnableDnsHostnames)
	if err != nil {
		return nil, err
	}
	inVpc := []types.Filter{{Name: aws.String("vpc-id"), Values: []string{r.id}}}
	groups, err := r.cloud.EC2.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{
		Filters: append(inVpc, types.Filter{Name: aws.String("group-name"), Values: []string{"default"}}),
	})
	if err != nil {
		return nil, err
	}
	tables, err := r.cloud.EC2.DescribeRouteTables(ctx, &ec2.DescribeRouteTablesInput{
		Filters: append(inVpc, types.Filter{Name: aws.String("association.main"), Values: []string{"true"}}),
	})
	if err != nil {
		return nil, err
	}
	acls, err := r.cloud.EC2.DescribeNetworkAcls(ctx, &ec2.DescribeNetworkAclsInput{
		Filters: append(inVpc, types.Filter{Name: aws.String("default"), Values: []string{"true"}}),
	})
	if err != nil {
		return nil, err
	}
	out := map[string]any{
		"arn": r.ec2ARN("vpc", aws.ToString(vpc.OwnerId), r.id), "ownerId": vpc.OwnerId, "cidrBlock": vpc.CidrBlock,
		"instanceTenancy": string(vpc.InstanceTenancy), "enableDnsSupport": support, "enableDnsHostnames": hostnames,
		"dhcpOptionsId": vpc.DhcpOptionsId, "tags": fromEC2Tags(vpc.Tags),
		"ipv6AssociationId": "", "ipv6CidrBlock": "", "ipv6CidrBlockNetworkBorderGroup": "",
	}
	if !r.in.has("enableNetworkAddressUsageMetrics") {
		out["enableNetworkAddressUsageMetrics"] = false
	}
	for _, g := range groups.SecurityGroups {
		out["defaultSecurityGroupId"] = g.GroupId
	}
	for _, t := range tables.RouteTables {
		out["mainRouteTableId"], out["defaultRouteTableId"] = t.RouteTableId, t.RouteTableId
	}
	for _, a := range acls.NetworkAcls {
		out["defaultNetworkAclId"] = a.NetworkAclId
	}
	return out, nil
}

func updateVpc(ctx context.Context, r *request) error {
	if r.changed("instanceTenancy") {
		_, err := r.cloud.EC2.ModifyVpcTenancy(ctx, &ec2.ModifyVpcTenancyInput{VpcId: &r.id, InstanceTenancy: types.VpcTenancy(r.in.str("instanceTenancy"))})
		if err != nil {
			return err
		}
	}
	if err := setVpcAttributes(ctx, r); err != nil {
		return err
	}
	return updateEC2Tags(ctx, r)
}

func deleteVpc(ctx context.Context, r *request) error {
	_, err := r.cloud.EC2.DeleteVpc(ctx, &ec2.DeleteVpcInput{VpcId: &r.id})
	return gone(err, "InvalidVpcID.NotFound")
}

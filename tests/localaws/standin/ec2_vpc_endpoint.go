package standin

import (
	"context"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
)

const endpointPage = registry + "ec2/vpcendpoint/"

var vpcEndpointType = &resourceType{
	token: "aws:ec2/vpcEndpoint:VpcEndpoint", args: sdk.VpcEndpointArgs{}, state: sdk.VpcEndpoint{},
	inputs: map[string]prop{
		"vpcId":             {change: replaces, request: "CreateVpcEndpoint.VpcId", source: endpointPage},
		"serviceName":       {change: replaces, request: "CreateVpcEndpoint.ServiceName", source: endpointPage},
		"vpcEndpointType":   {change: replaces, byDefault: "Gateway", check: oneOf(types.VpcEndpointType("").Values()...), request: "CreateVpcEndpoint.VpcEndpointType", source: endpointPage},
		"routeTableIds":     {change: updates, computed: true, set: true, request: "CreateVpcEndpoint.RouteTableIds ModifyVpcEndpoint.AddRouteTableIds ModifyVpcEndpoint.RemoveRouteTableIds", source: endpointPage},
		"subnetIds":         {change: updates, computed: true, set: true, request: "CreateVpcEndpoint.SubnetIds ModifyVpcEndpoint.AddSubnetIds ModifyVpcEndpoint.RemoveSubnetIds", source: endpointPage},
		"securityGroupIds":  {change: updates, computed: true, set: true, request: "CreateVpcEndpoint.SecurityGroupIds ModifyVpcEndpoint.AddSecurityGroupIds ModifyVpcEndpoint.RemoveSecurityGroupIds", source: endpointPage},
		"privateDnsEnabled": {change: updates, computed: true, request: "CreateVpcEndpoint.PrivateDnsEnabled ModifyVpcEndpoint.PrivateDnsEnabled", source: endpointPage},
		"policy":            {change: updates, computed: true, json: true, check: validation.StringIsJSON, request: "CreateVpcEndpoint.PolicyDocument ModifyVpcEndpoint.PolicyDocument", source: endpointPage},
		"ipAddressType":     {change: updates, computed: true, notReadBack: true, check: oneOf(types.IpAddressType("").Values()...), request: "CreateVpcEndpoint.IpAddressType ModifyVpcEndpoint.IpAddressType", source: endpointPage},
		"tags":              {change: updates, request: "CreateVpcEndpoint.TagSpecifications CreateTags.Tags", source: endpointPage},
	},
	checkSource: providerSource + "ec2/vpc_endpoint.go",
	outputs: []string{
		"arn", "ownerId", "state", "prefixListId", "cidrBlocks", "dnsEntries", "networkInterfaceIds", "requesterManaged",
		"serviceRegion", "tagsAll",
	},
	unset:         []string{"autoAccept"},
	source:        endpointPage + "#outputs",
	createTimeout: 10 * time.Minute, updateTimeout: 10 * time.Minute, deleteTimeout: 10 * time.Minute,
	create: createEndpoint, read: readEndpoint, update: updateEndpoint, remove: deleteEndpoint,
}

func createEndpoint(ctx context.Context, r *request) (string, error) {
	out, err := r.cloud.EC2.CreateVpcEndpoint(ctx, &ec2.CreateVpcEndpointInput{
		VpcId:             r.in.strp("vpcId"),
		ServiceName:       r.in.strp("serviceName"),
		VpcEndpointType:   types.VpcEndpointType(r.in.str("vpcEndpointType")),
		RouteTableIds:     r.in.strs("routeTableIds"),
		SubnetIds:         r.in.strs("subnetIds"),
		SecurityGroupIds:  r.in.strs("securityGroupIds"),
		PrivateDnsEnabled: endpointPrivateDNS(r),
		PolicyDocument:    r.in.strp("policy"),
		IpAddressType:     types.IpAddressType(r.in.str("ipAddressType")),
		TagSpecifications: ec2TagSpec(types.ResourceTypeVpcEndpoint, r.tags),
	})
	if err != nil {
		return "", err
	}
	r.id = aws.ToString(out.VpcEndpoint.VpcEndpointId)
	return r.id, awaitEndpoint(ctx, r)
}

// endpointPrivateDNS is always sent for interface endpoints: the official
// provider's value is false where the program gives none, AWS's own is true.
func endpointPrivateDNS(r *request) *bool {
	if r.in.str("vpcEndpointType") == string(types.VpcEndpointTypeGateway) {
		return r.in.boolp("privateDnsEnabled")
	}
	return aws.Bool(r.in.boolean("privateDnsEnabled"))
}

func awaitEndpoint(ctx context.Context, r *request) error {
	return r.wait(ctx, "VPC endpoint "+r.id+" to be available", func() (bool, string, error) {
		endpoint, err := findEndpoint(ctx, r)
		if err != nil {
			return false, "", err
		}
		return isState(endpoint, types.StateAvailable), string(endpoint.State), nil
	})
}

// isState compares without case: AWS documents "Available" and says "available".
func isState(endpoint *types.VpcEndpoint, state types.State) bool {
	return strings.EqualFold(string(endpoint.State), string(state))
}

func findEndpoint(ctx context.Context, r *request) (*types.VpcEndpoint, error) {
	out, err := r.cloud.EC2.DescribeVpcEndpoints(ctx, &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{r.id}})
	if cloud.HasCode(err, "InvalidVpcEndpointId.NotFound") || err == nil && len(out.VpcEndpoints) == 0 {
		return nil, errNotFound
	}
	if err != nil {
		return nil, err
	}
	endpoint := out.VpcEndpoints[0]
	if isState(&endpoint, types.StateDeleted) {
		return nil, errNotFound
	}
	return &endpoint, nil
}

func readEndpoint(ctx context.Context, r *request) (map[string]any, error) {
	endpoint, err := findEndpoint(ctx, r)
	if err != nil {
		return nil, err
	}
	owner := aws.ToString(endpoint.OwnerId)
	if owner == "" {
		if owner, err = r.account(ctx); err != nil {
			return nil, err
		}
	}
	var groups []string
	for _, g := range endpoint.Groups {
		groups = append(groups, aws.ToString(g.GroupId))
	}
	var entries []any
	for _, e := range endpoint.DnsEntries {
		entries = append(entries, map[string]any{"dnsName": e.DnsName, "hostedZoneId": e.HostedZoneId})
	}
	read := map[string]any{
		"arn": r.ec2ARN("vpc-endpoint", owner, r.id), "ownerId": owner, "state": string(endpoint.State),
		"vpcId": endpoint.VpcId, "serviceName": endpoint.ServiceName, "vpcEndpointType": string(endpoint.VpcEndpointType),
		"privateDnsEnabled": aws.ToBool(endpoint.PrivateDnsEnabled), "policy": endpoint.PolicyDocument,
		"requesterManaged": aws.ToBool(endpoint.RequesterManaged), "serviceRegion": r.cloud.Region(),
		"tags": fromEC2Tags(endpoint.Tags),
	}
	if endpoint.VpcEndpointType == types.VpcEndpointTypeGateway {
		read["routeTableIds"] = endpoint.RouteTableIds
		lists, err := r.cloud.EC2.DescribePrefixLists(ctx, &ec2.DescribePrefixListsInput{
			Filters: []types.Filter{{Name: aws.String("prefix-list-name"), Values: []string{aws.ToString(endpoint.ServiceName)}}},
		})
		if err != nil {
			return nil, err
		}
		for _, list := range lists.PrefixLists {
			read["prefixListId"], read["cidrBlocks"] = list.PrefixListId, list.Cidrs
		}
		return read, nil
	}
	read["subnetIds"], read["securityGroupIds"] = endpoint.SubnetIds, groups
	read["networkInterfaceIds"], read["dnsEntries"] = endpoint.NetworkInterfaceIds, entries
	return read, nil
}

func updateEndpoint(ctx context.Context, r *request) error {
	if r.changed("routeTableIds", "subnetIds", "securityGroupIds", "privateDnsEnabled", "policy", "ipAddressType") {
		in := &ec2.ModifyVpcEndpointInput{VpcEndpointId: &r.id}
		if r.changed("routeTableIds") {
			in.AddRouteTableIds, in.RemoveRouteTableIds = difference(r.state.strs("routeTableIds"), r.in.strs("routeTableIds"))
		}
		if r.changed("subnetIds") {
			in.AddSubnetIds, in.RemoveSubnetIds = difference(r.state.strs("subnetIds"), r.in.strs("subnetIds"))
		}
		if r.changed("securityGroupIds") {
			in.AddSecurityGroupIds, in.RemoveSecurityGroupIds = difference(r.state.strs("securityGroupIds"), r.in.strs("securityGroupIds"))
		}
		if r.changed("privateDnsEnabled") {
			in.PrivateDnsEnabled = r.in.boolp("privateDnsEnabled")
		}
		if r.changed("policy") {
			in.PolicyDocument = r.in.strp("policy")
		}
		if r.changed("ipAddressType") {
			in.IpAddressType = types.IpAddressType(r.in.str("ipAddressType"))
		}
		if _, err := r.cloud.EC2.ModifyVpcEndpoint(ctx, in); err != nil {
			return err
		}
		if err := awaitEndpoint(ctx, r); err != nil {
			return err
		}
	}
	return updateEC2Tags(ctx, r)
}

func deleteEndpoint(ctx context.Context, r *request) error {
	out, err := r.cloud.EC2.DeleteVpcEndpoints(ctx, &ec2.DeleteVpcEndpointsInput{VpcEndpointIds: []string{r.id}})
	if err != nil {
		return gone(err, "InvalidVpcEndpoint.NotFound", "InvalidVpcEndpointId.NotFound")
	}
	for _, u := range out.Unsuccessful {
		if err := cloud.Unsuccessful(u.Error); err != nil {
			return gone(err, "InvalidVpcEndpoint.NotFound", "InvalidVpcEndpointId.NotFound")
		}
	}
	return r.wait(ctx, "VPC endpoint "+r.id+" to be gone", func() (bool, string, error) {
		endpoint, err := findEndpoint(ctx, r)
		if err == errNotFound {
			return true, "", nil
		}
		if err != nil {
			return false, "", err
		}
		return false, string(endpoint.State), nil
	})
}

package cloud

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

const endpointGuide = "https://docs.aws.amazon.com/vpc/latest/privatelink/"

var _ = addRules(map[string]rule{
	"EC2.CreateVpcEndpoint":    {before: before(checkCreateEndpoint), source: ec2API + "CreateVpcEndpoint.html " + endpointGuide + "create-interface-endpoint.html " + endpointGuide + "gateway-endpoints.html"},
	"EC2.ModifyVpcEndpoint":    {before: before(checkModifyEndpoint), after: after(finishModifyEndpoint), source: ec2API + "ModifyVpcEndpoint.html"},
	"EC2.DeleteVpcEndpoints":   {before: before(checkDeleteEndpoints), source: ec2API + "DeleteVpcEndpoints.html"},
	"EC2.DescribeVpcEndpoints": {after: after(describeEndpoints), source: ec2API + "VpcEndpoint.html"},
})

// vpcEndpoints returns the endpoints of a VPC that are not deleted.
func vpcEndpoints(ctx context.Context, c *Cloud, vpc string) ([]types.VpcEndpoint, error) {
	var out []types.VpcEndpoint
	pages := ec2.NewDescribeVpcEndpointsPaginator(c.EC2, &ec2.DescribeVpcEndpointsInput{Filters: filter("vpc-id", vpc)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, e := range page.VpcEndpoints {
			if !strings.EqualFold(string(e.State), string(types.StateDeleted)) && aws.ToString(e.VpcId) == vpc {
				restorePrivateDNS(&e)
				out = append(out, e)
			}
		}
	}
	return out, nil
}

func invalid(format string, args ...any) error { return refuse("InvalidParameter", format, args...) }

func checkCreateEndpoint(ctx context.Context, c *Cloud, in *ec2.CreateVpcEndpointInput) error {
	vpc := aws.ToString(in.VpcId)
	if out, err := c.EC2.DescribeVpcs(ctx, &ec2.DescribeVpcsInput{VpcIds: []string{vpc}}); err != nil || len(out.Vpcs) == 0 {
		return refuse("InvalidVpcId.NotFound", "The Vpc Id %s does not exist", vpc)
	}
	services, err := endpointService(ctx, c, aws.ToString(in.ServiceName))
	if err != nil {
		return err
	}
	kind := in.VpcEndpointType
	if kind == "" {
		kind = types.VpcEndpointTypeGateway
	}
	detail, offered := services[types.ServiceType(kind)]
	if !offered {
		return invalid("Vpc Endpoint type (%s) does not match the available service types of %s (%v).", kind, aws.ToString(in.ServiceName), sortedTypes(services))
	}
	if in.PolicyDocument != nil {
		if err := checkDocument("InvalidPolicyDocument", *in.PolicyDocument, endpointPolicy); err != nil {
			return err
		}
	}
	if kind == types.VpcEndpointTypeGateway {
		return checkGatewayEndpoint(ctx, c, in, vpc)
	}
	if len(in.RouteTableIds) > 0 {
		return invalid("Route table IDs are only supported for Gateway type VPC Endpoint.")
	}
	if err := checkEndpointSubnets(ctx, c, vpc, nil, in.SubnetIds); err != nil {
		return err
	}
	if err := checkEndpointGroups(ctx, c, vpc, in.SecurityGroupIds); err != nil {
		return err
	}
	if len(in.SecurityGroupIds) == 0 {
		if in.SecurityGroupIds, err = defaultGroup(ctx, c, vpc); err != nil {
			return err
		}
	}
	if in.PrivateDnsEnabled == nil {
		in.PrivateDnsEnabled = aws.Bool(true) // AWS's default
	}
	if *in.PrivateDnsEnabled {
		return checkPrivateDNS(ctx, c, vpc, "", detail)
	}
	return nil
}

func sortedTypes(services map[types.ServiceType]types.ServiceDetail) []types.ServiceType {
	var out []types.ServiceType
	for t := range services {
		out = append(out, t)
	}
	slices.Sort(out)
	return out
}

// defaultGroup is what an interface endpoint gets that names no group.
func defaultGroup(ctx context.Context, c *Cloud, vpc string) ([]string, error) {
	out, err := c.EC2.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{
		Filters: append(filter("vpc-id", vpc), filter("group-name", "default")...),
	})
	if err != nil || len(out.SecurityGroups) == 0 {
		return nil, err
	}
	return []string{aws.ToString(out.SecurityGroups[0].GroupId)}, nil
}

func checkGatewayEndpoint(ctx context.Context, c *Cloud, in *ec2.CreateVpcEndpointInput, vpc string) error {
	if len(in.SubnetIds) > 0 || len(in.SecurityGroupIds) > 0 {
		return invalid("Subnet IDs and security group IDs are only supported for Interface type VPC Endpoint.")
	}
	if aws.ToBool(in.PrivateDnsEnabled) {
		return invalid("Private DNS can only be enabled for an Interface type VPC Endpoint.")
	}
	return checkEndpointTables(ctx, c, vpc, aws.ToString(in.ServiceName), in.RouteTableIds)
}

// checkEndpointTables refuses route tables of another VPC, and those that have
// a route to the service already.
func checkEndpointTables(ctx context.Context, c *Cloud, vpc, service string, tables []string) error {
	list, err := prefixListOf(ctx, c, service)
	if err != nil {
		return err
	}
	for _, id := range tables {
		table, err := findRouteTable(ctx, c, id)
		if err != nil {
			return refuse("InvalidRouteTableId.NotFound", "The routeTable ID '%s' does not exist", id)
		}
		if aws.ToString(table.VpcId) != vpc {
			return invalid("Route table %s belongs to the network %s, not to %s.", id, aws.ToString(table.VpcId), vpc)
		}
		for _, route := range table.Routes {
			if list != "" && aws.ToString(route.DestinationPrefixListId) == list {
				return refuse("RouteAlreadyExists", "route table %s already has a route with destination-prefix-list-id %s", id, list)
			}
		}
	}
	return nil
}

func prefixListOf(ctx context.Context, c *Cloud, service string) (string, error) {
	out, err := c.EC2.DescribePrefixLists(ctx, &ec2.DescribePrefixListsInput{Filters: filter("prefix-list-name", service)})
	if err != nil {
		return "", err
	}
	for _, list := range out.PrefixLists {
		if aws.ToString(list.PrefixListName) == service {
			return aws.ToString(list.PrefixListId), nil
		}
	}
	return "", nil
}

// checkEndpointSubnets refuses subnets of another VPC and two in one zone.
func checkEndpointSubnets(ctx context.Context, c *Cloud, vpc string, has, adds []string) error {
	zones := map[string]string{}
	for _, id := range append(slices.Clone(has), adds...) {
		out, err := c.EC2.DescribeSubnets(ctx, &ec2.DescribeSubnetsInput{SubnetIds: []string{id}})
		if err != nil || len(out.Subnets) == 0 {
			return refuse("InvalidSubnetId.NotFound", "The subnet ID '%s' does not exist", id)
		}
		subnet := out.Subnets[0]
		if aws.ToString(subnet.VpcId) != vpc {
			return invalid("Subnet %s belongs to the network %s, not to %s.", id, aws.ToString(subnet.VpcId), vpc)
		}
		zone := aws.ToString(subnet.AvailabilityZone)
		if other, twice := zones[zone]; twice {
			return refuse("DuplicateSubnetsInSameZone", "Found another VPC endpoint subnet in the availability zone of %s: %s, in %s.", id, other, zone)
		}
		zones[zone] = id
	}
	return nil
}

func checkEndpointGroups(ctx context.Context, c *Cloud, vpc string, groups []string) error {
	for _, id := range groups {
		out, err := c.EC2.DescribeSecurityGroups(ctx, &ec2.DescribeSecurityGroupsInput{GroupIds: []string{id}})
		if err != nil || len(out.SecurityGroups) == 0 {
			return refuse("InvalidGroup.NotFound", "The security group '%s' does not exist", id)
		}
		if other := aws.ToString(out.SecurityGroups[0].VpcId); other != vpc {
			return invalid("Security group %s belongs to the network %s, not to %s.", id, other, vpc)
		}
	}
	return nil
}

// checkPrivateDNS refuses private names in a VPC without DNS, for a service
// without such a name, and where another endpoint has it.
func checkPrivateDNS(ctx context.Context, c *Cloud, vpc, self string, service types.ServiceDetail) error {
	if aws.ToString(service.PrivateDnsName) == "" {
		return invalid("Private DNS can't be enabled because the service %s does not provide a private DNS name.", aws.ToString(service.ServiceName))
	}
	for _, name := range []types.VpcAttributeName{types.VpcAttributeNameEnableDnsSupport, types.VpcAttributeNameEnableDnsHostnames} {
		out, err := c.EC2.DescribeVpcAttribute(ctx, &ec2.DescribeVpcAttributeInput{VpcId: &vpc, Attribute: name})
		if err != nil {
			return err
		}
		v := out.EnableDnsSupport
		if name == types.VpcAttributeNameEnableDnsHostnames {
			v = out.EnableDnsHostnames
		}
		if v == nil || !aws.ToBool(v.Value) {
			return invalid("Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for %s", vpc)
		}
	}
	endpoints, err := vpcEndpoints(ctx, c, vpc)
	if err != nil {
		return err
	}
	for _, e := range endpoints {
		if aws.ToString(e.VpcEndpointId) != self && aws.ToString(e.ServiceName) == aws.ToString(service.ServiceName) &&
			e.VpcEndpointType == types.VpcEndpointTypeInterface && aws.ToBool(e.PrivateDnsEnabled) {
			return invalid("private-dns-enabled cannot be set because there is already a conflicting DNS domain for %s in the VPC %s", aws.ToString(service.PrivateDnsName), vpc)
		}
	}
	return nil
}

// privateDNSTag keeps, in the emulator, what ModifyVpcEndpoint made of private
// DNS: the emulator itself only knows what the endpoint was made with. Tags of
// this prefix are AWS's own, which everyone leaves alone.
const privateDNSTag = "aws:local:private-dns-enabled"

func restorePrivateDNS(e *types.VpcEndpoint) {
	for i, tag := range e.Tags {
		if aws.ToString(tag.Key) == privateDNSTag {
			e.PrivateDnsEnabled = aws.Bool(aws.ToString(tag.Value) == "true")
			e.Tags = slices.Delete(e.Tags, i, i+1)
			return
		}
	}
}

func describeEndpoints(_ context.Context, _ *Cloud, _ *ec2.DescribeVpcEndpointsInput, out *ec2.DescribeVpcEndpointsOutput) error {
	for i := range out.VpcEndpoints {
		restorePrivateDNS(&out.VpcEndpoints[i])
	}
	return nil
}

func endpointByID(ctx context.Context, c *Cloud, id string) (*types.VpcEndpoint, error) {
	out, err := c.EC2.DescribeVpcEndpoints(ctx, &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: []string{id}})
	if err != nil || len(out.VpcEndpoints) == 0 || strings.EqualFold(string(out.VpcEndpoints[0].State), string(types.StateDeleted)) {
		return nil, refuse("InvalidVpcEndpointId.NotFound", "The Vpc Endpoint Id '%s' does not exist", id)
	}
	restorePrivateDNS(&out.VpcEndpoints[0])
	return &out.VpcEndpoints[0], nil
}

// checkDeleteEndpoints refuses endpoints that are gone; the emulator would take
// their routes away again.
func checkDeleteEndpoints(ctx context.Context, c *Cloud, in *ec2.DeleteVpcEndpointsInput) error {
	for _, id := range in.VpcEndpointIds {
		if _, err := endpointByID(ctx, c, id); err != nil {
			return err
		}
	}
	return nil
}

func checkModifyEndpoint(ctx context.Context, c *Cloud, in *ec2.ModifyVpcEndpointInput) error {
	endpoint, err := endpointByID(ctx, c, aws.ToString(in.VpcEndpointId))
	if err != nil {
		return err
	}
	vpc, service := aws.ToString(endpoint.VpcId), aws.ToString(endpoint.ServiceName)
	if in.PolicyDocument != nil {
		if err := checkDocument("InvalidPolicyDocument", *in.PolicyDocument, endpointPolicy); err != nil {
			return err
		}
	}
	if endpoint.VpcEndpointType == types.VpcEndpointTypeGateway {
		if len(in.AddSubnetIds)+len(in.AddSecurityGroupIds) > 0 || aws.ToBool(in.PrivateDnsEnabled) {
			return invalid("Subnet IDs, security group IDs and private DNS are only supported for Interface type VPC Endpoint.")
		}
		return checkEndpointTables(ctx, c, vpc, service, in.AddRouteTableIds)
	}
	if len(in.AddRouteTableIds) > 0 {
		return invalid("Route table IDs are only supported for Gateway type VPC Endpoint.")
	}
	var keeps []string
	for _, id := range endpoint.SubnetIds {
		if !contains(in.RemoveSubnetIds, id) && !contains(in.AddSubnetIds, id) {
			keeps = append(keeps, id)
		}
	}
	if err := checkEndpointSubnets(ctx, c, vpc, keeps, in.AddSubnetIds); err != nil {
		return err
	}
	if err := checkEndpointGroups(ctx, c, vpc, in.AddSecurityGroupIds); err != nil {
		return err
	}
	if aws.ToBool(in.PrivateDnsEnabled) {
		services, err := endpointService(ctx, c, service)
		if err != nil {
			return err
		}
		return checkPrivateDNS(ctx, c, vpc, aws.ToString(in.VpcEndpointId), services[types.ServiceTypeInterface])
	}
	return nil
}

// takeEndpointInterfaces removes an endpoint's network interfaces from the
// subnets taken from it. The emulator leaves them there, and a subnet with one
// cannot be deleted.
func takeEndpointInterfaces(ctx context.Context, c *Cloud, endpoint *types.VpcEndpoint, subnets []string) error {
	if len(subnets) == 0 || len(endpoint.NetworkInterfaceIds) == 0 {
		return nil
	}
	found, err := c.EC2.DescribeNetworkInterfaces(ctx, &ec2.DescribeNetworkInterfacesInput{
		Filters: []types.Filter{{Name: aws.String("subnet-id"), Values: subnets}},
	})
	if err != nil {
		return err
	}
	for _, eni := range found.NetworkInterfaces {
		if !contains(endpoint.NetworkInterfaceIds, aws.ToString(eni.NetworkInterfaceId)) {
			continue
		}
		if _, err := c.EC2.DeleteNetworkInterface(ctx, &ec2.DeleteNetworkInterfaceInput{NetworkInterfaceId: eni.NetworkInterfaceId}); err != nil {
			return err
		}
	}
	return nil
}

// finishModifyEndpoint does what the emulator leaves undone: the routes of a
// gateway endpoint in the tables given and taken, the network interfaces of an
// interface endpoint in the subnets taken, and private DNS.
func finishModifyEndpoint(ctx context.Context, c *Cloud, in *ec2.ModifyVpcEndpointInput, _ *ec2.ModifyVpcEndpointOutput) error {
	endpoint, err := endpointByID(ctx, c, aws.ToString(in.VpcEndpointId))
	if err != nil {
		return err
	}
	if err := takeEndpointInterfaces(ctx, c, endpoint, in.RemoveSubnetIds); err != nil {
		return err
	}
	if in.PrivateDnsEnabled != nil {
		value := "false"
		if *in.PrivateDnsEnabled {
			value = "true"
		}
		_, err := c.EC2.CreateTags(ctx, &ec2.CreateTagsInput{
			Resources: []string{*in.VpcEndpointId}, Tags: []types.Tag{{Key: aws.String(privateDNSTag), Value: &value}},
		})
		if err != nil {
			return err
		}
	}
	if len(in.AddRouteTableIds)+len(in.RemoveRouteTableIds) == 0 {
		return nil
	}
	list, err := prefixListOf(ctx, c, aws.ToString(endpoint.ServiceName))
	if err != nil || list == "" {
		return err
	}
	for _, table := range in.AddRouteTableIds {
		_, err := c.EC2.CreateRoute(ctx, &ec2.CreateRouteInput{RouteTableId: &table, DestinationPrefixListId: &list, GatewayId: in.VpcEndpointId})
		if err != nil {
			return err
		}
	}
	for _, table := range in.RemoveRouteTableIds {
		_, err := c.EC2.DeleteRoute(ctx, &ec2.DeleteRouteInput{RouteTableId: &table, DestinationPrefixListId: &list})
		if err != nil && !HasCode(err, "InvalidRoute.NotFound", "InvalidRouteTableID.NotFound") {
			return err
		}
	}
	return nil
}

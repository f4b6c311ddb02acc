package cloud

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	ecstypes "github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

var _ = addRules(map[string]rule{
	"EC2.AttachInternetGateway": {before: before(checkAttachGateway), source: ec2API + "AttachInternetGateway.html"},
	"EC2.DetachInternetGateway": {before: before(checkDetachGateway), source: ec2API + "DetachInternetGateway.html"},
	"EC2.ReleaseAddress":        {before: before(checkReleaseAddress), source: ec2API + "ReleaseAddress.html"},
})

// gatewayOf returns the internet gateway that is attached to a VPC, or "".
func gatewayOf(ctx context.Context, c *Cloud, vpc string) (string, error) {
	pages := ec2.NewDescribeInternetGatewaysPaginator(c.EC2, &ec2.DescribeInternetGatewaysInput{})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return "", err
		}
		for _, g := range page.InternetGateways {
			for _, a := range g.Attachments {
				if aws.ToString(a.VpcId) == vpc {
					return aws.ToString(g.InternetGatewayId), nil
				}
			}
		}
	}
	return "", nil
}

// checkAttachGateway refuses a second internet gateway in a VPC; a gateway that
// is attached already is the emulator's to refuse (Resource.AlreadyAssociated).
func checkAttachGateway(ctx context.Context, c *Cloud, in *ec2.AttachInternetGatewayInput) error {
	vpc := aws.ToString(in.VpcId)
	has, err := gatewayOf(ctx, c, vpc)
	if err != nil {
		return err
	}
	if has != "" && has != aws.ToString(in.InternetGatewayId) {
		return refuse("InvalidParameterValue", "Network %s already has an internet gateway attached", vpc)
	}
	return nil
}

// checkDetachGateway refuses to cut off public addresses that are in use.
func checkDetachGateway(ctx context.Context, c *Cloud, in *ec2.DetachInternetGatewayInput) error {
	vpc := aws.ToString(in.VpcId)
	if has, err := gatewayOf(ctx, c, vpc); err != nil || has != aws.ToString(in.InternetGatewayId) {
		return err // the emulator says that it is not attached
	}
	for _, mapped := range publicAddresses {
		if found, err := mapped(ctx, c, vpc); err != nil {
			return err
		} else if found {
			return refuse("DependencyViolation", "Network %s has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.", vpc)
		}
	}
	return nil
}

// publicAddresses report whether something of a VPC has a public address.
var publicAddresses = []func(ctx context.Context, c *Cloud, vpc string) (bool, error){elasticIPIn, publicTaskIn, publicBalancerIn}

// elasticIPIn looks for Elastic IPs on network interfaces, those of NAT
// gateways among them.
func elasticIPIn(ctx context.Context, c *Cloud, vpc string) (bool, error) {
	enis, err := c.EC2.DescribeNetworkInterfaces(ctx, &ec2.DescribeNetworkInterfacesInput{Filters: filter("vpc-id", vpc)})
	if err != nil {
		return false, err
	}
	for _, eni := range enis.NetworkInterfaces {
		if eni.Association != nil && eni.Association.PublicIp != nil {
			return true, nil
		}
	}
	return false, nil
}

// publicTaskIn looks for services whose tasks have public addresses.
func publicTaskIn(ctx context.Context, c *Cloud, vpc string) (bool, error) {
	services, err := taskNetworks(ctx, c)
	if err != nil {
		return false, err
	}
	for _, s := range services {
		if s.AssignPublicIp != ecstypes.AssignPublicIpEnabled || len(s.Subnets) == 0 {
			continue
		}
		subnets, err := c.EC2.DescribeSubnets(ctx, &ec2.DescribeSubnetsInput{SubnetIds: s.Subnets[:1]})
		if err != nil {
			return false, err
		}
		if len(subnets.Subnets) > 0 && aws.ToString(subnets.Subnets[0].VpcId) == vpc {
			return true, nil
		}
	}
	return false, nil
}

// addressByID returns an Elastic IP, or AWS's error that there is none.
func addressByID(ctx context.Context, c *Cloud, id string) (*types.Address, error) {
	out, err := c.EC2.DescribeAddresses(ctx, &ec2.DescribeAddressesInput{AllocationIds: []string{id}})
	if err != nil || len(out.Addresses) == 0 {
		return nil, refuse("InvalidAllocationID.NotFound", "The allocation ID '%s' does not exist", id)
	}
	return &out.Addresses[0], nil
}

// checkReleaseAddress refuses to release an address that something uses; the
// emulator takes it away from there.
func checkReleaseAddress(ctx context.Context, c *Cloud, in *ec2.ReleaseAddressInput) error {
	address, err := addressByID(ctx, c, aws.ToString(in.AllocationId))
	if err != nil {
		return err
	}
	if aws.ToString(address.AssociationId) != "" {
		return refuse("InvalidIPAddress.InUse", "Address %s is in use.", aws.ToString(address.PublicIp))
	}
	return nil
}

package standin

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
)

const eipPage = registry + "ec2/eip/"

// Instances and network interfaces have no row: nothing here associates an
// address but a NAT gateway.
var eipType = &resourceType{
	token: "aws:ec2/eip:Eip", args: sdk.EipArgs{}, state: sdk.Eip{},
	inputs: map[string]prop{
		"domain":             {change: replaces, computed: true, check: oneOf(types.DomainType("").Values()...), request: "AllocateAddress.Domain", source: eipPage},
		"publicIpv4Pool":     {change: replaces, computed: true, notReadBack: true, request: "AllocateAddress.PublicIpv4Pool", source: eipPage},
		"networkBorderGroup": {change: replaces, computed: true, notReadBack: true, request: "AllocateAddress.NetworkBorderGroup", source: eipPage},
		"tags":               {change: updates, request: "AllocateAddress.TagSpecifications CreateTags.Tags", source: eipPage},
	},
	checkSource: providerSource + "ec2/ec2_eip.go",
	outputs: []string{
		"allocationId", "arn", "associationId", "carrierIp", "customerOwnedIp", "instance", "ipamPoolId", "networkInterface",
		"privateDns", "privateIp", "ptrRecord", "publicDns", "publicIp", "vpc", "tagsAll",
	},
	unset:         []string{"address", "associateWithPrivateIp", "ipamPoolId", "privateDns"},
	source:        eipPage + "#outputs",
	createTimeout: 15 * time.Minute, updateTimeout: 5 * time.Minute, deleteTimeout: 3 * time.Minute,
	create: func(ctx context.Context, r *request) (string, error) {
		out, err := r.cloud.EC2.AllocateAddress(ctx, &ec2.AllocateAddressInput{
			Domain:             types.DomainType(r.in.str("domain")),
			PublicIpv4Pool:     r.in.strp("publicIpv4Pool"),
			NetworkBorderGroup: r.in.strp("networkBorderGroup"),
			TagSpecifications:  ec2TagSpec(types.ResourceTypeElasticIp, r.tags),
		})
		if err != nil {
			return "", err
		}
		return aws.ToString(out.AllocationId), nil
	},
	read:   readEip,
	update: updateEC2Tags,
	remove: func(ctx context.Context, r *request) error {
		_, err := r.cloud.EC2.ReleaseAddress(ctx, &ec2.ReleaseAddressInput{AllocationId: &r.id})
		return gone(err, "InvalidAllocationID.NotFound")
	},
}

func readEip(ctx context.Context, r *request) (map[string]any, error) {
	out, err := r.cloud.EC2.DescribeAddresses(ctx, &ec2.DescribeAddressesInput{AllocationIds: []string{r.id}})
	if cloud.HasCode(err, "InvalidAllocationID.NotFound") || err == nil && len(out.Addresses) == 0 {
		return nil, errNotFound
	}
	if err != nil {
		return nil, err
	}
	address := out.Addresses[0]
	owner, err := r.account(ctx)
	if err != nil {
		return nil, err
	}
	public, private := aws.ToString(address.PublicIp), aws.ToString(address.PrivateIpAddress)
	read := map[string]any{
		"allocationId": r.id, "arn": r.ec2ARN("elastic-ip", owner, r.id), "associationId": aws.ToString(address.AssociationId),
		"carrierIp": aws.ToString(address.CarrierIp), "customerOwnedIp": aws.ToString(address.CustomerOwnedIp),
		"domain": string(address.Domain), "vpc": address.Domain == types.DomainTypeVpc,
		"instance": aws.ToString(address.InstanceId), "networkInterface": aws.ToString(address.NetworkInterfaceId),
		"publicIp": public, "publicDns": publicName(r.cloud.Region(), public),
		"privateIp": private, "ptrRecord": "", "networkBorderGroup": cmp.Or(aws.ToString(address.NetworkBorderGroup), r.cloud.Region()),
		"publicIpv4Pool": cmp.Or(aws.ToString(address.PublicIpv4Pool), "amazon"), "tags": fromEC2Tags(address.Tags),
	}
	if private != "" {
		read["privateDns"] = privateName(r.cloud.Region(), private)
	}
	return read, nil
}

// publicName is the DNS name of a public address.
// Source: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html
func publicName(region, ip string) string {
	domain := region + ".compute"
	if region == "us-east-1" {
		domain = "compute-1"
	}
	return "ec2-" + strings.ReplaceAll(ip, ".", "-") + "." + domain + ".amazonaws.com"
}

// privateName is the DNS name of a private address.
// Source: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html
func privateName(region, ip string) string {
	domain := region + ".compute"
	if region == "us-east-1" {
		domain = "ec2"
	}
	return "ip-" + strings.ReplaceAll(ip, ".", "-") + "." + domain + ".internal"
}

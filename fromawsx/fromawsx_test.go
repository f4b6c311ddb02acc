package fromawsx

import (
	"slices"
	"testing"

	awsxec2 "github.com/pulumi/pulumi-awsx/sdk/v2/go/awsx/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/internals"
)

// awsx answers for the awsx plugin, which builds its VPC elsewhere.
type awsx struct{}

func (awsx) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	if args.TypeToken != "awsx:ec2:Vpc" {
		return args.Name, args.Inputs, nil
	}
	ids := func(names ...string) resource.PropertyValue {
		var list []resource.PropertyValue
		for _, n := range names {
			list = append(list, resource.NewProperty(n))
		}
		return resource.NewProperty(list)
	}
	return "", resource.PropertyMap{
		"vpcId": resource.NewProperty("vpc-1"), "privateSubnetIds": ids("subnet-p"), "isolatedSubnetIds": ids("subnet-i"),
		"publicSubnetIds": ids("subnet-w"),
	}, nil
}

func (awsx) Call(pulumi.MockCallArgs) (resource.PropertyMap, error) { return nil, nil }

func TestNewNetwork(t *testing.T) {
	t.Parallel()
	for tier, want := range map[Tier][2]string{"": {"subnet-p", "NatGateway"}, Private: {"subnet-p", "NatGateway"}, Isolated: {"subnet-i", "None"}} {
		err := pulumi.RunErr(func(ctx *pulumi.Context) error {
			vpc, err := awsxec2.NewVpc(ctx, "shared", nil)
			if err != nil {
				return err
			}
			n, err := NewNetwork(ctx, "net", vpc, &Args{Tier: tier})
			if err != nil {
				return err
			}
			subnets, err := internals.UnsafeAwaitOutput(ctx.Context(), n.SubnetIds)
			if err != nil {
				return err
			}
			egress, err := internals.UnsafeAwaitOutput(ctx.Context(), n.Egress)
			if err != nil {
				return err
			}
			if got, _ := subnets.Value.([]string); !slices.Equal(got, []string{want[0]}) || egress.Value != want[1] {
				t.Errorf("%q: want %v, got %v %v", tier, want, subnets.Value, egress.Value)
			}
			return nil
		}, pulumi.WithMocks("proj", "stack", awsx{}))
		if err != nil {
			t.Error(err)
		}
	}
}

package components

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// place is where a component's resources lie, as its own aws provider says.
type place struct {
	partition, region, account pulumi.StringOutput
}

func lookUpPlace(ctx *pulumi.Context, parent pulumi.Resource) place {
	return place{
		partition: found(aws.GetPartitionOutput(ctx, aws.GetPartitionOutputArgs{}, pulumi.Parent(parent)).Partition()),
		region:    found(aws.GetRegionOutput(ctx, aws.GetRegionOutputArgs{}, pulumi.Parent(parent)).Name()),
		account:   found(aws.GetCallerIdentityOutput(ctx, aws.GetCallerIdentityOutputArgs{}, pulumi.Parent(parent)).AccountId()),
	}
}

// checkSameRegion refuses a Region that is not the aws provider's: resources
// lie where the provider points, whatever an argument says.
func checkSameRegion(faults *field.Faults, want, provider string) {
	if want != "" && want != provider {
		faults.Add("region", want, fmt.Sprintf("is not the aws provider's Region, %s, where AWS would put the resources", provider),
			"leave region out, or pass an aws provider for it")
	}
}

// found turns a look-up that found nothing into an unknown value. The engine
// answers every look-up with an empty result while the provider's own
// arguments are not known yet, and an ARN made of that would be wrong.
func found(o pulumi.StringOutput) pulumi.StringOutput {
	return o.ApplyT(func(s string) pulumi.StringOutput {
		if s != "" {
			return pulumi.String(s).ToStringOutput()
		}
		return pulumi.UnsafeUnknownOutput(nil).ApplyT(func(any) string { return "" }).(pulumi.StringOutput)
	}).(pulumi.StringOutput)
}

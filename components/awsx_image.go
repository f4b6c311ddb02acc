package components

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

// awsxImage is awsx's Image, which builds an image with Docker's BuildKit and
// pushes it to ECR: https://www.pulumi.com/registry/packages/awsx/api-docs/ecr/image/
//
// It is registered by its token and not through awsx's Go SDK. A Go program
// has every plugin installed whose SDK is among its modules, used or not, so
// the SDK would bring each user of this package the plugins awsx, docker and
// docker-build. Like this, awsx comes with the first image that is built.
type awsxImage struct {
	pulumi.ResourceState

	ImageUri pulumi.StringOutput `pulumi:"imageUri"`
}

// awsxVersion is the version of awsx that goes with version 6 of the aws
// provider.
const awsxVersion = "2.22.0"

func newAwsxImage(ctx *pulumi.Context, name string, inputs pulumi.Map, opts ...pulumi.ResourceOption) (*awsxImage, error) {
	image := &awsxImage{}
	return image, ctx.RegisterRemoteComponentResource("awsx:ecr:Image", name, inputs, image, append(opts, pulumi.Version(awsxVersion))...)
}

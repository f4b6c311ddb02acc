package components

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
)

const containerImageType = children.Package + children.ContainerImage

// TagMutability decides whether a tag in a repository can be moved from one
// image to another.
type TagMutability string

const (
	// A tag stays with its image; pushing another image under it is refused.
	TagMutabilityImmutable TagMutability = "Immutable"
	// A tag can be moved, so what "1.0" is can change under running services.
	TagMutabilityMutable TagMutability = "Mutable"
)

// RepositoryEncryption decides which key encrypts a repository's images.
type RepositoryEncryption string

const (
	// A key that S3 keeps, at no cost.
	RepositoryEncryptionAes256 RepositoryEncryption = "AES256"
	// A key in KMS, which charges for its use.
	RepositoryEncryptionKms RepositoryEncryption = "KMS"
)

// ContainerImageBuildArgs describes the image to build.
type ContainerImageBuildArgs struct {
	// Folder that the build may read, relative to the Pulumi project's folder.
	// Files listed in its .dockerignore are left out. Default: ".".
	Context *string `pulumi:"context,optional"`
	// Path of the Dockerfile, relative to the Pulumi project's folder.
	// Default: Dockerfile in context.
	Dockerfile *string `pulumi:"dockerfile,optional"`
	// Stage of the Dockerfile to build. Default: the last.
	Target *string `pulumi:"target,optional"`
	// Build arguments, by name. They can be read from the image, so pass no
	// secrets. Default: none.
	Args map[string]pulumi.StringInput `pulumi:"args,optional"`
	// Processor architecture to build for, whatever that of the building computer
	// is. Default: "X86_64".
	CpuArchitecture *CpuArchitecture `pulumi:"cpuArchitecture,optional"`
}

// ContainerImageArgs are the arguments of ContainerImage.
type ContainerImageArgs struct {
	// What to build and push. This needs Docker with BuildKit on the computer that
	// runs Pulumi, and the awsx plugin, which Pulumi installs. Default: nothing is
	// built; something else, such as a CI job, pushes to repositoryUrl.
	Build *ContainerImageBuildArgs `pulumi:"build,optional"`
	// With build, the tag to push the image under, which must be new for every
	// build; without it, the tag of an image that was pushed elsewhere. Default:
	// with build, a tag derived from the content of what is built.
	Tag pulumi.StringPtrInput `pulumi:"tag,optional"`
	// Digest of an image that was pushed elsewhere: "sha256:" and 64 hexadecimal
	// digits. Not together with build or tag. Default: none.
	Digest pulumi.StringPtrInput `pulumi:"digest,optional"`
	// Name of the repository: 2 to 256 lower case letters and digits, with "/",
	// ".", "_", "__" or hyphens between them. Another name replaces it.
	// Default: a name that Pulumi makes from the component's.
	RepositoryName *string `pulumi:"repositoryName,optional"`
	// Whether a tag can be moved to another image. Default: "Immutable".
	TagMutability *TagMutability `pulumi:"tagMutability,optional"`
	// Whether ECR scans each pushed image for known vulnerabilities. Basic scans
	// cost nothing. Default: true.
	ScanOnPush *bool `pulumi:"scanOnPush,optional"`
	// Days to keep an image without a tag, at least 1. Default: 14.
	UntaggedImageDays *int `pulumi:"untaggedImageDays,optional"`
	// Number of images to keep, at least 1; older ones are deleted, even one that
	// a service still runs, so leave room for images that are pushed but never
	// deployed. Default: 100.
	KeepImages *int `pulumi:"keepImages,optional"`
	// What encrypts the images. Fixed once the repository exists: another value
	// replaces it. Default: "AES256".
	Encryption *RepositoryEncryption `pulumi:"encryption,optional"`
	// ARN of the KMS key where encryption is "KMS". Fixed once the repository
	// exists. Default: the key that AWS keeps for ECR.
	KmsKeyArn pulumi.StringPtrInput `pulumi:"kmsKeyArn,optional"`
	// Whether to delete the repository together with the images in it. Otherwise
	// AWS refuses to delete one that is not empty. Default: false.
	DeleteImages *bool `pulumi:"deleteImages,optional"`
	// Tags for every resource that takes tags; they win over the Name tag that
	// each gets. Default: none.
	Tags pulumi.StringMapInput `pulumi:"tags,optional"`
}

// ContainerImage is a private ECR repository and an image in it, which is built
// and pushed here or elsewhere, such as in a CI job. Pass its imageUri to a
// service: where that holds the digest, a new build starts a new deployment,
// and nothing else does. ECR charges by the gigabyte, stored and sent.
//
// An image is built on the computer that runs Pulumi, by awsx and Docker's
// BuildKit. If no Docker engine answers, the update fails with their error, and
// leaves the repository without an image. Pulumi may build at a preview too,
// but pushes only during an update.
type ContainerImage struct {
	pulumi.ResourceState

	// The image, for a service: with its digest where it is built here or a digest
	// was given, else with its tag; "" if there is neither.
	ImageUri pulumi.StringOutput `pulumi:"imageUri"`
	// Address of the repository, to push to.
	RepositoryUrl pulumi.StringOutput `pulumi:"repositoryUrl"`
	// Name of the repository.
	RepositoryName pulumi.StringOutput `pulumi:"repositoryName"`
	// ARN of the repository.
	RepositoryArn pulumi.StringOutput `pulumi:"repositoryArn"`
}

// NewContainerImage makes a private ECR repository and an image in it.
func NewContainerImage(ctx *pulumi.Context, name string, args *ContainerImageArgs, opts ...pulumi.ResourceOption) (*ContainerImage, error) {
	if args == nil {
		args = &ContainerImageArgs{}
	}
	faults, err := args.check(ctx, name)
	if err != nil {
		return nil, err
	}
	if err := refuse(ctx, "ContainerImage", name, faults); err != nil {
		return nil, err
	}
	c := &ContainerImage{}
	if err := ctx.RegisterComponentResource(containerImageType, name, c, opts...); err != nil {
		return nil, err
	}
	repository, err := args.makeRepository(ctx, c, name)
	if err != nil {
		return nil, err
	}
	c.RepositoryUrl, c.RepositoryName, c.RepositoryArn = repository.RepositoryUrl, repository.Name, repository.Arn
	if c.ImageUri, err = args.image(ctx, c, name, repository); err != nil {
		return nil, err
	}
	return c, ctx.RegisterResourceOutputs(c, outputsOf(c))
}

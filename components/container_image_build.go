package components

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecr"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/imageplan"
)

func (a *ContainerImageArgs) check(ctx *pulumi.Context, name string) (faults field.Faults, err error) {
	if a.RepositoryName != nil {
		faults = append(faults, imageplan.CheckRepositoryName("repositoryName", *a.RepositoryName)...)
	}
	if a.RepositoryName == nil && !imageplan.IsRepositoryName(name) {
		faults.Add("repositoryName", nil, fmt.Sprintf("is required, because the component's name %q is not a valid repository name", name),
			`write 2 to 256 lower case letters and digits, with "/", ".", "_", "__" or hyphens between them`)
	}
	checkEnum(&faults, "tagMutability", a.TagMutability, TagMutabilityImmutable, TagMutabilityMutable)
	checkEnum(&faults, "encryption", a.Encryption, RepositoryEncryptionAes256, RepositoryEncryptionKms)
	if a.KmsKeyArn != nil && or(a.Encryption, RepositoryEncryptionAes256) != RepositoryEncryptionKms {
		faults.Add("kmsKeyArn", nil, `is given, but encryption is not "KMS"`, `write encryption "KMS", or leave kmsKeyArn out`)
	}
	for _, n := range []struct {
		path  string
		value *int
	}{{"untaggedImageDays", a.UntaggedImageDays}, {"keepImages", a.KeepImages}} {
		if or(n.value, 1) < 1 {
			faults.Add(n.path, *n.value, "is below 1", "write 1 or more, or leave it out")
		}
	}
	if a.Digest != nil && a.Tag != nil {
		faults.Add("digest", nil, "cannot be given together with tag", "leave one of them out")
	}
	if a.Digest != nil && a.Build != nil {
		faults.Add("digest", nil, "cannot be given together with build, which makes the digest", "leave one of them out")
	}
	if a.Build != nil {
		a.Build.check(&faults)
	}
	err = errors.Join(
		checkTags(ctx, &faults, a.Tags, 0),
		checkText(ctx, &faults, a.Tag, func(tag string) field.Faults { return imageplan.CheckTag("tag", tag) }),
		checkText(ctx, &faults, a.Digest, func(digest string) field.Faults { return imageplan.CheckDigest("digest", digest) }),
		checkArn(ctx, &faults, "kmsKeyArn", "kms", a.KmsKeyArn),
	)
	return faults, err
}

// check finds files that are not there before a build, minutes later, does.
func (b *ContainerImageBuildArgs) check(faults *field.Faults) {
	checkEnum(faults, "build.cpuArchitecture", b.CpuArchitecture, CpuArchitectureX8664, CpuArchitectureArm64)
	for name := range b.Args {
		if name == "" {
			faults.Add("build.args", nil, "has an empty name", "name the argument")
		}
	}
	if info, err := os.Stat(b.context()); err != nil || !info.IsDir() {
		faults.Add("build.context", b.context(), "is not a folder", "write its path relative to the Pulumi project's folder")
		return
	}
	if info, err := os.Stat(b.dockerfile()); err != nil || !info.Mode().IsRegular() {
		faults.Add("build.dockerfile", b.dockerfile(), "is not a file", "write its path relative to the Pulumi project's folder")
	}
}

func (b *ContainerImageBuildArgs) context() string { return or(b.Context, ".") }

func (b *ContainerImageBuildArgs) dockerfile() string {
	return or(b.Dockerfile, filepath.Join(b.context(), "Dockerfile"))
}

// platform is what Docker calls an architecture.
func (b *ContainerImageBuildArgs) platform() string {
	if or(b.CpuArchitecture, CpuArchitectureX8664) == CpuArchitectureArm64 {
		return "linux/arm64"
	}
	return "linux/amd64"
}

// contentTag is a tag of what is built.
func (b *ContainerImageBuildArgs) contentTag(args map[string]string) (string, error) {
	dockerfile, err := os.ReadFile(b.dockerfile())
	if err != nil {
		return "", err
	}
	// A Dockerfile's own ignore file wins over the context's.
	ignore, err := os.ReadFile(b.dockerfile() + ".dockerignore")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	return imageplan.Build{
		Context: os.DirFS(b.context()), Dockerfile: dockerfile, Ignore: ignore,
		Target: or(b.Target, ""), Platform: b.platform(),
	}.ContentTag(args)
}

func (a *ContainerImageArgs) makeRepository(ctx *pulumi.Context, parent pulumi.Resource, name string) (*ecr.Repository, error) {
	child, opts := children.Repository.Name(name), []pulumi.ResourceOption{pulumi.Parent(parent)}
	mutability := "IMMUTABLE"
	if or(a.TagMutability, TagMutabilityImmutable) == TagMutabilityMutable {
		mutability = "MUTABLE"
	}
	args := &ecr.RepositoryArgs{
		ImageTagMutability:         pulumi.String(mutability),
		ImageScanningConfiguration: ecr.RepositoryImageScanningConfigurationArgs{ScanOnPush: pulumi.Bool(or(a.ScanOnPush, true))},
		EncryptionConfigurations: ecr.RepositoryEncryptionConfigurationArray{ecr.RepositoryEncryptionConfigurationArgs{
			EncryptionType: pulumi.String(string(or(a.Encryption, RepositoryEncryptionAes256))), KmsKey: a.KmsKeyArn,
		}},
		ForceDelete: pulumi.Bool(or(a.DeleteImages, false)),
		Tags:        nameTag(a.Tags, child),
	}
	if a.RepositoryName != nil {
		args.Name = pulumi.String(*a.RepositoryName)
		opts = append(opts, pulumi.DeleteBeforeReplace(true)) // ECR takes a name once
	}
	repository, err := ecr.NewRepository(ctx, child, args, opts...)
	if err != nil {
		return nil, err
	}
	// A repository has one policy, and the aws provider replaces it for another
	// text: the old one has to go first, or its deletion takes the new one away.
	_, err = ecr.NewLifecyclePolicy(ctx, children.Lifecycle.Name(name), &ecr.LifecyclePolicyArgs{
		Repository: repository.Name,
		Policy:     pulumi.String(imageplan.LifecyclePolicy(or(a.UntaggedImageDays, 14), or(a.KeepImages, 100))),
	}, pulumi.Parent(parent), pulumi.DeleteBeforeReplace(true))
	return repository, err
}

// image is the URI of the image, which is built here where build says so.
func (a *ContainerImageArgs) image(ctx *pulumi.Context, parent pulumi.Resource, name string, repository *ecr.Repository) (pulumi.StringOutput, error) {
	if a.Build == nil {
		return pulumi.All(repository.RepositoryUrl, orEmpty(a.Tag), orEmpty(a.Digest)).ApplyT(func(v []any) string {
			url, tag, digest := v[0].(string), v[1].(string), v[2].(string)
			switch {
			case digest != "":
				return url + "@" + digest
			case tag != "":
				return url + ":" + tag
			}
			return ""
		}).(pulumi.StringOutput), nil
	}
	// awsx has one tag for all builds of a folder; an immutable one could be
	// pushed only once.
	tag := a.Tag
	if tag == nil {
		tag = pulumi.StringMap(a.Build.Args).ToStringMapOutput().ApplyT(func(args map[string]string) (string, error) {
			tag, err := a.Build.contentTag(args)
			if err != nil {
				return "", fmt.Errorf("ContainerImage %q: reading what is built: %w", name, err)
			}
			return tag, nil
		}).(pulumi.StringOutput).ToStringPtrOutput()
	}
	inputs := pulumi.Map{
		"repositoryUrl": repository.RepositoryUrl,
		"context":       pulumi.String(a.Build.context()),
		"dockerfile":    pulumi.String(a.Build.dockerfile()),
		"args":          pulumi.StringMap(a.Build.Args),
		"platform":      pulumi.String(a.Build.platform()),
		"imageTag":      tag,
	}
	if a.Build.Target != nil {
		inputs["target"] = pulumi.String(*a.Build.Target)
	}
	image, err := newAwsxImage(ctx, children.Image.Name(name), inputs, pulumi.Parent(parent))
	if err != nil {
		return pulumi.StringOutput{}, err
	}
	return image.ImageUri, nil
}

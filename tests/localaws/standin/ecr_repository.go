package standin

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/ecr/types"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecr"
)

const repositoryPage = registry + "ecr/repository/"

var repositoryType = &resourceType{
	token: "aws:ecr/repository:Repository", args: sdk.RepositoryArgs{}, state: sdk.Repository{},
	inputs: map[string]prop{
		"name":                                      {change: replaces, autoName: 255, request: "CreateRepository.RepositoryName", source: repositoryPage},
		"imageTagMutability":                        {change: updates, byDefault: "MUTABLE", check: oneOf(types.ImageTagMutability("").Values()...), request: "CreateRepository.ImageTagMutability PutImageTagMutability.ImageTagMutability", source: repositoryPage},
		"imageScanningConfiguration":                {change: updates, computed: true, request: "CreateRepository.ImageScanningConfiguration PutImageScanningConfiguration.ImageScanningConfiguration", source: repositoryPage},
		"imageScanningConfiguration.scanOnPush":     {request: "CreateRepository.ImageScanningConfiguration", source: repositoryPage},
		"encryptionConfigurations":                  {change: replaces, computed: true, request: "CreateRepository.EncryptionConfiguration", source: repositoryPage},
		"encryptionConfigurations[].encryptionType": {byDefault: "AES256", check: oneOf(types.EncryptionType("").Values()...), request: "CreateRepository.EncryptionConfiguration", source: repositoryPage},
		"encryptionConfigurations[].kmsKey":         {computed: true, request: "CreateRepository.EncryptionConfiguration", source: repositoryPage},
		"forceDelete":                               {change: updates, reason: "decides how the repository is deleted (DeleteRepository.Force)", source: repositoryPage},
		"tags":                                      {change: updates, request: "CreateRepository.Tags TagResource.Tags", source: repositoryPage},
	},
	checkSource: providerSource + "ecr/repository.go",
	outputs:     []string{"arn", "registryId", "repositoryUrl", "tagsAll"},
	source:      repositoryPage + "#outputs",
	create:      createRepository, read: readRepository, update: updateRepository,
	remove: func(ctx context.Context, r *request) error {
		_, err := r.cloud.ECR.DeleteRepository(ctx, &ecr.DeleteRepositoryInput{RepositoryName: &r.id, Force: r.state.boolean("forceDelete")})
		return gone(err, "RepositoryNotFoundException")
	},
}

func ecrTags(tags map[string]string) []types.Tag {
	var out []types.Tag
	for _, k := range sortedKeys(tags) {
		out = append(out, types.Tag{Key: aws.String(k), Value: aws.String(tags[k])})
	}
	return out
}

func scanning(r *request) *types.ImageScanningConfiguration {
	return &types.ImageScanningConfiguration{ScanOnPush: r.in.object("imageScanningConfiguration").boolean("scanOnPush")}
}

func createRepository(ctx context.Context, r *request) (string, error) {
	in := &ecr.CreateRepositoryInput{
		RepositoryName: r.in.strp("name"), ImageTagMutability: types.ImageTagMutability(r.in.str("imageTagMutability")), Tags: ecrTags(r.tags),
	}
	if r.in.has("imageScanningConfiguration") {
		in.ImageScanningConfiguration = scanning(r)
	}
	for _, e := range r.in.objects("encryptionConfigurations") {
		in.EncryptionConfiguration = &types.EncryptionConfiguration{EncryptionType: types.EncryptionType(e.str("encryptionType")), KmsKey: e.strp("kmsKey")}
	}
	out, err := r.cloud.ECR.CreateRepository(ctx, in)
	if err != nil {
		return "", err
	}
	return aws.ToString(out.Repository.RepositoryName), nil
}

func readRepository(ctx context.Context, r *request) (map[string]any, error) {
	out, err := r.cloud.ECR.DescribeRepositories(ctx, &ecr.DescribeRepositoriesInput{RepositoryNames: []string{r.id}})
	if err != nil {
		return nil, notFound(err, "RepositoryNotFoundException")
	}
	if len(out.Repositories) == 0 {
		return nil, errNotFound
	}
	repository := out.Repositories[0]
	listed, err := r.cloud.ECR.ListTagsForResource(ctx, &ecr.ListTagsForResourceInput{ResourceArn: repository.RepositoryArn})
	if err != nil {
		return nil, err
	}
	tags := map[string]string{}
	for _, t := range listed.Tags {
		if !strings.HasPrefix(aws.ToString(t.Key), "aws:") {
			tags[aws.ToString(t.Key)] = aws.ToString(t.Value)
		}
	}
	read := map[string]any{
		"arn": repository.RepositoryArn, "name": repository.RepositoryName, "registryId": repository.RegistryId,
		"repositoryUrl": repository.RepositoryUri, "imageTagMutability": string(repository.ImageTagMutability), "tags": tags,
	}
	if s := repository.ImageScanningConfiguration; s != nil {
		read["imageScanningConfiguration"] = map[string]any{"scanOnPush": s.ScanOnPush}
	}
	if e := repository.EncryptionConfiguration; e != nil {
		encryption := map[string]any{"encryptionType": string(e.EncryptionType)}
		if e.KmsKey != nil {
			encryption["kmsKey"] = *e.KmsKey
		}
		read["encryptionConfigurations"] = []any{encryption}
	}
	return read, nil
}

func updateRepository(ctx context.Context, r *request) error {
	if r.changed("imageTagMutability") {
		in := &ecr.PutImageTagMutabilityInput{RepositoryName: &r.id, ImageTagMutability: types.ImageTagMutability(r.in.str("imageTagMutability"))}
		if _, err := r.cloud.ECR.PutImageTagMutability(ctx, in); err != nil {
			return err
		}
	}
	if r.changed("imageScanningConfiguration") {
		in := &ecr.PutImageScanningConfigurationInput{RepositoryName: &r.id, ImageScanningConfiguration: scanning(r)}
		if _, err := r.cloud.ECR.PutImageScanningConfiguration(ctx, in); err != nil {
			return err
		}
	}
	if !r.changed("tags") {
		return nil
	}
	arn := r.state.strp("arn")
	put, drop := tagChanges(r)
	if len(drop) > 0 {
		if _, err := r.cloud.ECR.UntagResource(ctx, &ecr.UntagResourceInput{ResourceArn: arn, TagKeys: drop}); err != nil {
			return err
		}
	}
	if len(put) > 0 {
		_, err := r.cloud.ECR.TagResource(ctx, &ecr.TagResourceInput{ResourceArn: arn, Tags: ecrTags(put)})
		return err
	}
	return nil
}

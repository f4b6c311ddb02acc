package inventory

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/ecr/types"
)

// Repository is a private repository of container images.
type Repository struct {
	ARN        string `json:"arn"`
	Name       string `json:"name"`
	URI        string `json:"uri"`
	Mutability string `json:"mutability"`
	ScanOnPush bool   `json:"scanOnPush"`
	Encryption string `json:"encryption"`
	// Lifecycle is the lifecycle policy, a document.
	Lifecycle string `json:"lifecycle,omitempty"`
}

func (Repository) Kind() string { return "image repository" }

func (r Repository) Key() string { return r.ARN }

func (r Repository) String() string {
	scan := "not scanned"
	if r.ScanOnPush {
		scan = "scanned on push"
	}
	return fmt.Sprintf("%s, tags %s, %s, %s", r.Name, strings.ToLower(r.Mutability), scan, r.Encryption)
}

func (inv *Inventory) readRepositories(ctx context.Context, cfg aws.Config) error {
	client := ecr.NewFromConfig(cfg)
	err := each(ctx, ecr.NewDescribeRepositoriesPaginator(client, &ecr.DescribeRepositoriesInput{}), func(page *ecr.DescribeRepositoriesOutput) error {
		for _, r := range page.Repositories {
			repository := Repository{
				ARN: aws.ToString(r.RepositoryArn), Name: aws.ToString(r.RepositoryName), URI: aws.ToString(r.RepositoryUri), Mutability: string(r.ImageTagMutability),
			}
			if r.ImageScanningConfiguration != nil {
				repository.ScanOnPush = r.ImageScanningConfiguration.ScanOnPush
			}
			if r.EncryptionConfiguration != nil {
				repository.Encryption = string(r.EncryptionConfiguration.EncryptionType)
			}
			policy, err := client.GetLifecyclePolicy(ctx, &ecr.GetLifecyclePolicyInput{RepositoryName: r.RepositoryName})
			var none *types.LifecyclePolicyNotFoundException
			if err != nil && !errors.As(err, &none) {
				return err
			}
			if err == nil {
				repository.Lifecycle = aws.ToString(policy.LifecyclePolicyText)
			}
			inv.Repositories = append(inv.Repositories, repository)
		}
		return nil
	})
	order(inv.Repositories)
	return err
}

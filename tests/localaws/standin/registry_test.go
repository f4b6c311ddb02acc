package standin

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/stretchr/testify/require"
)

const (
	tRepository = "aws:ecr/repository:Repository"
	tLifecycle  = "aws:ecr/lifecyclePolicy:LifecyclePolicy"
)

const expire = `{"rules":[{"rulePriority":1,"selection":{"tagStatus":"untagged","countType":"imageCountMoreThan","countNumber":10},"action":{"type":"expire"}}]}`

var _ = addLives(map[string]func(p *provider) life{
	tRepository: func(*provider) life {
		return life{
			in: props{
				"name": "team/repository-of-mine", "imageTagMutability": "IMMUTABLE", "imageScanningConfiguration": props{"scanOnPush": true},
				"encryptionConfigurations": []any{props{"encryptionType": "KMS", "kmsKey": "arn:aws:kms:us-east-1:123456789012:key/1"}},
				"forceDelete":              false, "tags": props{"Name": "one"},
			},
			edits: []edit{
				{name: "name", value: "another"},
				{name: "encryptionConfigurations", value: []any{props{"encryptionType": "AES256"}}},
				{name: "imageTagMutability", value: "MUTABLE"},
				{name: "imageScanningConfiguration", value: props{"scanOnPush": false}},
				{name: "forceDelete", value: true},
				{name: "tags", value: props{"Name": "two"}},
			},
		}
	},
	tLifecycle: func(p *provider) life {
		repository := p.create(tRepository, "lifecycle", props{})
		return life{
			in: props{"repository": repository.id, "policy": expire},
			edits: []edit{
				{name: "repository", value: "another"},
				{name: "policy", value: strings.Replace(expire, `"countNumber":10`, `"countNumber":20`, 1)},
			},
		}
	},
})

func TestRepositoriesRefused(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	repository := p.create(tRepository, "one", props{"name": "one"})
	runRefusals(t, p, map[string]refusal{
		"a name twice":        {tRepository, props{"name": "one"}, "RepositoryAlreadyExistsException", "one"},
		"an upper-case name":  {tRepository, props{"name": "One"}, "InvalidParameterException", "One"},
		"an unknown mode":     {tRepository, props{"name": "fixed", "imageTagMutability": "FIXED"}, "InvalidParameterException", "FIXED"},
		"a key without KMS":   {tRepository, props{"name": "keyed", "encryptionConfigurations": []any{props{"kmsKey": "k"}}}, "InvalidParameterException", "kmsKey"},
		"no repository":       {tLifecycle, props{"repository": "none", "policy": expire}, "RepositoryNotFoundException", "none"},
		"no lifecycle policy": {tLifecycle, props{"repository": repository.id, "policy": `{"rules":[{}]}`}, "InvalidParameterException", "Lifecycle policy validation failure"},
	})
}

// What CI pushed must not go with the stack unless the program says so.
func TestRepositoryWithImagesStays(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	repository := p.create(tRepository, "full", props{"name": "full"})
	c, err := p.clients()
	require.NoError(t, err)
	_, err = c.ECR.PutImage(t.Context(), &ecr.PutImageInput{
		RepositoryName: aws.String("full"), ImageTag: aws.String("1"),
		ImageManifest: aws.String(`{"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json","config":{"digest":"sha256:1"},"layers":[]}`),
	})
	require.NoError(t, err)
	require.ErrorContains(t, repository.tryDelete(), "RepositoryNotEmptyException")
	repository.update(props{"name": "full", "forceDelete": true})
	repository.delete()
	require.Empty(t, repository.read().GetId())
}

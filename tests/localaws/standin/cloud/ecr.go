package cloud

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/ecr/types"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

const ecrAPI = "https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_"

var _ = addRules(map[string]rule{
	"ECR.CreateRepository":              {before: before(checkCreateRepository), source: ecrAPI + "CreateRepository.html"},
	"ECR.PutLifecyclePolicy":            {before: before(checkLifecyclePolicy), source: ecrAPI + "PutLifecyclePolicy.html"},
	"ECR.PutImageScanningConfiguration": {after: after(stopScanning), source: ecrAPI + "PutImageScanningConfiguration.html"},
	"ECR.PutImageTagMutability": {before: before(func(_ context.Context, _ *Cloud, in *ecr.PutImageTagMutabilityInput) error {
		return checkMutability(in.ImageTagMutability)
	}), source: ecrAPI + "PutImageTagMutability.html"},
})

var repositoryName = regexp.MustCompile(`^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$`)

func checkCreateRepository(_ context.Context, _ *Cloud, in *ecr.CreateRepositoryInput) error {
	if name := aws.ToString(in.RepositoryName); len(name) < 2 || len(name) > 256 || !repositoryName.MatchString(name) {
		return invalidParameter("Invalid parameter at 'repositoryName' failed to satisfy constraint: '%s' must be 2 to 256 lower-case letters, numbers and single separators . _ - /", name)
	}
	if e := in.EncryptionConfiguration; e != nil {
		if !contains(e.EncryptionType.Values(), e.EncryptionType) {
			return invalidParameter("Invalid parameter at 'encryptionConfiguration.encryptionType' failed to satisfy constraint: '%s' is none of %v", e.EncryptionType, e.EncryptionType.Values())
		}
		if e.KmsKey != nil && e.EncryptionType == types.EncryptionTypeAes256 {
			return invalidParameter("Invalid parameter at 'encryptionConfiguration.kmsKey' failed to satisfy constraint: 'kmsKey must not be set with encryption type AES256'")
		}
	}
	return checkMutability(in.ImageTagMutability)
}

func checkMutability(m types.ImageTagMutability) error {
	if m != "" && !contains(m.Values(), m) {
		return invalidParameter("Invalid parameter at 'imageTagMutability' failed to satisfy constraint: '%s' is none of %v", m, m.Values())
	}
	return nil
}

// stopScanning says false in so many words: the SDK leaves it out, which is
// AWS's default but no change to the emulator.
func stopScanning(ctx context.Context, c *Cloud, in *ecr.PutImageScanningConfigurationInput, _ *ecr.PutImageScanningConfigurationOutput) error {
	if in.ImageScanningConfiguration.ScanOnPush {
		return nil
	}
	body, err := json.Marshal(map[string]any{
		"repositoryName": in.RepositoryName, "imageScanningConfiguration": map[string]bool{"scanOnPush": false},
	})
	if err != nil {
		return err
	}
	_, err = c.ECR.PutImageScanningConfiguration(ctx, in, func(o *ecr.Options) {
		o.APIOptions = append(o.APIOptions, func(stack *middleware.Stack) error {
			return stack.Serialize.Add(withBody(string(body)), middleware.After)
		})
	})
	return err
}

// withBody sends body in place of what the SDK wrote.
func withBody(body string) middleware.SerializeMiddleware {
	return middleware.SerializeMiddlewareFunc("WithBody", func(
		ctx context.Context, in middleware.SerializeInput, next middleware.SerializeHandler,
	) (middleware.SerializeOutput, middleware.Metadata, error) {
		request, ok := in.Request.(*smithyhttp.Request)
		if !ok {
			return middleware.SerializeOutput{}, middleware.Metadata{}, fmt.Errorf("a request of type %T has no body", in.Request)
		}
		request, err := request.SetStream(strings.NewReader(body))
		if err != nil {
			return middleware.SerializeOutput{}, middleware.Metadata{}, err
		}
		in.Request = request
		return next.HandleSerialize(ctx, in)
	})
}

// checkLifecyclePolicy refuses an empty policy; the emulator checks the rest.
func checkLifecyclePolicy(_ context.Context, _ *Cloud, in *ecr.PutLifecyclePolicyInput) error {
	if len(strings.TrimSpace(aws.ToString(in.LifecyclePolicyText))) < 2 {
		return invalidParameter("Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: it is empty'")
	}
	return nil
}

package imageplan

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// What ECR takes as the name of a repository:
// https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
var repositoryName = regexp.MustCompile(`^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$`)

// CheckRepositoryName returns the faults of a repository's name.
func CheckRepositoryName(path, text string) field.Faults {
	var faults field.Faults
	if !repositoryName.MatchString(text) || len(text) < 2 || len(text) > 256 {
		fix := `write 2 to 256 lower case letters and digits, with "/", ".", "_", "__" or hyphens between them`
		if lower := strings.ToLower(text); lower != text && repositoryName.MatchString(lower) {
			fix = fmt.Sprintf("write %q", lower)
		}
		faults.Add(path, text, "is not a name that ECR takes", fix)
	}
	return faults
}

// IsRepositoryName says whether ECR takes a repository's name that Pulumi makes
// of text.
func IsRepositoryName(text string) bool {
	return repositoryName.MatchString(text) && len(text) <= 200 // Pulumi adds to it
}

var (
	// https://pkg.go.dev/github.com/distribution/reference#pkg-overview
	tagName    = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.-]*$`)
	digestName = regexp.MustCompile(`^sha256:[0-9a-f]{64}$`)
)

// CheckTag returns the faults of an image's tag.
func CheckTag(path, text string) field.Faults {
	var faults field.Faults
	if len(text) > 128 || !tagName.MatchString(text) {
		faults.Add(path, text, "is not a tag", `write up to 128 letters, digits, "_", "." and "-", not beginning with "." or "-"`)
	}
	return faults
}

// CheckDigest returns the faults of an image's digest.
func CheckDigest(path, text string) field.Faults {
	var faults field.Faults
	if !digestName.MatchString(text) {
		faults.Add(path, text, "is not a digest", `write "sha256:" and 64 hexadecimal digits`)
	}
	return faults
}

// LifecyclePolicy returns the policy of a repository that keeps its newest
// images, and those without a tag for some days.
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
func LifecyclePolicy(untaggedDays, keep int) string {
	type (
		selection struct {
			TagStatus   string `json:"tagStatus"`
			CountType   string `json:"countType"`
			CountUnit   string `json:"countUnit,omitempty"`
			CountNumber int    `json:"countNumber"`
		}
		action struct {
			Type string `json:"type"`
		}
		rule struct {
			RulePriority int       `json:"rulePriority"`
			Description  string    `json:"description"`
			Selection    selection `json:"selection"`
			Action       action    `json:"action"`
		}
	)
	b, err := json.Marshal(struct {
		Rules []rule `json:"rules"`
	}{[]rule{
		{1, fmt.Sprintf("Images without a tag for %d days", untaggedDays), selection{"untagged", "sinceImagePushed", "days", untaggedDays}, action{"expire"}},
		{2, fmt.Sprintf("The newest %d images", keep), selection{"any", "imageCountMoreThan", "", keep}, action{"expire"}},
	}})
	if err != nil {
		panic(err) // texts and numbers always marshal
	}
	return string(b)
}

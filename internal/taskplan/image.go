package taskplan

import (
	// The parser of references knows those digests whose hash is linked in; what
	// an image is must not depend on what else is in the program.
	_ "crypto/sha256"
	_ "crypto/sha512"
	"fmt"
	"net/netip"
	"regexp"
	"strings"

	"github.com/distribution/reference"

	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/need"
)

// Image is the image of a container.
type Image struct{ fact.Text }

// Check finds what is wrong with the reference.
func (i Image) Check(faults *field.Faults) { check(faults, i.Text, CheckImage) }

// declare asks for the way to the image. One in private ECR, of any account and
// Region, is pulled with the execution role; other registries need no grant.
// Nothing has the resource "*" but ecr:GetAuthorizationToken, which knows no
// other.
func (i Image) declare(at Place, n *need.Needs) {
	pull := need.Reach{Rule: "image-endpoints", At: i.At, What: "pulling an image of private ECR", To: []string{"ecr.api", "ecr.dkr"}}
	layers := need.Reach{Rule: "image-layers", At: i.At, What: "pulling the layers of an image of private ECR", To: []string{"s3"}}
	text, known := i.Get()
	if !known {
		pull.Unknown, layers.Unknown = "the image", "the image"
		n.Reach(pull)
		n.Reach(layers)
		return
	}
	account, region, repository, ecr := ParseECRImage(text)
	if !ecr {
		i.declareRegistry(text, n)
		return
	}
	pull.Region, layers.Region = region, region
	layers.AwsSays = fmt.Sprintf("CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: failed open: failed to do request: Get \"https://prod-%s-starport-layer-bucket.s3.%s.%s/...\": dial tcp: i/o timeout",
		region, region, endpoints.DnsSuffix(endpoints.Partition(region)))
	n.Reach(pull)
	n.Reach(layers)
	n.Grant(need.Grant{To: need.Execution, Sid: "EcrLogin", Actions: []string{"ecr:GetAuthorizationToken"}, Resources: []string{"*"}})
	n.Grant(need.Grant{
		To: need.Execution, Sid: "EcrPull",
		Actions:   []string{"ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"},
		Resources: []string{fmt.Sprintf("arn:%s:ecr:%s:%s:repository/%s", at.Partition, region, account, repository)},
	})
}

// declareRegistry asks for the way to a registry outside private ECR, which no
// endpoint leads to. One that may be in the VPC may be reached all the same.
func (i Image) declareRegistry(text string, n *need.Needs) {
	named, err := reference.ParseNormalizedNamed(text)
	if err != nil {
		return // a fault
	}
	pull := need.Reach{Rule: "image-registry", At: i.At, What: "pulling an image outside private ECR"}
	if registry := reference.Domain(named); MayBeInside(registry) {
		pull.Unknown = "whether " + registry + " is in the VPC"
	}
	n.Reach(pull)
}

func (i Image) render(d *containerDefinition) error {
	if d.Image = i.Or(""); d.Image == "" {
		return fmt.Errorf("container %q needs an image", d.Name)
	}
	return nil
}

// insideSuffixes end the names of hosts that the public DNS does not have.
var insideSuffixes = []string{".internal", ".local", ".lan", ".corp", ".private", ".home.arpa"}

// MayBeInside says whether a registry may be one of the user's own within the VPC,
// by its name: only the user knows whether the tasks reach that.
func MayBeInside(registry string) bool {
	host, _, _ := strings.Cut(registry, ":")
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.IsPrivate()
	}
	for _, suffix := range insideSuffixes {
		if strings.HasSuffix(host, suffix) {
			return true
		}
	}
	return !strings.Contains(host, ".")
}

// CheckImage returns the faults of an image reference, in the form in which
// Docker and ECS take it.
func CheckImage(path, image string) field.Faults {
	var faults field.Faults
	if rule, fix, better := imageFault(image); rule != "" {
		faults.AddBetter(path, image, rule, fix, better)
	}
	return faults
}

func imageFault(image string) (rule, fix, better string) {
	if image == "" {
		return "is empty", "write an image such as \"123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1.0\"", ""
	}
	if strings.ContainsFunc(image, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		if trimmed := strings.TrimSpace(image); trimmed != image && parses(trimmed) {
			return "has blanks around it", "leave them out", fmt.Sprintf("write %q", trimmed)
		}
		return "has a blank in it", "write REGISTRY/NAME:TAG without blanks", ""
	}
	for _, scheme := range []string{"https://", "http://", "docker://", "oci://"} {
		if rest, ok := strings.CutPrefix(image, scheme); ok {
			return "is a URL, not an image reference", "write what follows the two slashes", fmt.Sprintf("write %q", rest)
		}
	}
	named, err := reference.ParseNormalizedNamed(image)
	if err == nil {
		return ecsFault(image, named)
	}
	if lower := lowerRepository(image); lower != image && parses(lower) {
		return "is not an image reference: a repository's name is lower case", "write it in lower case", fmt.Sprintf("write %q", lower)
	}
	if strings.HasSuffix(image, ":") {
		return "is not an image reference: its tag is empty", "write a tag after the colon, or leave the colon out", fmt.Sprintf("write a tag after the colon, or %q", strings.TrimRight(image, ":"))
	}
	return "is not an image reference", "write REGISTRY/NAME:TAG or REGISTRY/NAME@sha256:DIGEST", ""
}

// longestImage is what ECS takes of an image's reference, in characters; a
// digest does not count.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
const longestImage = 255

// ecsFault returns what ECS has against a reference that parses.
func ecsFault(image string, named reference.Named) (rule, fix, better string) {
	if digested, ok := named.(reference.Digested); ok {
		if digested.Digest().Algorithm() != "sha256" {
			return "has a digest that ECS does not take", "write the image's sha256 digest, or a tag", ""
		}
		image, _, _ = strings.Cut(image, "@")
	}
	if len(image) > longestImage {
		return fmt.Sprintf("is longer than the %d characters that ECS takes", longestImage), "give the repository or the tag a shorter name", ""
	}
	return "", "", ""
}

func parses(image string) bool {
	_, err := reference.ParseNormalizedNamed(image)
	return err == nil
}

// lowerRepository returns an image with the repository in lower case; a tag
// keeps its case.
func lowerRepository(image string) string {
	end := len(image)
	if i := strings.IndexByte(image, '@'); i >= 0 {
		end = i
	}
	if i := strings.LastIndexByte(image[:end], ':'); i > strings.LastIndexByte(image[:end], '/') {
		end = i
	}
	return strings.ToLower(image[:end]) + image[end:]
}

// ecrHost is the registry of an account in a region: the classic names and the
// dual-stack ones, each with its FIPS variant, in every partition.
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-requests.html
var ecrHost = regexp.MustCompile(`^([0-9]{12})\.(?:` +
	`dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)` +
	`|dkr-ecr(?:-fips)?\.([a-z0-9-]+)\.on\.(?:aws|amazonwebservices\.com\.cn|amazonwebservices\.eu|aws\.ic\.gov|aws\.scloud|cloud-aws\.adc-e\.uk|aws\.hci\.ic\.gov)` +
	`)$`)

// ParseECRImage takes the reference of an image in a private ECR repository
// apart; ok is false for every other image.
func ParseECRImage(image string) (registryAccount, region, repository string, ok bool) {
	named, err := reference.ParseNormalizedNamed(image)
	if err != nil {
		return "", "", "", false
	}
	m := ecrHost.FindStringSubmatch(reference.Domain(named))
	if m == nil {
		return "", "", "", false
	}
	return m[1], m[2] + m[3], reference.Path(named), true
}

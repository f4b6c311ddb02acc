package preflight

import (
	"fmt"
	"slices"
	"strings"

	"github.com/distribution/reference"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

// pulls are the rules about images that can be pulled as far as the network
// goes, and may fail all the same.
var pulls = []Rule{
	{
		Id: "image-host", Severity: SeverityWarning,
		Needs:   "An image in private ECR should be named by the classic host, `ACCOUNT.dkr.ecr.REGION.amazonaws.com`: Fargate is only known to sign in to that one, and ECR's endpoints may not answer to the dual-stack and FIPS names.",
		AwsSays: "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ...: pull access denied, repository does not exist or may require authorization: no basic auth credentials",
		Fix:     "Write the classic host; it is the same repository.",
		Doc:     ecrGuide + "ecr-requests.html",
		check:   checkImageHost,
	},
	{
		Id: "image-pull-through", Severity: SeverityWarning,
		Needs:   "The first pull of an image through a pull-through cache needs a way to the internet; that an image comes from one can only be guessed from its name.",
		AwsSays: "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ...: not found; or the layers come from the upstream registry: dial tcp ...:443: i/o timeout",
		Fix:     "Pull the image once from where there is a way out, or push it to a repository of your own.",
		Doc:     ecrGuide + "pull-through-cache.html",
		check:   checkPullThrough,
	},
	{
		Id: "image-s3-policy", Severity: SeverityWarning,
		Needs:   "Registries such as Docker Hub and registry.k8s.io keep layers in S3 buckets of their own, and what goes to S3 goes through the gateway endpoint, whose policy must let it pass.",
		AwsSays: "CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: failed open: unexpected status code https://...s3...: 403 Forbidden",
		Fix:     "Write `endpointPolicies: Open`, or copy the image to private ECR.",
		Doc:     linkDocs + "vpc-endpoints-s3.html",
		check:   checkS3Policy,
	},
}

func checkImageHost(c *trial) {
	text, known := c.task.Image.Get()
	if !known {
		c.unknown(c.task.Image.At, "the image")
		return
	}
	named, err := reference.ParseNormalizedNamed(text)
	if _, _, _, ecr := taskplan.ParseECRImage(text); err != nil || !ecr {
		return
	}
	host := reference.Domain(named)
	dual, fips := strings.Contains(host, ".dkr-ecr"), strings.Contains(host, "ecr-fips.")
	fargate, isolated := c.onFargate(), c.isolated()
	switch {
	case !dual && !fips:
	case dual && fact.Is(fargate, true):
		c.find(c.task.Image.At, fmt.Sprintf("%s is a dual-stack name of ECR, and by all reports tasks on Fargate sign in to the classic one only", host), classicHost, "")
	case fact.Is(isolated, true):
		c.find(c.task.Image.At, fmt.Sprintf("%s is a %s name of ECR, and whether the endpoints of %s answer to it is not certain", host, kindOfHost(dual), c.net), classicHost, "")
	case dual && !fargate.IsKnown() || !isolated.IsKnown():
		c.unknown(c.task.Image.At, "the launch type, or the way out of "+c.net.String())
	}
}

const classicHost = "write the classic host, ACCOUNT.dkr.ecr.REGION.amazonaws.com; it is the same repository"

func kindOfHost(dual bool) string {
	if dual {
		return "dual-stack"
	}
	return "FIPS"
}

// upstreams are how the namespaces of pull-through caches are called: as the
// registries' hosts, anywhere in a name, or as the console proposes, at its
// beginning.
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-creating-rule.html
var (
	upstreamHosts = []string{"docker.io", "registry-1.docker.io", "public.ecr.aws", "quay.io", "ghcr.io", "registry.k8s.io", "registry.gitlab.com", "cgr.dev", "mcr.microsoft.com"}
	upstreamNames = []string{"docker-hub", "ecr-public", "quay", "github", "kubernetes", "gitlab", "chainguard"}
)

func checkPullThrough(c *trial) {
	if _, ok := c.ours(); !ok {
		return
	}
	text, _ := c.task.Image.Get()
	_, _, repository, _ := taskplan.ParseECRImage(text)
	parts := strings.Split(repository, "/")
	looks := slices.ContainsFunc(parts, func(p string) bool { return slices.Contains(upstreamHosts, p) })
	if !looks && (len(parts) == 1 || !slices.Contains(upstreamNames, parts[0])) || !c.offline(c.task.Image.At) {
		return
	}
	c.find(c.task.Image.At, fmt.Sprintf("%q looks like an image of a pull-through cache, and the registry behind it cannot be reached: %s", text, c.net.Exit()),
		"make sure that the image is in the cache already, with all its layers, or push it to a repository of your own", "")
}

func checkS3Policy(c *trial) {
	text, known := c.task.Image.Get()
	_, _, _, ecr := taskplan.ParseECRImage(text)
	switch {
	case known && ecr || fact.Is(c.isolated(), true) || fact.Is(c.net.S3Gateway, false) || fact.Is(c.net.S3PolicyNarrow, false):
	case known && fact.Is(c.isolated(), false) && fact.Is(c.net.S3Gateway, true) && fact.Is(c.net.S3PolicyNarrow, true):
		c.find(c.task.Image.At, fmt.Sprintf("%q is not in private ECR, and registries keep layers in S3, where the policy of the gateway endpoint of %s lets only ECR's layers and the listed buckets pass", text, c.net),
			`write endpointPolicies "Open", or copy the image to a private ECR repository`, "")
	default:
		c.unknown(c.task.Image.At, "the image, the way out of "+c.net.String()+", or its S3 gateway endpoint and that one's policy")
	}
}

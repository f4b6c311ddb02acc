package endpoints

import (
	"fmt"
	"net/netip"
	"regexp"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// bucketName is what AWS allows in the name of a general purpose bucket.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
var bucketName = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)

// reservedBuckets are beginnings and ends of names that AWS keeps for other
// things than general purpose buckets: the same page.
var (
	reservedBucketPrefixes = []string{"xn--", "sthree-", "amzn-s3-demo-"}
	reservedBucketSuffixes = []string{"-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"}
)

// CheckBuckets returns the faults of a list of S3 bucket names at path.
func CheckBuckets(path string, names []string) field.Faults {
	var faults field.Faults
	seen := map[string]int{}
	for i, name := range names {
		at := field.Index(path, i)
		if before, ok := seen[name]; ok {
			faults.Add(at, name, "is in the list twice, also at "+field.Index(path, before), "name each bucket once")
			continue
		}
		seen[name] = i
		if rule, fix := bucketFault(name); rule != "" {
			faults.Add(at, name, rule, fix)
		}
	}
	// Measured with the longest names that a partition and a region have.
	if _, err := S3Policy("aws-us-gov", "ap-northeast-10", names); err != nil && len(faults) == 0 {
		faults.Add(path, len(seen), fmt.Sprintf("buckets make an endpoint policy longer than the %d characters that AWS takes", maxPolicy), "list fewer")
	}
	return faults
}

func bucketFault(name string) (rule, fix string) {
	for _, scheme := range []string{"s3://", "https://"} {
		if rest, ok := strings.CutPrefix(name, scheme); ok {
			bucket, _, _ := strings.Cut(rest, "/")
			if scheme == "s3://" && bucketName.MatchString(bucket) {
				return "is a URL, not a bucket name", fmt.Sprintf("write %q", bucket)
			}
			return "is a URL, not a bucket name", "write the bucket's name alone"
		}
	}
	if strings.HasPrefix(name, "arn:") {
		if i := strings.LastIndex(name, ":"); strings.Contains(name, ":s3:::") {
			bucket, _, _ := strings.Cut(name[i+1:], "/")
			return "is an ARN; the list takes names", fmt.Sprintf("write %q", bucket)
		}
		return "is an ARN, and not that of a bucket", "write the bucket's name"
	}
	const rules = "3 to 63 characters, lower case letters, digits, dots and hyphens, a letter or digit at both ends"
	switch {
	case name == "":
		return "is empty", "write a bucket's name, or remove the entry"
	case strings.Contains(name, "*"):
		return "has a wildcard", "name each bucket: a wildcard would open the endpoint to buckets of other accounts"
	case strings.Contains(name, "/"):
		bucket, _, _ := strings.Cut(name, "/")
		return "has a path in it", fmt.Sprintf("write the bucket's name alone, %q", bucket)
	case !bucketName.MatchString(name):
		return "is not a bucket name", "AWS allows " + rules
	case strings.Contains(name, ".."):
		return "is not a bucket name: it has two dots in a row", "AWS allows " + rules
	}
	if addr, err := netip.ParseAddr(name); err == nil && addr.Is4() {
		return "is not a bucket name: it is an IP address", "AWS allows " + rules
	}
	for _, p := range reservedBucketPrefixes {
		if strings.HasPrefix(name, p) {
			return fmt.Sprintf("is not a bucket name: AWS keeps names that begin with %q", p), "write the bucket's name"
		}
	}
	for _, s := range reservedBucketSuffixes {
		if strings.HasSuffix(name, s) {
			return fmt.Sprintf("is not the name of a general purpose bucket: AWS keeps names that end with %q", s), "write the bucket's own name"
		}
	}
	return "", ""
}

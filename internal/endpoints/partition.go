package endpoints

import "strings"

// partitions are AWS's separate clouds, by what their regions' names begin
// with. The first that fits counts.
// Source: partitions.json of the AWS SDKs (botocore 1.44.5).
var partitions = []struct{ regionPrefix, name, dnsSuffix string }{
	{"cn-", "aws-cn", "amazonaws.com.cn"},
	{"us-gov-", "aws-us-gov", "amazonaws.com"},
	{"us-iso-", "aws-iso", "c2s.ic.gov"},
	{"us-isob-", "aws-iso-b", "sc2s.sgov.gov"},
	{"eu-isoe-", "aws-iso-e", "cloud.adc-e.uk"},
	{"us-isof-", "aws-iso-f", "csp.hci.ic.gov"},
	{"eusc-", "aws-eusc", "amazonaws.eu"},
	{"", "aws", "amazonaws.com"},
}

// Partition returns the partition of a region: "aws" of us-east-1.
func Partition(region string) string {
	for _, p := range partitions {
		if strings.HasPrefix(region, p.regionPrefix) {
			return p.name
		}
	}
	return "aws" // not reached: the last prefix fits every region
}

// DnsSuffix returns what the names of a partition's public endpoints end with:
// "amazonaws.com" of aws. It is "" for a partition that is not known.
func DnsSuffix(partition string) string {
	for _, p := range partitions {
		if p.name == partition {
			return p.dnsSuffix
		}
	}
	return ""
}

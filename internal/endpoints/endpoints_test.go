package endpoints

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

func TestParse(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		names    []string
		region   string
		services []string
		faults   []string
	}{
		"the defaults":      {Default, "us-east-1", Default, nil},
		"none":              {nil, "us-east-1", nil, nil},
		"ECS on EC2":        {EcsOnEc2, "", EcsOnEc2, nil},
		"order is kept":     {[]string{"sqs", "kms", "logs"}, "us-east-1", []string{"sqs", "kms", "logs"}, nil},
		"full names":        {[]string{"com.amazonaws.us-east-1.ecr.api", "ecr.dkr"}, "us-east-1", []string{"ecr.api", "ecr.dkr"}, nil},
		"region not known":  {[]string{"com.amazonaws.us-east-1.sqs"}, "", []string{"sqs"}, nil},
		"China":             {[]string{"cn.com.amazonaws.cn-north-1.ecr.api", "com.amazonaws.cn-north-1.logs"}, "cn-north-1", []string{"ecr.api", "logs"}, nil},
		"China's suffix":    {[]string{"cn.com.amazonaws.cn-north-1.transcribe.cn"}, "cn-north-1", []string{"transcribe"}, nil},
		"another prefix":    {[]string{"aws.api.us-east-1.qbusiness"}, "us-east-1", []string{"qbusiness"}, nil},
		"FIPS is another":   {[]string{"kms", "kms-fips"}, "us-east-1", []string{"kms", "kms-fips"}, nil},
		"a wrong one stays": {[]string{"sqs", "no pe", "sns"}, "us-east-1", []string{"sqs", "sns"}, []string{`endpointServices[1]: "no pe" is not an AWS service with an interface endpoint; write the name as aws ec2 describe-vpc-endpoint-services lists it`}},
		"newer than this":   {[]string{"sqs", "brand-new.api"}, "us-east-1", []string{"sqs", "brand-new.api"}, nil},
		"newer, in full":    {[]string{"com.amazonaws.us-east-1.brand-new"}, "us-east-1", []string{"brand-new"}, nil},
		"newer, twice":      {[]string{"com.amazonaws.us-east-1.brand-new", "brand-new"}, "us-east-1", []string{"brand-new"}, []string{`endpointServices[1]: "brand-new" is the same service as "com.amazonaws.us-east-1.brand-new", at endpointServices[0]; name each service once: a VPC takes one endpoint of a service with private DNS`}},
		"newer, elsewhere":  {[]string{"com.amazonaws.eu-west-1.brand-new"}, "us-east-1", nil, []string{`endpointServices[0]: "com.amazonaws.eu-west-1.brand-new" is an endpoint service of another region; the network's region is us-east-1; write "brand-new", which is right in every region`}},
		"global":            {[]string{"com.amazonaws.s3-global.accesspoint"}, "us-east-1", nil, []string{`endpointServices[0]: "com.amazonaws.s3-global.accesspoint" names no region, but this list holds services of the network's region; write a service such as "sqs"; for a global service add an aws ec2.VpcEndpoint on the network's subnetIds`}},
		"systemsmanager":    {[]string{"systemsmanager"}, "us-east-1", nil, []string{`endpointServices[0]: "systemsmanager" is not an AWS service with an interface endpoint; write "ssm" for parameters, and "ssmmessages" for ECS Exec`}},
		"in full":           {[]string{"com.amazonaws.us-east-1.systemsmanager"}, "us-east-1", nil, []string{`endpointServices[0]: "com.amazonaws.us-east-1.systemsmanager" is not an AWS service with an interface endpoint; write "ssm" for parameters, and "ssmmessages" for ECS Exec`}},
		"ecr":               {[]string{"ecr"}, "", nil, []string{`endpointServices[0]: "ecr" is not an AWS service with an interface endpoint; did you mean "ecr.api" or "ecr.dkr"?`}},
		"a letter less":     {[]string{"secretmanager"}, "", []string{"secretmanager"}, nil}, // AWS might have it: a warning
		"case":              {[]string{"SQS"}, "", nil, []string{`endpointServices[0]: "SQS" is not how AWS writes the service; write "sqs"`}},
		"blanks":            {[]string{" sqs"}, "", nil, []string{`endpointServices[0]: " sqs" is not how AWS writes the service; write "sqs"`}},
		"empty":             {[]string{""}, "", nil, []string{`endpointServices[0]: "" is empty; write a service such as "sqs", or remove the entry`}},
		"twice":             {[]string{"sqs", "sqs"}, "", []string{"sqs"}, []string{`endpointServices[1]: "sqs" is in the list twice, also at endpointServices[0]; name each service once: a VPC takes one endpoint of a service with private DNS`}},
		"two names of one":  {[]string{"ssm", "com.amazonaws.us-east-1.ssm"}, "us-east-1", []string{"ssm"}, []string{`endpointServices[1]: "com.amazonaws.us-east-1.ssm" is the same service as "ssm", at endpointServices[0]; name each service once: a VPC takes one endpoint of a service with private DNS`}},
		"in full first":     {[]string{"com.amazonaws.us-east-1.ssm", "ssm"}, "us-east-1", []string{"ssm"}, []string{`endpointServices[1]: "ssm" is the same service as "com.amazonaws.us-east-1.ssm", at endpointServices[0]; name each service once: a VPC takes one endpoint of a service with private DNS`}},
		"another region":    {[]string{"com.amazonaws.eu-west-1.sqs"}, "us-east-1", nil, []string{`endpointServices[0]: "com.amazonaws.eu-west-1.sqs" is an endpoint service of another region; the network's region is us-east-1; write "sqs", which is right in every region`}},
		"s3":                {[]string{"s3"}, "", nil, []string{`endpointServices[0]: "s3" is there already, as the free gateway endpoint on every route table; remove it`}},
		"s3 in full":        {[]string{"com.amazonaws.us-east-1.s3"}, "us-east-1", nil, []string{`endpointServices[0]: "com.amazonaws.us-east-1.s3" is there already, as the free gateway endpoint on every route table; remove it`}},
		"dynamodb":          {[]string{"dynamodb"}, "", nil, []string{`endpointServices[0]: "dynamodb" is reached through a gateway endpoint, which costs nothing, and not through an interface endpoint of this list; add an aws ec2.VpcEndpoint of type Gateway on the network's routeTableIds, and give the service an egress rule for 443/tcp to its prefix list`}},
		"somebody else's":   {[]string{"com.amazonaws.vpce.us-east-1.vpce-svc-0123"}, "", nil, []string{`endpointServices[0]: "com.amazonaws.vpce.us-east-1.vpce-svc-0123" is an endpoint service of another owner, not of AWS; add an aws ec2.VpcEndpoint for it on the network's subnetIds`}},
		"no region in it":   {[]string{"com.amazonaws.ssm"}, "us-east-1", nil, []string{`endpointServices[0]: "com.amazonaws.ssm" names no region, but this list holds services of the network's region; did you mean "ssm"?`}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			named, faults := Parse("endpointServices", tt.names, tt.region)
			if diff := cmp.Diff(tt.services, named.Services); diff != "" {
				t.Errorf("services (-want +got)\n%s", diff)
			}
			var got []string
			for _, f := range faults {
				got = append(got, f.Error())
			}
			if diff := cmp.Diff(tt.faults, got); diff != "" {
				t.Errorf("faults (-want +got)\n%s", diff)
			}
		})
	}
}

// TestUnlisted: a service that is not in the table gets the name that the user
// wrote, and a warning that says so.
func TestUnlisted(t *testing.T) {
	t.Parallel()
	n, faults := Parse("endpointServices", []string{"logs", "secretmanager", "com.amazonaws.eusc-de-east-1.new", "eu.amazonaws.eusc-de-east-1.newer"}, "eusc-de-east-1")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	for service, want := range map[string]string{
		"logs": "com.amazonaws.eusc-de-east-1.logs", "secretmanager": "com.amazonaws.eusc-de-east-1.secretmanager",
		"new": "com.amazonaws.eusc-de-east-1.new", "newer": "eu.amazonaws.eusc-de-east-1.newer",
	} {
		if got := n.FullName(service, "eusc-de-east-1"); got != want {
			t.Errorf("%s is made as %s", service, got)
		}
		if TakesPolicy(service) != (service == "logs") {
			t.Errorf("%s gets a policy", service)
		}
	}
	const want = `endpointServices names services that this release does not know: ` +
		`"secretmanager" (did you mean "secretsmanager"?) becomes an endpoint for com.amazonaws.eusc-de-east-1.secretmanager; ` +
		`"new" becomes an endpoint for com.amazonaws.eusc-de-east-1.new; "newer" becomes an endpoint for eu.amazonaws.eusc-de-east-1.newer. ` +
		`AWS may have added them since; if it has not, it refuses the endpoint with InvalidServiceName. The endpoint gets no policy of ours`
	if diff := cmp.Diff(want, n.Warning("endpointServices")); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if n, _ := Parse("", Default, "us-east-1"); n.Warning("endpointServices") != "" {
		t.Errorf("the defaults are warned of: %s", n.Warning("endpointServices"))
	}
}

func TestDeclared(t *testing.T) {
	t.Parallel()
	services, faults := Declared("endpointServices", []string{
		"com.amazonaws.us-east-1.ecr.api", " LOGS ", "logs", "com.amazonaws.eu-west-1.ecr.dkr", "brand-new", "com.amazonaws.us-east-1.appconfig-fips",
		"com.amazonaws.s3-global.accesspoint", "com.amazonaws.vpce.us-east-1.vpce-svc-0123", "s3", "dynamodb", "systemsmanager", "",
	}, "us-east-1")
	if diff := cmp.Diff([]string{
		"ecr.api", "logs", "com.amazonaws.eu-west-1.ecr.dkr", "brand-new", "appconfig-fips",
		"com.amazonaws.s3-global.accesspoint", "com.amazonaws.vpce.us-east-1.vpce-svc-0123", "s3", "dynamodb",
	}, services); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if len(faults) != 2 || !strings.Contains(faults[0].Error(), `"ssmmessages" for ECS Exec`) || !strings.Contains(faults[1].Error(), "is empty") {
		t.Errorf("%v", faults)
	}
	if services, _ := Declared("", []string{"com.amazonaws.eu-west-1.logs"}, ""); !slices.Equal(services, []string{"logs"}) {
		t.Errorf("without a region %v", services)
	}
}

// TestTable holds what the table of services must be, whatever is added to it.
func TestTable(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^[a-z0-9]+([.-][a-z0-9]+)*$`)
	for name := range services {
		if !form.MatchString(name) {
			t.Errorf("%q is not a name that AWS gives", name)
		}
		if base, ok := strings.CutSuffix(name, "-fips"); ok && services[base].policy != services[name].policy {
			t.Errorf("%s and %s are one service, and only one of them takes a policy", base, name)
		}
	}
	for _, name := range []string{
		"autoscaling", "bedrock-runtime", "elasticache", "email-smtp", "events", "execute-api", "guardduty-data", "kinesis-streams", "kms",
		"lambda", "monitoring", "rds-data", "sns", "sqs", "states", "sts", "xray", "ecs", "ecs-agent", "ecs-telemetry", "elasticfilesystem",
	} {
		if _, ok := services[name]; !ok {
			t.Errorf("%s is missing", name)
		}
	}
	for _, name := range []string{"s3", "s3express", "dynamodb", "systemsmanager"} {
		if _, ok := services[name]; ok {
			t.Errorf("%s has no place in the table", name)
		}
	}
	if len(services) < 350 {
		t.Errorf("the table has %d services only", len(services))
	}
	for name, means := range otherNames {
		if _, ok := services[name]; ok {
			t.Errorf("%s is a service and needs no other name", name)
		}
		for _, m := range means {
			if _, ok := services[m]; !ok {
				t.Errorf("%s is said to mean %s, which is no service", name, m)
			}
		}
	}
	for region, p := range regionalPrefixes {
		if Partition(region) == "aws" {
			t.Errorf("%s has no partition of its own", region)
		}
		for _, name := range p.services {
			if _, ok := services[name]; !ok {
				t.Errorf("%s: %s is no service", region, name)
			}
		}
	}
}

func TestTakesPolicy(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"logs": true, "ssm": true, "ssmmessages": true, "ecr.api": true, "ecr.dkr": true, "secretsmanager": true, "sqs": true, "kms-fips": true,
		// AWS documents none, or not as whom Fargate calls them, or callers without credentials.
		"acm": false, "acm-fips": false, "acm-acme": true, "acm-acme-enroll": false, "email-smtp": false, "ecs-agent": false, "ecs-telemetry": false, "ecs": false, "execute-api": false, "unknown": false,
	} {
		if got := TakesPolicy(name); got != want {
			t.Errorf("TakesPolicy(%s) = %v", name, got)
		}
	}
}

func TestServiceName(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ service, region, want string }{
		{"ssm", "us-east-1", "com.amazonaws.us-east-1.ssm"},
		{"ecr.dkr", "ap-southeast-7", "com.amazonaws.ap-southeast-7.ecr.dkr"},
		{"ecr.dkr", "us-gov-west-1", "com.amazonaws.us-gov-west-1.ecr.dkr"},
		{"ecr.dkr", "cn-north-1", "cn.com.amazonaws.cn-north-1.ecr.dkr"},
		{"logs", "cn-north-1", "com.amazonaws.cn-north-1.logs"},
		{"transcribe", "cn-northwest-1", "cn.com.amazonaws.cn-northwest-1.transcribe.cn"},
		{"account", "cn-northwest-1", "cn.com.amazonaws.cn-northwest-1.account"},
		{"account", "cn-north-1", "com.amazonaws.cn-north-1.account"},
		{"ecr.api", "eusc-de-east-1", "eu.amazonaws.eusc-de-east-1.ecr.api"},
		{"ecr.api", "us-iso-east-1", "gov.ic.c2s.us-iso-east-1.ecr.api"},
		{"ecr.api", "us-isob-east-1", "gov.sgov.sc2s.us-isob-east-1.ecr.api"},
		{"qbusiness", "us-east-1", "aws.api.us-east-1.qbusiness"},
		{"s3", "cn-north-1", "com.amazonaws.cn-north-1.s3"}, // the gateway endpoint
		{"s3", "us-east-1", "com.amazonaws.us-east-1.s3"},
	} {
		got := ServiceName(tt.service, tt.region)
		if got != tt.want {
			t.Errorf("ServiceName(%s, %s) = %s, want %s", tt.service, tt.region, got, tt.want)
		}
	}
}

// TestNamesRoundTrip holds that every full name that we write can be read.
func TestNamesRoundTrip(t *testing.T) {
	t.Parallel()
	regions := []string{"us-east-1", "us-gov-east-1"}
	for region := range regionalPrefixes {
		regions = append(regions, region)
	}
	for _, region := range regions {
		for service := range services {
			short, got := Split(ServiceName(service, region))
			if short != service || got != region {
				t.Errorf("%s is read as %s in %q", ServiceName(service, region), short, got)
			}
		}
	}
}

func TestPartition(t *testing.T) {
	t.Parallel()
	for region, want := range map[string][2]string{
		"us-east-1": {"aws", "amazonaws.com"}, "ap-southeast-7": {"aws", "amazonaws.com"},
		"cn-north-1": {"aws-cn", "amazonaws.com.cn"}, "us-gov-west-1": {"aws-us-gov", "amazonaws.com"},
		"us-iso-east-1": {"aws-iso", "c2s.ic.gov"}, "us-isob-east-1": {"aws-iso-b", "sc2s.sgov.gov"},
		"us-isof-south-1": {"aws-iso-f", "csp.hci.ic.gov"}, "eu-isoe-west-1": {"aws-iso-e", "cloud.adc-e.uk"},
		"eusc-de-east-1": {"aws-eusc", "amazonaws.eu"},
	} {
		if got := Partition(region); got != want[0] || DnsSuffix(got) != want[1] {
			t.Errorf("%s is in %s with %s, want %v", region, got, DnsSuffix(got), want)
		}
	}
	if DnsSuffix("aws-moon") != "" {
		t.Error("a partition that is not known has no suffix")
	}
}

func TestNeedsEcsEndpoints(t *testing.T) {
	t.Parallel()
	for region, want := range map[string]bool{
		"us-east-1": false, "eu-central-2": false, "il-central-1": false, "us-gov-east-1": false, "cn-north-1": false,
		"ca-west-1": true, "ap-southeast-5": true, "ap-southeast-7": true, "mx-central-1": true, "ap-east-2": true, "eusc-de-east-1": true,
		"xx-future-1": true, "": false,
	} {
		if got := NeedsEcsEndpoints(region); got != want {
			t.Errorf("NeedsEcsEndpoints(%q) = %v", region, got)
		}
	}
}

func TestUnsupportedZoneIDs(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^[a-z]+[0-9]-az[0-9]$`)
	ids := UnsupportedZoneIDs()
	if !slices.IsSorted(ids) || !slices.Contains(ids, "apne1-az3") {
		t.Errorf("%v", ids)
	}
	for _, id := range ids {
		if !form.MatchString(id) {
			t.Errorf("%s is no zone id", id)
		}
	}
	ids[0] = "changed"
	if UnsupportedZoneIDs()[0] == "changed" {
		t.Error("the table is shared with callers")
	}
}

func TestS3Policy(t *testing.T) {
	t.Parallel()
	got, err := S3Policy("aws", "eu-west-1", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"Version":"2012-10-17","Statement":[{"Sid":"EcrLayers","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*"}]}`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}

	got, err = S3Policy("aws-cn", "cn-north-1", []string{"b", "a", "b"})
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Statement []struct {
			Sid      string
			Action   any
			Resource any
		}
	}
	if err := json.Unmarshal([]byte(got), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Statement) != 3 {
		t.Fatalf("want layers, buckets and objects: %s", got)
	}
	if diff := cmp.Diff([]any{"arn:aws-cn:s3:::a", "arn:aws-cn:s3:::b"}, doc.Statement[1].Resource); diff != "" {
		t.Errorf("buckets (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]any{"arn:aws-cn:s3:::a/*", "arn:aws-cn:s3:::b/*"}, doc.Statement[2].Resource); diff != "" {
		t.Errorf("objects (-want +got)\n%s", diff)
	}
	if strings.Contains(got, `"s3:*"`) || strings.Contains(got, `"Resource":"*"`) {
		t.Errorf("the policy opens the endpoint: %s", got)
	}
	if again, _ := S3Policy("aws-cn", "cn-north-1", []string{"a", "b"}); again != got {
		t.Error("the order of the list changes the policy, and so the endpoint")
	}

	for _, missing := range [][2]string{{"", "us-east-1"}, {"aws", ""}, {"aws-moon", "us-east-1"}} {
		if _, err := S3Policy(missing[0], missing[1], nil); err == nil {
			t.Errorf("%v gave a policy", missing)
		}
	}
}

// TestPolicyFits holds that a policy for many buckets stays in AWS's limit of
// 20,480 characters.
func TestPolicyFits(t *testing.T) {
	t.Parallel()
	long := make([]string, 100)
	for i := range long {
		long[i] = strings.Repeat("x", 60) + string(rune('a'+i/26)) + string(rune('a'+i%26))
	}
	got, err := S3Policy("aws", "us-east-1", long)
	if err != nil || len(got) > maxPolicy {
		t.Errorf("%d characters: %v", len(got), err)
	}
	if _, err := S3Policy("aws", "us-east-1", append(long, long...)); err != nil {
		t.Errorf("the same buckets again are no more: %v", err)
	}
	more := slices.Clone(long)
	for i := range long {
		more = append(more, "y"+long[i][1:])
	}
	if _, err := S3Policy("aws", "us-east-1", more); err == nil {
		t.Error("AWS refuses a policy that long, and nothing said so")
	}
	want := `s3Buckets: 200 buckets make an endpoint policy longer than the 20480 characters that AWS takes; list fewer`
	if got := CheckBuckets("s3Buckets", more).Error(); got != want {
		t.Errorf("(-want +got)\n%s", cmp.Diff(want, got))
	}
}

func TestAccountPolicy(t *testing.T) {
	t.Parallel()
	want := `{"Version":"2012-10-17","Statement":[{"Sid":"ThisAccount","Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalAccount":"123456789012"}}},` +
		`{"Sid":"AwsServices","Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":{"Bool":{"aws:PrincipalIsAWSService":"true"}}}]}`
	if diff := cmp.Diff(want, AccountPolicy("123456789012")); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestCheckBuckets(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a-bucket", "abc", "logs.example.com", "123456789012-data", strings.Repeat("x", 63), "aws-data"} {
		if faults := CheckBuckets("s3Buckets", []string{name}); len(faults) > 0 {
			t.Errorf("%s is a good name: %v", name, faults)
		}
	}
	tests := map[string]string{
		"arn:aws:s3:::data":          `is an ARN; the list takes names; write "data"`,
		"arn:aws:s3:::data/key/*":    `is an ARN; the list takes names; write "data"`,
		"arn:aws:sqs:us-east-1:1:q":  `is an ARN, and not that of a bucket; write the bucket's name`,
		"s3://data/key":              `is a URL, not a bucket name; write "data"`,
		"https://data.s3.amazon.com": `is a URL, not a bucket name; write the bucket's name alone`,
		"data/key":                   `has a path in it; write the bucket's name alone, "data"`,
		"*":                          `has a wildcard; name each bucket: a wildcard would open the endpoint to buckets of other accounts`,
		"data-*":                     `has a wildcard; name each bucket: a wildcard would open the endpoint to buckets of other accounts`,
		"":                           `is empty; write a bucket's name, or remove the entry`,
		"Data":                       `is not a bucket name; AWS allows 3 to 63 characters, lower case letters, digits, dots and hyphens, a letter or digit at both ends`,
		"ab":                         `is not a bucket name; AWS allows 3 to 63 characters, lower case letters, digits, dots and hyphens, a letter or digit at both ends`,
		"-data":                      `is not a bucket name; AWS allows 3 to 63 characters, lower case letters, digits, dots and hyphens, a letter or digit at both ends`,
		"a..b":                       `is not a bucket name: it has two dots in a row; AWS allows 3 to 63 characters, lower case letters, digits, dots and hyphens, a letter or digit at both ends`,
		"192.168.5.4":                `is not a bucket name: it is an IP address; AWS allows 3 to 63 characters, lower case letters, digits, dots and hyphens, a letter or digit at both ends`,
		"xn--data":                   `is not a bucket name: AWS keeps names that begin with "xn--"; write the bucket's name`,
		"data-s3alias":               `is not the name of a general purpose bucket: AWS keeps names that end with "-s3alias"; write the bucket's own name`,
		"data--x-s3":                 `is not the name of a general purpose bucket: AWS keeps names that end with "--x-s3"; write the bucket's own name`,
	}
	for name, want := range tests {
		faults := CheckBuckets("s3Buckets", []string{name})
		var one field.Faults
		one.Add("s3Buckets[0]", name, "", "")
		if len(faults) != 1 || faults[0].Path != "s3Buckets[0]" || faults[0].Rule+"; "+faults[0].Fix != want || faults[0].Value != one[0].Value {
			t.Errorf("%q (-want +got)\n%s", name, cmp.Diff(want, faults.Error()))
		}
	}
	got := CheckBuckets("s3Buckets", []string{"abc", "abd", "abc"}).Error()
	if want := `s3Buckets[2]: "abc" is in the list twice, also at s3Buckets[0]; name each bucket once`; got != want {
		t.Errorf("(-want +got)\n%s", cmp.Diff(want, got))
	}
}

// FuzzParse holds that no name makes Parse panic, and that what it takes is a
// service of the table, or has the form of one and is warned of.
func FuzzParse(f *testing.F) {
	for _, name := range []string{"ssm", "com.amazonaws.us-east-1.ssm", "com.amazonaws..", "aws.api.", "cn.com.amazonaws.cn-north-1.transcribe.cn", "", ".", "systemsmanager", "ééé"} {
		f.Add(name, "us-east-1")
	}
	f.Fuzz(func(t *testing.T, name, region string) {
		found, faults := Parse("endpointServices", []string{name}, region)
		if len(found.Services)+len(faults) != 1 {
			t.Errorf("%q gave %v and %v", name, found, faults)
		}
		for _, s := range found.Services {
			if !Known(s) && (!serviceForm.MatchString(s) || found.Unlisted[s] == "" || found.Warning("") == "") {
				t.Errorf("%q was taken as %q, without a word", name, s)
			}
		}
		for _, fault := range faults {
			if fault.Fix == "" {
				t.Errorf("no fix: %s", fault.Error())
			}
		}
		CheckBuckets("s3Buckets", []string{name, region})
	})
}

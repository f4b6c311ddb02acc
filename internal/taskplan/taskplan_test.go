package taskplan

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/need"
)

// same compares faults with their texts.
func same(t *testing.T, faults field.Faults, want ...string) {
	t.Helper()
	var got []string
	for _, f := range faults {
		got = append(got, f.Error())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestFargateSizesThatRun(t *testing.T) {
	t.Parallel()
	// The ends of every row of AWS's table.
	for _, size := range [][2]int{
		{256, 512}, {256, 1024}, {256, 2048}, {512, 1024}, {512, 4096}, {1024, 2048}, {1024, 8192}, {2048, 4096}, {2048, 16384},
		{4096, 8192}, {4096, 30720}, {8192, 16384}, {8192, 61440}, {16384, 32768}, {16384, 122880}, {32768, 61440}, {32768, 122880}, {32768, 249856},
	} {
		if faults := CheckFargateSize("", size[0], size[1]); len(faults) > 0 {
			t.Errorf("%v runs: %v", size, faults)
		}
	}
}

func TestCheckFargateSize(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		cpu, memory int
		want        string
	}{
		"cpu between":            {300, 512, "cpu: 300 CPU units are not a size that Fargate offers; write 256 or 512 (Fargate has 256, 512, 1024, 2048, 4096, 8192, 16384, 32768)"},
		"cpu below":              {0, 512, "cpu: 0 CPU units are not a size that Fargate offers; write 256 (Fargate has 256, 512, 1024, 2048, 4096, 8192, 16384, 32768)"},
		"cpu above":              {99999, 512, "cpu: 99999 CPU units are not a size that Fargate offers; write 32768 (Fargate has 256, 512, 1024, 2048, 4096, 8192, 16384, 32768)"},
		"memory between":         {256, 700, "memoryMib: 700 MiB is not a size that Fargate offers with cpu 256; write 512 or 1024 (cpu 256 takes 512, 1024, 2048)"},
		"memory off the step":    {8192, 17408, "memoryMib: 17408 MiB is not a size that Fargate offers with cpu 8192; write 16384 or 20480 (cpu 8192 takes 16384 to 61440 in steps of 4096)"},
		"memory below":           {1024, 512, "memoryMib: 512 MiB is not a size that Fargate offers with cpu 1024; write 2048 (cpu 1024 takes 2048 to 8192 in steps of 1024)"},
		"memory above":           {256, 4096, "memoryMib: 4096 MiB is not a size that Fargate offers with cpu 256; write 2048 (cpu 256 takes 512, 1024, 2048), or cpu 512 with memoryMib 4096"},
		"memory above, uneven":   {512, 5000, "memoryMib: 5000 MiB is not a size that Fargate offers with cpu 512; write 4096 (cpu 512 takes 1024, 2048, 3072, 4096), or cpu 1024 with memoryMib 5120"},
		"memory above all":       {256, 300000, "memoryMib: 300000 MiB is not a size that Fargate offers with cpu 256; write 2048 (cpu 256 takes 512, 1024, 2048)"},
		"three sizes of 32 vCPU": {32768, 65536, "memoryMib: 65536 MiB is not a size that Fargate offers with cpu 32768; write 61440 or 122880 (cpu 32768 takes 61440, 122880, 249856)"},
		"8 vCPU, step of 1 GB":   {8192, 30720, "memoryMib: 30720 MiB is not a size that Fargate offers with cpu 8192; write 28672 or 32768 (cpu 8192 takes 16384 to 61440 in steps of 4096)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			same(t, CheckFargateSize("", tt.cpu, tt.memory), tt.want)
		})
	}
}

func TestCheckRetention(t *testing.T) {
	t.Parallel()
	for _, days := range []int{0, 1, 30, 731, 3653} {
		same(t, CheckRetention("logRetentionInDays", days))
	}
	same(t, CheckRetention("logRetentionInDays", 31), "logRetentionInDays: 31 days is not a retention that CloudWatch Logs offers; write 30 or 60, or 0 to keep logs forever")
	same(t, CheckRetention("logRetentionInDays", -1), "logRetentionInDays: -1 days is not a retention that CloudWatch Logs offers; write 1, or 0 to keep logs forever")
	same(t, CheckRetention("logRetentionInDays", 9999), "logRetentionInDays: 9999 days is not a retention that CloudWatch Logs offers; write 3653, or 0 to keep logs forever")
}

func TestCheckDesiredCount(t *testing.T) {
	t.Parallel()
	same(t, CheckDesiredCount("desiredCount", 0))
	same(t, CheckDesiredCount("desiredCount", -1), "desiredCount: -1 is below 0; write the number of tasks to run, 0 for none")
}

func TestDeploymentsThatCanHappen(t *testing.T) {
	t.Parallel()
	for _, d := range [][3]int{
		{75, 200, 2}, {100, 200, 1}, {100, 200, 0}, {0, 100, 1}, {50, 100, 2}, {100, 101, 100}, {100, 150, 2}, {99, 100, 100}, {100, 100, 0},
	} {
		same(t, CheckDeployment("", d[0], d[1], d[2]))
	}
}

func TestCheckDeployment(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		minimum, maximum, desired int
		want                      []string
	}{
		"neither": {100, 100, 2, []string{"deploymentMaximumPercent: 100 with deploymentMinimumHealthyPercent 100 allows no deployment of 2 tasks: ECS must keep 2 healthy and may run 2, so it can neither start a task nor stop one; write 150 or more, or 50 or less for deploymentMinimumHealthyPercent"}},
		// 1.5 tasks are rounded down to one, so that none can be started.
		"one task, rounded": {100, 150, 1, []string{"deploymentMaximumPercent: 150 with deploymentMinimumHealthyPercent 100 allows no deployment of 1 task: ECS must keep 1 healthy and may run 1, so it can neither start a task nor stop one; write 200 or more, or 0 or less for deploymentMinimumHealthyPercent"}},
		// Half a task to keep is rounded up to one.
		"one task, half":     {50, 100, 1, []string{"deploymentMaximumPercent: 100 with deploymentMinimumHealthyPercent 50 allows no deployment of 1 task: ECS must keep 1 healthy and may run 1, so it can neither start a task nor stop one; write 200 or more, or 0 or less for deploymentMinimumHealthyPercent"}},
		"three, 75 and 100":  {75, 100, 3, []string{"deploymentMaximumPercent: 100 with deploymentMinimumHealthyPercent 75 allows no deployment of 3 tasks: ECS must keep 3 healthy and may run 3, so it can neither start a task nor stop one; write 134 or more, or 66 or less for deploymentMinimumHealthyPercent"}},
		"minimum above":      {101, 200, 2, []string{"deploymentMinimumHealthyPercent: 101 is not a percentage of the tasks to keep healthy; write 0 to 100; 75 keeps at least three of four"}},
		"minimum below":      {-1, 200, 2, []string{"deploymentMinimumHealthyPercent: -1 is not a percentage of the tasks to keep healthy; write 0 to 100; 75 keeps at least three of four"}},
		"maximum below":      {0, 99, 2, []string{"deploymentMaximumPercent: 99 is not a percentage of the tasks to run at most; write 100 or more; 200 starts all new tasks before an old one stops"}},
		"both":               {200, 50, 2, []string{"deploymentMinimumHealthyPercent: 200 is not a percentage of the tasks to keep healthy; write 0 to 100; 75 keeps at least three of four", "deploymentMaximumPercent: 50 is not a percentage of the tasks to run at most; write 100 or more; 200 starts all new tasks before an old one stops"}},
		"far above is taken": {100, 400, 1, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			same(t, CheckDeployment("", tt.minimum, tt.maximum, tt.desired), tt.want...)
		})
	}
}

// TestDeploymentFixes holds that each number that a fault recommends allows the
// deployment, and that the one before it does not.
func TestDeploymentFixes(t *testing.T) {
	t.Parallel()
	bad := 0
	for desired := 1; desired <= 12; desired++ {
		for minimum := 0; minimum <= 100; minimum++ {
			for maximum := 100; maximum <= 200; maximum += 7 {
				if len(CheckDeployment("", minimum, maximum, desired)) == 0 {
					continue
				}
				bad++
				raised, lowered := deploymentFix(minimum, maximum, desired)
				if len(CheckDeployment("", minimum, raised, desired)) > 0 || len(CheckDeployment("", minimum, raised-1, desired)) == 0 {
					t.Errorf("%d/%d of %d: %d is not the least maximum", minimum, maximum, desired, raised)
				}
				if len(CheckDeployment("", lowered, maximum, desired)) > 0 || len(CheckDeployment("", lowered+1, maximum, desired)) == 0 {
					t.Errorf("%d/%d of %d: %d is not the largest minimum", minimum, maximum, desired, lowered)
				}
			}
		}
	}
	if bad == 0 {
		t.Error("nothing was tested")
	}
}

func TestCheckName(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"web", "Web_1-a", strings.Repeat("x", 255)} {
		same(t, CheckName("serviceName", name))
	}
	same(t, CheckName("serviceName", ""), `serviceName: "" is empty; use 1 to 255 letters, digits, hyphens and underscores`)
	same(t, CheckName("serviceName", "a.b"), `serviceName: "a.b" is not a name that ECS takes; use 1 to 255 letters, digits, hyphens and underscores`)
	if len(CheckName("serviceName", strings.Repeat("x", 256))) == 0 {
		t.Error("a name of 256 characters is too long")
	}
}

func TestCheckEnvironment(t *testing.T) {
	t.Parallel()
	type namedMap map[string]string
	same(t, CheckEnvironment("", namedMap{"A": "1"}, map[string]int{"B": 1}))
	same(t, CheckEnvironment("", map[string]string{"A": "1", "": "2", "C=x": "3"}, map[string]string{"A": "arn", "=": "arn"}),
		`environment[""]: has an empty name; name the variable`,
		`environment["C=x"]: has "=" in its name; write the name "C" alone, the value belongs on the other side`,
		`secrets["="]: has "=" in its name; write the name alone, the value belongs on the other side`,
		`secrets["A"]: is also in environment; keep it in one of them`)
}

func TestCheckImage(t *testing.T) {
	t.Parallel()
	for _, image := range []string{
		"busybox", "busybox:1.36", "library/busybox", "public.ecr.aws/docker/library/busybox:1.36",
		"123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app:V1.0",
		"123456789012.dkr.ecr.us-east-1.amazonaws.com/app@sha256:" + strings.Repeat("a", 64),
		"a/" + strings.Repeat("b", 250) + "@sha256:" + strings.Repeat("a", 64),
		"localhost:5000/app:x", "app:1@sha256:" + strings.Repeat("0", 64),
	} {
		same(t, CheckImage("image", image))
	}
	for image, want := range map[string]string{
		"":                    `is empty; write an image such as "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1.0"`,
		" busybox":            `has blanks around it; write "busybox"`,
		"busybox\n":           `has blanks around it; write "busybox"`,
		"busy box":            `has a blank in it; write REGISTRY/NAME:TAG without blanks`,
		"https://ghcr.io/a/b": `is a URL, not an image reference; write "ghcr.io/a/b"`,
		"docker://busybox":    `is a URL, not an image reference; write "busybox"`,
		"Busybox:Latest":      `is not an image reference: a repository's name is lower case; write "busybox:Latest"`,
		"ghcr.io/Org/App":     `is not an image reference: a repository's name is lower case; write "ghcr.io/org/app"`,
		"busybox:":            `is not an image reference: its tag is empty; write a tag after the colon, or "busybox"`,
		"busybox@sha256:12":   `is not an image reference; write REGISTRY/NAME:TAG or REGISTRY/NAME@sha256:DIGEST`,
		"a//b":                `is not an image reference; write REGISTRY/NAME:TAG or REGISTRY/NAME@sha256:DIGEST`,
		"busybox:a:b":         `is not an image reference; write REGISTRY/NAME:TAG or REGISTRY/NAME@sha256:DIGEST`,
		"busybox@sha512:" + strings.Repeat("a", 128): `has a digest that ECS does not take; write the image's sha256 digest, or a tag`,
		"a/" + strings.Repeat("b", 250) + ":1234":    `is longer than the 255 characters that ECS takes; give the repository or the tag a shorter name`,
		"-x/app":                `is not an image reference; write REGISTRY/NAME:TAG or REGISTRY/NAME@sha256:DIGEST`,
		"${image}":              `is not an image reference; write REGISTRY/NAME:TAG or REGISTRY/NAME@sha256:DIGEST`,
		strings.Repeat("a", 64): `is not an image reference; write REGISTRY/NAME:TAG or REGISTRY/NAME@sha256:DIGEST`,
	} {
		faults := CheckImage("image", image)
		if len(faults) != 1 || !strings.HasSuffix(faults[0].Error(), want) {
			t.Errorf("%q: got %v, want %s", image, faults, want)
		}
	}
}

func TestParseECRImage(t *testing.T) {
	t.Parallel()
	for image, want := range map[string]string{
		"123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1":                                 "123456789012 us-east-1 app",
		"123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app":                              "123456789012 us-east-1 team/app",
		"123456789012.dkr.ecr.us-east-1.amazonaws.com/app@sha256:" + strings.Repeat("a", 64): "123456789012 us-east-1 app",
		"123456789012.dkr.ecr.us-east-1.amazonaws.com/a:1@sha256:" + strings.Repeat("a", 64): "123456789012 us-east-1 a",
		"123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/app":                          "123456789012 us-gov-west-1 app",
		"123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/app":                               "123456789012 cn-north-1 app",
		"123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu/app":                               "123456789012 eusc-de-east-1 app",
		"123456789012.dkr-ecr.us-east-1.on.aws/app:1":                                        "123456789012 us-east-1 app",
		"123456789012.dkr-ecr-fips.us-east-1.on.aws/app:1":                                   "123456789012 us-east-1 app",
		"123456789012.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn/app":                    "123456789012 cn-north-1 app",
		"busybox":                       "",
		"public.ecr.aws/docker/busybox": "",
		"12345678901.dkr.ecr.us-east-1.amazonaws.com/app":           "",
		"123456789012.dkr.ecr.us-east-1.amazonaws.com.evil.com/app": "",
		"evil.com/123456789012.dkr.ecr.us-east-1.amazonaws.com/app": "",
		"123456789012.dkr.ecr.us-east-1.amazonaws.com:443/app":      "",
		"x123456789012.dkr.ecr.us-east-1.amazonaws.com/app":         "",
		"123456789012.dkr.ecr.us-east-1.amazonaws.com/App":          "",
		"123456789012.dkr.ecr.us-east-1.amazonaws.com":              "",
		"": "",
	} {
		account, region, repository, ok := ParseECRImage(image)
		got := strings.TrimSpace(account + " " + region + " " + repository)
		if got != want || ok != (want != "") {
			t.Errorf("%s: got %q, %v; want %q", image, got, ok, want)
		}
	}
}

func TestParseSecret(t *testing.T) {
	t.Parallel()
	const sm = "arn:aws:secretsmanager:us-east-1:123456789012:secret:"
	managed := func(name string) SecretArn {
		return SecretArn{Service: "secretsmanager", PolicyArn: sm + name, Name: name}
	}
	for text, want := range map[string]SecretArn{
		sm + "prod/db-AbCdEf":                                  {Service: "secretsmanager", PolicyArn: sm + "prod/db-AbCdEf", Name: "prod/db-AbCdEf"},
		sm + "prod/db-AbCdEf:password::":                       {Service: "secretsmanager", PolicyArn: sm + "prod/db-AbCdEf", Name: "prod/db-AbCdEf"},
		sm + "prod/db-AbCdEf::AWSPREVIOUS:":                    {Service: "secretsmanager", PolicyArn: sm + "prod/db-AbCdEf", Name: "prod/db-AbCdEf"},
		sm + "prod/db-AbCdEf:password::9d4cb84b-ad69":          {Service: "secretsmanager", PolicyArn: sm + "prod/db-AbCdEf", Name: "prod/db-AbCdEf"},
		sm + "prod/db":                                         {Service: "secretsmanager", PolicyArn: sm + "prod/db-??????", Name: "prod/db"},
		sm + "prod/db:password:AWSCURRENT:":                    {Service: "secretsmanager", PolicyArn: sm + "prod/db-??????", Name: "prod/db"},
		sm + "db-short":                                        {Service: "secretsmanager", PolicyArn: sm + "db-short-??????", Name: "db-short"},
		"arn:aws:ssm:us-east-1:123456789012:parameter/prod/db": {Service: "ssm", PolicyArn: "arn:aws:ssm:us-east-1:123456789012:parameter/prod/db", Name: "/prod/db"},
		"arn:aws:ssm:us-east-1:123456789012:parameter/db":      {Service: "ssm", PolicyArn: "arn:aws:ssm:us-east-1:123456789012:parameter/db", Name: "/db"},
		// A version or a label is no part of what a policy names.
		"arn:aws:ssm:us-east-1:123456789012:parameter/db:3":    {Service: "ssm", PolicyArn: "arn:aws:ssm:us-east-1:123456789012:parameter/db", Name: "/db"},
		"arn:aws:ssm:us-east-1:123456789012:parameter/db:live": {Service: "ssm", PolicyArn: "arn:aws:ssm:us-east-1:123456789012:parameter/db", Name: "/db"},
		// Secrets that AWS's own services manage have "!" in their names.
		sm + "rds!cluster-a1b2c3d4-5678-90ab-cdef-EXAMPLE11111-a1b2c3":            managed("rds!cluster-a1b2c3d4-5678-90ab-cdef-EXAMPLE11111-a1b2c3"),
		sm + "rds!db-a1b2c3d4-5678-90ab-cdef-EXAMPLE22222-d4e5f6:password::":      managed("rds!db-a1b2c3d4-5678-90ab-cdef-EXAMPLE22222-d4e5f6"),
		sm + "redshift!shop-admin-a1b2c3":                                         managed("redshift!shop-admin-a1b2c3"),
		sm + "events!connection/shop/a1b2c3d4-5678-90ab-cdef-EXAMPLE33333-a1b2c3": managed("events!connection/shop/a1b2c3d4-5678-90ab-cdef-EXAMPLE33333-a1b2c3"),
		"arn:aws:ssm:us-east-1:123456789012:parameter/aws/reference/secretsmanager/rds!db-1": {
			Service: "ssm", PolicyArn: "arn:aws:ssm:us-east-1:123456789012:parameter/aws/reference/secretsmanager/rds!db-1", Name: "/aws/reference/secretsmanager/rds!db-1",
		},
	} {
		want.Region, want.Partition, want.Account = "us-east-1", "aws", "123456789012"
		got, err := ParseSecret(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", text, diff)
		}
	}
	if s, err := ParseSecret("arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:x-AbCdEf"); err != nil || s.Region != "us-gov-west-1" || s.Partition != "aws-us-gov" {
		t.Errorf("another partition: %+v %v", s, err)
	}
	const public = "arn:aws:ssm:us-east-1::parameter/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"
	if s, err := ParseSecret(public); err != nil || s.PolicyArn != public || s.Account != "" {
		t.Errorf("a parameter that AWS publishes: %+v %v", s, err)
	}
}

func TestCheckSecret(t *testing.T) {
	t.Parallel()
	const sm = "arn:aws:secretsmanager:us-east-1:123456789012:secret:"
	for text, want := range map[string]string{
		"":                        `secrets["DB"]: is empty; write the ARN of a Secrets Manager secret or of an SSM parameter`,
		"prod/db":                 `secrets["DB"]: is not an ARN; write the ARN of a Secrets Manager secret or of an SSM parameter, not its name and never its value`,
		"arn:aws:s3:::data":       `secrets["DB"]: "arn:aws:s3:::data" is an ARN of a service that keeps no secrets for ECS; write the ARN of a Secrets Manager secret or of an SSM parameter`,
		sm + "db-AbCdEf:password": `secrets["DB"]: "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf:password" does not have three parts after the secret's name, so ECS would not start the task; write :json-key:version-stage:version-id with every colon, such as ":password::"`,
		sm + "db-AbCdEf:k:s:i":    `secrets["DB"]: "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf:k:s:i" names both a version stage and a version id; name one of them, and leave the other empty`,
		sm + "":                   `secrets["DB"]: "arn:aws:secretsmanager:us-east-1:123456789012:secret:" has a name that no secret can have; write the ARN as AWS shows it`,
		sm + "*":                  `secrets["DB"]: "arn:aws:secretsmanager:us-east-1:123456789012:secret:*" has a name that no secret can have; write the ARN as AWS shows it`,
		"arn:aws:secretsmanager:us-east-1:123456789012:db": `secrets["DB"]: "arn:aws:secretsmanager:us-east-1:123456789012:db" is not the ARN of a secret; write "arn:aws:secretsmanager:us-east-1:123456789012:secret:" and the secret's name`,
		"arn:aws:secretsmanager::123456789012:secret:db":   `secrets["DB"]: "arn:aws:secretsmanager::123456789012:secret:db" has a wrong region; write the ARN as AWS shows it`,
		"arn:aws:secretsmanager:us-east-1:1234:secret:db":  `secrets["DB"]: "arn:aws:secretsmanager:us-east-1:1234:secret:db" has a wrong account id; write the ARN as AWS shows it`,
		"arn:aws:ssm:us-east-1::parameter/db":              `secrets["DB"]: "arn:aws:ssm:us-east-1::parameter/db" has a wrong account id; write the ARN as AWS shows it`,
		"arn:aws:ssm:us-east-1:123456789012:parameter/db!": `secrets["DB"]: "arn:aws:ssm:us-east-1:123456789012:parameter/db!" is not the ARN of an SSM parameter; write "arn:aws:ssm:us-east-1:123456789012:parameter/" and the parameter's name`,
		"arn:aws:ssm:us-east-1:123456789012:document/db":   `secrets["DB"]: "arn:aws:ssm:us-east-1:123456789012:document/db" is not the ARN of an SSM parameter; write "arn:aws:ssm:us-east-1:123456789012:parameter/" and the parameter's name`,
	} {
		same(t, CheckSecret(`secrets["DB"]`, text), want)
	}
}

// TestSecretsAreNotShown holds that a secret which somebody wrote where its ARN
// belongs does not get into an error, and so not into a log.
func TestSecretsAreNotShown(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{"hunter2", "postgres://u:hunter2@db/x", "arn: hunter2", "arn:aws:hunter2", "arn:aws:s3:us-east-1:1:hunter2 x"} {
		if faults := CheckSecret("secrets", secret); len(faults) != 1 || strings.Contains(faults.Error(), "hunter2") {
			t.Errorf("%v", faults)
		}
		if _, err := ParseSecret(secret); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%v", err)
		}
		if _, err := (granted{SecretArns: []string{secret}}).policy(need.Execution); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%v", err)
		}
	}
}

func TestCheckArn(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ service, arn string }{
		{"iam/role", "arn:aws:iam::123456789012:role/path/to/name"},
		{"iam/role", "arn:aws-us-gov:iam::123456789012:role/name"},
		{"iam/policy", "arn:aws:iam::aws:policy/PowerUserAccess"},
		{"kms", "arn:aws:kms:us-east-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab"},
		{"ecs/cluster", "arn:aws:ecs:us-east-1:123456789012:cluster/main"},
		{"logs", "arn:aws:logs:us-east-1:123456789012:log-group:/ecs/app"},
		{"logs", "arn:aws:logs:us-east-1:123456789012:log-group:/ecs/app:*"},
		// What AWS's own services make and name.
		{"iam/role", "arn:aws:iam::123456789012:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"},
		{"iam/role", "arn:aws:iam::123456789012:role/service-role/cwe-role-us-east-1-orders"},
		{"iam/role", "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef"},
		{"iam/policy", "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"},
		{"ecs/cluster", "arn:aws:ecs:us-east-1:123456789012:cluster/AWSBatch-jobs-a1b2c3d4-5678-90ab-cdef-EXAMPLE11111"},
		{"ecs/cluster", "arn:aws:ecs:us-east-1:123456789012:cluster/jobs_Batch_a1b2c3d4-5678-90ab-cdef-EXAMPLE11111"},
		{"logs", "arn:aws:logs:us-east-1:123456789012:log-group:/aws/ecs/containerinsights/apps/performance"},
		{"logs", "arn:aws:logs:us-east-1:123456789012:log-group:RDSOSMetrics"},
		{"logs", "arn:aws:logs:us-east-1:123456789012:log-group:/aws/vendedlogs/states/orders-Logs:*"},
		{"kms", "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"},
		{"sqs", "arn:aws:sqs:us-east-1:123456789012:queue"},
	} {
		same(t, CheckArn("x", tt.service, tt.arn))
	}
	const role = `write an ARN such as "arn:aws:iam::123456789012:role/name"`
	const key = `write an ARN such as "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"`
	for _, tt := range []struct{ service, arn, want string }{
		{"iam/role", "", `x: "" is empty; ` + role},
		{"iam/role", "name", `x: "name" is not an ARN; ` + role},
		{"iam/role", "arn:aws:iam::123456789012:user/name", `x: "arn:aws:iam::123456789012:user/name" is not the ARN of a role; ` + role},
		{"iam/role", "arn:aws:iam::123456789012:role/", `x: "arn:aws:iam::123456789012:role/" is not the ARN of a role; ` + role},
		{"iam/role", "arn:aws:iam:us-east-1:123456789012:role/x", `x: "arn:aws:iam:us-east-1:123456789012:role/x" has a wrong region; ` + role},
		{"iam/role", "arn:aws:iam::1:role/x", `x: "arn:aws:iam::1:role/x" has a wrong account id; ` + role},
		{"iam/role", "arn:aws:iam::aws:role/x", `x: "arn:aws:iam::aws:role/x" has a wrong account id; ` + role},
		{"iam/role", "arn:aws:sts::123456789012:assumed-role/x/y", `x: "arn:aws:sts::123456789012:assumed-role/x/y" is not an ARN of iam; ` + role},
		{"kms", "arn:aws:kms:us-east-1:123456789012:alias/x", `x: "arn:aws:kms:us-east-1:123456789012:alias/x" is the ARN of an alias, which a policy does not follow; write the ARN of the key itself`},
		{"kms", "arn:aws:kms:us-east-1:123456789012:key/*", `x: "arn:aws:kms:us-east-1:123456789012:key/*" is not the ARN of a key; ` + key},
		{"kms", "arn:aws:kms::123456789012:key/a", `x: "arn:aws:kms::123456789012:key/a" has a wrong region; ` + key},
		{"sqs", "queue", `x: "queue" is not an ARN; write an ARN of sqs`},
	} {
		same(t, CheckArn("x", tt.service, tt.arn), tt.want)
	}
}

// TestContainerDefinitions holds the whole text: what ECS gets is what is
// promised, and an order that changes would be a new revision.
func TestContainerDefinitions(t *testing.T) {
	t.Parallel()
	port := 8080
	awsLog := Log{Group: known("", "/ecs/web"), Region: known("", "us-east-1"), StreamPrefix: "web"}
	full := Task{
		Container: Container{
			Name: "web", Image: Image{known("image", "img:1")}, Command: []string{"sleep", "3600"},
			Environment: map[string]string{"B": "2", "A": "1", "C": ""},
			Secrets:     []Secret{{"Y", known("", "arn:y")}, {"Z", known("", "arn:z")}},
			Port:        &port, Log: awsLog,
		},
		Exec: Exec{On: fact.Known(true)},
	}
	of := func(name, image string) Task {
		return Task{Container: Container{Name: name, Image: Image{known("image", image)}}}
	}
	udp := of("dns", "img")
	udp.Port, udp.Protocol = &port, "udp"
	logs := func(l Log) Task {
		c := of("a", "b")
		c.Log = l
		return c
	}
	for name, tt := range map[string]struct {
		c    Task
		want string
	}{
		"full": {full, `[{"name":"web","image":"img:1","essential":true,"command":["sleep","3600"],` +
			`"environment":[{"name":"A","value":"1"},{"name":"B","value":"2"},{"name":"C","value":""}],` +
			`"secrets":[{"name":"Y","valueFrom":"arn:y"},{"name":"Z","valueFrom":"arn:z"}],` +
			`"portMappings":[{"containerPort":8080,"hostPort":8080,"protocol":"tcp"}],"linuxParameters":{"initProcessEnabled":true},` +
			`"logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"/ecs/web","awslogs-region":"us-east-1",` +
			`"awslogs-stream-prefix":"web","max-buffer-size":"25m","mode":"non-blocking"}}}]`},
		"least": {of("a", "b"), `[{"name":"a","image":"b","essential":true}]`},
		"udp":   {udp, `[{"name":"dns","image":"img","essential":true,"portMappings":[{"containerPort":8080,"hostPort":8080,"protocol":"udp"}]}]`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := tt.c.ContainerDefinitions()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
	for name, c := range map[string]Task{
		"no name":   of("", "b"),
		"no image":  of("a", ""),
		"no region": logs(Log{Group: known("", "g"), StreamPrefix: "p"}),
		"no prefix": logs(Log{Group: known("", "g"), Region: known("", "r")}),
	} {
		if got, err := c.ContainerDefinitions(); err == nil {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// valid checks that a text is JSON and returns it as such.
func valid(t *testing.T, text string) map[string]any {
	t.Helper()
	var doc map[string]any
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	if doc["Version"] != "2012-10-17" {
		t.Errorf("a policy without its version is read by the rules of 2008: %s", text)
	}
	return doc
}

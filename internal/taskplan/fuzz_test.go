package taskplan

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/ecsnet/pulumi-ecsnet/internal/need"
)

// FuzzParseSecret holds that no text panics, that what is taken gives one ARN
// for a policy without a wildcard but the six characters, and that what is
// refused is not shown.
func FuzzParseSecret(f *testing.F) {
	for _, s := range []string{
		"arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf:password::",
		"arn:aws:ssm:us-east-1:123456789012:parameter/a/b", "arn:aws:secretsmanager:us-east-1:123456789012:secret:*",
		"arn:::::", "hunter2", "", "arn:aws:secretsmanager:us-east-1:123456789012:secret::::",
		"arn:aws:ssm:aa-a-0:000000000000:p",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ParseSecret(text)
		if err != nil {
			if _, isArn := parseARN(text); !isArn && len(text) > 20 && strings.Contains(err.Error(), text) {
				t.Errorf("the error shows %q", text)
			}
			if faults := CheckSecret("secrets", text); len(faults) != 1 || faults[0].Fix == "" {
				t.Errorf("%q: %v", text, faults)
			}
			return
		}
		plain := strings.TrimSuffix(s.PolicyArn, anyTail)
		if strings.ContainsAny(plain, "*? ") || !strings.HasPrefix(text, plain) {
			t.Errorf("%q gave the policy ARN %q", text, s.PolicyArn)
		}
		again, err := ParseSecret(plain)
		if err != nil || again.PolicyArn != s.PolicyArn && !secretTail.MatchString(plain) {
			t.Errorf("%q: %q is no secret by itself: %v", text, plain, err)
		}
		policy, err := granted{SecretArns: []string{text}}.policy(need.Execution)
		if err != nil || !strings.Contains(policy, strconv.Quote(s.PolicyArn)) {
			t.Errorf("%q: %v %s", s.PolicyArn, err, policy)
		}
	})
}

// FuzzCheckImage holds that no text panics and that every fault has a fix; and
// that what a fix quotes is taken.
func FuzzCheckImage(f *testing.F) {
	for _, s := range []string{"busybox", " Busybox:X ", "https://a/b", "a@sha256:", "A/B:C", "", "::", "docker://", "HTTP://X", "İ/x", "a:"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, image string) {
		faults := CheckImage("image", image)
		if len(faults) == 0 && !parses(image) {
			t.Errorf("%q was taken and does not parse", image)
		}
		if len(faults) > 0 && parses(image) && len(image) <= longestImage && !strings.Contains(image, "@") {
			t.Errorf("%q parses, and ECS takes it: %v", image, faults)
		}
		for _, fault := range faults {
			if fault.Fix == "" {
				t.Errorf("no fix: %s", fault.Error())
			}
		}
	})
}

// FuzzParseECRImage holds that a repository of ECR is named by its account,
// region and path, each of the form that an ARN takes.
func FuzzParseECRImage(f *testing.F) {
	for _, s := range []string{
		"123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1", "123456789012.dkr-ecr-fips.us-east-1.on.aws/a/b", "busybox",
		"123456789012.dkr.ecr.us-east-1.amazonaws.com/a*", "evil/123456789012.dkr.ecr.us-east-1.amazonaws.com/a",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, image string) {
		account, region, repository, ok := ParseECRImage(image)
		if !ok {
			return
		}
		if !arnAccount.MatchString(account) || region == "" || repository == "" || strings.ContainsAny(region+repository, "*? :@") {
			t.Errorf("%q is %q %q %q", image, account, region, repository)
		}
		if len(CheckImage("image", image)) > 0 {
			t.Errorf("%q is in ECR and no image", image)
		}
		if _, err := (granted{Image: image}).policy(need.Execution); err != nil {
			t.Error(err)
		}
	})
}

// FuzzContainerDefinitions holds that every container is JSON that says what
// went in, and the same text each time.
func FuzzContainerDefinitions(f *testing.F) {
	f.Add("web", "img", "A", "1", "B", "2", "<&>")
	f.Add("web", "img", "\x00", "\"", "\xff", "\\", "\u2028")
	f.Fuzz(func(t *testing.T, name, image, key1, value1, key2, value2, command string) {
		c := Task{Container: Container{
			Name: name, Image: Image{known("image", image)}, Command: []string{command},
			Environment: map[string]string{key1: value1, key2: value2}, Secrets: []Secret{{key2, known("", value1)}},
			Log: Log{Group: known("", name), Region: known("", "us-east-1"), StreamPrefix: "p"},
		}}
		text, err := c.ContainerDefinitions()
		if err != nil {
			if name != "" && image != "" {
				t.Error(err)
			}
			return
		}
		var back []containerDefinition
		if err := json.Unmarshal([]byte(text), &back); err != nil || len(back) != 1 {
			t.Fatalf("%v: %s", err, text)
		}
		if utf8 := strings.ToValidUTF8; utf8(name, "") == name && back[0].Name != name || len(back[0].Environment) != len(c.Environment) {
			t.Errorf("%q became %s", name, text)
		}
		for range 5 {
			if again, _ := c.ContainerDefinitions(); again != text {
				t.Errorf("another text for the same container:\n%s\n%s", text, again)
			}
		}
	})
}

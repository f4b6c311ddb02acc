package ec2plan

import (
	"strings"
	"testing"
)

func TestArchitecture(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"t3.small": X8664, "t4g.small": Arm64, "a1.large": Arm64, "m7g.large": Arm64, "m7gd.metal": Arm64, "c7gn.16xlarge": Arm64,
		"c6gn.xlarge": Arm64, "x2gd.xlarge": Arm64, "im4gn.large": Arm64, "is4gen.medium": Arm64, "hpc7g.4xlarge": Arm64, "g5g.xlarge": Arm64,
		"r8gb.48xlarge": Arm64, "p6e-gb200.36xlarge": Arm64, "m8g.metal-24xl": Arm64,
		// A "g" in the series is not Graviton's.
		"g4dn.xlarge": X8664, "g5.2xlarge": X8664, "g6e.xlarge": X8664, "gr6.4xlarge": X8664, "g4ad.xlarge": X8664,
		"m7i-flex.large": X8664, "m6idn.large": X8664, "x2iedn.xlarge": X8664, "u-6tb1.56xlarge": X8664, "u7i-12tb.224xlarge": X8664,
		"c5.9xlarge": X8664, "r7iz.metal-16xl": X8664, "trn1.2xlarge": X8664, "p4de.24xlarge": X8664,
	} {
		got, faults := Architecture("instanceType", text)
		if got != want || len(faults) > 0 {
			t.Errorf("%s: want %s, got %q %v", text, want, got, faults)
		}
	}
	for _, text := range []string{"", "small", "t3", ".small", "t3.", "t3.tiny", "T3.small", "t3.small ", "3t.small", "mac2.metal", "t3.small\nx"} {
		if got, faults := Architecture("instanceType", text); len(faults) != 1 {
			t.Errorf("%q is taken for %s", text, got)
		}
	}
	if _, faults := Architecture("instanceType", " T3.Small"); !strings.Contains(faults.Error(), `write "t3.small"`) {
		t.Errorf("no fix in %v", faults)
	}
}

func TestDefaultsFitTheirArchitecture(t *testing.T) {
	t.Parallel()
	for _, architecture := range []string{X8664, Arm64} {
		if faults := CheckArchitecture("", DefaultInstanceType(architecture), architecture); len(faults) > 0 {
			t.Error(faults)
		}
		if arm := strings.Contains(ImageParameter(architecture), "/arm64/"); arm != (architecture == Arm64) {
			t.Errorf("%s has the image %s", architecture, ImageParameter(architecture))
		}
	}
	if faults := CheckArchitecture("instanceType", "m7g.large", X8664); len(faults) != 1 || !strings.Contains(faults.Error(), `cpuArchitecture "ARM64"`) {
		t.Errorf("want one fault with its fix, got %v", faults)
	}
}

func TestUserData(t *testing.T) {
	t.Parallel()
	const want = `#!/bin/bash
cat >> /etc/ecs/ecs.config <<'CONFIG'
ECS_CLUSTER=prod
ECS_AWSVPC_BLOCK_IMDS=true
ECS_ENABLE_TASK_IAM_ROLE=true
ECS_ENABLE_TASK_IAM_ROLE_NETWORK_HOST=true
ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE=true
CONFIG
`
	if got, err := UserData("prod"); got != want || err != nil {
		t.Errorf("want\n%s\ngot\n%s\n%v", want, got, err)
	}
	for _, cluster := range []string{"", "a b", "x\nCONFIG\ncurl evil", "$(id)", "a;b"} {
		if got, err := UserData(cluster); err == nil {
			t.Errorf("the cluster %q makes the script\n%s", cluster, got)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	for text, refused := range map[string]bool{
		"pool": false, "my-hosts_2": false, "ecsnet": true, "AWS-pool": true, "Fargate1": true, "": true, "a b": true, strings.Repeat("x", 256): true,
	} {
		if got := len(CheckNewCapacityProvider("", text)) > 0; got != refused {
			t.Errorf("%q: want refused %v, got %v", text, refused, got)
		}
	}
	for text, refused := range map[string]bool{"pool": false, "FARGATE": true, "FARGATE_SPOT": true, "arn:aws:ecs:us-east-1:1:capacity-provider/x": true} {
		if got := len(CheckCapacityProvider("", text)) > 0; got != refused {
			t.Errorf("%q: want refused %v, got %v", text, refused, got)
		}
	}
}

package ec2plan

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// The processor architectures, as ECS writes them.
const (
	X8664 = "X86_64"
	Arm64 = "ARM64"
)

// DefaultInstanceType is the instance type of hosts where the user names none:
// the smallest current one whose two spare network interfaces and memory hold
// two tasks of the default size in network mode awsvpc.
func DefaultInstanceType(architecture string) string {
	if architecture == Arm64 {
		return "t4g.small"
	}
	return "t3.small"
}

// An instance type is FAMILY.SIZE. The family is a series (c), a generation (7)
// and options: g for Graviton, a and i for AMD and Intel, d for local disks and
// so on. A family of another form, such as u-6tb1, has no Graviton variant.
// https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
var (
	instanceType = regexp.MustCompile(`^([a-z][a-z0-9-]*)\.(nano|micro|small|medium|large|[0-9]*xlarge|metal(?:-[0-9]+xl)?)$`)
	familyName   = regexp.MustCompile(`^[a-z]+[0-9]+([a-z]*)(?:-|$)`)
)

// families that the rule of the "g" does not fit: a1 is the first Graviton,
// and p6e-gb200 has NVIDIA's ARM processor.
var armFamilies = []string{"a1", "p6e-gb200"}

// Architecture returns the processor architecture of an instance type.
func Architecture(path, text string) (string, field.Faults) {
	var faults field.Faults
	m := instanceType.FindStringSubmatch(text)
	if m == nil {
		fix := `write an instance type, such as "t3.small" or "m7g.large"`
		if lower := strings.ToLower(strings.TrimSpace(text)); lower != text && instanceType.MatchString(lower) {
			fix = fmt.Sprintf("write %q", lower)
		}
		faults.Add(path, text, "is not an EC2 instance type", fix)
		return "", faults
	}
	family := m[1]
	if strings.HasPrefix(family, "mac") {
		faults.Add(path, text, "is a Mac, which ECS does not run on", `write a Linux instance type, such as "t3.small" or "m7g.large"`)
		return "", faults
	}
	if slices.Contains(armFamilies, family) {
		return Arm64, nil
	}
	if f := familyName.FindStringSubmatch(family); f != nil && strings.Contains(f[1], "g") {
		return Arm64, nil
	}
	return X8664, nil
}

// CheckArchitecture returns the fault of an instance type that has not the
// wanted architecture.
func CheckArchitecture(path, text, want string) field.Faults {
	is, faults := Architecture(path, text)
	if len(faults) == 0 && is != want {
		faults.Add(path, text, fmt.Sprintf("has the processor architecture %s, not %s", is, want),
			fmt.Sprintf("write an instance type such as %q, or cpuArchitecture %q", DefaultInstanceType(want), is))
	}
	return faults
}

// ImageParameter is the public SSM parameter that holds the id of the newest
// ECS-optimised image of Amazon Linux 2023.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_AMI.html
func ImageParameter(architecture string) string {
	if architecture == Arm64 {
		return "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id"
	}
	return "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id"
}

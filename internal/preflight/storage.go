package preflight

import (
	"fmt"
	"maps"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/words"
)

const efsSays = "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: "

// storage are the rules about EFS file systems.
var storage = []Rule{
	{
		Id: "efs-security-group", Severity: SeverityError,
		Needs:   "The security group of an EFS mount target must admit the tasks on 2049/tcp.",
		AwsSays: efsSays + "Mount attempt 1/3 failed due to timeout after 15 sec",
		Fix:     "Add an ingress rule for the tasks' group to the mount targets' group, and an egress rule to the service.",
		Doc:     "https://docs.aws.amazon.com/efs/latest/ug/network-access.html",
		check: func(c *trial) {
			c.eachFileSystem(func(path string, fs FileSystem) {
				if admits, known := fs.AdmitsTasks.Get(); !known {
					c.unknown(path, "whether the group of its mount targets admits the tasks")
				} else if !admits {
					c.find(path, "the security group of its mount targets does not admit the tasks on 2049/tcp",
						"add an ingress rule to that group: 2049/tcp from the service's securityGroupId; and to the service an egressRules entry: 2049/tcp to that group", "")
				}
			})
		},
	},
	{
		Id: "efs-zones", Severity: SeverityError,
		Needs:   "An EFS file system needs a mount target in each zone that the tasks run in.",
		AwsSays: efsSays + "Failed to resolve \"fs-...efs.REGION.amazonaws.com\"",
		Fix:     "Make a mount target in each of these zones. A One Zone file system can have only one, and ECS cannot name it: run the tasks in its zone.",
		Doc:     "https://docs.aws.amazon.com/efs/latest/ug/mounting-fs-mount-cmd-dns-name.html",
		check: func(c *trial) {
			c.eachFileSystem(func(path string, fs FileSystem) {
				if without, known := lacking(c.place.Zones, fs.Zones); !known {
					c.unknown(path, "the zones of the tasks, or of its mount targets")
				} else if len(without) > 0 {
					c.find(path, fmt.Sprintf("it has no mount target in %s, where tasks run", words.And(without)),
						"make a mount target in "+words.And(without)+"; a One Zone file system has only one, so run the tasks in its zone", "")
				}
			})
		},
	},
}

func (c *trial) eachFileSystem(visit func(path string, fs FileSystem)) {
	for _, name := range slices.Sorted(maps.Keys(c.task.FileSystems)) {
		visit(field.Key("fileSystems", name), c.task.FileSystems[name])
	}
}

// lacking returns the values of one list that are not in another.
func lacking(all, among fact.Of[[]string]) (missing []string, known bool) {
	if !all.IsKnown() || !among.IsKnown() {
		return nil, false
	}
	has, _ := among.Get()
	needed, _ := all.Get()
	for _, v := range needed {
		if !slices.Contains(has, v) {
			missing = append(missing, v)
		}
	}
	return missing, true
}

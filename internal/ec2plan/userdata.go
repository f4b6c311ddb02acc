package ec2plan

import (
	"strings"
)

// agentSettings is what the ECS agent of a host is told besides its cluster.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html
var agentSettings = []string{
	// Tasks in network mode awsvpc do not reach the host's metadata service,
	// and so not the host's role. In bridge mode the hop limit of 1 does that;
	// in host mode nothing can.
	"ECS_AWSVPC_BLOCK_IMDS=true",
	// Tasks get their own role, in network mode host too.
	"ECS_ENABLE_TASK_IAM_ROLE=true",
	"ECS_ENABLE_TASK_IAM_ROLE_NETWORK_HOST=true",
	// Logs are written with a task's execution role, so that the host's role
	// needs no right to any log group.
	"ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE=true",
}

// UserData returns what a host runs when it starts, which makes it a host of
// the cluster.
func UserData(cluster string) (string, error) {
	if faults := CheckClusterName("clusterName", cluster); len(faults) > 0 {
		return "", faults.Err() // it would become part of a shell script
	}
	lines := append([]string{"ECS_CLUSTER=" + cluster}, agentSettings...)
	return "#!/bin/bash\ncat >> /etc/ecs/ecs.config <<'CONFIG'\n" + strings.Join(lines, "\n") + "\nCONFIG\n", nil
}

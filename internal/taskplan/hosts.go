package taskplan

import (
	"fmt"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/iamdoc"
)

// HostTrust returns who may take on the role of an EC2 host: EC2, whose name is
// the same in every partition. EC2 hands a role only to instances of the account
// that the role is in, and documents no condition on the source.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
func HostTrust() string {
	return iamdoc.Write(iamdoc.Trust("ec2.amazonaws.com", nil))
}

// HostPolicy returns what the ECS agent of a host needs: to join one cluster,
// to be told what to run, and to report on it. AWS's managed policy
// AmazonEC2ContainerServiceforEC2Role allows that on every cluster, and pulling
// every image and writing every log besides; here tasks do those with their
// own execution roles.
//
// ecs:DiscoverPollEndpoint knows no resource, so "*" is all that AWS takes. A
// host's ARN has the cluster's name in it and an id that only AWS knows.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
func HostPolicy(partition, region, account, cluster string) string {
	arn := func(kind, name string) []string {
		return []string{fmt.Sprintf("arn:%s:ecs:%s:%s:%s/%s", partition, region, account, kind, name)}
	}
	return iamdoc.Write(
		iamdoc.Allow("EcsEndpoint", []string{"ecs:DiscoverPollEndpoint"}, []string{"*"}),
		iamdoc.Allow("EcsCluster", []string{
			"ecs:DeregisterContainerInstance", "ecs:RegisterContainerInstance",
			"ecs:SubmitAttachmentStateChanges", "ecs:SubmitContainerStateChange", "ecs:SubmitTaskStateChange",
		}, arn("cluster", cluster)),
		iamdoc.Allow("EcsHost", []string{"ecs:Poll", "ecs:StartTelemetrySession"}, arn("container-instance", cluster+"/*")),
	)
}

// CheckHostPort returns the faults of the port of a host that leads to a
// container's port, in one of the network modes of EC2. Both are in the argument
// at; "" is the component itself.
func CheckHostPort(at, mode string, containerPort, hostPort *int) field.Faults {
	var faults field.Faults
	if hostPort == nil {
		if mode == "host" && containerPort != nil && slices.Contains(hostsOwnPorts, *containerPort) {
			faults.Add(field.Join(at, "containerPort"), *containerPort, hostsOwnPort, "have the container listen on another")
		}
		return faults
	}
	path := field.Join(at, "hostPort")
	switch {
	case containerPort == nil:
		faults.Add(path, *hostPort, "leads to no port", "write containerPort too, or leave it out")
	case *hostPort < 0 || *hostPort > 65535:
		faults.Add(path, *hostPort, "is not a port", "write a number from 1 to 65535, or 0 for a free one")
	case mode != "bridge" && *hostPort != *containerPort:
		faults.Add(path, *hostPort, fmt.Sprintf("is not containerPort, %d, and in network mode %q they have to be equal", *containerPort, mode),
			`leave it out, or write networkMode "bridge"`)
	case mode != "awsvpc" && slices.Contains(hostsOwnPorts, *hostPort):
		faults.Add(path, *hostPort, hostsOwnPort, "choose another, or 0 for a free one")
	}
	return faults
}

// hostsOwnPorts are in use on every host:
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
var hostsOwnPorts = []int{22, 2375, 2376, 51678, 51679, 51680}

const hostsOwnPort = "is a port that the host itself uses: SSH, Docker or the ECS agent"

// leastMemory is the least that the container of a task on a host can have, in
// MiB.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
const leastMemory = 6

// The CPU units that a task on a host can have.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
const leastCpu, mostCpu = 128, 196608

// CheckHostSize returns the faults of the size of a task on a host, whose cpu
// and memoryMib are in the argument at.
func CheckHostSize(at string, cpu, memoryMib *int) field.Faults {
	var faults field.Faults
	if cpu != nil && (*cpu < leastCpu || *cpu > mostCpu) {
		faults.Add(field.Join(at, "cpu"), *cpu, fmt.Sprintf("is not in the range %d to %d", leastCpu, mostCpu), "choose a number of CPU units in that range, or leave it out")
	}
	if memoryMib != nil && *memoryMib < leastMemory {
		faults.Add(field.Join(at, "memoryMib"), *memoryMib, "MiB is less memory than Docker gives a container", fmt.Sprintf("write %d or more", leastMemory))
	}
	return faults
}

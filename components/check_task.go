package components

import (
	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/netfacts"
	"github.com/ecsnet/pulumi-ecsnet/internal/preflight"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

// LaunchType decides what runs a task.
type LaunchType string

const (
	// AWS Fargate.
	LaunchTypeFargate LaunchType = "FARGATE"
	// EC2 hosts of your own.
	LaunchTypeEc2 LaunchType = "EC2"
)

// CheckTaskArgs are the arguments of CheckTask: what is known of the network
// (region, egress and endpointServices are outputs of every network component),
// and of the task that is to run in it. What is left out is not known, and
// never guessed: a rule that needs it stays undecided, and the result says so.
type CheckTaskArgs struct {
	// AWS Region of the network. Default: not known.
	Region *string `pulumi:"region,optional"`
	// The way out of the subnets that the tasks, or their hosts, run in:
	// "None", "NatGateway" or "InternetGateway". On EC2 the host pulls images,
	// writes logs and reads secrets: where hosts and tasks in network mode
	// "awsvpc" have different ways out, write the hosts'. Default: not known.
	Egress *string `pulumi:"egress,optional"`
	// AWS services that have an interface endpoint with private DNS, by short
	// name (such as "ecr.api") or full name; empty for none. An endpoint that
	// leads to another Region takes its full name. Default: not known.
	EndpointServices []string `pulumi:"endpointServices,optional"`
	// Zones that have the interface endpoints. Default: not known.
	EndpointAvailabilityZones []string `pulumi:"endpointAvailabilityZones,optional"`
	// Whether the subnets' route tables have an S3 gateway endpoint. Default:
	// not known.
	S3GatewayEndpoint *bool `pulumi:"s3GatewayEndpoint,optional"`
	// Whether the policy of that endpoint lets only some buckets pass. Default:
	// not known.
	S3EndpointPolicyNarrow *bool `pulumi:"s3EndpointPolicyNarrow,optional"`
	// Whether the VPC has enableDnsSupport and enableDnsHostnames. Default: not
	// known.
	DnsEnabled *bool `pulumi:"dnsEnabled,optional"`
	// What runs the task. Default: not known.
	LaunchType *LaunchType `pulumi:"launchType,optional"`
	// The task's network mode. Default: not known.
	NetworkMode *NetworkMode `pulumi:"networkMode,optional"`
	// Image of a container, such as "nginx:1.29". A task of several containers
	// takes a call for each. Default: not known.
	Image *string `pulumi:"image,optional"`
	// Log driver of the container, such as "awslogs"; "" for none. Default: not
	// known.
	LogDriver *string `pulumi:"logDriver,optional"`
	// ARNs of the container's Secrets Manager secrets and SSM parameters, by
	// the names of their environment variables. Default: none.
	Secrets map[string]string `pulumi:"secrets,optional"`
	// Whether ECS Exec is on. Default: not known.
	EnableExecuteCommand *bool `pulumi:"enableExecuteCommand,optional"`
	// Whether a KMS key of your own encrypts the sessions of ECS Exec. Default:
	// not known.
	ExecuteCommandKmsKey *bool `pulumi:"executeCommandKmsKey,optional"`
	// Whether the sessions of ECS Exec are recorded in CloudWatch Logs, by a task
	// role that may write there. Default: not known.
	ExecuteCommandLog *bool `pulumi:"executeCommandLog,optional"`
	// ARN of the task role, whose permissions are not looked up; "" for a role
	// that ecsnet makes. Default: not known.
	TaskRoleArn *string `pulumi:"taskRoleArn,optional"`
	// Whether the service uses Service Connect. Default: not known.
	ServiceConnect *bool `pulumi:"serviceConnect,optional"`
	// Whether the task finds others by the names of a private DNS namespace of
	// Cloud Map. Default: not known.
	ServiceDiscovery *bool `pulumi:"serviceDiscovery,optional"`
	// EFS file systems that the task mounts, by the names of their volumes.
	// Default: none.
	FileSystems map[string]CheckedFileSystemArgs `pulumi:"fileSystems,optional"`
	// CPU units of the task, 1024 to a vCPU. Default: not known.
	Cpu *int `pulumi:"cpu,optional"`
	// Memory of the task in MiB. Default: not known.
	MemoryMib *int `pulumi:"memoryMib,optional"`
	// Ephemeral storage of the task in GiB; 0 for AWS's default. Default: not
	// known.
	EphemeralStorageGib *int `pulumi:"ephemeralStorageGib,optional"`
	// Names of the task's containers. Default: none.
	ContainerNames []string `pulumi:"containerNames,optional"`
	// Ports that the task's containers listen on. Default: none.
	Ports []CheckedPortArgs `pulumi:"ports,optional"`
	// Load balancer in front of the service. Default: none.
	LoadBalancer *CheckedLoadBalancerArgs `pulumi:"loadBalancer,optional"`
	// Whether each task has a public address; in the network modes "bridge" and
	// "host", whether its host has one. Default: not known.
	AssignPublicIp *bool `pulumi:"assignPublicIp,optional"`
	// Zones that the tasks may run in. Default: not known.
	AvailabilityZones []string `pulumi:"availabilityZones,optional"`
}

// CheckedFileSystemArgs is what is known about an EFS file system.
type CheckedFileSystemArgs struct {
	// Whether the security group of its mount targets admits the tasks' group
	// on 2049/tcp. Default: not known.
	AdmitsTasks *bool `pulumi:"admitsTasks,optional"`
	// Zones that have a mount target. Default: not known.
	AvailabilityZones []string `pulumi:"availabilityZones,optional"`
}

// CheckedPortArgs is a port that a container listens on.
type CheckedPortArgs struct {
	// The port.
	Number int `pulumi:"number"`
	// Its protocol. Default: "tcp".
	Protocol *RuleProtocol `pulumi:"protocol,optional"`
}

// CheckedLoadBalancerArgs is what is known about a load balancer.
type CheckedLoadBalancerArgs struct {
	// Whether it is an Application Load Balancer; false for a Network Load
	// Balancer. Default: not known.
	Application *bool `pulumi:"application,optional"`
	// Zones that it is enabled in. Default: not known.
	AvailabilityZones []string `pulumi:"availabilityZones,optional"`
}

// TaskVerdict is the outcome of a check.
type TaskVerdict string

const (
	// No rule finds anything that keeps the task from working, and each could
	// be decided.
	TaskVerdictPass TaskVerdict = "Pass"
	// The task would not start, or would not do what was asked of it.
	TaskVerdictFail TaskVerdict = "Fail"
	// No rule that could be decided finds anything; some could not be decided.
	TaskVerdictUndecided TaskVerdict = "Undecided"
)

// FindingSeverity says whether a finding keeps a task from working.
type FindingSeverity string

const (
	// The task would not start, or would not do what was asked of it.
	FindingSeverityError FindingSeverity = "Error"
	// It may work, but not as safely as it looks.
	FindingSeverityWarning FindingSeverity = "Warning"
)

// CheckTaskResult is what the rules say about a task in a network.
type CheckTaskResult struct {
	// The outcome. Findings of severity "Warning" do not count.
	Verdict TaskVerdict `pulumi:"verdict"`
	// What is wrong, in the order of the rules.
	Findings []TaskFinding `pulumi:"findings"`
	// Rules that could not be decided.
	Undecided []UndecidedRule `pulumi:"undecided"`
}

// TaskFinding is one reason why a task would not work in a network.
type TaskFinding struct {
	// Id of the rule, such as "image-registry". It does not change between
	// releases.
	RuleId string `pulumi:"ruleId"`
	// Severity of the rule.
	Severity FindingSeverity `pulumi:"severity"`
	// The argument that it is about, such as "image" or `secrets["DB"]`;
	// "network" where it is about the network as a whole.
	Path string `pulumi:"path"`
	// The failure that AWS would show.
	AwsSays string `pulumi:"awsSays"`
	// Why, in one sentence.
	Cause string `pulumi:"cause"`
	// What to change.
	Fix string `pulumi:"fix"`
	// The page of AWS's documentation that the rule rests on.
	Documentation string `pulumi:"documentation"`
}

// UndecidedRule is a rule that could not be decided.
type UndecidedRule struct {
	// Id of the rule.
	RuleId string `pulumi:"ruleId"`
	// The argument that it is about.
	Path string `pulumi:"path"`
	// What is not known.
	Unknown string `pulumi:"unknown"`
}

// CheckTask says whether a task could start and work in a network: whether its
// image can be pulled, its log written, its secrets read, a shell opened in it,
// its file systems mounted. It applies the rules that every service component
// applies at preview to any task definition and any network, whoever made them,
// and returns what they find. It makes nothing and does not ask AWS.
func CheckTask(args *CheckTaskArgs) (*CheckTaskResult, error) {
	if args == nil {
		args = &CheckTaskArgs{}
	}
	var faults field.Faults
	network, task := args.network(&faults), args.task(&faults)
	if err := faults.Err(); err != nil {
		return nil, invalidFunctionArgs("checkTask", err)
	}
	findings, undecided := preflight.Check(network, task, preflight.Placement{
		PublicIp: fact.Given(args.AssignPublicIp), Zones: knownList(args.AvailabilityZones),
	})
	r := &CheckTaskResult{
		Verdict:   TaskVerdictPass,
		Findings:  make([]TaskFinding, 0, len(findings)),
		Undecided: make([]UndecidedRule, 0, len(undecided)),
	}
	for _, f := range findings {
		r.Findings = append(r.Findings, TaskFinding{
			RuleId: f.RuleId, Severity: FindingSeverity(f.Severity), Path: f.Path,
			AwsSays: f.AwsSays, Cause: f.Cause, Fix: f.Fix, Documentation: f.Doc,
		})
	}
	for _, u := range undecided {
		r.Undecided = append(r.Undecided, UndecidedRule{RuleId: u.RuleId, Path: u.Path, Unknown: u.Unknown})
	}
	switch {
	case len(findings.Of(preflight.SeverityError)) > 0:
		r.Verdict = TaskVerdictFail
	case len(undecided) > 0:
		r.Verdict = TaskVerdictUndecided
	}
	return r, nil
}

// network is what is known of the network, with every fault of the arguments.
func (a *CheckTaskArgs) network(faults *field.Faults) netfacts.Network {
	facts := netfacts.Network{
		Region:         fact.Given(a.Region),
		S3Gateway:      fact.Given(a.S3GatewayEndpoint),
		S3PolicyNarrow: fact.Given(a.S3EndpointPolicyNarrow),
		DnsEnabled:     fact.Given(a.DnsEnabled),
		EndpointZones:  knownList(a.EndpointAvailabilityZones),
	}
	if a.Region != nil {
		checkRegionName(faults, *a.Region)
	}
	if a.Egress != nil {
		checkEnum(faults, "egress", a.Egress, egressValues...)
		facts.Egress = fact.Known(netfacts.Egress(*a.Egress))
	}
	if a.EndpointServices != nil {
		services, wrong := endpoints.Declared("endpointServices", a.EndpointServices, or(a.Region, ""))
		*faults = append(*faults, wrong...)
		facts.EndpointServices = fact.Known(services)
	}
	return facts
}

// task is what is known of the task, with every fault of the arguments.
func (a *CheckTaskArgs) task(faults *field.Faults) preflight.Task {
	parts := NeededEndpointsArgs{
		LaunchType: a.LaunchType, Image: a.Image, LogDriver: a.LogDriver, Secrets: a.Secrets, EnableExecuteCommand: a.EnableExecuteCommand,
		ExecuteCommandKmsKey: a.ExecuteCommandKmsKey, ExecuteCommandLog: a.ExecuteCommandLog, ServiceConnect: a.ServiceConnect,
	}
	facts := preflight.Task{
		Task:                parts.task(faults),
		NetworkMode:         fact.Map(fact.Given(a.NetworkMode), func(m NetworkMode) string { return string(m) }),
		ServiceDiscovery:    fact.Given(a.ServiceDiscovery),
		FileSystems:         make(map[string]preflight.FileSystem, len(a.FileSystems)),
		Cpu:                 fact.Given(a.Cpu),
		MemoryMib:           fact.Given(a.MemoryMib),
		EphemeralStorageGib: fact.Given(a.EphemeralStorageGib),
	}
	checkEnum(faults, "networkMode", a.NetworkMode, NetworkModeAwsvpc, NetworkModeBridge, NetworkModeHost)
	if a.TaskRoleArn != nil {
		if *a.TaskRoleArn != "" {
			*faults = append(*faults, taskplan.CheckArn("taskRoleArn", "iam/role", *a.TaskRoleArn)...)
		}
		facts.OwnTaskRole = fact.Known(*a.TaskRoleArn != "")
	}
	for name, fs := range a.FileSystems {
		facts.FileSystems[name] = preflight.FileSystem{AdmitsTasks: fact.Given(fs.AdmitsTasks), Zones: knownList(fs.AvailabilityZones)}
	}
	for _, name := range a.ContainerNames {
		facts.ContainerNames = append(facts.ContainerNames, fact.Known(name))
	}
	for i, p := range a.Ports {
		checkEnum(faults, field.Join(field.Index("ports", i), "protocol"), p.Protocol, RuleProtocolTcp, RuleProtocolUdp)
		facts.Ports = append(facts.Ports, preflight.Port{Number: fact.Known(p.Number), Protocol: string(or(p.Protocol, RuleProtocolTcp))})
	}
	if lb := a.LoadBalancer; lb != nil {
		facts.LoadBalancer = &preflight.LoadBalancer{Application: fact.Given(lb.Application), Zones: knownList(lb.AvailabilityZones)}
	}
	return facts
}

// knownList is known for a list: none is not the empty list.
func knownList(list []string) fact.Of[[]string] {
	if list == nil {
		return fact.Unknown[[]string]()
	}
	return fact.Known(list)
}

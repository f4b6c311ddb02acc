package build

import (
	"regexp"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// task is a task definition.
type task struct {
	// mode is its network mode, "" when not known.
	mode string
	// ports that containers declare; nil when they are not known.
	ports []model.Traffic
}

// networkModes are those that AWS knows.
var networkModes = map[string]bool{"awsvpc": true, "bridge": true, "host": true, "none": true, "default": true}

// addTask reads a task definition.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
func (b *builder) addTask(r *state.Resource) {
	t := &task{}
	mode := r.Get("networkMode")
	t.mode = mode.Or("")
	if t.mode == "" && mode.Empty() {
		// Without a mode AWS takes bridge on Linux, which tasks on Fargate
		// cannot have.
		t.mode = "bridge"
	}
	if !networkModes[t.mode] {
		t.mode = ""
	}
	containers, complete := r.Get("containerDefinitions").JSON().List()
	for _, c := range containers {
		mappings, all := c.Get("portMappings").List()
		complete = complete && (all || c.Get("portMappings").Absent())
		for _, m := range mappings {
			t.ports = append(t.ports, portOf(m, t.mode))
		}
	}
	if !complete {
		t.ports = nil
	}
	family := r.Get("family").Or("")
	revision := r.Get("revision").Or("")
	if n, ok := r.Get("revision").Int(); ok {
		revision = itoa(n)
	}
	b.tasks.add(r, t, r.Get("arn").Or(""), r.Get("arnWithoutRevision").Or(""), family, family+":"+revision)
}

// portOf is a port as it is reached from outside of the task.
func portOf(mapping state.Value, mode string) model.Traffic {
	t := model.Traffic{Protocol: 6, From: 0, To: 65535}
	switch number, ok := protocol(mapping.Get("protocol")); {
	case ok:
		t.Protocol = number
	case !mapping.Get("protocol").Empty():
		t.Protocol = -1
	}
	property := "containerPort"
	if mode == "bridge" || mode == "default" {
		property = "hostPort"
	}
	if text := mapping.Get("containerPortRange").Or(""); text != "" {
		from, to, _ := strings.Cut(text, "-")
		if first, ok := atoi(from); ok {
			if last, ok := atoi(to); ok && property == "containerPort" {
				t.From, t.To = first, last
			}
		}
		return t
	}
	switch port, ok := mapping.Get(property).Int(); {
	case ok && port > 0:
		t.From, t.To = port, port
	case property == "hostPort" && (ok || mapping.Get(property).Empty()):
		// A port of the host's ephemeral range.
		t.From, t.To = 1024, 65535
	}
	return t
}

// starter is what starts tasks, as far as it is the same everywhere.
type starter struct {
	task, cluster, launchType, strategies state.Value
	network                               state.Value
}

// addService adds an ECS service. Who deploys it may choose where its tasks run
// and who sends them connections: CodeDeploy by an AppSpec file, others by task
// sets.
// https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-external.html
func (b *builder) addService(r *state.Resource) {
	switch kind := r.Get("deploymentController").Get("type"); strings.ToUpper(kind.Or("")) {
	case "EXTERNAL":
		if b.hasTaskSet(r) {
			return // its task sets say where tasks run
		}
		service := &model.Service{Name: nameOf(r), Tasks: &model.Interfaces{Name: nameOf(r)}}
		service.Doubts = append(service.Doubts, doubt(r, "runs tasks of task sets, none of which is in the stack"))
		b.network.Services = append(b.network.Services, service)
	case "CODE_DEPLOY":
		service := b.addTasks(r)
		service.Doubts = append(service.Doubts, doubt(r, "is deployed by CodeDeploy, which chooses its target groups and may choose its network"))
	default:
		service := b.addTasks(r)
		if kind.Unknown() {
			service.Doubts = append(service.Doubts, doubt(r, kind.Doubt()))
		}
	}
}

// hasTaskSet says whether a task set of a service is in the stack.
func (b *builder) hasTaskSet(service *state.Resource) bool {
	return slices.ContainsFunc(b.stacks.Resources, func(r *state.Resource) bool {
		if token(r.Type) != "ecs/taskSet:TaskSet" {
			return false
		}
		v := r.Get("service")
		if of, ok := v.Text(); ok {
			return of == service.ID || of == service.Get("arn").Or("") || of == service.Get("name").Or("")
		}
		return v.Unknown() && slices.Contains(v.Dependencies(), service.URN)
	})
}

func (b *builder) addTaskSet(r *state.Resource) { b.addTasks(r) }

// addTasks adds the tasks of a service, or of a set of them that something else
// than ECS deploys.
func (b *builder) addTasks(r *state.Resource) *model.Service {
	service := b.startsTasks(r, starter{
		task: r.Get("taskDefinition"), cluster: r.Get("cluster"), launchType: r.Get("launchType"),
		strategies: r.Get("capacityProviderStrategies"), network: r.Get("networkConfiguration"),
	})
	b.registers(r, service, r.Both("loadBalancers"))
	b.joins(r, service, r.Both("serviceRegistries"))
	if !r.Get("vpcLatticeConfigurations").Unset() {
		service.Doubts = append(service.Doubts, doubt(r, "is a target of VPC Lattice, which the proof does not look at"))
	}
	return service
}

// addPipe: an EventBridge pipe may start a task.
// https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_PipeTargetEcsTaskParameters.html
func (b *builder) addPipe(r *state.Resource) {
	ecs := r.Get("targetParameters").Get("ecsTaskParameters")
	if ecs.Unset() {
		return
	}
	b.startsTasks(r, starter{
		task: ecs.Get("taskDefinitionArn"), cluster: r.Get("target"), launchType: ecs.Get("launchType"),
		strategies: ecs.Get("capacityProviderStrategies"), network: ecs.Get("networkConfiguration").Get("awsVpcConfiguration"),
	})
}

// addStateMachine: a state machine of Step Functions may start tasks, in a
// network that its definition or its input says.
// https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html
func (b *builder) addStateMachine(r *state.Resource) {
	definition := r.Get("definition")
	switch text, ok := definition.Text(); {
	case ok && startsByAPI.MatchString(text):
		b.starts(r, "is a state machine that starts tasks, and the proof does not read its definition")
	case !ok && unreadable(definition):
		b.starts(r, "is a state machine that may start tasks: "+definition.Doubt())
	}
}

// startsByAPI finds the calls of ECS's API that start tasks.
var startsByAPI = regexp.MustCompile(`(?i)\becs:(runTask|startTask|createService|updateService|createTaskSet)`)

// starts adds tasks of whose network nothing is read.
func (b *builder) starts(r *state.Resource, what string) {
	service := &model.Service{Name: nameOf(r), Tasks: &model.Interfaces{Name: nameOf(r)}}
	service.Doubts = append(service.Doubts, doubt(r, what))
	b.network.Services = append(b.network.Services, service)
}

// addBatch: AWS Batch runs its jobs as tasks of ECS, except those that are on
// EKS, in the network of a compute environment and of the job's definition.
// https://docs.aws.amazon.com/batch/latest/userguide/fargate.html
func (b *builder) addBatch(r *state.Resource) {
	for _, property := range []string{"eksProperties", "eksConfiguration"} {
		if v := r.Get(property); v.Known() && !v.Unset() {
			return
		}
	}
	b.starts(r, "is of AWS Batch, whose jobs are tasks that the proof does not look at")
}

// addEventTarget: an EventBridge rule may start a task.
func (b *builder) addEventTarget(r *state.Resource) {
	b.addScheduled(r, r.Get("ecsTarget"), r.Get("arn"))
}

// addSchedule: an EventBridge schedule may start a task, by a target for that or
// by a call of ECS's API.
// https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
func (b *builder) addSchedule(r *state.Resource) {
	if startsByAPI.MatchString(r.Get("target").Get("arn").Or("")) {
		b.starts(r, "starts tasks by a call of ECS's API, which the proof does not read")
		return
	}
	b.addScheduled(r, r.Get("target").Get("ecsParameters"), r.Get("target").Get("arn"))
}

func (b *builder) addScheduled(r *state.Resource, ecs, cluster state.Value) {
	if ecs.Unset() {
		return
	}
	b.startsTasks(r, starter{
		task: ecs.Get("taskDefinitionArn"), cluster: cluster, launchType: ecs.Get("launchType"),
		strategies: ecs.Get("capacityProviderStrategies"), network: ecs.Get("networkConfiguration"),
	})
}

// startsTasks adds the tasks of a service, or of whatever else starts some.
func (b *builder) startsTasks(r *state.Resource, s starter) *model.Service {
	service := &model.Service{Name: nameOf(r)}
	b.network.Services = append(b.network.Services, service)
	definition := b.tasks.find(b, s.task)
	if t := definition.one; t != nil {
		// Ports that are not known are no statement that there are none.
		service.Ports = t.ports
	}
	if strings.EqualFold(s.launchType.Or(""), "EXTERNAL") {
		service.Tasks = &model.Interfaces{Name: service.Name}
		service.Doubts = append(service.Doubts, doubt(r, "runs on machines that are not AWS's (launch type EXTERNAL)"))
		return service
	}
	if !s.network.Unset() {
		// Tasks of network mode awsvpc have interfaces of their own.
		service.Tasks = b.interfaces(r, s.network.Get("subnets"), s.network.Get("securityGroups"))
		service.Tasks.PublicIPv4 = b.assigned(s.network.Get("assignPublicIp"))
		return service
	}
	if t := definition.one; t != nil && t.mode != "" && t.mode != "awsvpc" {
		service.OnHosts = true
		service.Tasks = b.hostsOf(r, s)
		if t.mode == "none" {
			service.Ports = nil
		}
		return service
	}
	service.Tasks = &model.Interfaces{Name: service.Name}
	what := s.network.Doubt()
	if definition.one == nil {
		what += ", and " + definition.why
	}
	service.Doubts = append(service.Doubts, doubt(r, what))
	return service
}

// assigned reads assignPublicIp: a flag, which is off when nothing is said, or
// AWS's words for it.
func (b *builder) assigned(v state.Value) model.Truth {
	if v.Absent() && v.Owner().Made() {
		return model.Maybe // the provider always writes it
	}
	switch strings.ToUpper(v.Or("")) {
	case "ENABLED":
		return model.Yes
	case "DISABLED":
		return model.No
	}
	return b.truth(v, model.No)
}

// hostsOf are the hosts that tasks run on which share their interfaces.
func (b *builder) hostsOf(r *state.Resource, s starter) *model.Interfaces {
	hosts := &model.Interfaces{Name: nameOf(r)}
	var machines []*model.Interfaces
	addMachine := func(h *model.Interfaces) {
		if h != nil && !slices.Contains(machines, h) {
			machines = append(machines, h)
		}
	}
	strategies, complete := s.strategies.List()
	if !complete {
		hosts.Doubts = append(hosts.Doubts, doubt(r, s.strategies.Doubt()))
	}
	for _, strategy := range strategies {
		found := b.capacity.find(b, strategy.Get("capacityProvider"))
		if found.one != nil {
			addMachine(found.one.hosts)
			continue
		}
		hosts.Doubts = append(hosts.Doubts, doubt(r, found.why))
	}
	if len(strategies) == 0 && complete {
		all, doubts := b.inCluster(s.cluster)
		for _, h := range all {
			addMachine(h)
		}
		hosts.Doubts = append(hosts.Doubts, doubts...)
	}
	if len(machines) == 0 {
		hosts.Doubts = append(hosts.Doubts, doubt(r, "runs on hosts that are not in the stack"))
		return hosts
	}
	others := hosts.Doubts
	*hosts = *join(machines)
	hosts.Name, hosts.Doubts = nameOf(r), append(hosts.Doubts, others...)
	return hosts
}

// join makes one kind of interfaces of several: alike ones are added up, and
// between others it is not known which a task shares.
func join(machines []*model.Interfaces) *model.Interfaces {
	all := *machines[0]
	all.Subnets, all.Doubts, all.GroupDoubts = slices.Clone(all.Subnets), slices.Clone(all.Doubts), slices.Clone(all.GroupDoubts)
	for _, m := range machines[1:] {
		for _, s := range m.Subnets {
			if !slices.Contains(all.Subnets, s) {
				all.Subnets = append(all.Subnets, s)
			}
		}
		all.Doubts, all.GroupDoubts = append(all.Doubts, m.Doubts...), append(all.GroupDoubts, m.GroupDoubts...)
		all.SubnetsAreCandidates = all.SubnetsAreCandidates || m.SubnetsAreCandidates
		if all.PublicIPv4 != m.PublicIPv4 || all.PublicBySubnet != m.PublicBySubnet {
			all.PublicIPv4 = model.Maybe
		}
		all.PublicBySubnet = all.PublicBySubnet && m.PublicBySubnet
		if all.IPv6 != m.IPv6 {
			all.IPv6 = model.Maybe
		}
		all.Forwards = max(all.Forwards, m.Forwards)
		if !sameGroups(all.Groups, m.Groups) {
			all.Doubts = append(all.Doubts, model.Doubt{Name: m.Name, What: "is one of several kinds of hosts, whose security groups differ"})
		}
	}
	return &all
}

func sameGroups(a, b []*model.SecurityGroup) bool {
	if len(a) != len(b) {
		return false
	}
	for _, g := range a {
		if !slices.Contains(b, g) {
			return false
		}
	}
	return true
}

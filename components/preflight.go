package components

import (
	"errors"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/host"
	"github.com/ecsnet/pulumi-ecsnet/internal/netfacts"
	"github.com/ecsnet/pulumi-ecsnet/internal/preflight"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

// Preflight decides what happens when a service's tasks could not work in its
// network, for example because their image, log or secrets cannot be reached
// from it.
type Preflight string

const (
	// The preview fails, with every reason and its fix, and nothing is made.
	PreflightError Preflight = "Error"
	// The reasons are printed as a warning, and the service is made.
	PreflightWarn Preflight = "Warn"
	// Nothing is checked.
	PreflightOff Preflight = "Off"
)

// invalid is the one error of a service whose arguments are wrong, whose tasks
// would not work, or both.
type invalid struct {
	component, name string
	faults          field.Faults
	findings        preflight.Findings
}

func (e invalid) Error() string {
	var parts []string
	if len(e.faults) > 0 {
		parts = append(parts, invalidArgs(e.component, e.name, e.faults).Error())
	}
	if len(e.findings) > 0 {
		parts = append(parts, e.component+` "`+e.name+`": `+e.findings.Error())
	}
	return strings.Join(parts, "\n")
}

// Unwrap lets the plugin say it in the engine's form.
func (e invalid) Unwrap() []error {
	var parts []error
	if len(e.faults) > 0 {
		parts = append(parts, e.faults)
	}
	if len(e.findings) > 0 {
		parts = append(parts, e.findings)
	}
	return parts
}

// flight is what the checks of a service are asked about.
type flight struct {
	network netfacts.Network
	task    preflight.Task
	place   preflight.Placement
}

func (f flight) check() (preflight.Findings, []preflight.Undecided) {
	return preflight.Check(f.network, f.task, f.place)
}

func (s *serviceSpec) preflightMode() Preflight { return or(s.Preflight, PreflightError) }

// readFlight gathers the facts that are known now. What is not may be known
// when the service is made.
func (s *serviceSpec) readFlight() {
	f := &s.flight
	f.network = s.facts
	if _, known := f.network.Region.Get(); !known && s.Region != nil {
		f.network.Region = fact.Known(*s.Region)
	}
	f.place = preflight.Placement{PublicIp: fact.Known(s.kind.public), Zones: s.facts.Zones}
	f.task = preflight.Task{
		Task:                s.task,
		NetworkMode:         fact.Known(preflight.NetworkModeAwsvpc),
		OwnTaskRole:         fact.Known(s.TaskRoleArn != nil),
		ServiceDiscovery:    fact.Known(false),
		EphemeralStorageGib: fact.Known(0),
	}
	f.place.S3Closed = s.closedToS3()
	s.readHostFlight()
	s.readIngressFlight()
	if len(taskplan.CheckFargateSize("", s.cpu(), s.memoryMib())) == 0 { // else it is a fault already
		f.task.Cpu, f.task.MemoryMib = fact.Known(s.cpu()), fact.Known(s.memoryMib())
	}
}

// closedToS3 says whether the tasks' security group lets nothing out to S3,
// though their network declares its endpoints: no rule of ours does where nobody
// declares the prefix list, nor one of the user's. On hosts the host pulls the
// image.
func (s *serviceSpec) closedToS3() bool {
	egress, known := s.flight.network.Egress.Get()
	_, declared := s.flight.network.EndpointServices.Get()
	if s.kind.hosts != nil || !known || egress != netfacts.None || !declared || !s.flight.network.Declared || s.facts.S3PrefixList {
		return false
	}
	return !slices.ContainsFunc(s.egress, func(r rule) bool {
		return r.protocol == string(RuleProtocolTcp) && r.fromPort <= 443 && r.toPort >= 443 && r.group == nil
	})
}

// readHostFlight changes what differs for tasks on hosts.
func (s *serviceSpec) readHostFlight() {
	if s.kind.hosts == nil {
		return
	}
	f := &s.flight
	f.task.NetworkMode = fact.Known(string(s.kind.hosts.mode))
	if s.kind.tasksHaveInterfaces() {
		// An Ec2Capacity may have placed the hosts in the public subnets.
		f.place.HostsElsewhere = s.facts.PublicSubnets
		return
	}
	// The tasks are where their hosts are, and only the Ec2Capacity knows that.
	f.place.PublicIp = fact.Unknown[bool]()
	if egress, known := f.network.Egress.Get(); known && egress == netfacts.None && s.facts.PublicSubnets {
		f.network.Egress = fact.Unknown[netfacts.Egress]()
	}
}

// refuse returns the error for wrong arguments and, in the mode "Error", for
// tasks that would not work as far as that is known yet.
func (s *serviceSpec) refuse(ctx *pulumi.Context, name string) error {
	e := invalid{component: s.kind.component, name: name}
	if err := allFaults(ctx, s.faults).Err(); err != nil {
		errors.As(err, &e.faults)
	}
	if s.preflightMode() == PreflightError && s.network != nil {
		findings, _ := s.flight.check()
		e.findings = findings.Of(preflight.SeverityError)
	}
	if len(e.faults)+len(e.findings) == 0 {
		return nil
	}
	return e
}

// preflightLater says whether the checks have to wait for values: during an
// update of a Go program, which waiting here would hold back. There they run
// where the values arrive, before the task definition is made.
func preflightLater(ctx *pulumi.Context) bool { return !ctx.DryRun() && !host.Plugin() }

// preflight checks whether the tasks would work, before anything of the
// service is made. Now the Region is known too, from the aws provider.
func (s *service) preflight(ctx *pulumi.Context) error {
	if s.spec.preflightMode() == PreflightOff || preflightLater(ctx) {
		return nil
	}
	if _, known := s.spec.flight.network.Region.Get(); !known {
		region, err := seeText(ctx, s.at.region)
		if err != nil {
			return err
		}
		if region.known {
			s.spec.flight.network.Region = fact.Known(region.value)
		}
	}
	if err := s.warnOfNoTasks(ctx); err != nil {
		return err
	}
	return s.decide(ctx, s.spec.flight)
}

// warnOfNoTasks says that what the user asks for by name does nothing where no
// task runs: ECS counts a deployment of none as done at once.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
func (s *service) warnOfNoTasks(ctx *pulumi.Context) error {
	breaker := or(s.spec.DeploymentCircuitBreaker, DeploymentCircuitBreakerOff)
	if or(s.spec.DesiredCount, defaultDesiredCount) != 0 || breaker == DeploymentCircuitBreakerOff && !or(s.spec.WaitForSteadyState, false) {
		return nil
	}
	return ctx.Log.Warn("desiredCount: 0 runs no task, so a successful update says nothing about the tasks, and no deployment is stopped or rolled back; "+
		"write 1 or more to find out whether they start", &pulumi.LogArgs{Resource: s.parent})
}

// decide refuses, warns or goes on.
func (s *service) decide(ctx *pulumi.Context, f flight) error {
	findings, undecided := f.check()
	about := &pulumi.LogArgs{Resource: s.parent}
	if len(undecided) > 0 {
		open := make([]string, len(undecided))
		for i, u := range undecided {
			open[i] = u.String()
		}
		if err := ctx.Log.Debug("preflight, undecided:\n    "+strings.Join(open, "\n    "), about); err != nil {
			return err
		}
	}
	if s.spec.preflightMode() == PreflightError {
		if bad := findings.Of(preflight.SeverityError); len(bad) > 0 {
			return invalid{component: s.spec.kind.component, name: s.name, findings: bad}
		}
	}
	if len(findings) == 0 {
		return nil
	}
	return ctx.Log.Warn(findings.Error(), about)
}

// preflightOf checks a task whose values have arrived, where the checks had to
// wait for them.
func (s *service) preflightOf(ctx *pulumi.Context, task taskplan.Task, region string) error {
	if s.spec.preflightMode() == PreflightOff || !preflightLater(ctx) {
		return nil
	}
	f := s.spec.flight
	if _, known := f.network.Region.Get(); !known {
		f.network.Region = fact.Known(region)
	}
	f.task.Task = task
	return s.decide(ctx, f)
}

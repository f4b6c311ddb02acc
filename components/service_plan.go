package components

import (
	"errors"
	"fmt"
	"math"
	"regexp"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/netfacts"
	"github.com/ecsnet/pulumi-ecsnet/internal/netplan"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

// serviceSpec is a service's arguments after planning: with its defaults, and
// with everything that decides which resources exist.
type serviceSpec struct {
	*FargatePrivateServiceArgs
	kind   serviceKind
	faults field.Faults

	network       *Network
	facts         netfacts.Network
	cluster       *EcsCluster // nil with clusterArn
	in            *Ingress    // nil without
	joins         ingressFacts
	family        string
	containerName string
	ingress       []rule
	egress        []rule
	task          taskplan.Task
	flight        flight
	// shares are what each of Fargate's capacity providers runs; none with the
	// launch type.
	shares map[string]taskplan.Share
}

// rule is a security group rule of the user's, with its defaults.
type rule struct {
	// written is the user's name for the rule, key what its child is named by.
	written, key        string
	peer                peer
	fromPort, toPort    int
	protocol            string
	description         string
	group, cidr, prefix pulumi.StringPtrInput
}

// plan checks the arguments and reads the network.
func (a *FargatePrivateServiceArgs) plan(ctx *pulumi.Context, kind serviceKind, name string) (s serviceSpec, err error) {
	s.FargatePrivateServiceArgs, s.kind = a, kind
	s.checkRequired()
	if err := s.readCluster(ctx); err != nil {
		return s, err
	}
	if !isNil(a.Network) {
		if s.network, err = readNetwork(ctx, a.Network, &s.faults); err != nil {
			return s, err
		}
	}
	if s.network != nil {
		if s.facts, err = s.network.facts(ctx); err != nil {
			return s, err
		}
		s.checkNetwork()
	}
	if err := s.readIngress(ctx); err != nil {
		return s, err
	}
	s.nameThings(ctx, name)
	s.checkSizes()
	if err := s.planCapacity(ctx); err != nil {
		return s, err
	}
	s.ingress, err = planRules(ctx, "ingressRules", a.IngressRules, &s.faults)
	if err != nil {
		return s, err
	}
	s.egress, err = planRules(ctx, "egressRules", a.EgressRules, &s.faults)
	if err != nil {
		return s, err
	}
	s.leaveOutOwnRules(ctx)
	if err := errors.Join(s.readTask(ctx), s.checkInputs(ctx)); err != nil || s.network == nil {
		return s, err
	}
	s.readFlight()
	return s, nil
}

func (s *serviceSpec) checkRequired() {
	if isNil(s.Network) {
		s.faults.Add("network", nil, "is required", "pass the network component itself, such as an IsolatedVpc")
	}
	if isNil(s.Image) {
		s.faults.Add("image", nil, "is required", `write an image, such as "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1.2"`)
	}
}

// checkNetwork finds a network that has no subnets for the service, or whose
// endpoints no rule of ours could open.
func (s *serviceSpec) checkNetwork() {
	if s.kind.hosts != nil {
		s.checkHostNetwork()
		return
	}
	if s.kind.public {
		if !s.facts.PublicSubnets {
			s.faults.Add("network", nil, "has no public subnets, and a task with a public address needs them",
				"pass a PublicNetwork or a NatNetwork, or declare publicSubnetIds")
		}
		s.facts = s.facts.Public()
		return
	}
	if !s.facts.Subnets {
		s.faults.Add("network", nil, "has no private subnets", "pass an IsolatedVpc or a NatNetwork, or use FargatePublicService")
	}
	if s.facts.Assume().OutOfReach() {
		s.faults.Add("network", nil, "declares endpoints as its only way out, but not how to reach them",
			"declare its endpointSecurityGroupId, or its cidrBlock")
	}
}

func (s *serviceSpec) nameThings(ctx *pulumi.Context, name string) {
	named := []namedChild{{row: children.Logs, rule: logGroupName}}
	if s.ServiceName == nil {
		named = append(named, namedChild{row: children.Service, rule: ecsServiceName, instead: "serviceName"})
	}
	if s.ExecutionRoleArn == nil {
		named = append(named, namedChild{row: children.ExecutionRole, rule: roleName, instead: "executionRoleArn"})
	}
	if s.TaskRoleArn == nil {
		named = append(named, namedChild{row: children.TaskRole, rule: roleName, instead: "taskRoleArn"})
	}
	if s.kind.tasksHaveInterfaces() {
		named = append(named, namedChild{row: children.TaskGroup, rule: groupName})
	}
	if s.in != nil && !s.joins.balances() {
		named = append(named, namedChild{row: children.RouteRegistry, values: []string{allRequests}, rule: cloudMapServiceName})
	}
	checkChildNames(&s.faults, name, named...)
	if s.ServiceName != nil {
		s.faults = append(s.faults, taskplan.CheckName("serviceName", *s.ServiceName)...)
	}
	if s.ContainerName != nil {
		s.faults = append(s.faults, taskplan.CheckName("containerName", *s.ContainerName)...)
	}
	s.containerName = or(s.ContainerName, or(s.ServiceName, name))
	if s.ContainerName == nil && s.ServiceName == nil && len(taskplan.CheckName("", name)) > 0 {
		s.faults.Add("containerName", nil, fmt.Sprintf("is required, because the component's name %q is not a valid container name", name),
			`write 1 to 255 letters, digits, "-" and "_"`)
	}
	s.family = or(s.ServiceName, notInFamily.ReplaceAllString(ctx.Stack()+"-"+name, "-"))
}

// notInFamily matches what the family of a task definition cannot hold:
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
var notInFamily = regexp.MustCompile(`[^A-Za-z0-9_-]`)

func (s *serviceSpec) checkSizes() {
	if s.kind.hosts == nil {
		s.faults = append(s.faults, taskplan.CheckFargateSize("", s.cpu(), s.memoryMib())...)
	}
	desired := or(s.DesiredCount, defaultDesiredCount)
	s.faults = append(s.faults, taskplan.CheckDesiredCount("desiredCount", desired)...)
	s.faults = append(s.faults, taskplan.CheckDeployment("", s.minimumHealthyPercent(), s.maximumPercent(), desired)...)
	checkEnum(&s.faults, "cpuArchitecture", s.CpuArchitecture, CpuArchitectureX8664, CpuArchitectureArm64)
	checkEnum(&s.faults, "preflight", s.Preflight, PreflightError, PreflightWarn, PreflightOff)
	checkEnum(&s.faults, "deploymentCircuitBreaker", s.DeploymentCircuitBreaker,
		DeploymentCircuitBreakerRollback, DeploymentCircuitBreakerStop, DeploymentCircuitBreakerOff)
	s.faults = append(s.faults, taskplan.CheckRetention("logRetentionInDays", or(s.LogRetentionInDays, defaultRetentionInDays))...)
	if s.ContainerPort != nil {
		checkPort(&s.faults, "containerPort", *s.ContainerPort)
	}
	checkRange(&s.faults, "healthCheckGracePeriodSeconds", or(s.HealthCheckGracePeriodSeconds, 0), 0, math.MaxInt32)
	s.faults = append(s.faults, taskplan.CheckEnvironment("", s.Environment, s.Secrets)...)
	if t := s.Timeouts; t != nil {
		for _, m := range []struct {
			name  string
			value *int
		}{{"createMinutes", t.CreateMinutes}, {"updateMinutes", t.UpdateMinutes}, {"deleteMinutes", t.DeleteMinutes}} {
			if or(m.value, 1) < 1 {
				s.faults.Add("timeouts."+m.name, *m.value, "is below 1", "write a number of minutes, such as 20")
			}
		}
	}
}

// checkInputs checks the values of inputs that are known.
func (s *serviceSpec) checkInputs(ctx *pulumi.Context) error {
	err := errors.Join(
		checkArn(ctx, &s.faults, "clusterArn", "ecs/cluster", s.ClusterArn),
		checkArn(ctx, &s.faults, "executionRoleArn", "iam/role", s.ExecutionRoleArn),
		checkText(ctx, &s.faults, s.ExecuteCommandLogGroupArn, func(arn string) (found field.Faults) {
			if arn == "" { // what arrives later may be of a cluster without one
				found = taskplan.CheckArn("executeCommandLogGroupArn", "logs", arn)
			}
			return found
		}),
		checkArn(ctx, &s.faults, "taskRoleArn", "iam/role", s.TaskRoleArn),
		checkRoleArgs(ctx, s.PermissionsBoundaryArn, s.RolePath, &s.faults),
		checkTags(ctx, &s.faults, s.Tags, 0),
		s.checkHosts(ctx),
	)
	s.faults = append(s.faults, s.task.Check()...)
	return err
}

// subnetIds are the subnets that the tasks run in.
func (s *serviceSpec) subnetIds() pulumi.StringArrayOutput {
	if s.kind.public {
		return s.network.PublicSubnetIds
	}
	return s.network.SubnetIds
}

const defaultDesiredCount = 2

func (s *serviceSpec) cpu() int                   { return or(s.Cpu, 256) }
func (s *serviceSpec) memoryMib() int             { return or(s.MemoryMib, 512) }
func (s *serviceSpec) minimumHealthyPercent() int { return or(s.DeploymentMinimumHealthyPercent, 75) }
func (s *serviceSpec) maximumPercent() int        { return or(s.DeploymentMaximumPercent, 200) }

// ingress is the rule as an ingress rule of a group.
func (r rule) ingress(group pulumi.StringInput, tags pulumi.StringMapInput) *vpc.SecurityGroupIngressRuleArgs {
	return &vpc.SecurityGroupIngressRuleArgs{
		SecurityGroupId: group, Tags: tags,
		Description: ruleDescription(r.description), IpProtocol: pulumi.String(r.protocol),
		FromPort: pulumi.Int(r.fromPort), ToPort: pulumi.Int(r.toPort),
		ReferencedSecurityGroupId: r.group, CidrIpv4: r.cidr, PrefixListId: r.prefix,
	}
}

// egress is the rule as an egress rule of a group.
func (r rule) egress(group pulumi.StringInput, tags pulumi.StringMapInput) *vpc.SecurityGroupEgressRuleArgs {
	return &vpc.SecurityGroupEgressRuleArgs{
		SecurityGroupId: group, Tags: tags,
		Description: ruleDescription(r.description), IpProtocol: pulumi.String(r.protocol),
		FromPort: pulumi.Int(r.fromPort), ToPort: pulumi.Int(r.toPort),
		ReferencedSecurityGroupId: r.group, CidrIpv4: r.cidr, PrefixListId: r.prefix,
	}
}

// https is the rule that opens port 443 to one peer.
func https(description string, to rule) rule {
	to.description, to.protocol, to.fromPort, to.toPort = description, "tcp", 443, 443
	return to
}

func checkPort(faults *field.Faults, path string, port int) {
	if port < 1 || port > 65535 {
		faults.Add(path, port, "is not a port", "write a number from 1 to 65535")
	}
}

// planRules checks the user's rules, in the order of their names.
func planRules(ctx *pulumi.Context, path string, rules map[string]RuleArgs, faults *field.Faults) (planned []rule, err error) {
	for _, key := range sortedKeys(rules) {
		at := field.Key(path, key)
		r, e := rules[key].plan(ctx, key, at, faults)
		planned, err = append(planned, r), errors.Join(err, e)
	}
	return nameRules(ctx, planned, func(r rule) string { return r.protocol + "-" + r.ports() + "-" + r.peer.name }), err
}

var ruleName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

func (a RuleArgs) plan(ctx *pulumi.Context, key, at string, faults *field.Faults) (rule, error) {
	r := rule{
		written: key, group: a.SecurityGroupId, cidr: a.CidrBlock, prefix: a.PrefixListId,
		protocol: string(or(a.Protocol, RuleProtocolTcp)), description: or(a.Description, key),
		fromPort: or(a.Port, or(a.FromPort, 0)), toPort: or(a.Port, or(a.ToPort, 0)),
	}
	if !ruleName.MatchString(key) {
		faults.Add(at, nil, "has a name that is not 1 to 64 letters, digits, '.', '-' and '_'", "name the rule for what it lets through")
	}
	if len(r.description) > maxDescription || notInDescription.MatchString(r.description) {
		faults.Add(at+".description", r.description, "is not a description that AWS takes", "write up to 255 letters, digits, spaces and . _ - : / ( ) # , @ [ ] + = & ; { } ! $ *")
	}
	checkEnum(faults, at+".protocol", a.Protocol, RuleProtocolTcp, RuleProtocolUdp)
	switch {
	case a.Port != nil && (a.FromPort != nil || a.ToPort != nil):
		faults.Add(at+".port", *a.Port, "cannot be given together with fromPort and toPort", "leave one of them out")
	case a.Port != nil:
		checkPort(faults, at+".port", *a.Port)
	case a.FromPort == nil || a.ToPort == nil:
		faults.Add(at, nil, "names no port", "write port, or fromPort and toPort")
	default:
		checkPort(faults, at+".fromPort", *a.FromPort)
		checkPort(faults, at+".toPort", *a.ToPort)
		if *a.FromPort > *a.ToPort {
			faults.Add(at+".toPort", *a.ToPort, fmt.Sprintf("is below fromPort, %d", *a.FromPort), "write the ports in order")
		}
	}
	ends := 0
	for _, end := range []pulumi.StringPtrInput{a.SecurityGroupId, a.CidrBlock, a.PrefixListId} {
		if end != nil {
			ends++
		}
	}
	if ends != 1 {
		faults.Add(at, nil, fmt.Sprintf("names %d peers", ends), "give exactly one of securityGroupId, cidrBlock and prefixListId")
	}
	return r, checkText(ctx, faults, a.CidrBlock, func(block string) field.Faults {
		_, bad := netplan.ParseCIDR(at+".cidrBlock", block, 0, 32)
		return bad
	})
}

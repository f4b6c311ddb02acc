package components

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
	"github.com/ecsnet/pulumi-ecsnet/internal/ec2plan"
	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/netfacts"
)

// capacitySpec is the arguments of Ec2Capacity after planning.
type capacitySpec struct {
	*Ec2CapacityArgs
	faults field.Faults

	network      *Network
	facts        netfacts.Network
	public       bool
	instanceType string
	architecture string
	ingress      []rule
	egress       []rule
}

// plan checks the arguments and reads the network.
func (a *Ec2CapacityArgs) plan(ctx *pulumi.Context, name string) (s capacitySpec, err error) {
	s.Ec2CapacityArgs, s.public = a, or(a.Placement, HostPlacementPrivate) == HostPlacementPublic
	checkEnum(&s.faults, "placement", a.Placement, HostPlacementPrivate, HostPlacementPublic)
	if err := s.readNetwork(ctx); err != nil {
		return s, err
	}
	s.chooseInstance()
	s.checkSizes()
	s.checkName(name)
	checkChildNames(&s.faults, name, namedChild{row: children.HostRole, rule: roleName},
		namedChild{row: children.HostTemplate, rule: templateName}, namedChild{row: children.HostGroup, rule: groupName})
	if s.ingress, err = planRules(ctx, "ingressRules", a.IngressRules, &s.faults); err != nil {
		return s, err
	}
	s.keepSshClosed()
	if s.egress, err = planRules(ctx, "egressRules", a.EgressRules, &s.faults); err != nil {
		return s, err
	}
	return s, s.checkInputs(ctx)
}

// readNetwork reads the network, and finds one that hosts could not work in.
func (s *capacitySpec) readNetwork(ctx *pulumi.Context) (err error) {
	if isNil(s.Network) {
		s.faults.Add("network", nil, "is required", "pass the network component itself, such as a NatNetwork")
		return nil
	}
	if s.network, err = readNetwork(ctx, s.Network, &s.faults); err != nil || s.network == nil {
		return err
	}
	if s.facts, err = s.network.facts(ctx); err != nil {
		return err
	}
	if s.public {
		if !s.facts.PublicSubnets {
			s.faults.Add("network", nil, `has no public subnets, and placement "Public" needs them`,
				"pass a PublicNetwork or a NatNetwork, or declare publicSubnetIds")
		}
		s.facts = s.facts.Public()
		return nil
	}
	if !s.facts.Subnets {
		s.faults.Add("network", nil, "has no private subnets", `pass an IsolatedVpc or a NatNetwork, or write placement "Public"`)
	}
	return s.checkAgentEndpoints(ctx)
}

// checkAgentEndpoints finds a network that is known to have no way by which
// the ECS agent of a host reaches ECS. Such a host never joins its cluster.
func (s *capacitySpec) checkAgentEndpoints(ctx *pulumi.Context) error {
	egress, known, err := await[string](ctx, s.network.Egress)
	if err != nil || !known || egress != EgressNone {
		return err
	}
	services, known, err := await[[]string](ctx, s.network.EndpointServices)
	if err != nil || !known || len(services) == 0 && !s.facts.EndpointGroup {
		return err // nothing is declared: endpoints may be there all the same
	}
	var missing []string
	for _, service := range endpoints.EcsOnEc2 {
		if !slices.Contains(services, service) {
			missing = append(missing, service)
		}
	}
	if len(missing) > 0 {
		s.faults.Add("network", nil, fmt.Sprintf("has no way out and no endpoints for %s, through which hosts reach ECS; they would never join the cluster", strings.Join(missing, ", ")),
			"write ecsOnEc2 true on the IsolatedVpc, or make these endpoints and declare them")
	}
	return nil
}

// chooseInstance sets the instance type and the architecture, each by the
// other where only one is given.
func (s *capacitySpec) chooseInstance() {
	checkEnum(&s.faults, "cpuArchitecture", s.CpuArchitecture, CpuArchitectureX8664, CpuArchitectureArm64)
	s.architecture = string(or(s.CpuArchitecture, CpuArchitectureX8664))
	if s.InstanceType == nil {
		s.instanceType = ec2plan.DefaultInstanceType(s.architecture)
		return
	}
	s.instanceType = *s.InstanceType
	is, faults := ec2plan.Architecture("instanceType", s.instanceType)
	if len(faults) == 0 && s.CpuArchitecture != nil {
		faults = ec2plan.CheckArchitecture("instanceType", s.instanceType, s.architecture)
	}
	s.architecture, s.faults = is, append(s.faults, faults...)
}

// The root volume's least size is that of the image's snapshot, its most what
// EBS has for gp3: https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html
const leastVolumeGib, mostVolumeGib = 30, 65536

func (s *capacitySpec) checkSizes() {
	if s.minSize() < 0 {
		s.faults.Add("minSize", s.minSize(), "is below 0", "write the minimum number of hosts")
	}
	if s.maxSize() < max(1, s.minSize()) {
		s.faults.Add("maxSize", s.maxSize(), fmt.Sprintf("must be at least 1 and at least minSize (%d)", s.minSize()),
			fmt.Sprintf("write %d or more", max(1, s.minSize())))
	}
	if v := s.volumeGib(); v < leastVolumeGib || v > mostVolumeGib {
		s.faults.Add("rootVolumeSizeGib", v, "GiB is not a size that the root volume can have",
			fmt.Sprintf("write a number from %d to %d", leastVolumeGib, mostVolumeGib))
	}
}

func (s *capacitySpec) minSize() int   { return or(s.MinSize, 0) }
func (s *capacitySpec) maxSize() int   { return or(s.MaxSize, max(4, s.minSize())) }
func (s *capacitySpec) volumeGib() int { return or(s.RootVolumeSizeGib, leastVolumeGib) }

// checkName finds a name that ECS would refuse: the given one, or the one that
// Pulumi would make.
func (s *capacitySpec) checkName(name string) {
	if s.CapacityProviderName != nil {
		s.faults = append(s.faults, ec2plan.CheckNewCapacityProvider("capacityProviderName", *s.CapacityProviderName)...)
		return
	}
	if faults := ec2plan.CheckNewCapacityProvider("", name); len(faults) > 0 {
		s.faults.Add("capacityProviderName", nil, fmt.Sprintf("is required, because the component's name %q %s", name, faults[0].Rule),
			"write a name of letters, digits, \"-\" and \"_\" that does not begin with aws, ecs or fargate")
	}
}

// keepSshClosed refuses a rule that opens port 22: a shell comes through ECS
// Exec or Session Manager, which need no open port.
func (s *capacitySpec) keepSshClosed() {
	for _, r := range s.ingress {
		if r.protocol == string(RuleProtocolTcp) && r.fromPort <= 22 && r.toPort >= 22 && r.fromPort > 0 {
			s.faults.Add(field.Key("ingressRules", r.written), nil, "opens port 22, which stays closed on hosts",
				"exclude port 22; use ECS Exec, or Session Manager with a policy of yours on the hosts' role")
		}
	}
}

// checkInputs checks the values of inputs that are known.
func (s *capacitySpec) checkInputs(ctx *pulumi.Context) error {
	if isNil(s.ClusterName) {
		s.faults.Add("clusterName", nil, "is required", "pass the clusterName of an EcsCluster, or the name of another ECS cluster")
	}
	if s.OtherCapacityProviders != nil && !or(s.AssociateWithCluster, true) {
		s.faults.Add("otherCapacityProviders", nil, "cannot be given where associateWithCluster is false", "list them on the Ec2Capacity that sets the cluster's list")
	}
	return errors.Join(
		checkTags(ctx, &s.faults, s.Tags, 1), // AmazonECSManaged
		checkText(ctx, &s.faults, s.ClusterName, func(cluster string) field.Faults {
			return ec2plan.CheckClusterName("clusterName", cluster)
		}),
		checkText(ctx, &s.faults, s.ImageId, func(id string) (found field.Faults) {
			if !strings.HasPrefix(id, "ami-") {
				found.Add("imageId", id, "is not the id of a machine image", `write one such as "ami-0123456789abcdef0", or leave it out`)
			}
			return found
		}),
		checkRoleArgs(ctx, s.PermissionsBoundaryArn, s.RolePath, &s.faults),
	)
}

// subnetIds are the subnets that the hosts run in.
func (s *capacitySpec) subnetIds() pulumi.StringArrayOutput {
	if s.public {
		return s.network.PublicSubnetIds
	}
	return s.network.SubnetIds
}

package components

import (
	"reflect"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/netfacts"
	"github.com/ecsnet/pulumi-ecsnet/internal/netplan"
)

// networkSpec is a network component's arguments after planning: everything
// that decides which resources exist.
type networkSpec struct {
	faults    field.Faults
	component string
	egress    string
	region    string
	cidrBlock string
	blocks    layoutArgs
	layout    netplan.Plan
	services  []string
	named     endpoints.Named // of services, as the user wrote them
	access    EndpointAccess
	policies  EndpointPolicies
	buckets   []string
	nat       NatMode // "" without NAT gateways
	addresses []pulumi.StringInput
	flowLogs  *FlowLogsArgs
	tags      pulumi.StringMapInput
}

// has says whether the layout has a tier of subnets.
func (s networkSpec) has(tier netplan.Tier) bool {
	for _, n := range s.layout.Subnets {
		if n.Tier == tier {
			return true
		}
	}
	return false
}

// tier is the subnets of one kind, a zone each, with their route tables.
type tier struct {
	zones       []string
	letters     []string
	subnets     []*ec2.Subnet
	routeTables []*ec2.RouteTable
	// attached is the route tables' associations and default routes: what the
	// subnets' traffic needs.
	attached []pulumi.Resource
}

// network is what every network component has in common.
type network struct {
	parent pulumi.Resource
	name   string
	spec   networkSpec
	at     place

	vpc           *ec2.Vpc
	tiers         map[netplan.Tier]*tier // all of them, also those without subnets
	internet      *ec2.InternetGateway
	nat           []*ec2.NatGateway // a zone each, or one for all
	endpointGroup *ec2.SecurityGroup
	s3            *ec2.VpcEndpoint
	// endpoints are s3 first, then spec.services in their order.
	endpoints []*ec2.VpcEndpoint
	// fixed is the addresses, which never move.
	fixed []fixed
	// ready is what must be there before a task can reach an endpoint:
	// endpoints and their rules.
	ready []pulumi.Resource
}

// buildNetwork registers the VPC, its subnets, its ways out and its endpoints.
func buildNetwork(ctx *pulumi.Context, parent pulumi.Resource, name string, spec networkSpec) (*network, error) {
	n := &network{parent: parent, name: name, spec: spec, at: lookUpPlace(ctx, parent), tiers: map[netplan.Tier]*tier{}}
	for _, kind := range netplan.Tiers {
		n.tiers[kind] = &tier{}
	}
	steps := []func(*pulumi.Context) error{n.makeVpc, n.makeSubnets}
	if spec.has(netplan.Public) {
		steps = append(steps, n.makeInternet)
	}
	if spec.nat != "" {
		steps = append(steps, n.makeNat)
	}
	if spec.has(netplan.Private) {
		steps = append(steps, n.makeEndpointGroup, n.makeEndpoints)
	}
	for _, step := range append(steps, n.makeFlowLogs) {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return n, nil
}

func (n *network) child() pulumi.ResourceOption { return pulumi.Parent(n.parent) }

func (n *network) tags(child string) pulumi.StringMapInput { return nameTag(n.spec.tags, child) }

func (n *network) makeVpc(ctx *pulumi.Context) (err error) {
	child := children.Vpc.Name(n.name)
	n.vpc, err = ec2.NewVpc(ctx, child, &ec2.VpcArgs{
		CidrBlock:          pulumi.String(n.spec.cidrBlock),
		EnableDnsSupport:   pulumi.Bool(true),
		EnableDnsHostnames: pulumi.Bool(true),
		Tags:               n.tags(child),
	}, n.child(), keptAsBorn("cidrBlock"))
	if err != nil {
		return err
	}
	// AWS gives every VPC a default group that admits itself and lets
	// everything out; adopting it without rules empties it, once: rules that
	// somebody adds later stay, because the provider takes them for computed.
	child = children.DefaultGroup.Name(n.name)
	_, err = ec2.NewDefaultSecurityGroup(ctx, child, &ec2.DefaultSecurityGroupArgs{
		VpcId: n.vpc.ID(),
		Tags:  n.tags(child),
	}, n.child())
	return err
}

func (n *network) makeSubnets(ctx *pulumi.Context) error {
	secondary := map[string]pulumi.Resource{}
	for _, b := range n.spec.layout.SecondaryBlocks {
		block, err := ec2.NewVpcIpv4CidrBlockAssociation(ctx, children.ZoneBlock.Name(n.name, b.Letter), &ec2.VpcIpv4CidrBlockAssociationArgs{
			VpcId:     n.vpc.ID(),
			CidrBlock: pulumi.String(b.CIDR.String()),
		}, n.child(), keptAsBorn("cidrBlock"))
		if err != nil {
			return err
		}
		secondary[b.Zone] = block
		n.fixed = append(n.fixed, n.fixedBlock(b, block.CidrBlock))
	}
	for _, s := range n.spec.layout.Subnets {
		if err := n.makeSubnet(ctx, s, secondary[s.Zone]); err != nil {
			return err
		}
	}
	return nil
}

// makeSubnet makes a subnet with a route table of its own. The association
// never changes: ways out come and go as routes of the table.
func (n *network) makeSubnet(ctx *pulumi.Context, s netplan.Subnet, block pulumi.Resource) error {
	rows := children.OfTier[s.Tier.Name]
	child := rows.Subnet.Name(n.name, s.Letter)
	opts := []pulumi.ResourceOption{n.child(), keptAsBorn("cidrBlock")}
	if block != nil {
		opts = append(opts, pulumi.DependsOn([]pulumi.Resource{block}))
	}
	subnet, err := ec2.NewSubnet(ctx, child, &ec2.SubnetArgs{
		VpcId:            n.vpc.ID(),
		AvailabilityZone: pulumi.String(s.Zone),
		CidrBlock:        pulumi.String(s.CIDR.String()),
		Tags:             n.tags(child),
	}, opts...)
	if err != nil {
		return err
	}
	n.fixed = append(n.fixed, n.fixedSubnet(s, child, orEmpty(subnet.CidrBlock)))
	child = rows.RouteTable.Name(n.name, s.Letter)
	table, err := ec2.NewRouteTable(ctx, child, &ec2.RouteTableArgs{
		VpcId: n.vpc.ID(),
		Tags:  n.tags(child),
	}, n.child())
	if err != nil {
		return err
	}
	association, err := ec2.NewRouteTableAssociation(ctx, rows.Association.Name(n.name, s.Letter), &ec2.RouteTableAssociationArgs{
		SubnetId:     subnet.ID(),
		RouteTableId: table.ID(),
	}, n.child())
	if err != nil {
		return err
	}
	t := n.tiers[s.Tier]
	t.zones, t.letters = append(t.zones, s.Zone), append(t.letters, s.Letter)
	t.subnets, t.routeTables = append(t.subnets, subnet), append(t.routeTables, table)
	t.attached = append(t.attached, association)
	return nil
}

// outputs are the outputs of a network component, by name. Those that only
// some components have are left to them by their tags.
func (n *network) outputs(ctx *pulumi.Context) map[string]pulumi.Output {
	text := func(s string) pulumi.Output { return pulumi.String(s).ToStringOutput() }
	private, public := n.tiers[netplan.Private], n.tiers[netplan.Public]
	zones := private.zones
	if len(zones) == 0 {
		zones = public.zones
	}
	out := map[string]pulumi.Output{
		"vpcId":                    n.vpc.ID().ToStringOutput(),
		"cidrBlock":                refuseChanges(n.vpc.CidrBlock, n.spec.component, n.name, append([]fixed{n.fixedVpc()}, n.fixed...)),
		"subnetIds":                private.subnetIds(ctx, n.ready),
		"publicSubnetIds":          public.subnetIds(ctx, nil),
		"routeTableIds":            ids(private.routeTables).ToStringArrayOutput(),
		"egress":                   text(n.spec.egress),
		"endpointServices":         pulumi.ToStringArray(n.spec.services).ToStringArrayOutput(),
		"endpointAccess":           text(string(n.spec.access)),
		"endpointPolicies":         text(string(n.spec.policies)),
		"endpointSecurityGroupId":  text(""),
		"s3PrefixListId":           text(""),
		"availabilityZones":        pulumi.ToStringArray(zones).ToStringArrayOutput(),
		"region":                   text(n.spec.region),
		"subnetIdByZone":           idMap(private.zones, private.subnets),
		"routeTableIdByZone":       idMap(private.zones, private.routeTables),
		"publicSubnetIdByZone":     idMap(public.zones, public.subnets),
		"publicRouteTableIdByZone": idMap(public.zones, public.routeTables),
		"natPublicIpByZone":        n.natPublicIps(),
		"natGatewayIdByZone":       idMap(n.natZones(), n.nat),
	}
	if n.s3 != nil {
		out["endpointSecurityGroupId"] = n.endpointGroup.ID().ToStringOutput()
		out["s3PrefixListId"] = n.s3.PrefixListId
		out["endpointIdByService"] = idMap(append([]string{"s3"}, n.spec.services...), n.endpoints)
	}
	return out
}

// setOutputs fills a component's outputs by the names in their tags.
func setOutputs(component pulumi.ComponentResource, outputs map[string]pulumi.Output) {
	eachOutput(component, func(name string, field reflect.Value) { field.Set(reflect.ValueOf(outputs[name])) })
}

// viewOf is a network component as a service sees it.
func viewOf(component pulumi.ComponentResource, parts netfacts.Parts) *Network {
	n := &Network{parts: &parts, of: component}
	given := outputsOf(component)
	eachOutput(n, func(name string, field reflect.Value) { field.Set(reflect.ValueOf(given[name])) })
	return n
}

// subnetIds are the ids of a tier's subnets. They carry the routes, and what
// else has to be ready, as dependencies, so that whatever is placed in the
// subnets starts after it can reach what it needs.
func (t tier) subnetIds(ctx *pulumi.Context, ready []pulumi.Resource) pulumi.StringArrayOutput {
	waitFor := append(append([]pulumi.Resource{}, t.attached...), ready...)
	return pulumi.OutputWithDependencies(ctx.Context(), ids(t.subnets).ToStringArrayOutput(), waitFor...).(pulumi.StringArrayOutput)
}

// ids are the ids of resources of one kind.
func ids[R pulumi.CustomResource](resources []R) pulumi.StringArray {
	list := make(pulumi.StringArray, len(resources))
	for i, r := range resources {
		list[i] = r.ID()
	}
	return list
}

func idMap[R pulumi.CustomResource](keys []string, resources []R) pulumi.StringMapOutput {
	m := pulumi.StringMap{}
	for i, key := range keys {
		m[key] = resources[i].ID()
	}
	return m.ToStringMapOutput()
}

package components

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
	"github.com/ecsnet/pulumi-ecsnet/internal/need"
	"github.com/ecsnet/pulumi-ecsnet/internal/netfacts"
)

// guard is a security group and its rules: out to the network's endpoints and
// S3, to any address on 443/tcp where the network has a way out, and what the
// user lists. Rules are resources of their own, so that each has one owner.
type guard struct {
	parent pulumi.Resource
	// name is the component's, row the group's among its children.
	name        string
	row         *children.Child
	description string
	// who is behind the group, for the rule on the endpoints' group.
	who             string
	network         *Network
	shape           netfacts.Shape
	ingress, egress []rule
	tags            pulumi.StringMapInput

	group *ec2.SecurityGroup
	rules []pulumi.Resource
	// own is the rules out that the group has in any case, where the user has
	// rules that could be the same.
	own []rule
}

func newGuard(ctx *pulumi.Context, g guard) (*guard, error) {
	child := g.row.Name(g.name)
	group, err := ec2.NewSecurityGroup(ctx, child, &ec2.SecurityGroupArgs{
		VpcId:       g.network.VpcId,
		Description: pulumi.String(g.description),
		Tags:        nameTag(g.tags, child),
	}, pulumi.Parent(g.parent))
	if err != nil {
		return nil, err
	}
	g.group = group
	for _, o := range g.shape.Openings(g.who) {
		if err := g.open(ctx, o); err != nil {
			return nil, err
		}
	}
	for _, r := range g.ingress {
		if err := g.allowIn(ctx, children.IngressRule.Name(g.name, r.key), g.group.ID(), r); err != nil {
			return nil, err
		}
	}
	for _, r := range g.egress {
		if r.isOneOf(g.own) {
			continue
		}
		if err := g.allowOut(ctx, children.EgressRule.Name(g.name, r.key), r); err != nil {
			return nil, err
		}
	}
	return &g, nil
}

// open makes the rule of an opening.
func (g *guard) open(ctx *pulumi.Context, o need.Opening) error {
	if o.Into {
		from := rule{group: g.group.ID().ToStringPtrOutput()}
		return g.allowIn(ctx, children.IntoEndpoints.Name(g.name), g.network.EndpointSecurityGroupId, https(o.For, from))
	}
	var to rule
	row := children.ToEndpoints
	switch o.Peer {
	case need.Endpoints:
		to.group = g.network.EndpointSecurityGroupId.ToStringPtrOutput()
	case need.Block:
		to.cidr = g.network.CidrBlock.ToStringPtrOutput()
	case need.S3:
		row, to.prefix = children.ToS3, g.network.S3PrefixListId.ToStringPtrOutput()
	case need.Anywhere:
		row, to.cidr = children.ToInternet, pulumi.String(anywhere)
	}
	return g.allowOut(ctx, row.Name(g.name), https(o.For, to))
}

func (g *guard) allowOut(ctx *pulumi.Context, child string, r rule) error {
	if len(g.egress) > 0 {
		r.peer = peerOf(ctx, r)
		g.own = append(g.own, r)
	}
	made, err := vpc.NewSecurityGroupEgressRule(ctx, child, r.egress(g.group.ID(), nameTag(g.tags, child)), pulumi.Parent(g.parent))
	g.rules = append(g.rules, made)
	return err
}

func (g *guard) allowIn(ctx *pulumi.Context, child string, group pulumi.StringInput, r rule) error {
	made, err := vpc.NewSecurityGroupIngressRule(ctx, child, r.ingress(group, nameTag(g.tags, child)), pulumi.Parent(g.parent))
	g.rules = append(g.rules, made)
	return err
}

package components

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
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
	if err := g.openEndpoints(ctx); err != nil {
		return nil, err
	}
	if g.shape.S3PrefixList {
		prefixList := g.network.S3PrefixListId.ToStringPtrOutput()
		if err := g.allowOut(ctx, children.ToS3.Name(g.name), https("HTTPS to S3, for the image layers of ECR", rule{prefix: prefixList})); err != nil {
			return nil, err
		}
	}
	if g.shape.Egress != netfacts.None {
		if err := g.allowOut(ctx, children.ToInternet.Name(g.name), https("HTTPS to any address", rule{cidr: pulumi.String(anywhere)})); err != nil {
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

// openEndpoints lets the group's members reach the network's interface
// endpoints.
func (g *guard) openEndpoints(ctx *pulumi.Context) error {
	if !g.shape.EndpointGroup {
		if !g.shape.Endpoints || g.shape.Egress != netfacts.None {
			return nil // nothing to reach, or reached by the rule to any address
		}
		block := g.network.CidrBlock.ToStringPtrOutput()
		return g.allowOut(ctx, children.ToEndpoints.Name(g.name), https("HTTPS to the interface endpoints", rule{cidr: block}))
	}
	group := g.network.EndpointSecurityGroupId.ToStringPtrOutput()
	if err := g.allowOut(ctx, children.ToEndpoints.Name(g.name), https("HTTPS to the interface endpoints", rule{group: group})); err != nil {
		return err
	}
	if g.shape.AdmitsVpc {
		return nil
	}
	return g.allowIn(ctx, children.IntoEndpoints.Name(g.name), g.network.EndpointSecurityGroupId,
		https("HTTPS from "+g.who, rule{group: g.group.ID().ToStringPtrOutput()}))
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

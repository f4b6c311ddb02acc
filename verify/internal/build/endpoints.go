package build

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// endpoint is a VPC endpoint with the subnets it has interfaces in.
type endpoint struct {
	*model.Endpoint
	vpc *vpc
	// byDefault: its only group is the VPC's, because nobody named another.
	byDefault bool
}

func (b *builder) addEndpoint(r *state.Resource) {
	v := b.vpcOf(r, "vpcId")
	e := &endpoint{vpc: v, Endpoint: &model.Endpoint{Name: nameOf(r), VPC: v.VPC, PolicyKnown: true}}
	b.endpoints.add(r, e, r.Get("arn").Or(""))
	if where := b.vpcs.find(b, r.Get("vpcId")); where.any {
		for _, other := range where.some { // it may be in any of them
			other.Doubts = append(other.Doubts, doubt(r, where.why))
		}
	}
	v.Endpoints = append(v.Endpoints, e.Endpoint)

	e.Service = shortService(r.Get("serviceName").Or(""))
	if e.Service == "" {
		e.Doubts = append(e.Doubts, doubt(r, r.Get("serviceName").Doubt()))
	}
	// AWS makes a gateway endpoint when no type is said.
	kind := r.Get("vpcEndpointType")
	e.Kind = kind.Or("")
	if e.Kind == "" {
		e.Kind = "Gateway"
		if unreadable(kind) {
			e.Kind = ""
			e.Doubts = append(e.Doubts, doubt(r, kind.Doubt()))
		}
	}
	e.setPolicy(r.Get("policy"))
	switch {
	case strings.EqualFold(e.Kind, "Interface"):
		e.Kind = "Interface"
		e.PrivateDNS = b.truth(r.Get("privateDnsEnabled"), model.No)
		e.Interfaces = b.interfaces(r, r.Get("subnetIds"), r.Get("securityGroupIds"))
		e.Interfaces.PublicIPv4 = model.No
		// AWS then writes its default choice.
		e.byDefault = r.Asked("securityGroupIds").Unset()
	case strings.EqualFold(e.Kind, "Gateway"):
		e.Kind = "Gateway"
		e.PrivateDNS = model.Yes
		b.inTables(r, e, r.Get("routeTableIds"))
		if e.Service == "s3" || e.Service == "dynamodb" {
			list := &model.PrefixList{Name: nameOf(r), Service: e.Service, Known: true}
			list.ID = r.Get("prefixListId").Or("")
			b.prefixes.known(list, list.ID)
			b.prefixes.hand(r, list)
		}
	default:
		v.Doubts = append(v.Doubts, doubt(r, "is an endpoint of type "+e.Kind+", behind which the proof does not look"))
	}
}

// shortService is AWS's short name of a service: "ecr.api". The endpoint
// service of somebody else keeps its full name.
func shortService(name string) string {
	if strings.Contains(name, ".vpce-svc-") {
		return name
	}
	short, _ := endpoints.Split(name)
	return short
}

func (e *endpoint) setPolicy(v state.Value) {
	switch text, ok := v.Text(); {
	case ok:
		e.Policy, e.PolicyKnown = text, true
	case v.Absent():
	default:
		e.Policy, e.PolicyKnown = "", false
	}
}

// inTables puts a gateway endpoint into route tables.
func (b *builder) inTables(r *state.Resource, e *endpoint, v state.Value) {
	found := b.tables.findAll(b, v)
	if found.chosen {
		e.Doubts = append(e.Doubts, doubt(r, partly(v)))
	}
	for _, t := range found.all {
		if !slices.Contains(e.Tables, t) {
			e.Tables = append(e.Tables, t)
		}
	}
	for _, why := range found.why {
		if !idsOnly(v) {
			e.Doubts = append(e.Doubts, doubt(r, why))
		}
	}
}

// ofEndpoint finds the endpoint that a resource adds something to.
func ofEndpoint(add func(*builder, *state.Resource, *endpoint)) func(*builder, *state.Resource) {
	return func(b *builder, r *state.Resource) {
		found := b.endpoints.find(b, r.Get("vpcEndpointId"))
		switch {
		case found.one != nil:
			add(b, r, found.one)
		default:
			for _, e := range found.some {
				e.Doubts = append(e.Doubts, doubt(r, found.why))
				e.PolicyKnown = e.PolicyKnown && token(r.Type) != "ec2/vpcEndpointPolicy:VpcEndpointPolicy"
			}
		}
	}
}

func addEndpointPolicy(_ *builder, r *state.Resource, e *endpoint) { e.setPolicy(r.Get("policy")) }

func addEndpointTable(b *builder, r *state.Resource, e *endpoint) {
	b.inTables(r, e, r.Get("routeTableId"))
}

func addEndpointSubnet(b *builder, r *state.Resource, e *endpoint) {
	if e.Interfaces != nil {
		b.undoMissing(e.Interfaces)
		b.place(e.Interfaces, r, r.Get("subnetId"))
		if len(e.Interfaces.Groups) == 0 && e.byDefault {
			b.guardByDefault(e.Interfaces)
		}
	}
}

// undoMissing: an interface endpoint may get its subnets one by one.
func (b *builder) undoMissing(i *model.Interfaces) {
	i.Doubts = slices.DeleteFunc(i.Doubts, func(d model.Doubt) bool { return strings.HasSuffix(d.What, "subnetIds is missing") })
}

func addEndpointGroup(b *builder, r *state.Resource, e *endpoint) {
	if e.Interfaces == nil {
		return
	}
	if replaces, _ := r.Get("replaceDefaultAssociation").Bool(); replaces && e.byDefault {
		e.Interfaces.Groups = nil
		e.byDefault = false
	}
	b.guard(e.Interfaces, r, r.Get("securityGroupId"))
}

func addEndpointDNS(b *builder, r *state.Resource, e *endpoint) {
	e.PrivateDNS = b.truth(r.Get("privateDnsEnabled"), model.Maybe)
}

// addEndpointService: an endpoint service lets accounts connect to a load
// balancer by AWS PrivateLink, which is not the internet.
// https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html
func (b *builder) addEndpointService(r *state.Resource) {
	for _, list := range r.Both("allowedPrincipals") {
		b.lendsTo(r, r.Name, list)
	}
}

// addAllowedPrincipal lets one more connect to an endpoint service.
func (b *builder) addAllowedPrincipal(r *state.Resource) {
	service := r.Get("vpcEndpointServiceId")
	name := service.Or("")
	for _, other := range b.stacks.Resources {
		if token(other.Type) != "ec2/vpcEndpointService:VpcEndpointService" {
			continue
		}
		if name != "" && name == other.ID || name == "" && slices.Contains(service.Dependencies(), other.URN) {
			name = other.Name
			break
		}
	}
	b.lendsTo(r, cmp.Or(name, "The service of "+r.Name), r.Get("principalArn"))
}

// lendsTo notes when anybody, or perhaps anybody, may connect to a service.
func (b *builder) lendsTo(r *state.Resource, name string, principals state.Value) {
	may := ""
	for _, v := range each(principals) {
		if v.Or("") == "*" {
			may = "may"
		} else if may == "" && unreadable(v) {
			may = "can perhaps"
		}
	}
	if may == "" {
		return
	}
	note := fmt.Sprintf("%s is an endpoint service: any AWS account %s connect to it privately, past the internet, and no verdict covers that.", name, may)
	if !slices.Contains(b.network.Notes, note) {
		b.network.Notes = append(b.network.Notes, note)
	}
}

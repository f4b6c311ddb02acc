package build

import (
	"fmt"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// Some of AWS's services lead connections from the internet to a load balancer
// or to a host that has no way in itself, internal ones too: Global Accelerator,
// CloudFront with a VPC origin, Verified Access. They lead nothing out. Who may
// use them is not read, so what they lead to is at most undecided.
// https://docs.aws.amazon.com/global-accelerator/latest/dg/secure-vpc-connections.html
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
// https://docs.aws.amazon.com/verified-access/latest/ug/verified-access-endpoints.html

// front adds such a service, by the values that name what it leads to.
func (b *builder) front(r *state.Resource, what string, targets ...state.Value) {
	a := &model.API{Name: nameOf(r), Public: model.Maybe}
	b.network.APIs = append(b.network.APIs, a)
	for _, v := range targets {
		if v.Empty() {
			continue
		}
		i := &model.Integration{Name: nameOf(r), Traffic: allTraffic}
		found := b.balancers.find(b, v)
		switch {
		case found.one != nil:
			i.Balancer = found.one
		case found.id != "" && b.vpcByID(found.id) == nil:
			// It is not in the stack, and what is behind it says so itself.
			b.network.Notes = append(b.network.Notes, fmt.Sprintf("%s leads to %s, which is not in the stack.", r.Name, found.id))
			continue
		default:
			i.Doubts = append(i.Doubts, doubt(r, what))
		}
		a.Integrations = append(a.Integrations, i)
	}
}

// addAccelerated adds the endpoints of Global Accelerator.
func (b *builder) addAccelerated(r *state.Resource) {
	const what = "leads connections from the internet to what is not a load balancer of the stack"
	list := r.Get("endpointConfigurations")
	elements, complete := list.List()
	if !complete {
		b.front(r, what, list)
	}
	for _, e := range elements {
		b.front(r, what, e.Get("endpointId"))
	}
}

// addOrigin adds a VPC origin of CloudFront.
func (b *builder) addOrigin(r *state.Resource) {
	b.front(r, "leads requests from the internet to what is not a load balancer of the stack", r.Get("vpcOriginEndpointConfig").Get("arn"))
}

// addVerified adds an endpoint of Verified Access.
func (b *builder) addVerified(r *state.Resource) {
	targets := []state.Value{r.Get("loadBalancerOptions").Get("loadBalancerArn"), r.Get("networkInterfaceOptions").Get("networkInterfaceId")}
	if strings.EqualFold(r.Get("endpointType").Or(""), "cidr") {
		targets = append(targets, r.Get("endpointType"))
	}
	b.front(r, "leads connections from the internet to what is not a load balancer of the stack", targets...)
}

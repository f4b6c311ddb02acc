package build

import (
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// api is an API with what tells whether anybody can call it.
type api struct {
	*model.API
	// routed: a route leads to its integrations. domains: a name of its own
	// leads to it. private: only VPC endpoints do.
	routed, domains, private bool
}

// addHTTPAPI adds an HTTP or WebSocket API, which is on the internet unless its
// endpoint is disabled and no domain name leads to it.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html
func (b *builder) addHTTPAPI(r *state.Resource) {
	a := &api{API: &model.API{Name: nameOf(r), Public: model.Yes}}
	b.apis.add(r, a, r.Get("arn").Or(""))
	b.network.APIs = append(b.network.APIs, a.API)
	b.everyAPI = append(b.everyAPI, a)
	a.Public = -b.truth(r.Get("disableExecuteApiEndpoint"), model.No)
	// Quick create and OpenAPI make routes that are no resources.
	a.routed = !r.Get("target").Empty() || !r.Get("body").Empty()
	b.body(a, r.Get("body"))
}

// addRESTAPI adds a REST API; a private one is reached through VPC endpoints
// only.
func (b *builder) addRESTAPI(r *state.Resource) {
	b.addHTTPAPI(r)
	a := b.apis.of(r)
	a.routed = true // its methods are looked at as integrations
	types, complete := r.Get("endpointConfiguration").Get("types").List()
	for _, t := range append(types, textOnly(r.Get("endpointConfiguration").Get("types"))...) {
		switch strings.ToUpper(t.Or("")) {
		case "PRIVATE":
			a.Public, a.private = model.No, true
		case "":
			complete = false
		}
	}
	if !complete && r.Get("endpointConfiguration").Get("types").Unknown() {
		a.Public = model.Maybe
	}
}

// textOnly is a value that is a text where a list is usual.
func textOnly(v state.Value) []state.Value {
	if _, ok := v.Text(); ok {
		return []state.Value{v}
	}
	return nil
}

// body: an API that is written in OpenAPI may lead into a VPC.
func (b *builder) body(a *api, v state.Value) {
	if v.Empty() {
		return
	}
	text, ok := v.Text()
	if !ok || strings.Contains(strings.ToUpper(text), "VPC_LINK") || strings.Contains(strings.ToLower(text), "connectionid") {
		a.Integrations = append(a.Integrations, &model.Integration{
			Name: a.Name, Traffic: allTraffic, Doubts: []model.Doubt{doubt(v.Owner(), "may lead into a VPC by its body, which the proof does not read")},
		})
	}
}

func (b *builder) addAPIRoute(r *state.Resource) {
	found := b.apis.find(b, r.Get("apiId"))
	if found.one != nil {
		found.one.routed = true
		return
	}
	// It may be any API's.
	for _, a := range b.everyAPI {
		a.routed = a.routed || found.id == ""
	}
}

func (b *builder) addAPIMapping(r *state.Resource) {
	for _, property := range []string{"apiId", "restApi"} {
		v := r.Get(property)
		if v.Empty() {
			continue
		}
		found := b.apis.find(b, v)
		if found.one != nil {
			found.one.domains = true
		}
		for _, a := range found.some {
			a.Public = max(a.Public, model.Maybe)
		}
	}
}

// addLink adds a VPC link of version 2, which has interfaces in the VPC.
func (b *builder) addLink(r *state.Resource) {
	link := b.interfaces(r, r.Get("subnetIds"), r.Get("securityGroupIds"))
	link.PublicIPv4 = model.No
	b.links.add(r, link, r.Get("arn").Or(""))
}

// oldLink is a VPC link of version 1, which leads to a Network Load Balancer.
type oldLink struct {
	balancer *model.LoadBalancer
	why      string
}

func (b *builder) addOldLink(r *state.Resource) {
	l := &oldLink{}
	b.oldLinks.add(r, l, r.Get("arn").Or(""))
	target := r.Get("targetArn")
	if elements, complete := target.List(); complete && len(elements) > 0 {
		target = elements[0]
	}
	found := b.balancers.find(b, target)
	l.balancer, l.why = found.one, found.why
}

// addHTTPIntegration adds what an HTTP API leads to through a VPC link.
func (b *builder) addHTTPIntegration(r *state.Resource) {
	b.integrate(r, r.Get("apiId"), r.Get("integrationUri"), r.Get("connectionId"))
}

// addRESTIntegration adds what a method of a REST API leads to.
func (b *builder) addRESTIntegration(r *state.Resource) {
	target := r.Get("integrationTarget") // a load balancer, behind a link of version 2
	if target.Empty() {
		target = r.Get("uri")
	}
	b.integrate(r, r.Get("restApi"), target, r.Get("connectionId"))
}

func (b *builder) integrate(r *state.Resource, owner, target, connection state.Value) {
	kind := r.Get("connectionType")
	if said := kind.Or(""); said == "INTERNET" || said == "" && kind.Empty() && connection.Empty() {
		return // it leaves API Gateway for the internet, or for another service
	}
	i := &model.Integration{Name: nameOf(r), Traffic: model.Traffic{Protocol: 6, To: 65535}}
	if kind.Or("") != "VPC_LINK" {
		i.Doubts = append(i.Doubts, doubt(r, kind.Doubt()))
	}
	found := b.apis.find(b, owner)
	some := found.some
	if found.one != nil {
		some = []*api{found.one}
	}
	if len(some) == 0 {
		// The API is in another stack: it may be public.
		a := &api{API: &model.API{Name: model.Name{URN: r.URN, Type: "aws:apigatewayv2/api:Api", ID: found.id}, Public: model.Maybe, Doubts: []model.Doubt{doubt(r, found.why)}}, routed: true}
		b.network.APIs = append(b.network.APIs, a.API)
		if found.id != "" {
			b.apis.known(a, found.id)
		}
		some = []*api{a}
	}
	for _, a := range some {
		a.Integrations = append(a.Integrations, i)
	}
	if found.one == nil && len(found.some) > 0 {
		i.Doubts = append(i.Doubts, doubt(r, found.why))
	}
	b.connect(r, i, connection)
	b.leads(r, i, target)
}

// connect finds the VPC link of an integration.
func (b *builder) connect(r *state.Resource, i *model.Integration, v state.Value) {
	link, old := b.links.find(b, v), b.oldLinks.find(b, v)
	switch {
	case link.one != nil:
		i.Link = link.one
	case old.one != nil && old.one.balancer != nil:
		i.Balancer = old.one.balancer
	case old.one != nil:
		i.Doubts = append(i.Doubts, doubt(r, old.one.why))
	default:
		i.Doubts = append(i.Doubts, doubt(r, link.why))
	}
}

// leads finds what an integration leads to behind its link.
func (b *builder) leads(r *state.Resource, i *model.Integration, v state.Value) {
	if i.Balancer != nil {
		return // a link of version 1 says it
	}
	listener, registry, balancer := b.listeners.find(b, v), b.registries.find(b, v), b.balancers.find(b, v)
	switch {
	case listener.one != nil && len(listener.one.parts) > 0:
		i.Listener = listener.one.parts[0]
		for _, part := range listener.one.parts {
			if part.Traffic.Protocol == 6 {
				i.Listener = part
			}
		}
	case registry.one != nil:
		registry.one.integrations = append(registry.one.integrations, i)
	case balancer.one != nil:
		i.Balancer = balancer.one
	case listener.some != nil || registry.some != nil:
		i.Doubts = append(i.Doubts, doubt(r, v.Doubt()))
	default:
		i.Doubts = append(i.Doubts, doubt(r, listener.why))
	}
}

// registry is a service of Cloud Map, where tasks register.
type registry struct {
	integrations []*model.Integration
	members      []registered
	doubts       []model.Doubt
}

type registered struct {
	service *model.Service
	traffic model.Traffic
}

func (b *builder) addRegistry(r *state.Resource) {
	g := &registry{}
	b.registries.add(r, g, r.Get("arn").Or(""))
	b.everyRegistry = append(b.everyRegistry, g)
}

// addRegistration: an instance may be registered by hand.
func (b *builder) addRegistration(r *state.Resource) {
	found := b.registries.find(b, r.Get("serviceId"))
	if found.one != nil {
		found.one.doubts = append(found.one.doubts, doubt(r, "is registered by hand, and the proof does not know what it is"))
	}
}

// joins registers a service's tasks in Cloud Map.
func (b *builder) joins(r *state.Resource, service *model.Service, lists []state.Value) {
	for _, list := range lists {
		entries, complete := list.List()
		if !complete {
			service.Doubts = append(service.Doubts, doubt(r, list.Doubt()))
		}
		for _, e := range entries {
			found := b.registries.find(b, e.Get("registryArn"))
			member := registered{service, model.Traffic{Protocol: 6, To: 65535}}
			for _, property := range []string{"containerPort", "port"} {
				if port, ok := e.Get(property).Int(); ok && port > 0 {
					member.traffic.From, member.traffic.To = port, port
					break
				}
			}
			if found.one == nil {
				service.Doubts = append(service.Doubts, doubt(r, found.why))
			} else if !slices.Contains(found.one.members, member) {
				found.one.members = append(found.one.members, member)
			}
		}
	}
}

// settleAPIs gives integrations the tasks that are registered by now.
func (b *builder) settleAPIs() {
	for _, g := range b.everyRegistry {
		for _, i := range g.integrations {
			i.Doubts = append(i.Doubts, g.doubts...)
			for n, m := range g.members {
				i.Services = append(i.Services, m.service)
				if n == 0 {
					i.Traffic = m.traffic
				} else if i.Traffic != m.traffic {
					i.Traffic.From, i.Traffic.To = min(i.Traffic.From, m.traffic.From), max(i.Traffic.To, m.traffic.To)
				}
			}
		}
	}
	for _, a := range b.everyAPI {
		if a.domains && !a.private {
			a.Public = model.Yes
		}
		if !a.routed {
			a.Public = model.No
		}
	}
}

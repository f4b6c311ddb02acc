// Package inventory reads back what stands in an AWS account, through the AWS
// SDK and so past every provider: what a program made, and that nothing is left
// of it.
//
// It only ever talks to a local AWS. What AWS keeps for a while after a delete
// (inactive clusters, services and task definition revisions, deleted NAT
// gateways) does not count.
package inventory

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"

	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/transport"
)

// Inventory is what was found, each list in the order of names.
type Inventory struct {
	Vpcs              []Vpc              `json:"vpcs,omitempty"`
	Subnets           []Subnet           `json:"subnets,omitempty"`
	RouteTables       []RouteTable       `json:"routeTables,omitempty"`
	InternetGateways  []InternetGateway  `json:"internetGateways,omitempty"`
	NatGateways       []NatGateway       `json:"natGateways,omitempty"`
	Addresses         []Address          `json:"addresses,omitempty"`
	Endpoints         []Endpoint         `json:"endpoints,omitempty"`
	SecurityGroups    []SecurityGroup    `json:"securityGroups,omitempty"`
	FlowLogs          []FlowLog          `json:"flowLogs,omitempty"`
	LoadBalancers     []LoadBalancer     `json:"loadBalancers,omitempty"`
	TargetGroups      []TargetGroup      `json:"targetGroups,omitempty"`
	Listeners         []Listener         `json:"listeners,omitempty"`
	ListenerRules     []ListenerRule     `json:"listenerRules,omitempty"`
	APIs              []API              `json:"apis,omitempty"`
	VpcLinks          []VpcLink          `json:"vpcLinks,omitempty"`
	Namespaces        []Namespace        `json:"namespaces,omitempty"`
	Registries        []Registry         `json:"registries,omitempty"`
	Clusters          []Cluster          `json:"clusters,omitempty"`
	Services          []Service          `json:"services,omitempty"`
	TaskDefinitions   []TaskDefinition   `json:"taskDefinitions,omitempty"`
	LaunchTemplates   []LaunchTemplate   `json:"launchTemplates,omitempty"`
	ScalingGroups     []ScalingGroup     `json:"scalingGroups,omitempty"`
	CapacityProviders []CapacityProvider `json:"capacityProviders,omitempty"`
	InstanceProfiles  []InstanceProfile  `json:"instanceProfiles,omitempty"`
	Repositories      []Repository       `json:"repositories,omitempty"`
	LogGroups         []LogGroup         `json:"logGroups,omitempty"`
	Roles             []Role             `json:"roles,omitempty"`
}

// Resource is anything an inventory lists.
type Resource interface {
	// Kind is what one calls it, like "subnet".
	Kind() string
	// Key is its id, ARN or name: what tells it from others of its kind.
	Key() string
	// String describes it in one line, without its kind.
	fmt.Stringer
}

// Read takes the inventory of the local AWS at endpoint, in region.
func Read(ctx context.Context, endpoint, region string) (*Inventory, error) {
	cfg, err := Config(endpoint, region)
	if err != nil {
		return nil, err
	}
	inv := &Inventory{}
	return inv, inv.read(ctx, cfg)
}

// read asks for everything at once: the lists are independent, and a local AWS
// loads each service at its first call.
func (inv *Inventory) read(ctx context.Context, cfg aws.Config) error {
	readers := []func(context.Context, aws.Config) error{
		inv.readVpcs, inv.readSubnets, inv.readRouteTables, inv.readGateways, inv.readEndpoints,
		inv.readSecurityGroups, inv.readFlowLogs, inv.readBalancers, inv.readClusters, inv.readTaskDefinitions, inv.readLogGroups, inv.readRoles,
		inv.readAPIs, inv.readNamespaces, inv.readLaunchTemplates, inv.readScalingGroups, inv.readInstanceProfiles, inv.readRepositories,
	}
	errs := make([]error, len(readers))
	var wg sync.WaitGroup
	for i, read := range readers {
		wg.Go(func() { errs[i] = read(ctx, cfg) })
	}
	wg.Wait()
	return errors.Join(errs...)
}

// Config is how to talk to the local AWS at endpoint and to nothing else: no
// file, profile or metadata service is asked for credentials.
func Config(endpoint, region string) (aws.Config, error) {
	if err := loopback(endpoint); err != nil {
		return aws.Config{}, err
	}
	return aws.Config{
		Region:       region,
		BaseEndpoint: &endpoint,
		HTTPClient:   &http.Client{Transport: transport.Buffered(http.DefaultTransport)},
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "test", SecretAccessKey: "test"}, nil
		}),
	}, nil
}

func loopback(endpoint string) error {
	at, err := url.Parse(endpoint)
	if err != nil {
		return err
	}
	if addr, err := netip.ParseAddr(at.Hostname()); err == nil && addr.IsLoopback() {
		return nil
	}
	if at.Hostname() == "localhost" {
		return nil
	}
	return &net.AddrError{Err: "the inventory reads a local AWS only; not a loopback address", Addr: endpoint}
}

// All lists every resource, kind by kind.
func (inv *Inventory) All() []Resource {
	var all []Resource
	all = appendAll(all, inv.Vpcs)
	all = appendAll(all, inv.Subnets)
	all = appendAll(all, inv.RouteTables)
	all = appendAll(all, inv.InternetGateways)
	all = appendAll(all, inv.NatGateways)
	all = appendAll(all, inv.Addresses)
	all = appendAll(all, inv.Endpoints)
	all = appendAll(all, inv.SecurityGroups)
	all = appendAll(all, inv.FlowLogs)
	all = appendAll(all, inv.LoadBalancers)
	all = appendAll(all, inv.TargetGroups)
	all = appendAll(all, inv.Listeners)
	all = appendAll(all, inv.ListenerRules)
	all = appendAll(all, inv.APIs)
	all = appendAll(all, inv.VpcLinks)
	all = appendAll(all, inv.Namespaces)
	all = appendAll(all, inv.Registries)
	all = appendAll(all, inv.Clusters)
	all = appendAll(all, inv.Services)
	all = appendAll(all, inv.TaskDefinitions)
	all = appendAll(all, inv.LaunchTemplates)
	all = appendAll(all, inv.ScalingGroups)
	all = appendAll(all, inv.CapacityProviders)
	all = appendAll(all, inv.InstanceProfiles)
	all = appendAll(all, inv.Repositories)
	all = appendAll(all, inv.LogGroups)
	return appendAll(all, inv.Roles)
}

func appendAll[T Resource](all []Resource, some []T) []Resource {
	for _, r := range some {
		all = append(all, r)
	}
	return all
}

// Since lists what is in inv and was not, or not like this, in before.
func (inv *Inventory) Since(before *Inventory) []Resource {
	known := map[string]string{}
	for _, r := range before.All() {
		known[id(r)] = content(r)
	}
	return slices.DeleteFunc(inv.All(), func(r Resource) bool { return known[id(r)] == content(r) })
}

// Diff says, a line each, what was added to ("+"), removed from ("-") and
// changed in ("~") before to make inv. It is empty when they are equal.
func (inv *Inventory) Diff(before *Inventory) []string {
	was := map[string]Resource{}
	for _, r := range before.All() {
		was[id(r)] = r
	}
	var lines []string
	for _, r := range inv.All() {
		old, existed := was[id(r)]
		delete(was, id(r))
		switch {
		case !existed:
			lines = append(lines, "+ "+Line(r))
		case content(old) != content(r):
			lines = append(lines, "~ "+Line(r)+"\n    was "+content(old)+"\n    is  "+content(r))
		}
	}
	for _, r := range before.All() {
		if _, gone := was[id(r)]; gone {
			lines = append(lines, "- "+Line(r))
		}
	}
	return lines
}

// Equal reports whether both list the same resources with the same content.
func (inv *Inventory) Equal(other *Inventory) bool { return len(inv.Diff(other)) == 0 }

// Line is a resource's kind and description.
func Line(r Resource) string { return fmt.Sprintf("%-17s %s", r.Kind(), r) }

// Text is a line for each of the resources.
func Text(resources []Resource) string {
	var b strings.Builder
	for _, r := range resources {
		fmt.Fprintln(&b, Line(r))
	}
	return b.String()
}

func id(r Resource) string { return r.Kind() + " " + r.Key() }

// content is everything known of a resource, for comparison.
func content(r Resource) string {
	text, err := json.Marshal(r)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// order puts a list in the order of names and contents, whatever order AWS gave
// it, so that two runs list the same things alike; ids, which are random, only
// decide between equals.
func order[T Resource](list []T) {
	content := func(r T) string { return strings.ReplaceAll(r.String(), r.Key(), "") }
	slices.SortFunc(list, func(a, b T) int {
		return cmp.Or(cmp.Compare(content(a), content(b)), cmp.Compare(a.Key(), b.Key()))
	})
}

// pager is how the AWS SDK's paginators look.
type pager[Page, Options any] interface {
	HasMorePages() bool
	NextPage(context.Context, ...func(*Options)) (Page, error)
}

// each calls f with every page.
func each[Page, Options any](ctx context.Context, pages pager[Page, Options], f func(Page) error) error {
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return err
		}
		if err := f(page); err != nil {
			return err
		}
	}
	return nil
}

// sorted is a copy in order, for lists whose order means nothing to AWS.
func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}

// named puts a name, if there is one, behind an id.
func named(id, name string) string {
	if name == "" {
		return id
	}
	return id + " (" + name + ")"
}

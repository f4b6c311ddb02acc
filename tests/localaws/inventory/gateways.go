//lint:file-ignore SA1019 the aws provider still sends the namespace in the old place

package inventory

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	gateway "github.com/aws/aws-sdk-go-v2/service/apigatewayv2"
	"github.com/aws/aws-sdk-go-v2/service/servicediscovery"
	cloudmap "github.com/aws/aws-sdk-go-v2/service/servicediscovery/types"
)

// API is an HTTP API of API Gateway with what it consists of.
type API struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Protocol string `json:"protocol"`
	// Routes are written KEY -> TARGET, where the target is the URI of the
	// integration, and "through LINK" behind it if it is private.
	Routes []string `json:"routes,omitempty"`
	// Integrations counts them, those of no route too.
	Integrations int        `json:"integrations"`
	Stages       []APIStage `json:"stages,omitempty"`
}

// APIStage is a stage of an API.
type APIStage struct {
	Name       string `json:"name"`
	AutoDeploy bool   `json:"autoDeploy"`
	AccessLog  string `json:"accessLog,omitempty"`
}

// VpcLink leads an API into a VPC.
type VpcLink struct {
	ID             string   `json:"id"`
	Name           string   `json:"name"`
	Subnets        []string `json:"subnets"`
	SecurityGroups []string `json:"securityGroups,omitempty"`
}

// Namespace is a namespace of Cloud Map.
type Namespace struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Type string `json:"type"`
}

// Registry is a service of Cloud Map, in which ECS registers tasks.
type Registry struct {
	ARN       string `json:"arn"`
	Name      string `json:"name"`
	Namespace string `json:"namespace"`
	// Records are written TYPE TTL.
	Records []string `json:"records,omitempty"`
}

func (API) Kind() string       { return "HTTP API" }
func (VpcLink) Kind() string   { return "VPC link" }
func (Namespace) Kind() string { return "namespace" }
func (Registry) Kind() string  { return "service registry" }

func (a API) Key() string       { return a.ID }
func (l VpcLink) Key() string   { return l.ID }
func (n Namespace) Key() string { return n.ID }
func (r Registry) Key() string  { return r.ARN }

func (a API) String() string {
	return fmt.Sprintf("%s, %d route(s), %d integration(s), %d stage(s)", a.Name, len(a.Routes), a.Integrations, len(a.Stages))
}

func (l VpcLink) String() string {
	return fmt.Sprintf("%s in %d subnet(s), %d security group(s)", l.Name, len(l.Subnets), len(l.SecurityGroups))
}

func (n Namespace) String() string { return n.Name + ", " + strings.ToLower(n.Type) }

func (r Registry) String() string { return r.Name + ", " + strings.Join(r.Records, ", ") }

func (inv *Inventory) readAPIs(ctx context.Context, cfg aws.Config) error {
	client := gateway.NewFromConfig(cfg)
	apis, err := client.GetApis(ctx, &gateway.GetApisInput{})
	if err != nil {
		return err
	}
	for _, a := range apis.Items {
		api := API{ID: aws.ToString(a.ApiId), Name: aws.ToString(a.Name), Protocol: string(a.ProtocolType)}
		if err := api.fill(ctx, client); err != nil {
			return err
		}
		inv.APIs = append(inv.APIs, api)
	}
	links, err := client.GetVpcLinks(ctx, &gateway.GetVpcLinksInput{})
	if err != nil {
		return err
	}
	for _, l := range links.Items {
		inv.VpcLinks = append(inv.VpcLinks, VpcLink{
			ID: aws.ToString(l.VpcLinkId), Name: aws.ToString(l.Name), Subnets: sorted(l.SubnetIds), SecurityGroups: sorted(l.SecurityGroupIds),
		})
	}
	order(inv.APIs)
	order(inv.VpcLinks)
	return nil
}

func (a *API) fill(ctx context.Context, client *gateway.Client) error {
	integrations, err := client.GetIntegrations(ctx, &gateway.GetIntegrationsInput{ApiId: &a.ID})
	if err != nil {
		return err
	}
	a.Integrations = len(integrations.Items)
	targets := map[string]string{}
	for _, i := range integrations.Items {
		target := aws.ToString(i.IntegrationUri)
		if link := aws.ToString(i.ConnectionId); link != "" {
			target += " through " + link
		}
		targets["integrations/"+aws.ToString(i.IntegrationId)] = target
	}
	routes, err := client.GetRoutes(ctx, &gateway.GetRoutesInput{ApiId: &a.ID})
	if err != nil {
		return err
	}
	for _, r := range routes.Items {
		a.Routes = append(a.Routes, aws.ToString(r.RouteKey)+" -> "+targets[aws.ToString(r.Target)])
	}
	slices.Sort(a.Routes)
	stages, err := client.GetStages(ctx, &gateway.GetStagesInput{ApiId: &a.ID})
	if err != nil {
		return err
	}
	for _, s := range stages.Items {
		stage := APIStage{Name: aws.ToString(s.StageName), AutoDeploy: aws.ToBool(s.AutoDeploy)}
		if s.AccessLogSettings != nil {
			stage.AccessLog = aws.ToString(s.AccessLogSettings.DestinationArn)
		}
		a.Stages = append(a.Stages, stage)
	}
	slices.SortFunc(a.Stages, func(a, b APIStage) int { return strings.Compare(a.Name, b.Name) })
	return nil
}

func (inv *Inventory) readNamespaces(ctx context.Context, cfg aws.Config) error {
	client := servicediscovery.NewFromConfig(cfg)
	err := each(ctx, servicediscovery.NewListNamespacesPaginator(client, &servicediscovery.ListNamespacesInput{}), func(page *servicediscovery.ListNamespacesOutput) error {
		for _, n := range page.Namespaces {
			inv.Namespaces = append(inv.Namespaces, Namespace{ID: aws.ToString(n.Id), Name: aws.ToString(n.Name), Type: string(n.Type)})
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = each(ctx, servicediscovery.NewListServicesPaginator(client, &servicediscovery.ListServicesInput{}), func(page *servicediscovery.ListServicesOutput) error {
		for _, s := range page.Services {
			out, err := client.GetService(ctx, &servicediscovery.GetServiceInput{Id: s.Id})
			if err != nil {
				return err
			}
			inv.Registries = append(inv.Registries, registry(out.Service))
		}
		return nil
	})
	order(inv.Namespaces)
	order(inv.Registries)
	return err
}

func registry(s *cloudmap.Service) Registry {
	registry := Registry{ARN: aws.ToString(s.Arn), Name: aws.ToString(s.Name), Namespace: aws.ToString(s.NamespaceId)}
	if s.DnsConfig == nil {
		return registry
	}
	if registry.Namespace == "" {
		//lint:ignore SA1019 a service may have been made with it all the same
		registry.Namespace = aws.ToString(s.DnsConfig.NamespaceId)
	}
	for _, r := range s.DnsConfig.DnsRecords {
		registry.Records = append(registry.Records, fmt.Sprintf("%s %d", r.Type, aws.ToInt64(r.TTL)))
	}
	return registry
}

//lint:file-ignore SA1019 the aws provider still sends these fields in the old places

package standin

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/servicediscovery"
	"github.com/aws/aws-sdk-go-v2/service/servicediscovery/types"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/servicediscovery"
)

const cloudMapServicePage = registry + "servicediscovery/service/"

// Health checks of Route 53 (healthCheckConfig) have no row: they are for
// public namespaces.
var cloudMapServiceType = &resourceType{
	token: "aws:servicediscovery/service:Service", args: sdk.ServiceArgs{}, state: sdk.Service{},
	inputs: map[string]prop{
		"name":                        {change: replaces, autoName: 255, request: "CreateService.Name", source: cloudMapServicePage},
		"description":                 {change: updates, request: "CreateService.Description UpdateService.Service", source: cloudMapServicePage},
		"namespaceId":                 {change: replaces, computed: true, request: "CreateService.NamespaceId", source: cloudMapServicePage},
		"type":                        {change: replaces, computed: true, check: oneOf(types.ServiceTypeOption("").Values()...), request: "CreateService.Type", source: cloudMapServicePage},
		"dnsConfig":                   {change: updates, request: "CreateService.DnsConfig UpdateService.Service", source: cloudMapServicePage},
		"dnsConfig.namespaceId":       {change: replaces, request: "CreateService.DnsConfig", source: cloudMapServicePage},
		"dnsConfig.routingPolicy":     {change: replaces, byDefault: "MULTIVALUE", check: oneOf(types.RoutingPolicy("").Values()...), request: "CreateService.DnsConfig", source: cloudMapServicePage},
		"dnsConfig.dnsRecords":        {required: true, request: "CreateService.DnsConfig", source: cloudMapServicePage},
		"dnsConfig.dnsRecords[].ttl":  {request: "CreateService.DnsConfig", source: cloudMapServicePage},
		"dnsConfig.dnsRecords[].type": {change: replaces, check: oneOf(types.RecordType("").Values()...), request: "CreateService.DnsConfig", source: cloudMapServicePage},
		"healthCheckCustomConfig":     {change: replaces, request: "CreateService.HealthCheckCustomConfig", source: cloudMapServicePage},
		"healthCheckCustomConfig.failureThreshold": {request: "CreateService.HealthCheckCustomConfig", source: cloudMapServicePage},
		"forceDestroy": {change: updates, byDefault: false, reason: "decides whether the deletion deregisters instances first (DeregisterInstance)", source: cloudMapServicePage},
		"tags":         {change: updates, request: "CreateService.Tags TagResource.Tags", source: cloudMapServicePage},
	},
	checkSource: providerSource + "servicediscovery/service.go",
	outputs:     []string{"arn", "tagsAll"},
	source:      cloudMapServicePage + "#outputs",
	create:      createCloudMapService, read: readCloudMapService, update: updateCloudMapService, remove: deleteCloudMapService,
}

func dnsRecords(in object) []types.DnsRecord {
	var out []types.DnsRecord
	for _, record := range in.object("dnsConfig").objects("dnsRecords") {
		out = append(out, types.DnsRecord{TTL: aws.Int64(int64(record.int32("ttl"))), Type: types.RecordType(record.str("type"))})
	}
	return out
}

func createCloudMapService(ctx context.Context, r *request) (string, error) {
	in := &servicediscovery.CreateServiceInput{
		Name: r.in.strp("name"), Description: r.in.strp("description"), NamespaceId: r.in.strp("namespaceId"),
		Type: types.ServiceTypeOption(r.in.str("type")), Tags: cloudMapTags(r.tags),
	}
	if d := r.in.object("dnsConfig"); d != nil {
		in.DnsConfig = &types.DnsConfig{NamespaceId: d.strp("namespaceId"), RoutingPolicy: types.RoutingPolicy(d.str("routingPolicy")), DnsRecords: dnsRecords(r.in)}
	}
	// An empty block is not sent (hashicorp/terraform-provider-aws#44285).
	if h := r.in.object("healthCheckCustomConfig"); len(h) > 0 {
		in.HealthCheckCustomConfig = &types.HealthCheckCustomConfig{FailureThreshold: h.int32p("failureThreshold")}
	}
	out, err := r.cloud.CloudMap.CreateService(ctx, in)
	if err != nil {
		return "", err
	}
	return aws.ToString(out.Service.Id), nil
}

func readCloudMapService(ctx context.Context, r *request) (map[string]any, error) {
	out, err := r.cloud.CloudMap.GetService(ctx, &servicediscovery.GetServiceInput{Id: &r.id})
	if err != nil {
		return nil, notFound(err, "ServiceNotFound")
	}
	service := out.Service
	tags, err := listCloudMapTags(ctx, r, service.Arn)
	if err != nil {
		return nil, err
	}
	read := map[string]any{
		"arn": service.Arn, "name": service.Name, "description": aws.ToString(service.Description), "namespaceId": service.NamespaceId,
		"type": string(service.Type), "tags": tags,
	}
	if d := service.DnsConfig; d != nil {
		var records []any
		for _, record := range d.DnsRecords {
			records = append(records, map[string]any{"ttl": int(aws.ToInt64(record.TTL)), "type": string(record.Type)})
		}
		read["dnsConfig"] = map[string]any{"namespaceId": aws.ToString(d.NamespaceId), "routingPolicy": string(d.RoutingPolicy), "dnsRecords": records}
	}
	if h := service.HealthCheckCustomConfig; h != nil {
		config := map[string]any{}
		if h.FailureThreshold != nil {
			config["failureThreshold"] = *h.FailureThreshold
		}
		read["healthCheckCustomConfig"] = config
	}
	return read, nil
}

// updateCloudMapService sends the records along with every change: AWS deletes
// what an update leaves out.
func updateCloudMapService(ctx context.Context, r *request) error {
	if r.changed("description", "dnsConfig") {
		change := &types.ServiceChange{Description: aws.String(r.in.str("description"))}
		if r.in.has("dnsConfig") {
			change.DnsConfig = &types.DnsConfigChange{DnsRecords: dnsRecords(r.in)}
		}
		out, err := r.cloud.CloudMap.UpdateService(ctx, &servicediscovery.UpdateServiceInput{Id: &r.id, Service: change})
		if err != nil {
			return err
		}
		if _, err := awaitOperation(ctx, r, out.OperationId); err != nil {
			return err
		}
	}
	return updateCloudMapTags(ctx, r)
}

func deleteCloudMapService(ctx context.Context, r *request) error {
	if r.state.boolean("forceDestroy") {
		pages := servicediscovery.NewListInstancesPaginator(r.cloud.CloudMap, &servicediscovery.ListInstancesInput{ServiceId: &r.id})
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				return gone(err, "ServiceNotFound")
			}
			for _, i := range page.Instances {
				out, err := r.cloud.CloudMap.DeregisterInstance(ctx, &servicediscovery.DeregisterInstanceInput{ServiceId: &r.id, InstanceId: i.Id})
				if err != nil {
					return err
				}
				if _, err := awaitOperation(ctx, r, out.OperationId); err != nil {
					return err
				}
			}
		}
	}
	_, err := r.cloud.CloudMap.DeleteService(ctx, &servicediscovery.DeleteServiceInput{Id: &r.id})
	return gone(err, "ServiceNotFound")
}

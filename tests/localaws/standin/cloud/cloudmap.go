//lint:file-ignore SA1019 the aws provider still sends these fields in the old places

package cloud

import (
	"context"
	"regexp"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/servicediscovery"
	"github.com/aws/aws-sdk-go-v2/service/servicediscovery/types"
)

const cloudMapAPI = "https://docs.aws.amazon.com/cloud-map/latest/api/API_"

var _ = addRules(map[string]rule{
	"ServiceDiscovery.CreatePrivateDnsNamespace": {before: before(checkNamespace), source: cloudMapAPI + "CreatePrivateDnsNamespace.html"},
	"ServiceDiscovery.DeleteNamespace":           {before: before(checkDeleteNamespace), source: cloudMapAPI + "DeleteNamespace.html"},
	"ServiceDiscovery.CreateService":             {before: before(checkCloudMapService), source: cloudMapAPI + "CreateService.html"},
	"ServiceDiscovery.DeleteService":             {before: before(checkDeleteCloudMapService), source: cloudMapAPI + "DeleteService.html"},
	"ServiceDiscovery.GetService":                {after: after(describeCloudMapService), source: cloudMapAPI + "Service.html"},
})

func invalidInput(format string, args ...any) error { return refuse("InvalidInput", format, args...) }

var namespaceName = regexp.MustCompile(`^[!-~]{1,253}$`)

// checkNamespace refuses the name of another namespace of the VPC. The emulator
// refuses every second namespace of a VPC, so it is told a VPC for each name;
// neither it nor AWS ever tells the VPC again.
func checkNamespace(ctx context.Context, c *Cloud, in *servicediscovery.CreatePrivateDnsNamespaceInput) error {
	name, vpc := aws.ToString(in.Name), aws.ToString(in.Vpc)
	if !namespaceName.MatchString(name) {
		return invalidInput("The name of a namespace must have 1 to 253 printable characters; %q has not.", name)
	}
	if out, err := c.EC2.DescribeVpcs(ctx, &ec2.DescribeVpcsInput{VpcIds: []string{vpc}}); err != nil || len(out.Vpcs) == 0 {
		return invalidInput("The VPC that you specified, %s, does not exist, or you are not authorized to access it.", vpc)
	}
	in.Vpc = aws.String(vpc + " " + name)
	return nil
}

// cloudMapServices returns the services of a namespace.
func cloudMapServices(ctx context.Context, c *Cloud, namespace string) ([]types.Service, error) {
	listed, err := c.CloudMap.ListServices(ctx, &servicediscovery.ListServicesInput{})
	if err != nil {
		return nil, err
	}
	var services []types.Service
	for _, s := range listed.Services {
		out, err := c.CloudMap.GetService(ctx, &servicediscovery.GetServiceInput{Id: s.Id})
		if HasCode(err, "ServiceNotFound") {
			continue
		}
		if err != nil {
			return nil, err
		}
		if namespaceOf(out.Service.NamespaceId, out.Service.DnsConfig) == namespace {
			services = append(services, *out.Service)
		}
	}
	return services, nil
}

func namespaceOf(own *string, dns *types.DnsConfig) string {
	if own == nil && dns != nil {
		own = dns.NamespaceId
	}
	return aws.ToString(own)
}

func checkDeleteNamespace(ctx context.Context, c *Cloud, in *servicediscovery.DeleteNamespaceInput) error {
	services, err := cloudMapServices(ctx, c, aws.ToString(in.Id))
	if err != nil {
		return err
	}
	if len(services) > 0 {
		return refuse("ResourceInUse", "Namespace has associated services; resource %s can't be deleted: %s.", aws.ToString(in.Id), aws.ToString(services[0].Name))
	}
	return nil
}

func checkCloudMapService(ctx context.Context, c *Cloud, in *servicediscovery.CreateServiceInput) error {
	name, id := aws.ToString(in.Name), namespaceOf(in.NamespaceId, in.DnsConfig)
	namespace, err := c.CloudMap.GetNamespace(ctx, &servicediscovery.GetNamespaceInput{Id: &id})
	if err != nil {
		return refuse("NamespaceNotFound", "Can't find namespace with id: %s", id)
	}
	services, err := cloudMapServices(ctx, c, id)
	if err != nil {
		return err
	}
	for _, s := range services {
		if aws.ToString(s.Name) == name {
			return refuse("ServiceAlreadyExists", "Service %s already exists in the namespace %s.", name, id)
		}
	}
	if in.HealthCheckConfig != nil {
		if in.HealthCheckCustomConfig != nil {
			return invalidInput("HealthCheckConfig and HealthCheckCustomConfig can't be specified in the same request.")
		}
		if namespace.Namespace.Type == types.NamespaceTypeDnsPrivate {
			return invalidInput("HealthCheckConfig is not supported for private DNS namespaces.")
		}
	}
	return checkRecords(in.DnsConfig)
}

// Source: https://docs.aws.amazon.com/cloud-map/latest/api/API_DnsRecord.html
func checkRecords(dns *types.DnsConfig) error {
	if dns == nil {
		return nil
	}
	seen := map[types.RecordType]bool{}
	for _, record := range dns.DnsRecords {
		switch {
		case !contains(record.Type.Values(), record.Type):
			return invalidInput("Invalid DNS record type %q: %v are valid.", record.Type, record.Type.Values())
		case seen[record.Type]:
			return invalidInput("The DNS record type %s is given twice.", record.Type)
		case aws.ToInt64(record.TTL) < 0 || aws.ToInt64(record.TTL) > 2147483647:
			return invalidInput("Invalid TTL %d: it must be between 0 and 2147483647.", aws.ToInt64(record.TTL))
		}
		seen[record.Type] = true
	}
	switch {
	case len(dns.DnsRecords) == 0:
		return invalidInput("DnsConfig needs at least one DNS record.")
	case seen[types.RecordTypeCname] && len(seen) > 1:
		return invalidInput("CNAME can't be combined with another DNS record type.")
	case seen[types.RecordTypeCname] && dns.RoutingPolicy != types.RoutingPolicyWeighted:
		return invalidInput("CNAME needs the routing policy WEIGHTED.")
	}
	return nil
}

func checkDeleteCloudMapService(ctx context.Context, c *Cloud, in *servicediscovery.DeleteServiceInput) error {
	instances, err := instancesOf(ctx, c, aws.ToString(in.Id))
	if err != nil {
		return err
	}
	if len(instances) > 0 {
		return refuse("ResourceInUse", "Service contains registered instances; delete the instances before deleting the service %s.", aws.ToString(in.Id))
	}
	return nil
}

// describeCloudMapService tells the namespace in both places, and the kind of
// service, as AWS does.
func describeCloudMapService(_ context.Context, _ *Cloud, _ *servicediscovery.GetServiceInput, out *servicediscovery.GetServiceOutput) error {
	s := out.Service
	if namespace := namespaceOf(s.NamespaceId, s.DnsConfig); namespace != "" {
		s.NamespaceId = &namespace
		if s.DnsConfig != nil {
			s.DnsConfig.NamespaceId = &namespace
		}
	}
	if s.Type == "" {
		s.Type = types.ServiceTypeDnsHttp
		if s.DnsConfig == nil {
			s.Type = types.ServiceTypeHttp
		}
	}
	return nil
}

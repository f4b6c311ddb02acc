package cloud

import (
	"context"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// newerServices are services whose interface endpoints are younger than the
// emulator's list. Others may be missing: add them here.
// Source: https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
var newerServices = []string{
	"apigateway", "application-signals", "cognito-idp", "dsql", "guardduty", "kafka", "mq", "network-firewall", "oam", "osis", "pi", "pipes",
	"ram", "redshift-serverless", "resource-groups", "s3tables", "scheduler", "schemas", "servicequotas", "tagging", "wafv2",
}

// endpointService returns what AWS offers under a service name, by type.
func endpointService(ctx context.Context, c *Cloud, name string) (map[types.ServiceType]types.ServiceDetail, error) {
	details, err := endpointServices(ctx, c)
	if err != nil {
		return nil, err
	}
	listed := name
	if strings.HasPrefix(c.region, "cn-") {
		// In China many names begin with "cn."; the emulator's never do.
		listed = strings.TrimPrefix(name, "cn.")
	}
	found := map[types.ServiceType]types.ServiceDetail{}
	for _, d := range details {
		if aws.ToString(d.ServiceName) != listed {
			continue
		}
		d.ServiceName = &name
		for _, t := range d.ServiceType {
			found[t.ServiceType] = d
		}
	}
	if short, ok := strings.CutPrefix(name, "com.amazonaws."+c.region+"."); ok && len(found) == 0 && contains(newerServices, short) {
		found[types.ServiceTypeInterface] = types.ServiceDetail{ServiceName: &name, PrivateDnsName: aws.String(short + "." + c.region + ".amazonaws.com")}
	}
	if len(found) == 0 {
		return nil, refuse("InvalidServiceName", "The Vpc Endpoint Service '%s' does not exist", name)
	}
	return found, nil
}

// endpointServices returns the emulator's list. It fails on the filter for
// names, so all are asked for; the list never changes, so it is asked for once.
func endpointServices(ctx context.Context, c *Cloud) ([]types.ServiceDetail, error) {
	c.mutations.Lock() // of the raw clients, which no rule holds
	defer c.mutations.Unlock()
	if c.services != nil {
		return c.services, nil
	}
	var all []types.ServiceDetail
	in := &ec2.DescribeVpcEndpointServicesInput{}
	for {
		page, err := c.EC2.DescribeVpcEndpointServices(ctx, in)
		if err != nil {
			return nil, err
		}
		all = append(all, page.ServiceDetails...)
		if in.NextToken = page.NextToken; aws.ToString(in.NextToken) == "" {
			c.services = all
			return all, nil
		}
	}
}

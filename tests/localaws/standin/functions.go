package standin

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ssm"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// function is one function of the official provider.
type function struct {
	// args and result are the SDK's structs of its arguments and its result.
	args, result reflect.Type
	// call returns the fields of the SDK's result struct.
	call func(ctx context.Context, c *cloud.Cloud, args object) (map[string]any, error)
}

// functions are those that this project's components call. To add one, list it
// here. Source: https://www.pulumi.com/registry/packages/aws/api-docs/
var functions = map[string]function{
	"aws:index/getRegion:getRegion":                       {reflect.TypeFor[sdk.GetRegionArgs](), reflect.TypeFor[sdk.GetRegionResult](), getRegion},
	"aws:index/getCallerIdentity:getCallerIdentity":       {reflect.TypeFor[sdk.GetCallerIdentityArgs](), reflect.TypeFor[sdk.GetCallerIdentityResult](), getCallerIdentity},
	"aws:index/getPartition:getPartition":                 {reflect.TypeFor[sdk.GetPartitionArgs](), reflect.TypeFor[sdk.GetPartitionResult](), getPartition},
	"aws:index/getAvailabilityZones:getAvailabilityZones": {reflect.TypeFor[sdk.GetAvailabilityZonesArgs](), reflect.TypeFor[sdk.GetAvailabilityZonesResult](), getAvailabilityZones},
	"aws:ssm/getParameter:getParameter":                   {reflect.TypeFor[ssm.LookupParameterArgs](), reflect.TypeFor[ssm.LookupParameterResult](), getParameter},
}

// Invoke implements pulumirpc.ResourceProviderServer.
func (s *Server) Invoke(ctx context.Context, req *pulumirpc.InvokeRequest) (*pulumirpc.InvokeResponse, error) {
	f, ok := functions[req.GetTok()]
	if !ok {
		return nil, fmt.Errorf("the aws stand-in does not serve the function %s; it serves %s", req.GetTok(), strings.Join(sortedKeys(functions), ", "))
	}
	args, err := unmarshal("Invoke", req.GetArgs())
	if err != nil {
		return nil, err
	}
	if faults := checkArguments(f.args, args); len(faults) > 0 {
		return &pulumirpc.InvokeResponse{Failures: faults}, nil
	}
	c, err := s.clients()
	if err != nil {
		return nil, err
	}
	result, err := f.call(ctx, c, args)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", req.GetTok(), err)
	}
	out := object{}
	maps.Copy(out, args) // the official provider returns the arguments too
	maps.Copy(out, object(resourceMap(result)))
	properties, err := marshal("Invoke", out)
	return &pulumirpc.InvokeResponse{Return: properties}, err
}

// checkArguments refuses arguments that the SDK's struct does not have.
func checkArguments(t reflect.Type, args object) []*pulumirpc.CheckFailure {
	c := checker{}
	c.checkStruct("", t, resource.PropertyMap(args))
	return c.faults
}

func getRegion(_ context.Context, c *cloud.Cloud, args object) (map[string]any, error) {
	region := c.Region()
	if name := args.str("name"); name != "" {
		region = name
	}
	_, suffix := partition(region)
	return map[string]any{
		"id": region, "name": region, "endpoint": "ec2." + region + "." + suffix,
		// The emulator has no names of places; nothing may depend on them.
		"description": region,
	}, nil
}

func getCallerIdentity(ctx context.Context, c *cloud.Cloud, _ object) (map[string]any, error) {
	out, err := c.STS.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		return nil, err
	}
	return map[string]any{"id": out.Account, "accountId": out.Account, "arn": out.Arn, "userId": out.UserId}, nil
}

func getPartition(_ context.Context, c *cloud.Cloud, _ object) (map[string]any, error) {
	name, suffix := partition(c.Region())
	parts := strings.Split(suffix, ".")
	slices.Reverse(parts)
	return map[string]any{"id": name, "partition": name, "dnsSuffix": suffix, "reverseDnsPrefix": strings.Join(parts, ".")}, nil
}

func getAvailabilityZones(ctx context.Context, c *cloud.Cloud, args object) (map[string]any, error) {
	in := &ec2.DescribeAvailabilityZonesInput{AllAvailabilityZones: args.boolp("allAvailabilityZones")}
	if state := args.str("state"); state != "" {
		in.Filters = append(in.Filters, types.Filter{Name: aws.String("state"), Values: []string{state}})
	}
	for _, f := range args.objects("filters") {
		in.Filters = append(in.Filters, types.Filter{Name: f.strp("name"), Values: f.strs("values")})
	}
	out, err := c.EC2.DescribeAvailabilityZones(ctx, in)
	if err != nil {
		return nil, err
	}
	zones := slices.DeleteFunc(out.AvailabilityZones, func(z types.AvailabilityZone) bool {
		return slices.Contains(args.strs("excludeNames"), aws.ToString(z.ZoneName)) ||
			slices.Contains(args.strs("excludeZoneIds"), aws.ToString(z.ZoneId))
	})
	slices.SortFunc(zones, func(a, b types.AvailabilityZone) int {
		return strings.Compare(aws.ToString(a.ZoneName), aws.ToString(b.ZoneName))
	})
	names, ids, groups := []string{}, []string{}, []string{}
	for _, z := range zones {
		names, ids = append(names, aws.ToString(z.ZoneName)), append(ids, aws.ToString(z.ZoneId))
		group := aws.ToString(z.GroupName)
		if group == "" {
			group = c.Region() // the group of a region's own zones; the emulator reports none
		}
		if !slices.Contains(groups, group) {
			groups = append(groups, group)
		}
	}
	return map[string]any{"id": c.Region(), "names": names, "zoneIds": ids, "groupNames": groups}, nil
}

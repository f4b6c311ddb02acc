package standin

import (
	"context"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"
	tf "github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

const (
	loadBalancerPage       = registry + "lb/loadbalancer/"
	loadBalancerAttributes = "ModifyLoadBalancerAttributes.Attributes"

	applicationKind, networkKind = string(types.LoadBalancerTypeEnumApplication), string(types.LoadBalancerTypeEnumNetwork)
)

// Subnet mappings have no row: nothing here gives a load balancer addresses of
// its own.
var loadBalancerRows = map[string]prop{
	"name":             {change: replaces, autoName: 255, check: validation.All(elbName, notMatching(`^internal-`, `cannot begin with "internal-"`)), request: "CreateLoadBalancer.Name", source: loadBalancerPage},
	"internal":         {change: replaces, computed: true, request: "CreateLoadBalancer.Scheme", source: loadBalancerPage},
	"loadBalancerType": {change: replaces, byDefault: "application", check: oneOf(types.LoadBalancerTypeEnum("").Values()...), request: "CreateLoadBalancer.Type", source: loadBalancerPage},
	"subnets":          {change: updates, computed: true, set: true, request: "CreateLoadBalancer.Subnets SetSubnets.Subnets", source: loadBalancerPage},
	"securityGroups":   {change: updates, computed: true, set: true, request: "CreateLoadBalancer.SecurityGroups SetSecurityGroups.SecurityGroups", source: loadBalancerPage},
	"ipAddressType":    {change: updates, computed: true, check: oneOf(types.IpAddressType("").Values()...), request: "CreateLoadBalancer.IpAddressType SetIpAddressType.IpAddressType", source: loadBalancerPage},

	"accessLogs":         {change: updates, request: loadBalancerAttributes, source: loadBalancerPage},
	"accessLogs.bucket":  {request: loadBalancerAttributes, source: loadBalancerPage},
	"accessLogs.enabled": {byDefault: false, request: loadBalancerAttributes, source: loadBalancerPage},
	"accessLogs.prefix":  {request: loadBalancerAttributes, source: loadBalancerPage},

	"clientKeepAlive":                       {change: updates, byDefault: 3600, equalIn: ofKind(applicationKind), request: loadBalancerAttributes, source: loadBalancerPage},
	"desyncMitigationMode":                  {change: updates, byDefault: "defensive", check: oneOf("monitor", "defensive", "strictest"), equalIn: ofKind(applicationKind), request: loadBalancerAttributes, source: loadBalancerPage},
	"dnsRecordClientRoutingPolicy":          {change: updates, byDefault: "any_availability_zone", check: oneOf("availability_zone_affinity", "partial_availability_zone_affinity", "any_availability_zone"), equalIn: ofKind(networkKind), request: loadBalancerAttributes, source: loadBalancerPage},
	"dropInvalidHeaderFields":               {change: updates, byDefault: false, equalIn: ofKind(applicationKind), request: loadBalancerAttributes, source: loadBalancerPage},
	"enableCrossZoneLoadBalancing":          {change: updates, byDefault: false, equalIn: ofKind(networkKind), request: loadBalancerAttributes, source: loadBalancerPage},
	"enableDeletionProtection":              {change: updates, byDefault: false, request: loadBalancerAttributes, source: loadBalancerPage},
	"enableHttp2":                           {change: updates, byDefault: true, equalIn: ofKind(applicationKind), request: loadBalancerAttributes, source: loadBalancerPage},
	"enableTlsVersionAndCipherSuiteHeaders": {change: updates, byDefault: false, equalIn: ofKind(applicationKind), request: loadBalancerAttributes, source: loadBalancerPage},
	"enableWafFailOpen":                     {change: updates, byDefault: false, equalIn: ofKind(applicationKind), request: loadBalancerAttributes, source: loadBalancerPage},
	"enableXffClientPort":                   {change: updates, byDefault: false, equalIn: ofKind(applicationKind), request: loadBalancerAttributes, source: loadBalancerPage},
	"enableZonalShift":                      {change: updates, byDefault: false, request: loadBalancerAttributes, source: loadBalancerPage},
	"idleTimeout":                           {change: updates, byDefault: 60, equalIn: ofKind(applicationKind), request: loadBalancerAttributes, source: loadBalancerPage},
	"preserveHostHeader":                    {change: updates, byDefault: false, equalIn: ofKind(applicationKind), request: loadBalancerAttributes, source: loadBalancerPage},
	"xffHeaderProcessingMode":               {change: updates, byDefault: "append", check: oneOf("append", "preserve", "remove"), equalIn: ofKind(applicationKind), request: loadBalancerAttributes, source: loadBalancerPage},

	"tags": {change: updates, request: "CreateLoadBalancer.Tags AddTags.Tags", source: loadBalancerPage},
}

var loadBalancerType = &resourceType{
	token: "aws:lb/loadBalancer:LoadBalancer", args: sdk.LoadBalancerArgs{}, state: sdk.LoadBalancer{},
	inputs:        loadBalancerRows,
	checkSource:   providerSource + "elbv2/load_balancer.go",
	outputs:       []string{"arn", "arnSuffix", "dnsName", "vpcId", "zoneId", "connectionLogs", "subnetMappings", "tagsAll"},
	source:        loadBalancerPage + "#outputs",
	createTimeout: 10 * time.Minute, updateTimeout: 10 * time.Minute, deleteTimeout: 10 * time.Minute,
	unset:       kindAttributes(balancerAttributes),
	replaceWhen: networkReplaces,
	create:      createLoadBalancer, read: readLoadBalancer, update: updateLoadBalancer,
	remove: func(ctx context.Context, r *request) error {
		_, err := r.cloud.ELB.DeleteLoadBalancer(ctx, &elb.DeleteLoadBalancerInput{LoadBalancerArn: &r.id})
		return gone(err, "LoadBalancerNotFound")
	},
}

var balancerAttributes = []attribute{
	{property: "clientKeepAlive", key: "client_keep_alive.seconds", kinds: []string{applicationKind}},
	{property: "desyncMitigationMode", key: "routing.http.desync_mitigation_mode", kinds: []string{applicationKind}},
	{property: "dnsRecordClientRoutingPolicy", key: "dns_record.client_routing_policy", kinds: []string{networkKind}},
	{property: "dropInvalidHeaderFields", key: "routing.http.drop_invalid_header_fields.enabled", kinds: []string{applicationKind}},
	{property: "enableCrossZoneLoadBalancing", key: "load_balancing.cross_zone.enabled", kinds: []string{networkKind}},
	{property: "enableDeletionProtection", key: "deletion_protection.enabled"},
	{property: "enableHttp2", key: "routing.http2.enabled", kinds: []string{applicationKind}},
	{property: "enableTlsVersionAndCipherSuiteHeaders", key: "routing.http.x_amzn_tls_version_and_cipher_suite.enabled", kinds: []string{applicationKind}},
	{property: "enableWafFailOpen", key: "waf.fail_open.enabled", kinds: []string{applicationKind}},
	{property: "enableXffClientPort", key: "routing.http.xff_client_port.enabled", kinds: []string{applicationKind}},
	{property: "enableZonalShift", key: "zonal_shift.config.enabled"},
	{property: "idleTimeout", key: "idle_timeout.timeout_seconds", kinds: []string{applicationKind}},
	{property: "preserveHostHeader", key: "routing.http.preserve_host_header.enabled", kinds: []string{applicationKind}},
	{property: "xffHeaderProcessingMode", key: "routing.http.xff_header_processing.mode", kinds: []string{applicationKind}},
}

// ofKind makes the official provider see no difference in a property where the
// load balancer is of another kind; what the state has of it stays null.
func ofKind(kind string) func(was, is string, d *tf.ResourceData) bool {
	return func(_, _ string, d *tf.ResourceData) bool { return d.Get("load_balancer_type").(string) != kind }
}

// networkReplaces says which changes make a network load balancer anew: no more
// subnets than before, the first security group, and the last one taken away.
func networkReplaces(was, is object) string {
	if is.str("loadBalancerType") != networkKind {
		return ""
	}
	if subnets := is.value("subnets"); subnets.IsArray() && !sameSet(was.value("subnets"), subnets) &&
		len(subnets.ArrayValue()) <= len(was.strs("subnets")) {
		return "subnets"
	}
	if groups := is.value("securityGroups"); !groups.IsComputed() && absent(groups) != absent(was.value("securityGroups")) {
		return "securityGroups"
	}
	return ""
}

// sameSet compares lists whatever their order is.
func sameSet(a, b resource.PropertyValue) bool {
	more, less := difference(stringsOf(a), stringsOf(b))
	return len(more) == 0 && len(less) == 0 && !a.ContainsUnknowns() && !b.ContainsUnknowns()
}

func createLoadBalancer(ctx context.Context, r *request) (string, error) {
	scheme := types.LoadBalancerSchemeEnumInternetFacing
	if r.in.boolean("internal") {
		scheme = types.LoadBalancerSchemeEnumInternal
	}
	out, err := r.cloud.ELB.CreateLoadBalancer(ctx, &elb.CreateLoadBalancerInput{
		Name: r.in.strp("name"), Type: types.LoadBalancerTypeEnum(r.in.str("loadBalancerType")), Scheme: scheme,
		Subnets: r.in.strs("subnets"), SecurityGroups: r.in.strs("securityGroups"),
		IpAddressType: types.IpAddressType(r.in.str("ipAddressType")), Tags: elbTags(r.tags),
	})
	if err != nil {
		return "", err
	}
	r.id = aws.ToString(out.LoadBalancers[0].LoadBalancerArn)
	err = r.wait(ctx, "load balancer "+r.id+" to be active", func() (bool, string, error) {
		balancer, err := findLoadBalancer(ctx, r)
		if err != nil {
			return false, "", err
		}
		return balancer.State.Code == types.LoadBalancerStateEnumActive, string(balancer.State.Code), nil
	})
	if err != nil {
		return r.id, err
	}
	return r.id, modifyBalancerAttributes(ctx, r)
}

// modifyBalancerAttributes sends the attributes that are wanted.
func modifyBalancerAttributes(ctx context.Context, r *request) error {
	values := wantedAttributes(r, balancerAttributes, r.in.str("loadBalancerType"))
	if r.was == nil && r.in.has("accessLogs") || r.changed("accessLogs") {
		logs := r.in.object("accessLogs")
		values["access_logs.s3.enabled"] = "false"
		if logs != nil {
			values["access_logs.s3.bucket"], values["access_logs.s3.prefix"] = logs.str("bucket"), logs.str("prefix")
			if logs.boolean("enabled") {
				values["access_logs.s3.enabled"] = "true"
			}
		}
	}
	if len(values) == 0 {
		return nil
	}
	in := &elb.ModifyLoadBalancerAttributesInput{LoadBalancerArn: &r.id}
	for _, key := range sortedKeys(values) {
		in.Attributes = append(in.Attributes, types.LoadBalancerAttribute{Key: aws.String(key), Value: aws.String(values[key])})
	}
	_, err := r.cloud.ELB.ModifyLoadBalancerAttributes(ctx, in)
	return err
}

func findLoadBalancer(ctx context.Context, r *request) (*types.LoadBalancer, error) {
	out, err := r.cloud.ELB.DescribeLoadBalancers(ctx, &elb.DescribeLoadBalancersInput{LoadBalancerArns: []string{r.id}})
	if cloud.HasCode(err, "LoadBalancerNotFound") || err == nil && len(out.LoadBalancers) == 0 {
		return nil, errNotFound
	}
	if err != nil {
		return nil, err
	}
	return &out.LoadBalancers[0], nil
}

func readLoadBalancer(ctx context.Context, r *request) (map[string]any, error) {
	balancer, err := findLoadBalancer(ctx, r)
	if err != nil {
		return nil, err
	}
	tags, err := readELBTags(ctx, r)
	if err != nil {
		return nil, err
	}
	attributes, err := r.cloud.ELB.DescribeLoadBalancerAttributes(ctx, &elb.DescribeLoadBalancerAttributesInput{LoadBalancerArn: &r.id})
	if err != nil {
		return nil, err
	}
	have := map[string]string{}
	for _, a := range attributes.Attributes {
		have[aws.ToString(a.Key)] = aws.ToString(a.Value)
	}
	var subnets []string
	for _, zone := range balancer.AvailabilityZones {
		subnets = append(subnets, aws.ToString(zone.SubnetId))
	}
	read := map[string]any{
		"arn": r.id, "arnSuffix": arnSuffix(r.id), "dnsName": balancer.DNSName, "vpcId": balancer.VpcId, "zoneId": balancer.CanonicalHostedZoneId,
		"name": balancer.LoadBalancerName, "internal": balancer.Scheme == types.LoadBalancerSchemeEnumInternal,
		"loadBalancerType": string(balancer.Type), "subnets": subnets, "securityGroups": balancer.SecurityGroups,
		"ipAddressType": string(balancer.IpAddressType), "tags": tags,
	}
	// Logs that are off are none, unless the program says so itself.
	if on := have["access_logs.s3.enabled"] == "true"; on || r.in.has("accessLogs") {
		read["accessLogs"] = map[string]any{"bucket": have["access_logs.s3.bucket"], "enabled": on, "prefix": have["access_logs.s3.prefix"]}
	}
	read["connectionLogs"] = map[string]any{"bucket": "", "enabled": false, "prefix": ""}
	var mappings []any
	for _, subnet := range subnets {
		mappings = append(mappings, map[string]any{"subnetId": subnet})
	}
	read["subnetMappings"] = mappings
	if balancer.Type == types.LoadBalancerTypeEnumApplication {
		// It always is, and cannot be changed.
		// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html
		read["enableCrossZoneLoadBalancing"] = true
	}
	readAttributes(loadBalancerRows, r, balancerAttributes, string(balancer.Type), have, read)
	return read, nil
}

// arnSuffix is the part of an ARN that names the resource in metrics.
func arnSuffix(arn string) string {
	suffix := arn[strings.LastIndex(arn, ":")+1:]
	return strings.TrimPrefix(suffix, "loadbalancer/")
}

func updateLoadBalancer(ctx context.Context, r *request) error {
	if r.changed("subnets") {
		if _, err := r.cloud.ELB.SetSubnets(ctx, &elb.SetSubnetsInput{LoadBalancerArn: &r.id, Subnets: r.in.strs("subnets")}); err != nil {
			return err
		}
	}
	if r.changed("securityGroups") {
		_, err := r.cloud.ELB.SetSecurityGroups(ctx, &elb.SetSecurityGroupsInput{LoadBalancerArn: &r.id, SecurityGroups: r.in.strs("securityGroups")})
		if err != nil {
			return err
		}
	}
	if r.changed("ipAddressType") {
		_, err := r.cloud.ELB.SetIpAddressType(ctx, &elb.SetIpAddressTypeInput{
			LoadBalancerArn: &r.id, IpAddressType: types.IpAddressType(r.in.str("ipAddressType")),
		})
		if err != nil {
			return err
		}
	}
	if err := modifyBalancerAttributes(ctx, r); err != nil {
		return err
	}
	return updateELBTags(ctx, r)
}

package standin

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

const (
	targetGroupPage       = registry + "lb/targetgroup/"
	targetGroupAttributes = "ModifyTargetGroupAttributes.Attributes"
)

// Stickiness and what only instances and functions have has no row.
var targetGroupRows = map[string]prop{
	"name":            {change: replaces, autoName: 32, check: elbName, request: "CreateTargetGroup.Name", source: targetGroupPage},
	"namePrefix":      {change: replaces, check: validation.All(validation.StringLenBetween(0, 32-uniqueSuffix), matching(`^[0-9A-Za-z-]*$`, "only alphanumeric characters and hyphens allowed"), notMatching(`^-`, "cannot begin with a hyphen")), request: "CreateTargetGroup.Name", source: targetGroupPage},
	"port":            {change: replaces, check: validation.IntBetween(1, 65535), request: "CreateTargetGroup.Port", source: targetGroupPage},
	"protocol":        {change: replaces, check: oneOf(types.ProtocolEnum("").Values()...), request: "CreateTargetGroup.Protocol", source: targetGroupPage},
	"protocolVersion": {change: replaces, computed: true, check: oneOfAnyCase("GRPC", "HTTP1", "HTTP2"), request: "CreateTargetGroup.ProtocolVersion", source: targetGroupPage},
	"targetType":      {change: replaces, byDefault: "instance", check: oneOf(types.TargetTypeEnum("").Values()...), request: "CreateTargetGroup.TargetType", source: targetGroupPage},
	"vpcId":           {change: replaces, request: "CreateTargetGroup.VpcId", source: targetGroupPage},
	"ipAddressType":   {change: replaces, computed: true, check: oneOf(types.TargetGroupIpAddressTypeEnum("").Values()...), request: "CreateTargetGroup.IpAddressType", source: targetGroupPage},

	"healthCheck":                    {change: updates, computed: true, request: "CreateTargetGroup.HealthCheckEnabled ModifyTargetGroup.HealthCheckEnabled", source: targetGroupPage},
	"healthCheck.enabled":            {byDefault: true, request: "CreateTargetGroup.HealthCheckEnabled ModifyTargetGroup.HealthCheckEnabled", source: targetGroupPage},
	"healthCheck.healthyThreshold":   {byDefault: 3, check: validation.IntBetween(2, 10), request: "CreateTargetGroup.HealthyThresholdCount ModifyTargetGroup.HealthyThresholdCount", source: targetGroupPage},
	"healthCheck.interval":           {byDefault: 30, check: validation.IntBetween(5, 300), request: "CreateTargetGroup.HealthCheckIntervalSeconds ModifyTargetGroup.HealthCheckIntervalSeconds", source: targetGroupPage},
	"healthCheck.matcher":            {computed: true, request: "CreateTargetGroup.Matcher ModifyTargetGroup.Matcher", source: targetGroupPage},
	"healthCheck.path":               {computed: true, check: validation.All(validation.StringLenBetween(1, 1024), matching(`^/`, `must begin with "/"`)), request: "CreateTargetGroup.HealthCheckPath ModifyTargetGroup.HealthCheckPath", source: targetGroupPage},
	"healthCheck.port":               {byDefault: "traffic-port", check: validHealthCheckPort, request: "CreateTargetGroup.HealthCheckPort ModifyTargetGroup.HealthCheckPort", source: targetGroupPage},
	"healthCheck.protocol":           {byDefault: "HTTP", check: oneOfAnyCase("HTTP", "HTTPS", "TCP"), request: "CreateTargetGroup.HealthCheckProtocol ModifyTargetGroup.HealthCheckProtocol", source: targetGroupPage},
	"healthCheck.timeout":            {computed: true, check: validation.IntBetween(2, 120), request: "CreateTargetGroup.HealthCheckTimeoutSeconds ModifyTargetGroup.HealthCheckTimeoutSeconds", source: targetGroupPage},
	"healthCheck.unhealthyThreshold": {byDefault: 3, check: validation.IntBetween(2, 10), request: "CreateTargetGroup.UnhealthyThresholdCount ModifyTargetGroup.UnhealthyThresholdCount", source: targetGroupPage},

	"connectionTermination":         {change: updates, computed: true, request: targetGroupAttributes, source: targetGroupPage},
	"deregistrationDelay":           {change: updates, byDefault: 300, check: validation.IntBetween(0, 3600), request: targetGroupAttributes, source: targetGroupPage},
	"loadBalancingAlgorithmType":    {change: updates, computed: true, check: oneOf("round_robin", "least_outstanding_requests", "weighted_random"), request: targetGroupAttributes, source: targetGroupPage},
	"loadBalancingCrossZoneEnabled": {change: updates, computed: true, check: oneOf("true", "false", "use_load_balancer_configuration"), request: targetGroupAttributes, source: targetGroupPage},
	"preserveClientIp":              {change: updates, computed: true, check: optionalBool, request: targetGroupAttributes, source: targetGroupPage},
	"proxyProtocolV2":               {change: updates, byDefault: false, request: targetGroupAttributes, source: targetGroupPage},
	"slowStart":                     {change: updates, byDefault: 0, check: validation.Any(validation.IntBetween(0, 0), validation.IntBetween(30, 900)), request: targetGroupAttributes, source: targetGroupPage},

	"tags": {change: updates, request: "CreateTargetGroup.Tags AddTags.Tags", source: targetGroupPage},
}

var targetGroupType = &resourceType{
	token: "aws:lb/targetGroup:TargetGroup", args: sdk.TargetGroupArgs{}, state: sdk.TargetGroup{},
	inputs:      targetGroupRows,
	checkSource: providerSource + "elbv2/target_group.go",
	outputs:     []string{"arn", "arnSuffix", "loadBalancerArns", "loadBalancingAnomalyMitigation", "stickiness", "targetGroupHealth", "tagsAll"},
	unset:       []string{"connectionTermination", "loadBalancingAlgorithmType", "preserveClientIp"},
	source:      targetGroupPage + "#outputs",
	create:      createTargetGroup, read: readTargetGroup, update: updateTargetGroup,
	remove: func(ctx context.Context, r *request) error {
		_, err := r.cloud.ELB.DeleteTargetGroup(ctx, &elb.DeleteTargetGroupInput{TargetGroupArn: &r.id})
		return gone(err, "TargetGroupNotFound")
	},
}

var (
	layer4, layer7 = []string{"TCP", "TLS", "UDP", "TCP_UDP"}, []string{"HTTP", "HTTPS"}

	groupAttributes = []attribute{
		{property: "connectionTermination", key: "deregistration_delay.connection_termination.enabled", kinds: layer4},
		{property: "deregistrationDelay", key: "deregistration_delay.timeout_seconds"},
		{property: "loadBalancingAlgorithmType", key: "load_balancing.algorithm.type", kinds: layer7},
		{property: "loadBalancingCrossZoneEnabled", key: "load_balancing.cross_zone.enabled", text: true},
		{property: "preserveClientIp", key: "preserve_client_ip.enabled", kinds: layer4, text: true},
		{property: "proxyProtocolV2", key: "proxy_protocol_v2.enabled", kinds: layer4},
		{property: "slowStart", key: "slow_start.duration_seconds", kinds: layer7},
	}
)

func createTargetGroup(ctx context.Context, r *request) (string, error) {
	name := r.in.str("name")
	if prefix := r.in.str("namePrefix"); prefix != "" && name == "" {
		unique, err := resource.NewUniqueHex(prefix, uniqueSuffix, 32)
		if err != nil {
			return "", err
		}
		name = unique
	}
	in := &elb.CreateTargetGroupInput{
		Name: &name, Port: r.in.int32p("port"), Protocol: types.ProtocolEnum(r.in.str("protocol")),
		ProtocolVersion: r.in.strp("protocolVersion"), TargetType: types.TargetTypeEnum(r.in.str("targetType")), VpcId: r.in.strp("vpcId"),
		IpAddressType: types.TargetGroupIpAddressTypeEnum(r.in.str("ipAddressType")), Tags: elbTags(r.tags),
	}
	if check := r.in.object("healthCheck"); check != nil {
		in.HealthCheckEnabled, in.HealthCheckIntervalSeconds = check.boolp("enabled"), check.int32p("interval")
		in.HealthCheckPort, in.HealthCheckProtocol = check.strp("port"), types.ProtocolEnum(check.str("protocol"))
		in.HealthCheckTimeoutSeconds, in.HealthyThresholdCount = check.int32p("timeout"), check.int32p("healthyThreshold")
		in.UnhealthyThresholdCount = check.int32p("unhealthyThreshold")
		if slices.Contains(layer7, check.str("protocol")) {
			in.HealthCheckPath, in.Matcher = check.strp("path"), matcher(check)
		}
	}
	out, err := r.cloud.ELB.CreateTargetGroup(ctx, in)
	if err != nil {
		return "", err
	}
	r.id = aws.ToString(out.TargetGroups[0].TargetGroupArn)
	return r.id, modifyGroupAttributes(ctx, r)
}

func matcher(check object) *types.Matcher {
	if codes := check.strp("matcher"); codes != nil {
		return &types.Matcher{HttpCode: codes}
	}
	return nil
}

func modifyGroupAttributes(ctx context.Context, r *request) error {
	values := wantedAttributes(r, groupAttributes, r.in.str("protocol"))
	if len(values) == 0 {
		return nil
	}
	in := &elb.ModifyTargetGroupAttributesInput{TargetGroupArn: &r.id}
	for _, key := range sortedKeys(values) {
		in.Attributes = append(in.Attributes, types.TargetGroupAttribute{Key: aws.String(key), Value: aws.String(values[key])})
	}
	_, err := r.cloud.ELB.ModifyTargetGroupAttributes(ctx, in)
	return err
}

func readTargetGroup(ctx context.Context, r *request) (map[string]any, error) {
	out, err := r.cloud.ELB.DescribeTargetGroups(ctx, &elb.DescribeTargetGroupsInput{TargetGroupArns: []string{r.id}})
	if cloud.HasCode(err, "TargetGroupNotFound") || err == nil && len(out.TargetGroups) == 0 {
		return nil, errNotFound
	}
	if err != nil {
		return nil, err
	}
	group := out.TargetGroups[0]
	tags, err := readELBTags(ctx, r)
	if err != nil {
		return nil, err
	}
	attributes, err := r.cloud.ELB.DescribeTargetGroupAttributes(ctx, &elb.DescribeTargetGroupAttributesInput{TargetGroupArn: &r.id})
	if err != nil {
		return nil, err
	}
	have := map[string]string{}
	for _, a := range attributes.Attributes {
		have[aws.ToString(a.Key)] = aws.ToString(a.Value)
	}
	check := map[string]any{
		"enabled": aws.ToBool(group.HealthCheckEnabled), "healthyThreshold": group.HealthyThresholdCount,
		"unhealthyThreshold": group.UnhealthyThresholdCount, "interval": group.HealthCheckIntervalSeconds,
		"timeout": group.HealthCheckTimeoutSeconds, "port": group.HealthCheckPort, "protocol": string(group.HealthCheckProtocol),
	}
	if slices.Contains(layer7, string(group.HealthCheckProtocol)) {
		check["path"] = group.HealthCheckPath
		if group.Matcher != nil {
			check["matcher"] = group.Matcher.HttpCode
		}
	}
	read := map[string]any{
		"arn": r.id, "arnSuffix": arnSuffix(r.id), "loadBalancerArns": slices.Clip(group.LoadBalancerArns), "name": group.TargetGroupName,
		"namePrefix": prefixOf(aws.ToString(group.TargetGroupName)),
		"port":       group.Port, "protocol": string(group.Protocol), "protocolVersion": group.ProtocolVersion, "targetType": string(group.TargetType),
		"vpcId": group.VpcId, "ipAddressType": string(group.IpAddressType), "healthCheck": check, "tags": tags,
	}
	// What AWS sets where nobody does.
	// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html
	stickiness := map[string]any{"enabled": false, "type": "source_ip"}
	if slices.Contains(layer7, string(group.Protocol)) {
		stickiness = map[string]any{"enabled": false, "type": "lb_cookie", "cookieDuration": 86400}
	}
	read["stickiness"], read["loadBalancingAnomalyMitigation"] = stickiness, "off"
	read["targetGroupHealth"] = map[string]any{
		"dnsFailover":           map[string]any{"minimumHealthyTargetsCount": "1", "minimumHealthyTargetsPercentage": "off"},
		"unhealthyStateRouting": map[string]any{"minimumHealthyTargetsCount": 1, "minimumHealthyTargetsPercentage": "off"},
	}
	readAttributes(targetGroupRows, r, groupAttributes, string(group.Protocol), have, read)
	return read, nil
}

func updateTargetGroup(ctx context.Context, r *request) error {
	if check := r.in.object("healthCheck"); check != nil && r.changed("healthCheck") {
		in := &elb.ModifyTargetGroupInput{
			TargetGroupArn: &r.id, HealthCheckEnabled: check.boolp("enabled"), HealthCheckIntervalSeconds: check.int32p("interval"),
			HealthCheckPort: check.strp("port"), HealthCheckProtocol: types.ProtocolEnum(check.str("protocol")),
			HealthCheckTimeoutSeconds: check.int32p("timeout"), HealthyThresholdCount: check.int32p("healthyThreshold"),
			UnhealthyThresholdCount: check.int32p("unhealthyThreshold"),
		}
		if slices.Contains(layer7, check.str("protocol")) {
			in.HealthCheckPath, in.Matcher = check.strp("path"), matcher(check)
		}
		if _, err := r.cloud.ELB.ModifyTargetGroup(ctx, in); err != nil {
			return err
		}
	}
	if err := modifyGroupAttributes(ctx, r); err != nil {
		return err
	}
	return updateELBTags(ctx, r)
}

// prefixOf is the prefix in the name of a target group that was made with one.
func prefixOf(name string) string {
	if len(name) <= uniqueSuffix || strings.Trim(name[len(name)-uniqueSuffix:], "0123456789abcdef") != "" {
		return ""
	}
	return name[:len(name)-uniqueSuffix]
}

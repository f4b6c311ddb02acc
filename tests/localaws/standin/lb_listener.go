package standin

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/ecsnet/pulumi-ecsnet/tests/localaws/standin/cloud"
	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/validation"
	sdk "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
)

const (
	listenerPage    = registry + "lb/listener/"
	listenerActions = "CreateListener.DefaultActions ModifyListener.DefaultActions"
)

// Mutual TLS and the rewriting of headers have no row.
var listenerRows = withActions("defaultActions", listenerActions, listenerPage, map[string]prop{
	"loadBalancerArn":       {change: replaces, check: validARN, request: "CreateListener.LoadBalancerArn", source: listenerPage},
	"port":                  {change: updates, check: validation.IsPortNumber, request: "CreateListener.Port ModifyListener.Port", source: listenerPage},
	"protocol":              {change: updates, computed: true, check: oneOfAnyCase(types.ProtocolEnum("").Values()...), request: "CreateListener.Protocol ModifyListener.Protocol", source: listenerPage},
	"certificateArn":        {change: updates, check: validARN, request: "CreateListener.Certificates ModifyListener.Certificates", source: listenerPage},
	"sslPolicy":             {change: updates, computed: true, request: "CreateListener.SslPolicy ModifyListener.SslPolicy", source: listenerPage},
	"alpnPolicy":            {change: updates, check: oneOfAnyCase("HTTP1Only", "HTTP2Only", "HTTP2Optional", "HTTP2Preferred", "None"), request: "CreateListener.AlpnPolicy ModifyListener.AlpnPolicy", source: listenerPage},
	"tcpIdleTimeoutSeconds": {change: updates, computed: true, check: validation.IntBetween(60, 6000), request: "ModifyListenerAttributes.Attributes", source: listenerPage},
	"tags":                  {change: updates, request: "CreateListener.Tags AddTags.Tags", source: listenerPage},
})

var listenerType = &resourceType{
	token: "aws:lb/listener:Listener", args: sdk.ListenerArgs{}, state: sdk.Listener{},
	inputs:        listenerRows,
	checkSource:   providerSource + "elbv2/listener.go",
	outputs:       []string{"arn", "routingHttpResponseServerEnabled", "tagsAll"},
	unset:         []string{"alpnPolicy", "certificateArn", "tcpIdleTimeoutSeconds"},
	source:        listenerPage + "#outputs",
	createTimeout: 5 * time.Minute, updateTimeout: 5 * time.Minute,
	create: createListener, read: readListener, update: updateListener,
	remove: func(ctx context.Context, r *request) error {
		_, err := r.cloud.ELB.DeleteListener(ctx, &elb.DeleteListenerInput{ListenerArn: &r.id})
		return gone(err, "ListenerNotFound", "LoadBalancerNotFound")
	},
}

var listenerAttributes = []attribute{
	{property: "tcpIdleTimeoutSeconds", key: "tcp.idle_timeout.seconds", kinds: []string{"TCP"}},
}

func certificates(r *request) []types.Certificate {
	if arn := r.in.strp("certificateArn"); arn != nil {
		return []types.Certificate{{CertificateArn: arn}}
	}
	return nil
}

func alpn(r *request) []string {
	if policy := r.in.str("alpnPolicy"); policy != "" {
		return []string{policy}
	}
	return nil
}

func createListener(ctx context.Context, r *request) (string, error) {
	out, err := r.cloud.ELB.CreateListener(ctx, &elb.CreateListenerInput{
		LoadBalancerArn: r.in.strp("loadBalancerArn"), Port: r.in.int32p("port"), Protocol: types.ProtocolEnum(r.in.str("protocol")),
		Certificates: certificates(r), SslPolicy: r.in.strp("sslPolicy"), AlpnPolicy: alpn(r), DefaultActions: actions(r.in, "defaultActions"), Tags: elbTags(r.tags),
	})
	if err != nil {
		return "", err
	}
	r.id = aws.ToString(out.Listeners[0].ListenerArn)
	return r.id, modifyListenerAttributes(ctx, r)
}

func modifyListenerAttributes(ctx context.Context, r *request) error {
	values := wantedAttributes(r, listenerAttributes, r.in.str("protocol"))
	if len(values) == 0 {
		return nil
	}
	in := &elb.ModifyListenerAttributesInput{ListenerArn: &r.id}
	for _, key := range sortedKeys(values) {
		in.Attributes = append(in.Attributes, types.ListenerAttribute{Key: aws.String(key), Value: aws.String(values[key])})
	}
	_, err := r.cloud.ELB.ModifyListenerAttributes(ctx, in)
	return err
}

// withActions adds the rows of the actions that listeners and rules have alike;
// those that are given already stay. Authentication has no row.
func withActions(at, request, source string, rows map[string]prop) map[string]prop {
	one := at + "[]."
	for path, row := range map[string]prop{
		at:                                    {change: updates, required: true},
		one + "type":                          {check: oneOfAnyCase(types.ActionTypeEnum("").Values()...)},
		one + "order":                         {computed: true, check: validation.IntBetween(1, 50000)},
		one + "targetGroupArn":                {check: validARN},
		one + "forward":                       {},
		one + "forward.targetGroups":          {set: true},
		one + "forward.targetGroups[].arn":    {check: validARN},
		one + "forward.targetGroups[].weight": {byDefault: 1, check: validation.IntBetween(0, 999)},
		one + "redirect":                      {},
		one + "redirect.host":                 {byDefault: "#{host}"},
		one + "redirect.path":                 {byDefault: "/#{path}"},
		one + "redirect.port":                 {byDefault: "#{port}"},
		one + "redirect.protocol":             {byDefault: "#{protocol}", check: oneOf("#{protocol}", "HTTP", "HTTPS")},
		one + "redirect.query":                {byDefault: "#{query}"},
		one + "redirect.statusCode":           {check: oneOf(types.RedirectActionStatusCodeEnum("").Values()...)},
		one + "fixedResponse":                 {},
		one + "fixedResponse.contentType":     {check: oneOf("text/plain", "text/css", "text/html", "application/javascript", "application/json")},
		one + "fixedResponse.messageBody":     {},
		one + "fixedResponse.statusCode":      {computed: true, check: matching(`^[245]\d\d$`, "must be 2XX, 4XX or 5XX")},
	} {
		if _, given := rows[path]; !given {
			row.request, row.source = request, source
			rows[path] = row
		}
	}
	return rows
}

// actions writes the actions of a listener or a rule as the API takes them; their
// order is that of the list where none is given.
func actions(in object, property string) []types.Action {
	var out []types.Action
	for i, a := range in.objects(property) {
		action := types.Action{Type: types.ActionTypeEnum(a.str("type")), Order: aws.Int32(int32(i + 1)), TargetGroupArn: a.strp("targetGroupArn")}
		if order := a.int32p("order"); order != nil {
			action.Order = order
		}
		if forward := a.object("forward"); forward != nil {
			action.ForwardConfig = &types.ForwardActionConfig{}
			for _, g := range forward.objects("targetGroups") {
				action.ForwardConfig.TargetGroups = append(action.ForwardConfig.TargetGroups, types.TargetGroupTuple{
					TargetGroupArn: g.strp("arn"), Weight: g.int32p("weight"),
				})
			}
		}
		if redirect := a.object("redirect"); redirect != nil {
			action.RedirectConfig = &types.RedirectActionConfig{
				Host: redirect.strp("host"), Path: redirect.strp("path"), Port: redirect.strp("port"), Protocol: redirect.strp("protocol"),
				Query: redirect.strp("query"), StatusCode: types.RedirectActionStatusCodeEnum(redirect.str("statusCode")),
			}
		}
		if fixed := a.object("fixedResponse"); fixed != nil {
			action.FixedResponseConfig = &types.FixedResponseActionConfig{
				ContentType: fixed.strp("contentType"), MessageBody: fixed.strp("messageBody"), StatusCode: fixed.strp("statusCode"),
			}
		}
		out = append(out, action)
	}
	return out
}

// fromActions reads the actions of a listener or a rule. One target group may be
// written in two ways, of which the program's stays.
func fromActions(in object, property string, list []types.Action) []any {
	var out []any
	for i, a := range list {
		action := map[string]any{"type": string(a.Type), "order": i + 1}
		if a.Order != nil {
			action["order"] = *a.Order
		}
		wanted := object{}
		if given := in.objects(property); i < len(given) {
			wanted = given[i]
		}
		if f := a.ForwardConfig; f != nil && (wanted.has("forward") || a.TargetGroupArn == nil) {
			var groups []any
			for _, g := range f.TargetGroups {
				groups = append(groups, map[string]any{"arn": g.TargetGroupArn, "weight": g.Weight})
			}
			action["forward"] = map[string]any{"targetGroups": groups}
		} else if a.TargetGroupArn != nil {
			action["targetGroupArn"] = a.TargetGroupArn
		}
		if c := a.RedirectConfig; c != nil {
			action["redirect"] = map[string]any{
				"host": c.Host, "path": c.Path, "port": c.Port, "protocol": c.Protocol, "query": c.Query, "statusCode": string(c.StatusCode),
			}
		}
		if c := a.FixedResponseConfig; c != nil {
			action["fixedResponse"] = map[string]any{"contentType": c.ContentType, "messageBody": c.MessageBody, "statusCode": c.StatusCode}
		}
		out = append(out, action)
	}
	return out
}

func readListener(ctx context.Context, r *request) (map[string]any, error) {
	out, err := r.cloud.ELB.DescribeListeners(ctx, &elb.DescribeListenersInput{ListenerArns: []string{r.id}})
	if cloud.HasCode(err, "ListenerNotFound", "LoadBalancerNotFound") || err == nil && len(out.Listeners) == 0 {
		return nil, errNotFound
	}
	if err != nil {
		return nil, err
	}
	listener := out.Listeners[0]
	tags, err := readELBTags(ctx, r)
	if err != nil {
		return nil, err
	}
	attributes, err := r.cloud.ELB.DescribeListenerAttributes(ctx, &elb.DescribeListenerAttributesInput{ListenerArn: &r.id})
	if err != nil {
		return nil, err
	}
	have := map[string]string{}
	for _, a := range attributes.Attributes {
		have[aws.ToString(a.Key)] = aws.ToString(a.Value)
	}
	read := map[string]any{
		"arn": r.id, "loadBalancerArn": listener.LoadBalancerArn, "port": listener.Port, "protocol": string(listener.Protocol),
		"sslPolicy": listener.SslPolicy, "defaultActions": fromActions(r.in, "defaultActions", listener.DefaultActions), "tags": tags,
	}
	if slices.Contains([]types.ProtocolEnum{types.ProtocolEnumHttp, types.ProtocolEnumHttps}, listener.Protocol) {
		read["routingHttpResponseServerEnabled"] = true // AWS's default
	}
	for _, c := range listener.Certificates {
		read["certificateArn"] = c.CertificateArn
	}
	for _, policy := range listener.AlpnPolicy {
		read["alpnPolicy"] = policy
	}
	readAttributes(listenerRows, r, listenerAttributes, string(listener.Protocol), have, read)
	return read, nil
}

// planned is the value that an update plans for a property that AWS chooses
// where the program does not: the one that the resource has.
func planned(r *request, name string) string { return cmp.Or(r.in.str(name), r.state.str(name)) }

// updateListener sends everything that the listener has, whatever changed, as
// the official provider does. So a listener that turns from HTTPS to HTTP sends
// the security policy that AWS chose for it, which AWS refuses
// (hashicorp/terraform-provider-aws#1851), and an ALPN policy or a certificate
// that is taken out of the program stays.
func updateListener(ctx context.Context, r *request) error {
	if r.changed("port", "protocol", "certificateArn", "sslPolicy", "alpnPolicy", "defaultActions") {
		in := &elb.ModifyListenerInput{
			ListenerArn: &r.id, Port: r.in.int32p("port"), Protocol: types.ProtocolEnum(planned(r, "protocol")),
			Certificates: certificates(r), AlpnPolicy: alpn(r),
		}
		if policy := planned(r, "sslPolicy"); policy != "" {
			in.SslPolicy = &policy
		}
		if r.changed("defaultActions") {
			in.DefaultActions = actions(r.in, "defaultActions")
		}
		if _, err := r.cloud.ELB.ModifyListener(ctx, in); err != nil {
			return err
		}
	}
	if err := modifyListenerAttributes(ctx, r); err != nil {
		return err
	}
	return updateELBTags(ctx, r)
}

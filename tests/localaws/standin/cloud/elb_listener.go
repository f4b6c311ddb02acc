package cloud

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
)

var _ = addRules(map[string]rule{
	elbID + "CreateListener":    {before: before(checkCreateListener), source: elbAPI + "CreateListener.html"},
	elbID + "ModifyListener":    {before: before(checkModifyListener), source: elbAPI + "ModifyListener.html"},
	elbID + "DescribeListeners": {after: after(describeListeners), source: elbAPI + "Listener.html"},
})

// listener is what a listener is, or will be after a request.
type listener struct {
	arn          string
	balancer     *types.LoadBalancer
	port         *int32
	protocol     types.ProtocolEnum
	certificates []types.Certificate
	policy       *string
	actions      []types.Action
}

func (l listener) secure() bool {
	return l.protocol == types.ProtocolEnumHttps || l.protocol == types.ProtocolEnumTls
}

func checkCreateListener(ctx context.Context, c *Cloud, in *elb.CreateListenerInput) error {
	balancer, err := balancerByARN(ctx, c, aws.ToString(in.LoadBalancerArn))
	if err != nil {
		return err
	}
	return checkListener(ctx, c, listener{
		balancer: balancer, port: in.Port, protocol: in.Protocol, certificates: in.Certificates, policy: in.SslPolicy, actions: in.DefaultActions,
	})
}

// checkModifyListener checks what the listener will be, and keeps what the
// emulator does not take: protocols other than HTTP, HTTPS and TCP,
// certificates of TLS listeners, and ALPN policies.
func checkModifyListener(ctx context.Context, c *Cloud, in *elb.ModifyListenerInput) error {
	is, err := c.ELB.DescribeListeners(ctx, &elb.DescribeListenersInput{ListenerArns: []string{aws.ToString(in.ListenerArn)}})
	if err != nil {
		return err
	}
	if err := describeListeners(ctx, c, nil, is); err != nil {
		return err
	}
	was := is.Listeners[0]
	balancer, err := balancerByARN(ctx, c, aws.ToString(was.LoadBalancerArn))
	if err != nil {
		return err
	}
	next := listener{
		arn: aws.ToString(in.ListenerArn), balancer: balancer, port: was.Port, protocol: was.Protocol,
		certificates: was.Certificates, policy: was.SslPolicy, actions: was.DefaultActions,
	}
	if in.Port != nil {
		next.port = in.Port
	}
	if in.Protocol != "" {
		next.protocol = in.Protocol
		if !next.secure() {
			next.certificates, next.policy = nil, nil // AWS drops them
		}
	}
	if in.Certificates != nil {
		next.certificates = in.Certificates
	}
	if in.SslPolicy != nil {
		next.policy = in.SslPolicy
	}
	if in.DefaultActions != nil {
		next.actions = in.DefaultActions
	}
	if err := checkListener(ctx, c, next); err != nil {
		return err
	}
	if in.Protocol != "" {
		if err := keep(ctx, c, in.ListenerArn, "protocol", string(in.Protocol)); err != nil {
			return err
		}
		in.Protocol = ""
	}
	if len(in.Certificates) > 0 {
		if err := keep(ctx, c, in.ListenerArn, "certificate", aws.ToString(in.Certificates[0].CertificateArn)); err != nil {
			return err
		}
	}
	if in.AlpnPolicy != nil {
		return keep(ctx, c, in.ListenerArn, "alpn", strings.Join(in.AlpnPolicy, " "))
	}
	return nil
}

// describeListeners writes what checkModifyListener keeps, and no security
// policy for a listener without TLS.
func describeListeners(ctx context.Context, c *Cloud, _ *elb.DescribeListenersInput, out *elb.DescribeListenersOutput) error {
	for i := range out.Listeners {
		l := &out.Listeners[i]
		values, err := kept(ctx, c, l.ListenerArn)
		if err != nil {
			return err
		}
		if protocol, ok := values["protocol"]; ok {
			l.Protocol = types.ProtocolEnum(protocol)
		}
		if arn, ok := values["certificate"]; ok {
			l.Certificates = []types.Certificate{{CertificateArn: &arn}}
		}
		if policy, ok := values["alpn"]; ok {
			if l.AlpnPolicy = nil; policy != "None" {
				l.AlpnPolicy = []string{policy}
			}
		}
		if !(listener{protocol: l.Protocol}).secure() {
			l.SslPolicy, l.Certificates = nil, nil
		}
	}
	return nil
}

func checkListener(ctx context.Context, c *Cloud, l listener) error {
	application := l.balancer.Type == types.LoadBalancerTypeEnumApplication
	protocols := []types.ProtocolEnum{types.ProtocolEnumTls, types.ProtocolEnumTcp, types.ProtocolEnumTcpUdp, types.ProtocolEnumUdp}
	if application {
		protocols = layer7
	}
	switch {
	case l.port == nil:
		return validation("A listener port must be specified")
	case *l.port < 1 || *l.port > 65535:
		return validation("1 validation error detected: Value '%d' at 'port' failed to satisfy constraint: Member must have value between 1 and 65535", *l.port)
	case l.protocol == "":
		return validation("A listener protocol must be specified")
	case !contains(protocols, l.protocol):
		return validation("Listener protocol '%s' must be one of '%s'", l.protocol, joined(protocols))
	case l.secure() && len(l.certificates) == 0:
		return validation("A certificate must be specified for %s listeners", l.protocol)
	case !l.secure() && len(l.certificates) > 0:
		return validation("A certificate cannot be specified for %s listeners", l.protocol)
	case !l.secure() && l.policy != nil:
		return validation("An SSL policy cannot be specified for %s listeners", l.protocol)
	case len(l.actions) == 0:
		return validation("A default action must be specified")
	}
	others, err := c.ELB.DescribeListeners(ctx, &elb.DescribeListenersInput{LoadBalancerArn: l.balancer.LoadBalancerArn})
	if err != nil {
		return err
	}
	for _, o := range others.Listeners {
		if aws.ToString(o.ListenerArn) != l.arn && aws.ToInt32(o.Port) == *l.port {
			return refuse("DuplicateListener", "A listener already exists on this port for this load balancer '%s'", aws.ToString(l.balancer.LoadBalancerArn))
		}
	}
	if err := checkTLS(ctx, c, l); err != nil {
		return err
	}
	for _, a := range l.actions {
		if err := checkAction(l, a, application); err != nil {
			return err
		}
	}
	return checkTargets(ctx, c, l)
}

func joined(protocols []types.ProtocolEnum) string {
	var names []string
	for _, p := range protocols {
		names = append(names, string(p))
	}
	return strings.Join(names, ", ")
}

// checkTLS refuses unknown certificates and security policies. Those of ACM are
// the emulator's to look up when a listener is made.
func checkTLS(ctx context.Context, c *Cloud, l listener) error {
	for _, certificate := range l.certificates {
		arn := aws.ToString(certificate.CertificateArn)
		if !strings.Contains(arn, ":iam:") {
			if !strings.Contains(arn, ":acm:"+c.region+":") {
				return refuse("CertificateNotFound", "Certificate '%s' not found", arn)
			}
			continue
		}
		out, err := c.IAM.ListServerCertificates(ctx, &iam.ListServerCertificatesInput{})
		if err != nil {
			return err
		}
		found := false
		for _, known := range out.ServerCertificateMetadataList {
			found = found || aws.ToString(known.Arn) == arn
		}
		if !found {
			return refuse("CertificateNotFound", "Certificate '%s' not found", arn)
		}
	}
	if l.policy == nil {
		return nil
	}
	out, err := c.ELB.DescribeSSLPolicies(ctx, &elb.DescribeSSLPoliciesInput{Names: []string{*l.policy}})
	if err != nil || len(out.SslPolicies) == 0 {
		return refuse("SSLPolicyNotFound", "SSL policy '%s' not found", *l.policy)
	}
	return nil
}

// checkAction refuses actions that a load balancer of the type does not have,
// and a redirect that leads back to where it came from.
func checkAction(l listener, a types.Action, application bool) error {
	if !application && a.Type != types.ActionTypeEnumForward {
		return refuse("InvalidLoadBalancerAction", "The action type '%s' is not valid with network load balancer", a.Type)
	}
	if a.Type == types.ActionTypeEnumForward && len(targetsOf([]types.Action{a})) == 0 {
		return validation("A target group ARN must be specified")
	}
	redirect := a.RedirectConfig
	if a.Type != types.ActionTypeEnumRedirect {
		return nil
	}
	if redirect == nil {
		return validation("A redirect configuration must be specified")
	}
	keeps := func(value *string, same ...string) bool { return value == nil || slices.Contains(same, *value) }
	if keeps(redirect.Protocol, "#{protocol}", string(l.protocol)) && keeps(redirect.Port, "#{port}", strconv.Itoa(int(*l.port))) &&
		keeps(redirect.Host, "#{host}") && keeps(redirect.Path, "/#{path}") && keeps(redirect.Query, "#{query}") {
		return refuse("InvalidLoadBalancerAction", "The RedirectConfig must not lead to a redirect loop: change the protocol, port, host or path")
	}
	return nil
}

// forwardable says which protocols of target groups a listener forwards to.
// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html
var forwardable = map[types.ProtocolEnum][]types.ProtocolEnum{
	types.ProtocolEnumHttp:   layer7,
	types.ProtocolEnumHttps:  layer7,
	types.ProtocolEnumTcp:    {types.ProtocolEnumTcp, types.ProtocolEnumTcpUdp},
	types.ProtocolEnumTls:    {types.ProtocolEnumTls, types.ProtocolEnumTcp},
	types.ProtocolEnumUdp:    {types.ProtocolEnumUdp, types.ProtocolEnumTcpUdp},
	types.ProtocolEnumTcpUdp: {types.ProtocolEnumTcpUdp},
}

// checkTargets refuses target groups that there are not, that speak something
// else, are in another VPC or belong to another load balancer.
func checkTargets(ctx context.Context, c *Cloud, l listener) error {
	arns := targetsOf(l.actions)
	if len(arns) == 0 {
		return nil
	}
	users, err := balancersByTarget(ctx, c)
	if err != nil {
		return err
	}
	for _, arn := range arns {
		group, err := targetGroup(ctx, c, arn)
		if err != nil {
			return refuse("TargetGroupNotFound", "Target groups '%s' not found", arn)
		}
		if !contains(forwardable[l.protocol], group.Protocol) {
			return refuse("IncompatibleProtocols", "The listener and its associated target group '%s' have incompatible protocols: '%s' and '%s'", arn, l.protocol, group.Protocol)
		}
		if group.VpcId != nil && *group.VpcId != aws.ToString(l.balancer.VpcId) {
			return invalidConfiguration("The following target groups do not belong to the VPC '%s' of the load balancer: '%s'", aws.ToString(l.balancer.VpcId), arn)
		}
		for _, user := range users[arn] {
			if user != aws.ToString(l.balancer.LoadBalancerArn) {
				return refuse("TargetGroupAssociationLimit", "The following target groups cannot be associated with more than one load balancer: %s", arn)
			}
		}
	}
	return nil
}

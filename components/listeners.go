package components

import (
	"fmt"
	"strconv"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/children"
)

// sslPolicy allows TLS 1.3 and 1.2.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
const sslPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06"

// listener is a port of a load balancer.
type listener struct {
	port     int
	protocol string
	// redirect is the port that clients are sent on to; 0 is for services.
	redirect int
}

// secure says whether clients speak TLS.
func (l listener) secure() bool { return l.protocol == "HTTPS" || l.protocol == "TLS" }

// child is the name of a listener among the children of its load balancer. It
// follows from the port alone: a load balancer has one listener for each port,
// and where one takes the place of another on a port, the other has to go first.
func (l listener) child(name string) string {
	switch l.port {
	case 80:
		return children.HttpListener.Name(name)
	case 443:
		return children.HttpsListener.Name(name)
	}
	return children.Listener.Name(name, strconv.Itoa(l.port))
}

// makeListeners makes the listeners of an application load balancer. A network
// one has none until a service joins: its listeners can do nothing but forward.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html
func (b *balancer) makeListeners(ctx *pulumi.Context) error {
	if b.spec.kind == networkBalancer {
		return nil
	}
	for i, l := range b.spec.listeners {
		made, err := b.makeListener(ctx, l)
		if err != nil {
			return err
		}
		if i == 0 {
			b.main = made
		}
	}
	return nil
}

func (b *balancer) makeListener(ctx *pulumi.Context, l listener) (*lb.Listener, error) {
	child := l.child(b.name)
	opts := append(listenerOptions(), b.child())
	action := lb.ListenerDefaultActionArgs{Type: pulumi.String("fixed-response"), FixedResponse: lb.ListenerDefaultActionFixedResponseArgs{
		ContentType: pulumi.String("text/plain"), StatusCode: pulumi.String("404"),
	}}
	if l.redirect != 0 {
		action = lb.ListenerDefaultActionArgs{Type: pulumi.String("redirect"), Redirect: lb.ListenerDefaultActionRedirectArgs{
			Protocol: pulumi.String("HTTPS"), Port: pulumi.String(fmt.Sprint(l.redirect)), StatusCode: pulumi.String("HTTP_301"),
		}}
		// Nobody is sent on to a port that does not answer yet.
		opts = append(opts, pulumi.DependsOn([]pulumi.Resource{b.main}))
	}
	args := l.args(b.balancer.Arn, b.spec.certificateArn, action)
	args.Tags = b.tags(child)
	return lb.NewListener(ctx, child, args, opts...)
}

// args are those of a listener with one action.
func (l listener) args(balancerArn pulumi.StringInput, certificateArn pulumi.StringPtrInput, action lb.ListenerDefaultActionArgs) *lb.ListenerArgs {
	args := &lb.ListenerArgs{
		LoadBalancerArn: balancerArn,
		Protocol:        pulumi.String(l.protocol),
		Port:            pulumi.Int(l.port),
		DefaultActions:  lb.ListenerDefaultActionArray{action},
	}
	if l.secure() {
		args.CertificateArn, args.SslPolicy = certificateArn, pulumi.String(sslPolicy)
	}
	return args
}

// listenerOptions are those of every listener. The aws provider changes a
// protocol in place, but sends the TLS policy of the old one along, and AWS
// accepts that for no other protocol. Another listener can be made when the port
// is free.
// https://github.com/hashicorp/terraform-provider-aws/issues/1851
func listenerOptions() []pulumi.ResourceOption {
	return []pulumi.ResourceOption{pulumi.ReplaceOnChanges([]string{"protocol"}), pulumi.DeleteBeforeReplace(true)}
}

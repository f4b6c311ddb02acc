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

// targetPort is the port that target groups are made with. AWS cannot change
// it, and has no use for it: ECS registers each task with a port of its own.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
const targetPort = 80

// listener is a port of a load balancer.
type listener struct {
	port     int
	protocol string
	// redirect is the port that clients are sent on to; 0 leads to the tasks.
	redirect int
}

// secure says whether clients speak TLS.
func (l listener) secure() bool { return l.protocol == "HTTPS" || l.protocol == "TLS" }

// child is the name of a listener among the children of its load balancer. It
// follows from the port alone: a load balancer has one listener for each port,
// and where one takes the place of another on a port, the other has to go first.
func (l listener) child(name, kind string) string {
	switch {
	case kind == applicationBalancer && l.port == 80:
		return children.HttpListener.Name(name)
	case kind == applicationBalancer && l.port == 443:
		return children.HttpsListener.Name(name)
	}
	return children.Listener.Name(name, strconv.Itoa(l.port))
}

func (b *balancer) makeTarget(ctx *pulumi.Context) (err error) {
	child := children.TargetGroup.Name(b.name)
	b.target, err = lb.NewTargetGroup(ctx, child, &lb.TargetGroupArgs{
		VpcId:               b.spec.network.VpcId,
		TargetType:          pulumi.String("ip"),
		Protocol:            pulumi.String(b.spec.targetProtocol),
		Port:                pulumi.Int(targetPort),
		DeregistrationDelay: pulumi.Int(b.spec.deregistration),
		HealthCheck:         b.spec.health.input(b.spec.healthProtocol),
		Tags:                b.tags(child),
	}, b.child())
	return err
}

func (b *balancer) makeListeners(ctx *pulumi.Context) error {
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
	child := l.child(b.name, b.spec.kind)
	args := &lb.ListenerArgs{
		LoadBalancerArn: b.balancer.Arn,
		Protocol:        pulumi.String(l.protocol),
		Port:            pulumi.Int(l.port),
		Tags:            b.tags(child),
	}
	if l.secure() {
		args.CertificateArn, args.SslPolicy = b.spec.certificateArn, pulumi.String(sslPolicy)
	}
	opts := []pulumi.ResourceOption{
		b.child(),
		// The aws provider changes a protocol in place, but sends the TLS policy of
		// the old one along, and AWS accepts that for no other protocol.
		// https://github.com/hashicorp/terraform-provider-aws/issues/1851
		pulumi.ReplaceOnChanges([]string{"protocol"}),
		pulumi.DeleteBeforeReplace(true), // the port is taken
	}
	action := lb.ListenerDefaultActionArgs{Type: pulumi.String("forward"), TargetGroupArn: b.target.Arn}
	if l.redirect != 0 {
		action = lb.ListenerDefaultActionArgs{Type: pulumi.String("redirect"), Redirect: lb.ListenerDefaultActionRedirectArgs{
			Protocol: pulumi.String("HTTPS"), Port: pulumi.String(fmt.Sprint(l.redirect)), StatusCode: pulumi.String("HTTP_301"),
		}}
		// Nobody is sent on to a port that does not answer yet.
		opts = append(opts, pulumi.DependsOn([]pulumi.Resource{b.main}))
	}
	args.DefaultActions = lb.ListenerDefaultActionArray{action}
	return lb.NewListener(ctx, child, args, opts...)
}

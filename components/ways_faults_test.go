package components

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const anyCluster = "arn:aws:ecs:us-east-1:123456789012:cluster/prod"

// apiBefore is an API before a load balancer.
func apiBefore(balancer func(*pulumi.Context, NetworkInput) (IngressInput, error), edit func(*ApiIngressArgs)) pulumi.RunFunc {
	return withVpc(nil, func(ctx *pulumi.Context, n NetworkInput) error {
		in, err := balancer(ctx, n)
		if err != nil {
			return err
		}
		args := &ApiIngressArgs{Network: n, LoadBalancer: in}
		if edit != nil {
			edit(args)
		}
		_, err = NewApiIngress(ctx, "api", args)
		return err
	})
}

func apiWith(name string, edit func(*ApiIngressArgs)) pulumi.RunFunc {
	return withVpc(nil, func(ctx *pulumi.Context, n NetworkInput) error {
		args := &ApiIngressArgs{Network: n}
		edit(args)
		_, err := NewApiIngress(ctx, name, args)
		return err
	})
}

func webNamed(name string) pulumi.RunFunc {
	return withVpc(nil, func(ctx *pulumi.Context, n NetworkInput) error {
		_, err := NewApplicationIngress(ctx, name, &ApplicationIngressArgs{Network: n})
		return err
	})
}

func web(ctx *pulumi.Context, n NetworkInput) (IngressInput, error) {
	return NewApplicationIngress(ctx, "web", &ApplicationIngressArgs{Network: n})
}

func secureWeb(ctx *pulumi.Context, n NetworkInput) (IngressInput, error) {
	return NewApplicationIngress(ctx, "web", &ApplicationIngressArgs{Network: n, CertificateArn: pulumi.String(mockCertificate)})
}

func secureNetwork(ctx *pulumi.Context, n NetworkInput) (IngressInput, error) {
	return NewNetworkIngress(ctx, "web", &NetworkIngressArgs{Network: n, CertificateArn: pulumi.String(mockCertificate)})
}

func udp(ctx *pulumi.Context, n NetworkInput) (IngressInput, error) {
	return NewNetworkIngress(ctx, "game", &NetworkIngressArgs{Network: n, Protocol: ptr(NetworkProtocolUdp)})
}

func plainNetwork(ctx *pulumi.Context, n NetworkInput) (IngressInput, error) {
	return NewNetworkIngress(ctx, "web", &NetworkIngressArgs{Network: n})
}

func viaApi(ctx *pulumi.Context, n NetworkInput) (IngressInput, error) {
	return NewApiIngress(ctx, "api", &ApiIngressArgs{Network: n})
}

func listenerOf(a *ApiIngressArgs) { a.ListenerArn = pulumi.String(mockListener) }

const mockListener = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/net/web-lb/1/1"

func targetArgs(a *FargatePrivateServiceArgs) {
	a.HealthCheck, a.DeregistrationDelaySeconds = &HealthCheckArgs{}, ptr(10)
}

// joinedAs is a service behind an ingress in an isolated network.
func joinedAs(name string, ingress func(*pulumi.Context, NetworkInput) (IngressInput, error), edit func(*FargatePrivateServiceArgs)) pulumi.RunFunc {
	return withVpc(nil, func(ctx *pulumi.Context, n NetworkInput) error {
		in, err := ingress(ctx, n)
		if err != nil {
			return err
		}
		return joinService(ctx, name, n, in, edit)
	})
}

func joinService(ctx *pulumi.Context, name string, n NetworkInput, in IngressInput, edit func(*FargatePrivateServiceArgs)) error {
	args := &FargatePrivateServiceArgs{
		Network: n, Ingress: in, ContainerPort: ptr(8080), ClusterArn: pulumi.String(anyCluster), Image: pulumi.String(mockImage),
	}
	if edit != nil {
		edit(args)
	}
	_, err := NewFargatePrivateService(ctx, name, args)
	return err
}

// twoBehind is two services that both take all requests of one ingress.
func twoBehind(ingress func(*pulumi.Context, NetworkInput) (IngressInput, error)) pulumi.RunFunc {
	return withVpc(nil, func(ctx *pulumi.Context, n NetworkInput) error {
		in, err := ingress(ctx, n)
		if err != nil {
			return err
		}
		if err := joinService(ctx, "one", n, in, nil); err != nil {
			return err
		}
		return joinService(ctx, "two", n, in, nil)
	})
}

func TestFaultsOfWaysIn(t *testing.T) {
	t.Parallel()
	serverName := func(a *ApiIngressArgs) { a.ServerNameToVerify = pulumi.String("web.example.com") }
	checkFaults(t, map[string]faulty{
		"API before HTTPS": {apiBefore(secureWeb, nil), []string{"serverNameToVerify: is required", "HTTPS", `such as "web.example.com"`}},
		"API before TLS":   {apiBefore(secureNetwork, nil), []string{"serverNameToVerify: is required", "TLS", "listenerArn: is required"}},
		"API before TCP, and before a listener that is none": {apiBefore(plainNetwork, func(a *ApiIngressArgs) { a.ListenerArn = pulumi.String("arn:aws:ecs:us-east-1:123456789012:cluster/x") }),
			[]string{`listenerArn: "arn:aws:ecs:us-east-1:123456789012:cluster/x"`}},
		"API before HTTP with a listener":             {apiBefore(web, listenerOf), []string{"listenerArn: is given, but an ApplicationIngress has a listener of its own"}},
		"API without a load balancer with a listener": {apiWith("api", listenerOf), []string{"listenerArn: needs a loadBalancer"}},
		"API before UDP":                              {apiBefore(udp, nil), []string{"loadBalancer: takes UDP"}},
		"API before HTTP with a name to verify": {apiBefore(web, serverName),
			[]string{"serverNameToVerify: is given, but the loadBalancer takes HTTP without TLS"}},
		"API without a load balancer with a name to verify": {apiWith("api", serverName), []string{"serverNameToVerify: needs a loadBalancer"}},
		"API with an empty name to verify": {apiBefore(secureWeb, func(a *ApiIngressArgs) { a.ServerNameToVerify = pulumi.String("") }),
			[]string{"serverNameToVerify: does not have 1 to 512 characters"}},
		"API before an API": {apiBefore(func(ctx *pulumi.Context, n NetworkInput) (IngressInput, error) {
			return NewApiIngress(ctx, "other", &ApiIngressArgs{Network: n})
		}, nil), []string{"loadBalancer: is not a load balancer"}},
		"API with a rate alone": {apiWith("api", func(a *ApiIngressArgs) { a.ThrottlingRateLimit = ptr(50.0) }),
			[]string{"throttlingBurstLimit: is required with throttlingRateLimit"}},
		"API with a burst alone": {apiWith("api", func(a *ApiIngressArgs) { a.ThrottlingBurstLimit = ptr(50) }),
			[]string{"throttlingRateLimit: is required with throttlingBurstLimit"}},
		"API that answers nobody": {apiWith("api", func(a *ApiIngressArgs) { a.ThrottlingRateLimit, a.ThrottlingBurstLimit = ptr(0.0), ptr(0) }),
			[]string{"throttlingRateLimit: 0 is not above 0", "throttlingBurstLimit: 0 is not in the range"}},
		"link without subnets": {apiWith("api", func(a *ApiIngressArgs) { a.LinkSubnetIds = pulumi.StringArray{} }),
			[]string{"linkSubnetIds: is empty"}},
		"namespace with a long label": {apiWith("api", func(a *ApiIngressArgs) { a.NamespaceName = ptr(strings.Repeat("a", 64) + ".internal") }),
			[]string{"is not a DNS name"}},
		"namespace with an empty label":           {apiWith("api", func(a *ApiIngressArgs) { a.NamespaceName = ptr("apps..internal") }), []string{"is not a DNS name"}},
		"service behind an API, with a dot":       {joinedAs("my.web", viaApi, nil), []string{`name: "my.web" has "." in it`, "Cloud Map service"}},
		"service behind an API, with a long name": {joinedAs(strings.Repeat("a", 43), viaApi, nil), []string{"is longer than the 42 characters", "Cloud Map service"}},
		"API named like a group":                  {apiWith("sg-api", func(*ApiIngressArgs) {}), []string{`name: "sg-api" begins with "sg-"`}},
		"balancer with a dot":                     {webNamed("my.app"), []string{`name: "my.app"`, "load balancer"}},
		"balancer with an underscore":             {webNamed("my_app"), []string{`name: "my_app"`, "load balancer"}},
		"balancer that begins with -":             {webNamed("-web"), []string{`name: "-web" begins with "-"`}},
		"balancer named internal-":                {webNamed("internal-web"), []string{`name: "internal-web" begins with "internal-"`}},
		"balancer named like a group":             {webNamed("sg-web"), []string{`name: "sg-web" begins with "sg-"`}},
		"health check": {joinedAs("sample", web, func(a *FargatePrivateServiceArgs) {
			a.HealthCheck = &HealthCheckArgs{Path: ptr("x"), IntervalSeconds: ptr(5), TimeoutSeconds: ptr(6), HealthyThreshold: ptr(1), Port: ptr(0)}
			a.DeregistrationDelaySeconds = ptr(3601)
		}), []string{`healthCheck.path: "x"`, "healthCheck.timeoutSeconds: 6 is not below intervalSeconds, 5", "healthCheck.healthyThreshold: 1", "healthCheck.port: 0 is not a port", "deregistrationDelaySeconds: 3601"}},
		"health check of UDP over HTTP": {joinedAs("sample", udp, func(a *FargatePrivateServiceArgs) {
			a.HealthCheck = &HealthCheckArgs{Path: ptr("/"), Matcher: ptr("200")}
		}),
			[]string{`healthCheck.path: "/" has no effect with a NetworkIngress`, `healthCheck.matcher: "200" has no effect with a NetworkIngress`}},
		"health check of an API": {joinedAs("sample", viaApi, targetArgs), []string{"healthCheck: has no effect with an ApiIngress", "deregistrationDelaySeconds: 10 has no effect with an ApiIngress"}},
		"health check of nobody": {serviceWith(targetArgs), []string{"healthCheck: has no effect without an ingress", "deregistrationDelaySeconds: 10 has no effect without an ingress"}},
		"service of an API before a load balancer": {joinedAs("sample", func(ctx *pulumi.Context, n NetworkInput) (IngressInput, error) {
			in, err := web(ctx, n)
			if err != nil {
				return nil, err
			}
			return NewApiIngress(ctx, "api", &ApiIngressArgs{Network: n, LoadBalancer: in})
		}, nil), []string{"ingress: is an ApiIngress that sends its requests to its loadBalancer"}},
		"two services of a load balancer": {twoBehind(web), []string{`ingress: ApplicationIngress "web" sends all its requests to "one" already`}},
		"two services of a listener":      {twoBehind(udp), []string{`ingress: NetworkIngress "game" sends all its requests to "one" already`}},
		"two services of an API":          {twoBehind(viaApi), []string{`ingress: ApiIngress "api" sends all its requests to "one" already`}},
		"grace period": {serviceWith(func(a *FargatePrivateServiceArgs) { a.HealthCheckGracePeriodSeconds = ptr(1 << 31) }),
			[]string{"healthCheckGracePeriodSeconds: 2147483648 is not in the range 0 to 2147483647"}},
		"grace period below 0": {serviceWith(func(a *FargatePrivateServiceArgs) { a.HealthCheckGracePeriodSeconds = ptr(-1) }),
			[]string{"healthCheckGracePeriodSeconds: -1 is not in the range"}},
		"another protocol than the ingress's": {withVpc(&IsolatedVpcArgs{EcsOnEc2: ptr(true)}, func(ctx *pulumi.Context, n NetworkInput) error {
			in, err := udp(ctx, n)
			if err != nil {
				return err
			}
			_, err = NewEc2Service(ctx, "sample", &Ec2ServiceArgs{
				Network: n, Ingress: in, ContainerPort: ptr(27015), PortProtocol: ptr(RuleProtocolTcp), CapacityProviderName: pulumi.String("pool"),
				ClusterArn: pulumi.String(anyCluster), Image: pulumi.String(mockImage),
			})
			return err
		}), []string{`portProtocol: "tcp" is not what the ingress sends, udp`}},
	})
}

// zonesOf is a Network that declares its zones.
func zonesOf(ctx *pulumi.Context, name string, zones ...string) (*Network, error) {
	return NewNetwork(ctx, name, &NetworkArgs{
		VpcId: pulumi.String("vpc-1"), SubnetIds: pulumi.ToStringArray([]string{"subnet-1", "subnet-2"}), PublicSubnetIds: pulumi.ToStringArray([]string{"subnet-3", "subnet-4"}),
		Egress: pulumi.String(EgressNatGateway), CidrBlock: pulumi.String("10.0.0.0/16"), AvailabilityZones: pulumi.ToStringArray(zones),
	})
}

// behindOther is a service in zones a and b, behind a load balancer in a
// network that declares others.
func behindOther(internal bool, zones ...string) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		ours, err := zonesOf(ctx, "ours", "us-east-1a", "us-east-1b")
		if err != nil {
			return err
		}
		theirs, err := zonesOf(ctx, "theirs", zones...)
		if err != nil {
			return err
		}
		in, err := NewNetworkIngress(ctx, "web", &NetworkIngressArgs{
			Network: theirs, Internal: &internal, AllowFrom: map[string]PeerArgs{"office": {CidrBlock: pulumi.String("198.51.100.0/24")}},
		})
		if err != nil {
			return err
		}
		_, err = NewFargatePrivateService(ctx, "sample", &FargatePrivateServiceArgs{
			Network: ours, Ingress: in, ContainerPort: ptr(8080), ClusterArn: pulumi.String(anyCluster), Image: pulumi.String(mockImage),
		})
		return err
	}
}

// TestServicesAreAskedTheirLoadBalancersRules: tasks in a zone where the load
// balancer is not get no requests, which is decided where both are declared and
// nowhere else.
func TestServicesAreAskedTheirLoadBalancersRules(t *testing.T) {
	t.Parallel()
	_, err := run(t, behindOther(true, "us-east-1a", "us-east-1c"), inPreview)
	if err == nil || !strings.Contains(err.Error(), "load-balancer-task-zones") || !strings.Contains(err.Error(), "ingress: tasks run in us-east-1b") {
		t.Errorf("tasks outside of the load balancer's zones pass: %v", err)
	}
	mustRun(t, behindOther(true, "us-east-1a", "us-east-1b", "us-east-1c"), inPreview)
	mustRun(t, behindOther(false, "us-east-1a", "us-east-1c"), inPreview) // nobody says where the public subnets are
}

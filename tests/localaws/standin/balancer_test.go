package standin

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/stretchr/testify/require"
)

const (
	tBalancer = "aws:lb/loadBalancer:LoadBalancer"
	tTargets  = "aws:lb/targetGroup:TargetGroup"
	tListener = "aws:lb/listener:Listener"
	tRule     = "aws:lb/listenerRule:ListenerRule"
)

// uploaded is a certificate that listeners can use, kept by IAM.
func uploaded(p *provider, name string) string {
	p.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(p.t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(p.t, err)
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(p.t, err)
	text := func(kind string, der []byte) *string {
		return aws.String(string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})))
	}
	out, err := p.cloud.Raw().IAM.UploadServerCertificate(p.t.Context(), &iam.UploadServerCertificateInput{
		ServerCertificateName: &name, CertificateBody: text("CERTIFICATE", der), PrivateKey: text("PRIVATE KEY", secret),
	})
	require.NoError(p.t, err)
	return aws.ToString(out.ServerCertificateMetadata.Arn)
}

// balanced is a VPC with two load balancers inside and a target group for each.
type balanced struct {
	*vpcWorld
	application, network *res
	http, tcp            *res
}

func newBalanced(p *provider, name string) *balanced {
	p.t.Helper()
	w := &balanced{vpcWorld: newVpc(p, name)}
	w.application = p.create(tBalancer, name+"-app", w.internal("application"))
	w.network = p.create(tBalancer, name+"-net", w.internal("network"))
	w.http, w.tcp = p.create(tTargets, name+"-http", w.targets("HTTP")), p.create(tTargets, name+"-tcp", w.targets("TCP"))
	return w
}

func (w *vpcWorld) internal(kind string) props {
	return props{
		"loadBalancerType": kind, "internal": true, "subnets": []string{w.a.id, w.b.id}, "securityGroups": []string{w.group.id},
	}
}

func (w *vpcWorld) targets(protocol string) props {
	return props{"targetType": "ip", "protocol": protocol, "port": 80, "vpcId": w.vpc.id}
}

func forward(to *res) []any {
	return []any{props{"type": "forward", "targetGroupArn": to.id}}
}

// when is conditions on what a rule takes, by what they look at.
func when(conditions ...any) []any {
	var out []any
	for i := 0; i < len(conditions); i += 2 {
		out = append(out, props{conditions[i].(string): props{"values": conditions[i+1]}})
	}
	return out
}

func redirect(fields props) []any {
	all := props{"statusCode": "HTTP_301"}
	for name, value := range fields {
		all[name] = value
	}
	return []any{props{"type": "redirect", "redirect": all}}
}

func health(fields props) props {
	all := props{
		"enabled": true, "healthyThreshold": 2, "unhealthyThreshold": 2, "interval": 10, "timeout": 4, "port": "8080", "protocol": "HTTP",
		"path": "/health", "matcher": "200-299",
	}
	for name, value := range fields {
		all[name] = value
	}
	return all
}

var _ = addLives(map[string]func(p *provider) life{
	tBalancer: func(p *provider) life {
		w := newVpc(p, "app")
		third := w.subnet("c", "10.0.2.0/24", "us-east-1c")
		in := w.internal("application")
		for name, value := range (props{
			"name": "balancer-of-mine", "ipAddressType": "ipv4", "accessLogs": props{"bucket": "logs", "enabled": true, "prefix": "one"},
			"clientKeepAlive": 600, "desyncMitigationMode": "strictest", "dropInvalidHeaderFields": true, "enableDeletionProtection": true,
			"enableHttp2": false, "enableTlsVersionAndCipherSuiteHeaders": true, "enableWafFailOpen": true, "enableXffClientPort": true,
			"enableZonalShift": true, "idleTimeout": 30, "preserveHostHeader": true, "xffHeaderProcessingMode": "preserve",
			"tags": props{"Name": "one"},
		}) {
			in[name] = value
		}
		return life{
			in: in,
			edits: []edit{
				{name: "name", value: "another"},
				{name: "internal", value: false},
				{name: "loadBalancerType", value: "network"},
				{name: "subnets", value: []string{w.b.id, third.id}},
				{name: "securityGroups", value: []string{w.group.id, w.other.id}},
				{name: "ipAddressType", value: "dualstack"},
				{name: "accessLogs", value: props{"bucket": "logs", "enabled": false}},
				{name: "accessLogs", value: nil},
				{name: "clientKeepAlive", value: 700},
				{name: "desyncMitigationMode", value: "monitor"},
				{name: "dropInvalidHeaderFields", value: false},
				{name: "enableDeletionProtection", value: false},
				{name: "enableHttp2", value: nil},
				{name: "enableTlsVersionAndCipherSuiteHeaders", value: nil},
				{name: "enableWafFailOpen", value: nil},
				{name: "enableXffClientPort", value: nil},
				{name: "enableZonalShift", value: nil},
				{name: "idleTimeout", value: nil},
				{name: "preserveHostHeader", value: nil},
				{name: "xffHeaderProcessingMode", value: nil},
				{name: "tags", value: props{"Name": "two", "More": "x"}},
				{name: "tags", value: nil},
			},
		}
	},
	tTargets: func(p *provider) life {
		w := newVpc(p, "targets")
		in := w.targets("HTTP")
		for name, value := range (props{
			"name": "targets-of-mine", "protocolVersion": "HTTP1", "ipAddressType": "ipv4", "healthCheck": health(nil), "deregistrationDelay": 10,
			"loadBalancingAlgorithmType": "least_outstanding_requests", "loadBalancingCrossZoneEnabled": "true", "slowStart": 30,
			"tags": props{"Name": "one"},
		}) {
			in[name] = value
		}
		return life{
			in: in,
			edits: []edit{
				{name: "name", value: "another"},
				{name: "port", value: 81},
				{name: "protocol", value: "HTTPS"},
				{name: "protocolVersion", value: "GRPC"},
				{name: "targetType", value: "instance"},
				{name: "vpcId", value: "vpc-0"},
				{name: "ipAddressType", value: "ipv6"},
				{name: "healthCheck", value: health(props{
					"healthyThreshold": 3, "unhealthyThreshold": 4, "interval": 20, "timeout": 5, "port": "traffic-port", "protocol": "HTTPS",
					"path": "/other", "matcher": "200",
				})},
				{name: "healthCheck", value: props{"path": "/"}},
				{name: "deregistrationDelay", value: nil},
				{name: "loadBalancingAlgorithmType", value: "round_robin"},
				{name: "loadBalancingCrossZoneEnabled", value: "false"},
				{name: "slowStart", value: nil},
				{name: "tags", value: props{"Name": "two"}},
			},
		}
	},
	tListener: func(p *provider) life {
		w := newBalanced(p, "listener")
		one, two := uploaded(p, "listener-one"), uploaded(p, "listener-two")
		second := p.create(tTargets, "listener-second", w.targets("HTTP"))
		split := props{"type": "forward", "forward": props{"targetGroups": []any{props{"arn": w.http.id, "weight": 2}, props{"arn": second.id}}}}
		return life{
			in: props{
				"loadBalancerArn": w.application.id, "port": 443, "protocol": "HTTPS", "certificateArn": one,
				"sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06", "defaultActions": forward(w.http), "tags": props{"Name": "one"},
			},
			edits: []edit{
				{name: "loadBalancerArn", value: w.network.id},
				{name: "port", value: 8443},
				{name: "certificateArn", value: two},
				{name: "sslPolicy", value: "ELBSecurityPolicy-2016-08"},
				{name: "defaultActions", value: forward(second)},
				{name: "defaultActions", value: []any{split}},
				{name: "defaultActions", value: []any{props{"type": "fixed-response", "fixedResponse": props{
					"contentType": "text/plain", "messageBody": "none", "statusCode": "404",
				}}}},
				{name: "protocol", value: "HTTP", with: props{"certificateArn": nil, "sslPolicy": nil}, refused: "An SSL policy cannot be specified for HTTP listeners"},
				{name: "defaultActions", value: redirect(props{"protocol": "HTTPS", "port": "443"})},
				{name: "tags", value: props{"Name": "two"}},
			},
		}
	},
	tRule: func(p *provider) life {
		w := newBalanced(p, "rule")
		second := p.create(tTargets, "rule-second", w.targets("HTTP"))
		listener := p.create(tListener, "rule", props{"loadBalancerArn": w.application.id, "port": 80, "protocol": "HTTP", "defaultActions": redirect(props{"port": "443"})})
		split := props{"type": "forward", "forward": props{"targetGroups": []any{props{"arn": w.http.id, "weight": 2}, props{"arn": second.id}}}}
		return life{
			in: props{
				"listenerArn": listener.id, "priority": 50000, "actions": forward(w.http), "conditions": when("pathPattern", []string{"/*"}), "tags": props{"Name": "one"},
			},
			edits: []edit{
				{name: "listenerArn", value: listener.id + "0"},
				{name: "priority", value: 7},
				{name: "actions", value: forward(second)},
				{name: "actions", value: []any{split}},
				{name: "actions", value: redirect(props{"host": "example.com", "path": "/", "protocol": "HTTPS", "port": "443", "query": "a"})},
				{name: "actions", value: []any{props{"type": "fixed-response", "fixedResponse": props{
					"contentType": "text/plain", "messageBody": "none", "statusCode": "404",
				}}}},
				{name: "conditions", value: when("hostHeader", []string{"example.com"}, "httpRequestMethod", []string{"GET"}, "sourceIp", []string{"192.0.2.0/24"})},
				{name: "conditions", value: []any{
					props{"httpHeader": props{"httpHeaderName": "X-A", "values": []string{"b"}}}, props{"queryStrings": []any{props{"key": "a", "value": "b"}}},
				}},
				{name: "tags", value: props{"Name": "two"}},
			},
		}
	},
})

var _ = addMoreLives(map[string]func(p *provider) (string, life){
	"target group with a prefix": func(p *provider) (string, life) {
		w := newVpc(p, "prefixed")
		return tTargets, life{in: w.targets("HTTP").with("namePrefix", "web-"), edits: []edit{{name: "namePrefix", value: "api-"}}}
	},
	"network load balancer": func(p *provider) (string, life) {
		w := newPublic(p, "net")
		in := w.internal("network")
		in["internal"], in["subnets"], in["dnsRecordClientRoutingPolicy"] = false, []string{w.a.id}, "availability_zone_affinity"
		in["enableCrossZoneLoadBalancing"] = true
		p.create(tAssociation, "net-b", props{"subnetId": w.b.id, "routeTableId": w.tableA.id})
		return tBalancer, life{
			in: in,
			edits: []edit{
				{name: "subnets", value: []string{w.a.id, w.b.id}},
				{name: "subnets", value: []string{w.b.id}, replaces: true},
				{name: "dnsRecordClientRoutingPolicy", value: nil},
				{name: "enableCrossZoneLoadBalancing", value: nil},
				{name: "securityGroups", value: []string{w.other.id}},
			},
		}
	},
	"target group of a network load balancer": func(p *provider) (string, life) {
		w := newVpc(p, "net-targets")
		return tTargets, life{
			in: w.targets("TCP").with("connectionTermination", true).with("preserveClientIp", "true").with("proxyProtocolV2", true),
			edits: []edit{
				{name: "healthCheck", value: health(nil)},
				{name: "connectionTermination", value: false},
				{name: "preserveClientIp", value: "false"},
				{name: "proxyProtocolV2", value: nil},
			},
		}
	},
	"listener of a network load balancer": func(p *provider) (string, life) {
		w := newBalanced(p, "net-listener")
		one, two := uploaded(p, "net-listener-one"), uploaded(p, "net-listener-two")
		return tListener, life{
			in: props{
				"loadBalancerArn": w.network.id, "port": 443, "protocol": "TLS", "certificateArn": one, "alpnPolicy": "HTTP2Only",
				"defaultActions": forward(w.tcp),
			},
			edits: []edit{
				{name: "certificateArn", value: two},
				{name: "alpnPolicy", value: "HTTP1Only"},
				{name: "protocol", value: "TCP", with: props{"certificateArn": nil}, refused: "An SSL policy cannot be specified for TCP listeners"},
			},
		}
	},
	"listener without TLS": func(p *provider) (string, life) {
		w := newBalanced(p, "tcp-listener")
		both, udp := p.create(tTargets, "tcp-listener-both", w.targets("TCP_UDP")), p.create(tTargets, "tcp-listener-udp", w.targets("UDP"))
		return tListener, life{
			in: props{"loadBalancerArn": w.network.id, "port": 443, "protocol": "TCP", "defaultActions": forward(w.tcp)},
			edits: []edit{
				{name: "tcpIdleTimeoutSeconds", value: 600},
				{name: "protocol", value: "TCP_UDP", with: props{"defaultActions": forward(both), "tcpIdleTimeoutSeconds": nil}},
				{name: "protocol", value: "UDP", with: props{"defaultActions": forward(udp)}},
			},
		}
	},
})

func TestNetworkLoadBalancersAreMadeAnewForLess(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newBalanced(p, "less")
	in := w.internal("network")
	third := w.subnet("c", "10.0.2.0/24", "us-east-1c")
	require.Empty(t, w.network.diff(in.with("subnets", []string{w.b.id, third.id, w.a.id})).GetReplaces(), "one more is added")
	require.NotEmpty(t, w.network.diff(in.with("subnets", []string{w.a.id, third.id})).GetReplaces())
	require.Empty(t, w.network.diff(in.with("securityGroups", []string{w.other.id})).GetReplaces())

	bare := p.create(tBalancer, "bare", in.with("securityGroups", nil))
	require.NotEmpty(t, bare.diff(in).GetReplaces(), "the first group")
	require.Empty(t, bare.diff(in.with("securityGroups", nil).with("tags", props{"a": "b"})).GetReplaces())

	application := w.internal("application")
	require.Empty(t, w.application.diff(application.with("subnets", []string{w.a.id, third.id})).GetReplaces())
}

func TestLoadBalancersRefused(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w, foreign, public := newVpc(p, "lb"), newVpc(p, "lb-foreign"), newPublic(p, "lb-public")
	again, small := w.subnet("a2", "10.0.2.0/24", "us-east-1a"), w.subnet("c", "10.0.3.0/28", "us-east-1c")
	app, net := w.internal("application"), w.internal("network")
	p.create(tBalancer, "taken", app.with("name", "taken"))
	refusals := map[string]refusal{
		"one zone":               {tBalancer, app.with("subnets", []string{w.a.id}), "ValidationError", "At least two subnets in two different Availability Zones must be specified"},
		"two subnets of a zone":  {tBalancer, app.with("subnets", []string{w.a.id, again.id}), "InvalidConfigurationRequest", "same Availability Zone"},
		"the same in an NLB":     {tBalancer, net.with("subnets", []string{w.a.id, again.id}), "InvalidConfigurationRequest", "same Availability Zone"},
		"subnets of two VPCs":    {tBalancer, app.with("subnets", []string{w.a.id, foreign.b.id}), "InvalidConfigurationRequest", "same VPC"},
		"a small subnet":         {tBalancer, app.with("subnets", []string{w.a.id, small.id}), "InvalidSubnet", "Not enough IP space"},
		"an unknown subnet":      {tBalancer, app.with("subnets", []string{w.a.id, "subnet-0"}), "SubnetNotFound", "subnet-0"},
		"no subnet":              {tBalancer, net.with("subnets", nil), "ValidationError", "At least one subnet"},
		"an unknown group":       {tBalancer, app.with("securityGroups", []string{"sg-0"}), "InvalidSecurityGroup", "sg-0"},
		"a group of another VPC": {tBalancer, app.with("securityGroups", []string{foreign.group.id}), "InvalidConfigurationRequest", foreign.group.id},
		"no internet gateway":    {tBalancer, app.with("internal", false), "InvalidSubnet", "has no internet gateway"},
		"no route to it": {
			tBalancer, public.internal("network").with("internal", false).with("subnets", []string{public.b.id}), "InvalidSubnet", "has no route",
		},
		"a name that is taken": {tBalancer, net.with("name", "taken"), "DuplicateLoadBalancerName", "taken"},
		"a name of AWS's":      {tBalancer, net.with("name", "internal-x"), "ValidationError", "internal-"},
		"a bad name":           {tBalancer, net.with("name", "under_score"), "ValidationError", "alphanumeric"},
		"a port of a target":   {tTargets, w.targets("HTTP").with("port", 65536), "ValidationError", "65536"},
		"no health check":      {tTargets, w.targets("HTTP").with("healthCheck", health(props{"enabled": false})), "ValidationError", "Health check enabled"},
		"a slow health check":  {tTargets, w.targets("HTTP").with("healthCheck", health(props{"interval": 5, "timeout": 5})), "ValidationError", "smaller than the interval"},
		"an odd health check":  {tTargets, w.targets("HTTP").with("healthCheck", health(props{"interval": 1})), "ValidationError", "interval '1'"},
		"a TCP health check":   {tTargets, w.targets("HTTP").with("healthCheck", props{"protocol": "TCP"}), "ValidationError", "not supported"},
		"no VPC":               {tTargets, w.targets("HTTP").with("vpcId", nil), "ValidationError", "VPC"},
	}
	for _, r := range refusals {
		if r.in["name"] == nil {
			r.in["name"] = "refused" // one made up from the test's is too long
		}
	}
	runRefusals(t, p, refusals)
}

func TestListenersRefused(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w, foreign := newBalanced(p, "ls"), newVpc(p, "ls-foreign")
	far := p.create(tTargets, "ls-far", foreign.targets("HTTP"))
	other := p.create(tBalancer, "ls-other", w.internal("application"))
	http := props{"loadBalancerArn": w.application.id, "port": 80, "protocol": "HTTP", "defaultActions": forward(w.http)}
	tcp := props{"loadBalancerArn": w.network.id, "port": 80, "protocol": "TCP", "defaultActions": forward(w.tcp)}
	https := http.with("protocol", "HTTPS").with("port", 443)
	p.create(tListener, "ls", http)
	certificate := uploaded(p, "ls")
	runRefusals(t, p, map[string]refusal{
		"a port twice":               {tListener, http, "DuplicateListener", "already exists on this port"},
		"a port beyond":              {tListener, http.with("port", 65536), "ValidationError", "65536"},
		"no port":                    {tListener, http.with("port", nil), "ValidationError", "port must be specified"},
		"TCP at an ALB":              {tListener, http.with("protocol", "TCP").with("port", 81), "ValidationError", "Listener protocol 'TCP' must be one of 'HTTP, HTTPS'"},
		"HTTP at an NLB":             {tListener, tcp.with("protocol", "HTTP"), "ValidationError", "Listener protocol 'HTTP' must be one of 'TLS, TCP, TCP_UDP, UDP'"},
		"no certificate":             {tListener, https, "ValidationError", "A certificate must be specified for HTTPS listeners"},
		"an unknown certificate":     {tListener, https.with("certificateArn", certificate+"x"), "CertificateNotFound", "not found"},
		"an unknown one of ACM":      {tListener, https.with("certificateArn", "arn:aws:acm:us-east-1:123456789012:certificate/0"), "CertificateNotFound", ""},
		"one of another region":      {tListener, https.with("certificateArn", "arn:aws:acm:eu-west-1:123456789012:certificate/0"), "CertificateNotFound", "eu-west-1"},
		"a certificate without TLS":  {tListener, http.with("port", 81).with("certificateArn", certificate), "ValidationError", "cannot be specified"},
		"an unknown policy":          {tListener, https.with("certificateArn", certificate).with("sslPolicy", "mine"), "SSLPolicyNotFound", "mine"},
		"another protocol of target": {tListener, tcp.with("defaultActions", forward(w.http)), "IncompatibleProtocols", w.http.id},
		"a target of another VPC":    {tListener, http.with("port", 81).with("defaultActions", forward(far)), "InvalidConfigurationRequest", far.id},
		"a target of another ALB":    {tListener, http.with("loadBalancerArn", other.id), "TargetGroupAssociationLimit", w.http.id},
		"an unknown target":          {tListener, http.with("port", 81).with("defaultActions", []any{props{"type": "forward", "targetGroupArn": w.http.id + "0"}}), "TargetGroupNotFound", ""},
		"no target":                  {tListener, http.with("port", 81).with("defaultActions", []any{props{"type": "forward"}}), "ValidationError", "target group"},
		"a redirect at an NLB":       {tListener, tcp.with("defaultActions", redirect(props{"port": "81"})), "InvalidLoadBalancerAction", "redirect"},
		"a redirect to itself":       {tListener, http.with("port", 81).with("defaultActions", redirect(nil)), "InvalidLoadBalancerAction", "loop"},
		"an unknown balancer":        {tListener, http.with("loadBalancerArn", w.application.id+"0"), "LoadBalancerNotFound", ""},
	})
}

func TestListenerRulesRefused(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newBalanced(p, "lr")
	other := p.create(tBalancer, "lr-other", w.internal("application"))
	nothing := []any{props{"type": "fixed-response", "fixedResponse": props{"contentType": "text/plain", "statusCode": "404"}}}
	listener := p.create(tListener, "lr", props{"loadBalancerArn": w.application.id, "port": 80, "protocol": "HTTP", "defaultActions": nothing})
	elsewhere := p.create(tListener, "lr-other", props{"loadBalancerArn": other.id, "port": 80, "protocol": "HTTP", "defaultActions": nothing})
	below := p.create(tListener, "lr-net", props{"loadBalancerArn": w.network.id, "port": 80, "protocol": "TCP", "defaultActions": forward(w.tcp)})
	in := props{"listenerArn": listener.id, "priority": 50000, "actions": forward(w.http), "conditions": when("pathPattern", []string{"/*"})}
	rule := p.create(tRule, "lr", in)
	requireRefused(t, w.http.tryDelete(), "ResourceInUse", "in use")
	runRefusals(t, p, map[string]refusal{
		"a priority twice":                         {tRule, in, "PriorityInUse", "50000"},
		"a priority beyond":                        {tRule, in.with("priority", 50001), "", "50001"},
		"a rule of an NLB":                         {tRule, in.with("listenerArn", below.id), "InvalidConfigurationRequest", "network"},
		"a target of another ALB":                  {tRule, in.with("listenerArn", elsewhere.id), "TargetGroupAssociationLimit", w.http.id},
		"another protocol of target":               {tRule, in.with("priority", 1).with("actions", forward(w.tcp)), "IncompatibleProtocols", w.tcp.id},
		"many values":                              {tRule, in.with("priority", 1).with("conditions", when("pathPattern", []string{"/1", "/2", "/3", "/4", "/5", "/6"})), "ValidationError", "'5' condition values"},
		"a condition without a value":              {tRule, in.with("priority", 1).with("conditions", []any{props{}}), "", "condition"},
		"an unknown listener":                      {tRule, in.with("listenerArn", listener.id+"0"), "ListenerNotFound", ""},
		"a target that a rule leads to, of an ALB": {tListener, props{"loadBalancerArn": other.id, "port": 81, "protocol": "HTTP", "defaultActions": forward(w.http)}, "TargetGroupAssociationLimit", w.http.id},
	})
	next := p.create(tRule, "lr-next", in.with("priority", 1).with("conditions", when("hostHeader", []string{"a.example.com"})))
	requireRefused(t, next.tryUpdate(in.with("priority", 50000).with("conditions", when("hostHeader", []string{"a.example.com"}))), "PriorityInUse", "50000")
	next.delete()
	for i := range 99 {
		p.create(tRule, fmt.Sprint("lr-", i), in.with("priority", i+1))
	}
	runRefusals(t, p, map[string]refusal{"the rule beyond 100": {tRule, in.with("priority", 100), "TooManyRules", w.application.id}})
	rule.delete()
}

func TestLoadBalancersHoldWhatTheyUse(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newPublic(p, "hold")
	p.create(tAssociation, "hold-b", props{"subnetId": w.b.id, "routeTableId": w.tableA.id})
	balancer := p.create(tBalancer, "hold", w.internal("application").with("internal", false).with("securityGroups", nil))
	require.Equal(t, []string{w.vpc.out("defaultSecurityGroupId")}, balancer.outputs().strs("securityGroups"), "without a group it has the VPC's default")
	balancer.update(w.internal("application").with("internal", false).with("enableDeletionProtection", true))
	targets := p.create(tTargets, "hold", w.targets("HTTP"))
	require.Empty(t, targets.outputs().strs("loadBalancerArns"))
	in := props{"loadBalancerArn": balancer.id, "port": 80, "protocol": "HTTP", "defaultActions": forward(targets)}
	listener := p.create(tListener, "hold", in)
	require.Equal(t, []string{balancer.id}, unwire(t, targets.read().GetProperties()).strs("loadBalancerArns"))

	requireRefused(t, targets.tryDelete(), "ResourceInUse", "in use")
	requireRefused(t, balancer.tryDelete(), "OperationNotPermitted", "deletion protection")
	requireRefused(t, w.group.tryDelete(), "DependencyViolation", w.group.id)
	requireRefused(t, w.b.tryDelete(), "DependencyViolation", "dependencies")
	requireRefused(t, w.gateway.tryDelete(), "DependencyViolation", "mapped public address")
	requireRefused(t, balancer.tryUpdate(w.internal("application").with("internal", false).with("subnets", []string{w.a.id})), "ValidationError", "two different Availability Zones")

	second := p.create(tTargets, "hold-2", w.targets("HTTP"))
	listener.update(in.with("defaultActions", forward(second)))
	require.Empty(t, unwire(t, targets.read().GetProperties()).strs("loadBalancerArns"), "a listener that turned away holds it no more")
	targets.delete()
	balancer.update(w.internal("application").with("internal", false))
	balancer.delete()
	require.Empty(t, listener.read().GetId(), "the listeners go with their load balancer")
	listener.delete()
	second.delete()
	w.group.delete()
}

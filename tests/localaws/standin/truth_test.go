package standin

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/autoscaling"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/require"
)

// What the official provider does that is not what one would expect, each as
// its source says.

// last returns the last request of an operation that was made for a resource.
func (r *res) last(operation string) map[string]any {
	r.p.t.Helper()
	var in map[string]any
	for _, request := range r.p.requests(r.urn) {
		if request.Operation == operation {
			in = request.Input
		}
	}
	require.NotNil(r.p.t, in, "no %s was sent", operation)
	return in
}

func TestStageWithoutLimitsIsDead(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	api := p.create(tAPI, "dead", props{"protocolType": "HTTP"})
	in := props{"apiId": api.id, "name": "$default", "autoDeploy": true}
	metrics := props{"detailedMetricsEnabled": true}
	_, err := p.try(tStage, "dead", in.with("defaultRouteSettings", metrics))
	requireRefused(t, err, "TooManyRequestsException", "answer every request with 429")
	_, err = p.try(tStage, "half", in.with("defaultRouteSettings", metrics.with("throttlingBurstLimit", 1)))
	requireRefused(t, err, "TooManyRequestsException", "throttlingRateLimit is 0")
	stage := p.create(tStage, "alive", in.with("defaultRouteSettings", metrics.with("throttlingBurstLimit", 1).with("throttlingRateLimit", 0.5)))
	require.Equal(t, map[string]any{"DetailedMetricsEnabled": true, "ThrottlingBurstLimit": 1.0, "ThrottlingRateLimit": 0.5}, stage.last("CreateStage")["DefaultRouteSettings"])
	p.create(tStage, "plain", in.with("name", "plain"))
}

func TestVpcSendsOnlyWhatAWSMadeOtherwise(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	vpc := p.create(tVpc, "sends", props{"cidrBlock": "10.0.0.0/16", "enableDnsSupport": true, "enableDnsHostnames": true})
	var sent []string
	for _, r := range p.requests(vpc.urn) {
		if r.Operation == "ModifyVpcAttribute" {
			sent = append(sent, sortedKeys(r.Input)...)
		}
	}
	require.Equal(t, []string{"EnableDnsHostnames", "VpcId"}, sent)
}

func TestBalancersHaveOnlyTheAttributesOfTheirKind(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newVpc(p, "kinds")
	in := w.internal("network").with("idleTimeout", 30)
	network := p.create(tBalancer, "kinds", in)
	require.False(t, network.outputs().has("idleTimeout"), "though the program gives one")
	require.Empty(t, names(network.diff(in.with("idleTimeout", 40))))
	require.Equal(t, []string{"dnsRecordClientRoutingPolicy"}, names(network.diff(in.with("dnsRecordClientRoutingPolicy", "availability_zone_affinity"))))
	in = w.internal("application")
	application := p.create(tBalancer, "others", in)
	require.False(t, application.outputs().has("dnsRecordClientRoutingPolicy"))
	require.True(t, application.outputs().boolean("enableCrossZoneLoadBalancing"), "it always is")
	require.Empty(t, names(application.diff(in.with("dnsRecordClientRoutingPolicy", "availability_zone_affinity").with("enableCrossZoneLoadBalancing", true))))
	require.Equal(t, []string{"idleTimeout"}, names(application.diff(in.with("idleTimeout", 40))))
	application.requireSettled()
}

func TestListenerSendsWhatItHas(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newBalanced(p, "sends")
	certificate := uploaded(p, "sends")
	tls := props{"loadBalancerArn": w.network.id, "port": 443, "protocol": "TLS", "certificateArn": certificate, "alpnPolicy": "HTTP2Only", "defaultActions": forward(w.tcp)}
	listener := p.create(tListener, "sends", tls)
	policy := listener.out("sslPolicy")
	listener.update(tls.with("port", 444).with("alpnPolicy", nil))
	sent := listener.last("ModifyListener")
	require.Equal(t, policy, sent["SslPolicy"], "what AWS chose goes along")
	require.Equal(t, []any{map[string]any{"CertificateArn": certificate}}, sent["Certificates"])
	require.Equal(t, "TLS", sent["Protocol"])
	require.NotContains(t, sent, "AlpnPolicy")
	require.NotContains(t, sent, "DefaultActions")
	require.Equal(t, "HTTP2Only", listener.out("alpnPolicy"), "it stays")
	requireRefused(t, listener.tryUpdate(props{"loadBalancerArn": w.network.id, "port": 444, "protocol": "TCP", "defaultActions": forward(w.tcp)}),
		"ValidationError", "An SSL policy cannot be specified for TCP listeners")
}

func TestCapacityProviderSendsNoWarmUp(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newHosts(p, "cold")
	group := p.create(tScaling, "cold", w.scaling(w.template).with("forceDelete", true))
	provider := func(scaling props) props {
		return props{"autoScalingGroupProvider": props{"autoScalingGroupArn": group.out("arn"), "managedScaling": scaling}}
	}
	r := p.create(tCapacity, "cold", provider(props{"status": "ENABLED", "targetCapacity": 90}))
	require.Equal(t, map[string]any{"InstanceWarmupPeriod": 0.0, "Status": "ENABLED", "TargetCapacity": 90.0},
		r.last("CreateCapacityProvider")["AutoScalingGroupProvider"].(map[string]any)["ManagedScaling"])
	scaling := r.outputs().object("autoScalingGroupProvider").object("managedScaling")
	require.Equal(t, int32(0), scaling.int32("instanceWarmupPeriod"))
	require.Equal(t, int32(10000), scaling.int32("maximumScalingStepSize"), "AWS's default")
	require.Equal(t, "ENABLED", r.outputs().object("autoScalingGroupProvider").str("managedDraining"), "AWS's default")
	r.requireSettled()
	// What is taken out of the program stays as it is.
	require.Empty(t, names(r.diff(provider(props{"status": "ENABLED"}))))
}

func TestScalingGroupAwaitsWhatItKnew(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newHosts(p, "stale")
	in := w.scaling(w.template).with("minSize", 0).with("maxSize", 5).with("desiredCapacity", nil).with("forceDelete", true)
	group := p.create(tScaling, "stale", in)
	require.Equal(t, int32(0), group.outputs().int32("desiredCapacity"))
	_, err := p.cloud.AutoScaling.SetDesiredCapacity(t.Context(), &autoscaling.SetDesiredCapacityInput{AutoScalingGroupName: &group.id, DesiredCapacity: aws.Int32(3)})
	require.NoError(t, err)
	require.ErrorContains(t, group.tryUpdate(in.with("minSize", 1)), "want exactly 1 healthy instance(s) in Auto Scaling Group, have 3")
	group.update(in.with("maxSize", 6)) // waits for nothing
	unhurried := in.with("waitForCapacityTimeout", "0")
	group.update(unhurried)
	group.update(unhurried.with("minSize", 2))
	group.update(in.with("minSize", 2))
	group.update(in.with("minSize", 3)) // the state knows the three now
}

func TestRefreshTriggersAreNamedAsInTerraform(t *testing.T) {
	t.Parallel()
	refresh := object(resourceMap(map[string]any{"triggers": []any{"tag", "vpc_zone_identifier", "health_check_type"}}))
	require.Equal(t, []string{"tags", "vpcZoneIdentifiers", "healthCheckType"}, refreshTriggers(refresh))
}

func TestRoleLosesPoliciesThatAReadFound(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	const policy = "arn:aws:iam::aws:policy/ReadOnlyAccess"
	for _, refreshed := range []bool{false, true} {
		role := p.create(tRole, "strangers", props{"assumeRolePolicy": trust})
		_, err := p.cloud.IAM.AttachRolePolicy(t.Context(), &iam.AttachRolePolicyInput{RoleName: &role.id, PolicyArn: aws.String(policy)})
		require.NoError(t, err)
		_, err = p.cloud.IAM.PutRolePolicy(t.Context(), &iam.PutRolePolicyInput{RoleName: &role.id, PolicyName: aws.String("own"), PolicyDocument: aws.String(grant)})
		require.NoError(t, err)
		if refreshed {
			role.state = role.read().GetProperties()
			require.Equal(t, []string{policy}, role.outputs().strs("managedPolicyArns"))
			require.Equal(t, "own", role.outputs().objects("inlinePolicies")[0].str("name"))
			role.delete()
			continue
		}
		requireRefused(t, role.tryDelete(), "DeleteConflict", "")
		role.state = role.read().GetProperties()
		role.delete()
	}
}

func TestServiceUpdates(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	v, w := newVpc(p, "quiet"), newTasks(p, "quiet")
	in := w.service(v).with("propagateTags", "SERVICE").with("tags", props{"Name": "one"})
	service := p.create(tService, "quiet", in)
	count := func() (n int) {
		for _, r := range p.requests(service.urn) {
			if r.Operation == "UpdateService" {
				n++
			}
		}
		return n
	}
	service.update(in.with("tags", props{"Name": "two"}).with("forceDelete", true))
	require.Zero(t, count(), "tags and forceDelete alone update no service")
	service.update(in.with("propagateTags", nil))
	require.NotContains(t, service.last("UpdateService"), "PropagateTags")
	require.Equal(t, "SERVICE", service.out("propagateTags"), "AWS keeps it")
	service.update(in.with("desiredCount", 0))
	before := count()
	service.delete()
	require.Equal(t, before+1, count(), "it is scaled to 0 whatever it has")
	other := p.create(tService, "other", in)
	for _, id := range []string{other.id, other.out("name")} {
		// The provider refuses the id; the bridge says that there is no such resource.
		out, err := p.Read(t.Context(), &pulumirpc.ReadRequest{Id: id, Urn: other.urn})
		require.NoError(t, err)
		require.Empty(t, out.GetId(), "an import names a service CLUSTER/SERVICE")
	}
}

func TestEmptyHealthCheckIsNotSent(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	w := newAPI(p, "unchecked")
	in := props{"healthCheckCustomConfig": props{}, "dnsConfig": props{
		"namespaceId": w.namespace.id, "dnsRecords": []any{props{"type": "A", "ttl": 10}},
	}}
	checked := p.check(tDiscovery, "without", in, nil)
	u := urnOf(tDiscovery, "without")
	out, err := p.Create(t.Context(), &pulumirpc.CreateRequest{Urn: u, Properties: checked.GetInputs()})
	require.NoError(t, err)
	r := &res{p: p, urn: u, id: out.GetId(), inputs: checked.GetInputs(), state: out.GetProperties()}
	require.NotContains(t, r.last("CreateService"), "HealthCheckCustomConfig")
	require.False(t, r.outputs().has("healthCheckCustomConfig"))
}

// TestServiceOfAStrategy: a service that has a strategy has no launch type, and
// the platform version of Fargate where that is what runs it.
func TestServiceOfAStrategy(t *testing.T) {
	t.Parallel()
	p := newProvider(t, nil)
	v, w := newVpc(p, "platform"), newTasks(p, "platform")
	p.create(tProviders, "platform", props{"clusterName": w.cluster.out("name"), "capacityProviders": []string{"FARGATE", "FARGATE_SPOT"}})
	spot := p.create(tService, "platform", w.service(v).with("launchType", nil).with("capacityProviderStrategies", []any{props{"capacityProvider": "FARGATE_SPOT", "weight": 1}}))
	require.Equal(t, "LATEST", spot.out("platformVersion"))
	require.Empty(t, spot.out("launchType"))
}

package netfacts

import (
	"reflect"
	"strings"
	"testing"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/need"
)

func TestAssumeIsCautious(t *testing.T) {
	t.Parallel()
	if got := (Network{}).Assume(); got.Egress != None || !got.Endpoints || got.AdmitsVpc || got.Parts != (Parts{}) {
		t.Errorf("of an unknown network: %+v", got)
	}
	n := Network{
		Egress: fact.Known(NatGateway), Endpoints: fact.Known(false), AdmitsVpc: fact.Known(true),
		Parts: Parts{CidrBlock: true, Subnets: true},
	}
	if got, want := n.Assume(), (Shape{n.Parts, NatGateway, false, true}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := n.Public().Assume().Egress; got != InternetGateway {
		t.Errorf("public subnets have the way out %s", got)
	}
	if n.Assume().Egress != NatGateway {
		t.Error("the network itself must stay as it is")
	}
}

func TestOutOfReach(t *testing.T) {
	t.Parallel()
	lost := Shape{Egress: None, Endpoints: true}
	for _, mend := range []func(*Shape){
		func(s *Shape) { s.Egress = NatGateway },
		func(s *Shape) { s.Endpoints = false },
		func(s *Shape) { s.EndpointGroup = true },
		func(s *Shape) { s.CidrBlock = true },
	} {
		s := lost
		if mend(&s); !lost.OutOfReach() || s.OutOfReach() {
			t.Errorf("%+v", s)
		}
	}
}

// TestOpenHidesEverySecret: no fact, whichever is added, stays behind.
func TestOpenHidesEverySecret(t *testing.T) {
	t.Parallel()
	n := Network{
		Region: fact.Secret("us-east-1"), Egress: fact.Secret(None), Zones: fact.Secret([]string{"a"}), Endpoints: fact.Secret(true),
		EndpointServices: fact.Secret([]string{"logs"}), AdmitsVpc: fact.Secret(true), EndpointZones: fact.Secret([]string{"a"}),
		S3Gateway: fact.Secret(true), S3PolicyNarrow: fact.Secret(true), DnsEnabled: fact.Secret(true),
	}
	type knows interface{ IsKnown() bool }
	closed, open := reflect.ValueOf(n), reflect.ValueOf(n.Open())
	facts := 0
	for i := range closed.NumField() {
		f, ok := closed.Field(i).Interface().(knows)
		if !ok {
			continue
		}
		facts++
		if name := closed.Type().Field(i).Name; !f.IsKnown() {
			t.Errorf("the test leaves %s out", name)
		} else if open.Field(i).Interface().(knows).IsKnown() {
			t.Errorf("%s is still known", name)
		}
	}
	if facts < 10 {
		t.Errorf("only %d facts were asked", facts)
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	n := Network{Kind: "IsolatedVpc", Name: "net", Ask: Ask{HostEndpoints: "ecsOnEc2 true"}}
	declared := Network{Kind: "Network", Name: "net", Declared: true}
	for _, c := range []struct{ got, want string }{
		{n.AddHostEndpoints("ecs"), `write ecsOnEc2 true on IsolatedVpc "net"`},
		{n.AddEndpoints("ecs", "kms"), `add "ecs" and "kms" to endpointServices of IsolatedVpc "net"`},
		{declared.AddHostEndpoints("ecs"), `make interface endpoints for ecs in the VPC, and declare them: add "ecs" to endpointServices of Network "net"`},
		{declared.Has(), `Network "net" declares`},
		{Network{}.Has(), "the network has"},
	} {
		if c.got != c.want {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
	}
}

func TestOpenings(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		shape Shape
		want  string
	}{
		{Shape{Egress: None}, ""},
		{Shape{Egress: None, Endpoints: true}, "to-block"},
		{Shape{Egress: NatGateway, Endpoints: true}, "to-internet"},
		{Shape{Egress: None, Endpoints: true, Parts: Parts{EndpointGroup: true, S3PrefixList: true}}, "to-endpoints into-endpoints to-s3"},
		{Shape{Egress: None, AdmitsVpc: true, Parts: Parts{EndpointGroup: true}}, "to-endpoints"},
		{Shape{Egress: NatGateway, Parts: Parts{EndpointGroup: true, S3PrefixList: true}}, "to-endpoints into-endpoints to-s3 to-internet"},
	} {
		var keys []string
		for _, o := range c.shape.Openings("x") {
			key := map[need.Peer]string{need.Endpoints: "to-endpoints", need.Block: "to-block", need.S3: "to-s3", need.Anywhere: "to-internet"}[o.Peer]
			if o.Into {
				key = strings.Replace(key, "to", "into", 1)
			}
			keys = append(keys, key)
			if o.For == "" {
				t.Errorf("%+v", o)
			}
		}
		if got := strings.Join(keys, " "); got != c.want {
			t.Errorf("%+v opens %q, want %q", c.shape, got, c.want)
		}
	}
}

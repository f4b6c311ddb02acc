package preflight

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/netfacts"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

// dice are the bytes of a fuzzed input, and zeroes after them.
type dice struct {
	bytes []byte
	// sure makes every fact known.
	sure bool
}

func (d *dice) roll(n int) int {
	if len(d.bytes) == 0 {
		return 0
	}
	b := d.bytes[0]
	d.bytes = d.bytes[1:]
	return int(b) % n
}

// pick is one of some values, or unknown.
func pick[T any](d *dice, values ...T) fact.Of[T] {
	i := d.roll(len(values) + 1)
	if i == len(values) {
		if d.sure {
			return fact.Known(values[0])
		}
		return fact.Unknown[T]()
	}
	return fact.Known(values[i])
}

func pickBool(d *dice) fact.Of[bool] { return pick(d, false, true) }

func pickZones(d *dice) fact.Of[[]string] {
	return pick(d, nil, []string{"us-east-1a"}, []string{"us-east-1a", "us-east-1b"}, []string{"us-east-1a", "us-east-1a"})
}

// arbitrary is any facts.
func arbitrary(d *dice, text string) facts {
	f := facts{
		netfacts.Network{
			Kind: []string{"", "Network", "IsolatedVpc"}[d.roll(3)], Name: []string{"", "net"}[d.roll(2)], Declared: d.roll(2) == 0,
			Region: pick(d, "us-east-1", "cn-north-1", "ca-west-1", text), Egress: pick(d, netfacts.None, netfacts.NatGateway, netfacts.InternetGateway, netfacts.Egress(text)),
			EndpointServices: pick(d, nil, []string{"logs"}, []string{"ecr.api", "ecr.dkr"}, []string{"com.amazonaws.eu-west-1.ecr.api"}, []string{"ecs", "ecs-agent", "ecs-telemetry", "ssm", "kms", "ssmmessages"}),
			S3Gateway:        pickBool(d), S3PolicyNarrow: pickBool(d), DnsEnabled: pickBool(d), EndpointZones: pickZones(d),
		},
		flat{
			LaunchType:  pick(d, taskplan.LaunchTypeFargate, taskplan.LaunchTypeEc2, taskplan.LaunchType(text)),
			NetworkMode: pick(d, NetworkModeAwsvpc, NetworkModeBridge, NetworkModeHost, text),
			Image:       pick(d, ourImage, "nginx", "public.ecr.aws/a/b", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/a", "123456789012.dkr-ecr.us-east-1.on.aws/a", "123456789012.dkr.ecr.us-east-1.amazonaws.com/ecr-public/a", "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/a", "registry.internal/a", text),
			LogDriver:   pick(d, "awslogs", "", "gelf", text), Secrets: map[string]fact.Of[string]{},
			EnableExecuteCommand: pickBool(d), ExecuteCommandKmsKey: pickBool(d), ExecuteCommandLog: pickBool(d), OwnTaskRole: pickBool(d),
			ServiceConnect: pickBool(d), ServiceDiscovery: pickBool(d),
			FileSystems: map[string]FileSystem{},
			Cpu:         pick(d, 256, 0, -1, 1024), MemoryMib: pick(d, 512, 0, -1, 4096), EphemeralStorageGib: pick(d, 0, 20, 21, 200, 201, -1),
		},
		Placement{PublicIp: pickBool(d), HostsElsewhere: !d.sure && d.roll(4) == 0, S3Closed: d.roll(4) == 0, Zones: pickZones(d)},
	}
	for _, name := range []string{"A", "B", text}[:d.roll(4)] {
		f.Secrets[name] = pick(d, ourSecret, parameter, "arn:aws:ssm:eu-west-1:123456789012:parameter/x", text)
		f.FileSystems[name] = FileSystem{pickBool(d), pickZones(d)}
		f.ContainerNames = append(f.ContainerNames, pick(d, "a", "b", text))
		f.Ports = append(f.Ports, Port{pick(d, 80, 0, 443, 70000), []string{"", "tcp", "udp"}[d.roll(3)]})
	}
	if d.roll(2) == 0 {
		f.LoadBalancer = &LoadBalancer{Application: pickBool(d), Zones: pickZones(d)}
	}
	return f
}

// forgetting are ways to forget one fact each.
var forgetting = []func(*facts){
	func(f *facts) { f.Region = fact.Unknown[string]() },
	func(f *facts) { f.Egress = fact.Unknown[netfacts.Egress]() },
	func(f *facts) { f.EndpointServices = fact.Unknown[[]string]() },
	func(f *facts) { f.S3Gateway = fact.Unknown[bool]() },
	func(f *facts) { f.DnsEnabled = fact.Unknown[bool]() },
	func(f *facts) { f.EndpointZones = fact.Unknown[[]string]() },
	func(f *facts) { f.LaunchType = fact.Unknown[taskplan.LaunchType]() },
	func(f *facts) { f.NetworkMode = fact.Unknown[string]() },
	func(f *facts) { f.Image = fact.Unknown[string]() },
	func(f *facts) { f.LogDriver = fact.Unknown[string]() },
	func(f *facts) { f.EnableExecuteCommand = fact.Unknown[bool]() },
	func(f *facts) { f.ExecuteCommandKmsKey = fact.Unknown[bool]() },
	func(f *facts) { f.OwnTaskRole = fact.Unknown[bool]() },
	func(f *facts) { f.ServiceConnect = fact.Unknown[bool]() },
	func(f *facts) { f.ExecuteCommandLog = fact.Unknown[bool]() },
	func(f *facts) { f.ServiceDiscovery = fact.Unknown[bool]() },
	func(f *facts) { f.S3PolicyNarrow = fact.Unknown[bool]() },
	func(f *facts) { f.Cpu = fact.Unknown[int]() },
	func(f *facts) { f.MemoryMib = fact.Unknown[int]() },
	func(f *facts) { f.EphemeralStorageGib = fact.Unknown[int]() },
	func(f *facts) { f.PublicIp = fact.Unknown[bool]() },
	func(f *facts) { f.Placement.Zones = fact.Unknown[[]string]() },
	func(f *facts) { // what is in lists
		f.Secrets, f.FileSystems = maps.Clone(f.Secrets), maps.Clone(f.FileSystems)
		for name := range f.Secrets {
			f.Secrets[name], f.FileSystems[name] = fact.Unknown[string](), FileSystem{}
		}
		if f.LoadBalancer != nil {
			f.LoadBalancer = &LoadBalancer{}
		}
		if len(f.Ports) > 0 {
			f.Ports, f.ContainerNames = slices.Clone(f.Ports), slices.Clone(f.ContainerNames)
			f.Ports[0].Number, f.ContainerNames[0] = fact.Unknown[int](), fact.Unknown[string]()
		}
	},
}

// holdPromises holds what the package promises for any facts: no panic, the
// same answer every time, findings that are whole, no finding more where a
// fact less is known, and nothing undecided where all is known.
func holdPromises(t *testing.T, bytes []byte, text string) {
	t.Helper()
	a := arbitrary(&dice{bytes: bytes}, text)
	findings, undecided := a.check()
	again, undecidedAgain := a.check()
	if diff := cmp.Diff(findings, again) + cmp.Diff(undecided, undecidedAgain); diff != "" {
		t.Errorf("another answer to the same question\n%s", diff)
	}
	if !strings.ContainsAny(text, "\r\n") {
		for _, f := range findings {
			holdWhole(t, f)
		}
	}
	for _, u := range undecided {
		if u.RuleId == "" || u.Path == "" || u.Unknown == "" {
			t.Errorf("something lacks in %+v", u)
		}
	}
	for i, forget := range forgetting {
		b := a
		forget(&b)
		fewer, _ := b.check()
		if more := subset(fewer, findings); len(more) > 0 {
			t.Errorf("forgetting fact %d finds %v in %+v", i, more, a)
		}
	}
	sure := arbitrary(&dice{bytes: bytes, sure: true}, text)
	_, undecided = sure.check()
	for _, u := range undecided {
		if u.RuleId != "image-registry" && u.RuleId != "image-region" && u.RuleId != "public-address" { // a registry that may be in the VPC, or endpoints that lead to another Region
			t.Errorf("all is known, and yet %v", u)
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add([]byte{}, "")
	f.Add([]byte{2, 1, 1, 4, 0, 3, 2, 2, 4, 0, 0, 1, 0, 1, 1, 1, 1, 0, 0, 1, 0, 0, 3, 0, 0, 1, 2, 1, 1, 1, 0, 0}, "::")
	f.Fuzz(holdPromises)
}

// TestManyFacts asks FuzzCheck's question of facts that are spread evenly.
func TestManyFacts(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	texts := []string{"", "x", "::", parameter, "a.b/c:1"}
	for i := range 1000 {
		bytes := make([]byte, 64)
		for j := range bytes {
			bytes[j] = byte(random.Uint32())
		}
		holdPromises(t, bytes, texts[i%len(texts)])
	}
}

package verify_test

import (
	"bytes"
	"flag"
	"fmt"
	"net/netip"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/ecsnet/pulumi-ecsnet/internal/opposition"
	"github.com/ecsnet/pulumi-ecsnet/verify"
)

var (
	worlds    = flag.Int("worlds", 2000, "random networks for the analyser and the packet walker to agree on")
	firstSeed = flag.Uint64("seed", 0, "the seed of the first of them")
)

// TestOpposition holds that the analyser and a packet walker that knows nothing
// of it say the same of thousands of random networks: for every service, of
// each direction and balancer, at each address, port and protocol where
// something may change.
func TestOpposition(t *testing.T) {
	t.Parallel()
	n := *worlds
	if testing.Short() {
		n /= 10
	}
	var next, failed sync.Mutex
	seed, end := *firstSeed, *firstSeed+uint64(n)
	kinds := map[string]int{}
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for {
				next.Lock()
				mine := seed
				seed++
				next.Unlock()
				if mine >= end {
					return
				}
				wrong := disagreements(opposition.Generate(mine), mine)
				if len(wrong) == 0 {
					continue
				}
				failed.Lock()
				kinds[wrong[0].kind]++
				if kinds[wrong[0].kind] == 1 { // One of each kind is enough to read.
					contradict(t, mine, wrong[0].kind)
				}
				failed.Unlock()
			}
		})
	}
	wait.Wait()
	if len(kinds) > 0 {
		t.Errorf("disagreements of each kind among %d networks: %v", n, kinds)
	}
}

// FuzzOpposition goes on where TestOpposition ends:
// go test ./verify -run - -fuzz FuzzOpposition.
func FuzzOpposition(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(seed)
	}
	f.Add(uint64(3478)) // A VPC's default ACL tells the addresses of S3 apart.
	f.Fuzz(func(t *testing.T, seed uint64) {
		if wrong := disagreements(opposition.Generate(seed), seed); len(wrong) > 0 {
			contradict(t, seed, wrong[0].kind)
		}
	})
}

// contradict shows the smallest network on which the two still disagree in the
// same way.
func contradict(t *testing.T, seed uint64, kind string) {
	t.Helper()
	of := func(w *opposition.World) (same []disagreement) {
		return slices.DeleteFunc(disagreements(w, seed), func(d disagreement) bool { return d.kind != kind })
	}
	small := opposition.Generate(seed).Shrink(func(w *opposition.World) bool { return len(of(w)) > 0 })
	var says strings.Builder
	for _, d := range of(small)[:min(len(of(small)), 3)] {
		fmt.Fprintf(&says, "  %s\n", d.what)
	}
	t.Errorf("seed %d: %s\n%s%s", seed, kind, &says, small)
}

// disagreement is a question on which analyser and walker differ.
type disagreement struct{ kind, what string }

// judge compares what the two say about one world.
type judge struct {
	opposition.Walker
	wrong []disagreement
}

func (j *judge) differ(kind, format string, args ...any) {
	j.wrong = append(j.wrong, disagreement{kind, fmt.Sprintf(format, args...)})
}

func disagreements(w *opposition.World, seed uint64) []disagreement {
	j := &judge{Walker: opposition.Walker{World: w}}
	stack, err := verify.Read(bytes.NewReader(w.Export(seed)))
	if err != nil {
		j.differ("error", "the export is not read: %v", err)
		return j.wrong
	}
	report := stack.Verify()
	if len(report.Services) != len(w.Services) {
		j.differ("services", "%d services, not %d", len(report.Services), len(w.Services))
	}
	for _, s := range w.Services {
		for i := range report.Services {
			if report.Services[i].URN == opposition.ServiceURN(s.Name) {
				j.service(s, &report.Services[i])
			}
		}
	}
	return j.wrong
}

// claim is a path that the analyser reports.
type claim struct {
	front     string // The balancer or API that it enters by, "" for none.
	direction verify.Direction
	open      bool
	protocol  string
	ports     [][2]int
	blocks    []netip.Prefix
}

func (c claim) covers(p opposition.Probe) bool {
	if c.protocol != "all" && c.protocol != p.Protocol.String() && (c.protocol != "other" || p.Protocol != opposition.AH) {
		return false
	}
	if p.Port > 0 && !slices.ContainsFunc(c.ports, func(r [2]int) bool { return r[0] <= p.Port && p.Port <= r[1] }) {
		return false
	}
	return slices.ContainsFunc(c.blocks, func(b netip.Prefix) bool { return b.Contains(p.Address) })
}

// claims reads the paths of a service as the report's documentation says.
func (j *judge) claims(s *verify.Service) (all []claim) {
	for _, p := range s.Paths {
		c := claim{direction: p.Direction, open: p.Verdict == verify.Open, protocol: p.Protocol}
		for _, h := range p.Hops {
			if strings.HasPrefix(h.Type, "aws:lb/loadBalancer:") || strings.HasPrefix(h.Type, "aws:apigatewayv2/") {
				c.front = h.Name
				break
			}
		}
		if p.Verdict == verify.Closed {
			j.differ("closed path", "%s: a path is closed", s.Name)
		}
		for _, part := range strings.Split(p.Ports, ",") {
			r := [2]int{0, 65535}
			if part = strings.TrimSpace(part); part != "all" {
				from, to, ranged := strings.Cut(part, "-")
				if !ranged {
					to = from
				}
				var err1, err2 error
				r[0], err1 = strconv.Atoi(from)
				r[1], err2 = strconv.Atoi(to)
				if err1 != nil || err2 != nil {
					j.differ("ports", "%s: a path's ports are %q", s.Name, p.Ports)
				}
			}
			c.ports = append(c.ports, r)
		}
		for _, a := range p.Addresses {
			if a == "s3" || a == "dynamodb" { // AWS's own prefix list, whose blocks no stack knows.
				c.blocks = append(c.blocks, opposition.ServiceBlock(a))
				continue
			}
			b, err := netip.ParsePrefix(a)
			if err != nil {
				j.differ("addresses", "%s: a path's address is %q", s.Name, a)
				continue
			}
			c.blocks = append(c.blocks, b)
		}
		all = append(all, c)
	}
	return all
}

func (j *judge) service(s *opposition.Service, got *verify.Service) {
	claims := j.claims(got)
	var blocks []netip.Prefix
	var ranges [][2]int
	for _, c := range claims {
		blocks, ranges = append(blocks, c.blocks...), append(ranges, c.ports...)
	}
	probes := j.World.Points(blocks, ranges).Probes()
	vague := false
	for _, d := range got.Undecided {
		if j.vague(d) {
			vague = true
			continue
		}
		j.differ("doubt", "%s: %s: %s", s.Name, d.URN, d.What)
	}

	in := j.compare("ingress", s, probes, claims, verify.Ingress, "", func(p opposition.Probe) bool {
		return j.FromInternet(s, p.Address, p.Protocol, p.Port)
	})
	for _, b := range j.World.Balancers {
		in = j.compare("ingress through a balancer", s, probes, claims, verify.Ingress, b.Name, func(p opposition.Probe) bool {
			return j.ThroughBalancer(s, b, p.Address, p.Protocol, p.Port)
		}) || in
	}
	for _, l := range j.World.Links {
		works := j.ThroughLink(s, l)
		claimed := slices.ContainsFunc(claims, func(c claim) bool { return c.front == l.Name && c.open })
		if works != claimed {
			j.differ("link", "%s: through the API %s: the walker says %t, the analyser %t", s.Name, l.Name, works, claimed)
		}
		in = in || works
	}
	out := j.compare("egress", s, probes, claims, verify.Egress, "", func(p opposition.Probe) bool {
		return j.ToInternet(s, p.Address, p.Protocol, p.Port)
	})
	j.verdict("ingress verdict", s, got.InternetIngress, in)
	j.verdict("egress verdict", s, got.InternetEgress, out)
	j.reaches(s, got, vague)
	j.zones(s, got, probes)
}

// compare asks both about every probe, and says whether one connects.
func (j *judge) compare(kind string, s *opposition.Service, probes []opposition.Probe, claims []claim, d verify.Direction, front string, works func(opposition.Probe) bool) bool {
	some := false
	for _, p := range probes {
		truth := works(p)
		some = some || truth
		claimed := slices.ContainsFunc(claims, func(c claim) bool {
			return c.open && c.direction == d && c.front == front && c.covers(p)
		})
		if claimed && !truth && (j.ofService(p) || j.World.Within(s, p.Address)) {
			// An endpoint may take what goes to the service, and which addresses
			// these are, no stack tells. Reports leave it to the reader that the
			// VPC's own addresses are not the internet.
			continue
		}
		if claimed != truth && !j.namedOrOther(p, claims, d, front) {
			j.differ(kind+map[bool]string{true: ", claimed", false: ", missed"}[claimed],
				"%s %s: %s %s port %d: the walker says %t, the analyser %t", s.Name, front, p.Protocol, p.Address, p.Port, truth, claimed)
		}
	}
	return some
}

func (j *judge) ofService(p opposition.Probe) bool {
	return slices.ContainsFunc(j.World.Endpoints, func(e *opposition.Endpoint) bool {
		return e.Gateway && opposition.ServiceBlock(e.Service).Contains(p.Address)
	})
}

// namedOrOther is true of a protocol that rules name by its number where the
// analyser reports "other" ones: whether it is among these depends on whether a
// rule of this very way names it.
func (j *judge) namedOrOther(p opposition.Probe, claims []claim, d verify.Direction, front string) bool {
	esp := p.Protocol == opposition.ESP
	p.Protocol, claims = opposition.AH, slices.DeleteFunc(slices.Clone(claims), func(c claim) bool { return c.protocol != "other" })
	return esp && slices.ContainsFunc(claims, func(c claim) bool { return c.direction == d && c.front == front && c.covers(p) })
}

func (j *judge) verdict(kind string, s *opposition.Service, got verify.Verdict, truth bool) {
	want := verify.Closed
	if truth {
		want = verify.Open
	}
	if got != want {
		j.differ(fmt.Sprintf("%s: %s for %s", kind, got, want), "%s", s.Name)
	}
}

// reaches compares what the two say about VPC endpoints.
func (j *judge) reaches(s *opposition.Service, got *verify.Service, vague bool) {
	leak, unsure := false, false
	for _, e := range j.World.Endpoints {
		i := slices.IndexFunc(got.Reaches, func(r verify.Reach) bool { return r.URN == opposition.EndpointURN(e.Name) })
		works := j.Uses(s, e)
		if i < 0 {
			if works {
				j.differ("endpoint missing", "%s: %s", s.Name, e.Name)
			}
			continue
		}
		r := got.Reaches[i]
		if r.Service != e.Service {
			j.differ("endpoint's service", "%s: %s is %s", s.Name, e.Name, r.Service)
		}
		if e.Gateway && vague && r.Verdict == verify.Undecided {
			unsure = true
		} else {
			j.verdict("endpoint", s, r.Verdict, works)
		}
		if string(r.Policy) != e.Lets() {
			j.differ(fmt.Sprintf("policy: %s for %s", r.Policy, e.Lets()), "%s: %s: %s", s.Name, e.Name, r.Limits)
		}
		leak = leak || works && e.Lets() == opposition.OpenPolicy
	}
	if !unsure || got.Exfiltration != verify.Undecided {
		j.verdict("exfiltration", s, got.Exfiltration, leak)
	}
}

// vague is true of a doubt that is right: a rule or an ACL tells addresses apart
// before a gateway endpoint, whose service's addresses are not in any stack.
func (j *judge) vague(d verify.Doubt) bool {
	acl := strings.Contains(d.URN, "::aws:ec2/networkAcl:") || strings.Contains(d.URN, "::aws:ec2/defaultNetworkAcl:")
	return (acl || strings.Contains(d.What, "has addresses of AWS's")) && slices.ContainsFunc(j.World.Endpoints, func(e *opposition.Endpoint) bool { return e.Gateway })
}

// zones compares what the two say about the loss of a zone.
func (j *judge) zones(s *opposition.Service, got *verify.Service, probes []opposition.Probe) {
	z := j.ZonesOf(s, probes)
	want := verify.No
	if len(z.Names) > 1 && len(z.Leans) == 0 {
		want = verify.Yes
	}
	if got.ZoneRedundant != want {
		j.differ(fmt.Sprintf("zone redundant: %s for %s", got.ZoneRedundant, want), "%s: zones %v, leans %v", s.Name, z.Names, z.Leans)
	}
	for _, l := range z.Leans {
		d := verify.ZoneDependency{Zone: l.Zone, Subnet: opposition.SubnetURN(l.Subnet), NatGateway: opposition.NatURN(l.Nat), NatZone: l.NatZone}
		if !slices.Contains(got.ZoneDependencies, d) {
			j.differ("zone dependency missed", "%s: %v", s.Name, l)
		}
	}
	if len(got.ZoneDependencies) > len(z.Leans) {
		j.differ("zone dependency claimed", "%s: %v, and the walker %v", s.Name, got.ZoneDependencies, z.Leans)
	}
}

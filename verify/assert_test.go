package verify

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAssertions(t *testing.T) {
	t.Parallel()
	isolated := Service{Name: "web", InternetIngress: Closed, InternetEgress: Closed, Exfiltration: Closed, ZoneRedundant: Yes}
	with := func(edit func(*Service)) Service {
		s := isolated
		edit(&s)
		return s
	}
	// What becomes of isolated, no-ingress, no-egress and zone-redundant.
	tests := map[string]struct {
		services []Service
		want     [4]Outcome
	}{
		"an isolated service":      {[]Service{isolated}, [4]Outcome{Held, Held, Held, Held}},
		"open from the internet":   {[]Service{with(func(s *Service) { s.InternetIngress = Open })}, [4]Outcome{Failed, Failed, Held, Held}},
		"open to the internet":     {[]Service{with(func(s *Service) { s.InternetEgress = Open })}, [4]Outcome{Failed, Held, Failed, Held}},
		"an open endpoint":         {[]Service{with(func(s *Service) { s.Exfiltration = Open })}, [4]Outcome{Failed, Held, Held, Held}},
		"one zone":                 {[]Service{with(func(s *Service) { s.ZoneRedundant = No })}, [4]Outcome{Held, Held, Held, Failed}},
		"ingress not known":        {[]Service{with(func(s *Service) { s.InternetIngress = Undecided })}, [4]Outcome{Undetermined, Undetermined, Held, Held}},
		"egress not known":         {[]Service{with(func(s *Service) { s.InternetEgress = Undecided })}, [4]Outcome{Undetermined, Held, Undetermined, Held}},
		"an endpoint not known":    {[]Service{with(func(s *Service) { s.Exfiltration = Undecided })}, [4]Outcome{Undetermined, Held, Held, Held}},
		"zones not known":          {[]Service{with(func(s *Service) { s.ZoneRedundant = Unknown })}, [4]Outcome{Held, Held, Held, Undetermined}},
		"a verdict never given":    {[]Service{{Name: "web"}}, [4]Outcome{Undetermined, Undetermined, Undetermined, Undetermined}},
		"refuted beside not known": {[]Service{with(func(s *Service) { s.InternetIngress = Undecided; s.InternetEgress = Open })}, [4]Outcome{Failed, Undetermined, Failed, Held}},
		"one service of two": {
			[]Service{isolated, with(func(s *Service) { s.Name, s.InternetIngress = "front", Open })}, [4]Outcome{Failed, Failed, Held, Held}},
		"not known before refuted": {
			[]Service{with(func(s *Service) { s.InternetEgress = Undecided }), with(func(s *Service) { s.InternetEgress = Open })},
			[4]Outcome{Failed, Held, Failed, Held}},
		"no service": {nil, [4]Outcome{Undetermined, Undetermined, Undetermined, Undetermined}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for i, assertion := range AssertionNames() {
				got, err := (&Report{Services: tt.services}).Assert(assertion)
				if err != nil {
					t.Fatal(err)
				}
				if got.Name != assertion || got.Verdict != tt.want[i] {
					t.Errorf("%s: %s %s, want %s", assertion, got.Name, got.Verdict, tt.want[i])
				}
				if (got.Verdict == Held) != (len(got.Reasons) == 0) {
					t.Errorf("%s is %s, and has the reasons %q", assertion, got.Verdict, got.Reasons)
				}
			}
		})
	}
}

func TestAssertionsSayWhy(t *testing.T) {
	t.Parallel()
	r := &Report{Services: []Service{
		{Name: "web", InternetIngress: Open, InternetEgress: Undecided, Exfiltration: Closed},
		{Name: "worker", InternetIngress: Closed, InternetEgress: Closed, Exfiltration: Open},
	}}
	got, err := r.Assert("isolated")
	if err != nil {
		t.Fatal(err)
	}
	want := Assertion{Name: "isolated", Verdict: Failed, Reasons: []string{
		"tasks of web are reached from the internet",
		"tasks of web may be able to reach the internet: it cannot be decided",
		"tasks of worker are able to send data to anybody's account through an endpoint",
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	_, err = r.Assert("closed")
	const unknown = `there is no assertion "closed"; there are isolated, no-ingress, no-egress, zone-redundant`
	if err == nil || err.Error() != unknown {
		t.Errorf("an unknown name says %v, want %s", err, unknown)
	}
}

package standin

import (
	"slices"
	"strings"
	"sync"
	"testing"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/stretchr/testify/require"
)

// Endpoints of the other type, and rules of the other kinds, live too.
var moreLives = map[string]func(p *provider) (token string, l life){
	"subnet of a zone's id": func(p *provider) (string, life) {
		w := newVpc(p, "zone-id")
		return tSubnet, life{
			in:    props{"vpcId": w.vpc.id, "cidrBlock": "10.0.9.0/24", "availabilityZoneId": w.a.out("availabilityZoneId")},
			edits: []edit{{name: "mapPublicIpOnLaunch", value: true}},
		}
	},
	"gateway endpoint": func(p *provider) (string, life) {
		w := newVpc(p, "gateway")
		in := w.s3()
		in["vpcEndpointType"], in["policy"], in["tags"] = "Gateway", open, props{"Name": "one"}
		return tEndpoint, life{in: in, edits: []edit{
			{name: "routeTableIds", value: []string{w.tableB.id}},
			{name: "routeTableIds", value: []string{w.tableB.id, w.tableA.id}},
			{name: "routeTableIds", value: []string{w.tableA.id}},
			{name: "policy", value: strings.Replace(open, `"Action":"*"`, `"Action":"s3:GetObject"`, 1)},
			{name: "serviceName", value: "com.amazonaws.us-east-1.dynamodb"},
		}}
	},
	"rule about a group": func(p *provider) (string, life) {
		w := newVpc(p, "about-group")
		return tIngress, life{
			in: props{"securityGroupId": w.group.id, "referencedSecurityGroupId": w.other.id, "ipProtocol": "tcp", "fromPort": 443, "toPort": 443, "description": "from the tasks"},
			edits: []edit{
				{name: "toPort", value: 444},
				{name: "description", value: nil},
				{name: "referencedSecurityGroupId", value: w.group.id},
				{name: "tags", value: props{"Name": "moved"}},
				{name: "toPort", value: 445},
				{name: "referencedSecurityGroupId", value: w.other.id, with: props{"description": "back again"}},
			},
		}
	},
	"rule about all protocols": func(p *provider) (string, life) {
		w := newVpc(p, "about-all")
		return tEgress, life{
			in:    props{"securityGroupId": w.group.id, "cidrIpv4": "0.0.0.0/0", "ipProtocol": "-1", "description": "anywhere"},
			edits: []edit{{name: "description", value: "everywhere"}, {name: "cidrIpv4", value: "10.0.0.0/8"}},
		}
	},
	"Cloud Map service without DNS": func(p *provider) (string, life) {
		w := newAPI(p, "without-dns")
		return tDiscovery, life{
			in:    props{"namespaceId": w.namespace.id, "type": "HTTP"},
			edits: []edit{{name: "description", value: "of the API alone"}},
		}
	},
	"service of a strategy": func(p *provider) (string, life) {
		v, w := newVpc(p, "strategy"), newTasks(p, "strategy")
		p.create(tProviders, "strategy", props{"clusterName": w.cluster.out("name"), "capacityProviders": []string{"FARGATE", "FARGATE_SPOT"}})
		spot := []any{props{"capacityProvider": "FARGATE_SPOT", "weight": 1, "base": 1}}
		return tService, life{
			in: w.service(v).with("launchType", nil).with("capacityProviderStrategies", spot),
			edits: []edit{
				{name: "desiredCount", value: 2},
				{name: "capacityProviderStrategies", value: []any{props{"capacityProvider": "FARGATE", "weight": 1}}, replaces: true},
				{name: "capacityProviderStrategies", value: nil, with: props{"launchType": "FARGATE", "forceNewDeployment": true}, replaces: true},
				{name: "capacityProviderStrategies", value: []any{props{"capacityProvider": "FARGATE", "weight": 1}}, with: props{"forceNewDeployment": true}},
			},
			importID: func(r *res) string { return w.cluster.out("name") + "/" + r.out("name") },
		}
	},
}

func ruleLife(p *provider, name string) life {
	w := newVpc(p, name)
	return life{
		in: props{
			"securityGroupId": w.group.id, "ipProtocol": "tcp", "fromPort": 80, "toPort": 80, "cidrIpv4": "10.0.0.0/16",
			"description": "from the VPC", "tags": props{"Name": "one"},
		},
		edits: []edit{
			{name: "securityGroupId", value: w.other.id},
			{name: "ipProtocol", value: "udp"},
			{name: "fromPort", value: 79},
			{name: "toPort", value: 81},
			{name: "cidrIpv4", value: "10.0.0.0/17"},
			{name: "description", value: "another"},
			{name: "description", value: nil},
			{name: "cidrIpv6", value: "::/0", with: props{"cidrIpv4": nil}, replaces: true},
			{name: "prefixListId", value: "pl-1", with: props{"cidrIpv4": nil}, replaces: true},
			{name: "referencedSecurityGroupId", value: w.other.id, with: props{"cidrIpv4": nil}, replaces: true},
			{name: "tags", value: props{"Name": "two"}},
		},
	}
}

func TestLives(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	edited, sent := map[string]bool{}, map[string]bool{}
	run := func(t *testing.T, name string, start func(p *provider) (string, life)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newProvider(t, nil)
			token, l := start(p)
			mu.Lock()
			for _, e := range l.edits {
				edited[token+" "+e.name] = true
			}
			mu.Unlock()
			live(t, p, token, l)
			mu.Lock()
			defer mu.Unlock()
			for _, r := range p.requests(urnOf(token, "mine")) {
				for field := range r.Input {
					sent[token+" "+r.Operation+"."+field] = true
				}
			}
		})
	}
	t.Run("of", func(t *testing.T) {
		for token := range table() {
			require.Contains(t, lives, token, "a type needs a life")
			run(t, token, func(p *provider) (string, life) { return token, lives[token](p) })
		}
		for name, start := range moreLives {
			run(t, name, start)
		}
	})
	if t.Failed() {
		return
	}
	for token, kind := range table() {
		for name, row := range kind.inputs {
			for _, request := range strings.Fields(row.request) {
				if !sent[token+" "+request] {
					t.Errorf("the row of %s in %s names the request %s, but none was made", name, token, request)
				}
			}
			if !strings.ContainsAny(name, ".[") && !edited[token+" "+name] {
				t.Errorf("%s of %s has a row, so a life must edit it", name, token)
			}
		}
	}
}

func live(t *testing.T, p *provider, token string, l life) {
	rows := table()[token].inputs
	r := p.create(token, "mine", l.in)
	r.requireSettled()
	requireImports(t, r, l)

	in := l.in
	for _, e := range l.edits {
		next := in.with(e.name, e.value)
		for name, v := range e.with {
			next = next.with(name, v)
		}
		d := r.diff(next)
		require.Contains(t, names(d), e.name)
		replaced := rows[e.name].change == replaces || e.replaces
		// "__meta" is how the bridge reports a replacement that no property by
		// itself asks for.
		replaces := slices.Contains(d.GetReplaces(), e.name) || slices.Contains(d.GetReplaces(), "__meta") || e.replaces && len(d.GetReplaces()) > 0
		require.Equal(t, replaced, replaces, "%s = %v: %v", e.name, e.value, d)
		if replaced {
			continue
		}
		if e.refused != "" {
			require.ErrorContains(t, r.tryUpdate(next), e.refused)
			continue
		}
		if len(d.GetReplaces()) > 0 {
			continue // together with what must change along
		}
		r.update(next)
		r.requireSettled()
		in = next
	}
	r.delete()
	r.delete()
	if !l.stays {
		require.Empty(t, r.read().GetId(), "a deleted resource is gone")
	}
}

// requireImports holds that an import finds inputs that plan no change.
func requireImports(t *testing.T, r *res, l life) {
	t.Helper()
	id := r.id
	if l.importID != nil {
		id = l.importID(r)
	}
	out, err := r.p.Read(t.Context(), &pulumirpc.ReadRequest{Id: id, Urn: r.urn})
	require.NoError(t, err)
	require.NotEmpty(t, out.GetId())
	imported := &res{p: r.p, urn: r.urn, id: out.GetId(), inputs: out.GetInputs(), state: out.GetProperties()}
	var changed []string
	for _, name := range names(imported.diffChecked(r.inputs)) {
		row := table()[r.token()].inputs[name]
		if !row.notReadBack && row.reason == "" {
			changed = append(changed, name)
		}
	}
	require.Empty(t, changed, "what was imported differs from what was made")
}

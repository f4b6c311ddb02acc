package verify

import (
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/addr"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
)

// gathered collects the cells of a way that pass, a cell being a protocol, a run
// of ports and a piece of the internet, and puts them together.
type gathered struct {
	stages int
	protos []protocol // that rules tell apart
	atoms  []far
	rows   []row
	index  map[rowKey]int
	open   bool
}

type rowKey struct {
	sure  bool
	proto protocol
	atom  int
}

// row is what passes of one protocol and one piece of the internet.
type row struct {
	rowKey
	ports   []addr.Ports
	rules   [][]*model.Rule // of each stage
	because []model.Doubt
}

func (g *gathered) add(a answer, p protocol, atom int, ports addr.Ports, rules []*model.Rule) {
	key := rowKey{a.truth == model.Yes, p, atom}
	g.open = g.open || key.sure
	i, ok := g.index[key]
	if !ok {
		i = len(g.rows)
		g.index[key] = i
		g.rows = append(g.rows, row{rowKey: key, rules: make([][]*model.Rule, g.stages)})
	}
	g.rows[i].ports = append(g.rows[i].ports, ports)
	g.rows[i].because = join(g.rows[i].because, a.because)
	for s, r := range rules {
		if r != nil && !slices.Contains(g.rows[i].rules[s], r) {
			g.rows[i].rules[s] = append(g.rows[i].rules[s], r)
		}
	}
}

// answer is open when a cell is, and otherwise what the doubts of undecided
// cells leave.
func (g *gathered) answer(undecided []answer, closed string) answer {
	if g.open {
		return yes
	}
	if len(undecided) == 0 {
		return no(closed)
	}
	return some(undecided...)
}

// pieces puts rows together: first addresses of the same ports, then protocols
// of the same ports and addresses when they are all of them.
func (g *gathered) pieces() []piece {
	groups := g.addressesOfSamePorts()
	var out []piece
	for i, x := range groups {
		if x == nil {
			continue
		}
		same := []int{i}
		protos := slices.Clone(x.protos)
		for j := i + 1; j < len(groups); j++ {
			if y := groups[j]; y != nil && x.sure == y.sure && slices.Equal(x.ports, y.ports) && slices.Equal(x.atoms, y.atoms) {
				same = append(same, j)
				protos = append(protos, y.protos...)
			}
		}
		if containsAll(protos, g.protos) {
			for _, j := range same[1:] {
				mergeRules(x.rules, groups[j].rules)
				x.because = join(x.because, groups[j].because)
				groups[j] = nil
			}
			x.protos = nil // every one
		}
		out = append(out, g.piece(x))
	}
	return out
}

// portGroup is a piece whose addresses are still numbers of atoms.
type portGroup struct {
	piece
	atoms []int
}

func (g *gathered) addressesOfSamePorts() []*portGroup {
	var groups []*portGroup
	for _, r := range g.rows {
		ports := addr.JoinPorts(r.ports)
		i := slices.IndexFunc(groups, func(x *portGroup) bool {
			return x.sure == r.sure && x.protos[0] == r.proto && slices.Equal(x.ports, ports)
		})
		if i < 0 {
			i = len(groups)
			groups = append(groups, &portGroup{piece: piece{
				sure: r.sure, protos: []protocol{r.proto}, ports: ports, rules: make([][]*model.Rule, g.stages),
			}})
		}
		groups[i].atoms = append(groups[i].atoms, r.atom)
		groups[i].because = join(groups[i].because, r.because)
		mergeRules(groups[i].rules, r.rules)
	}
	return groups
}

func (g *gathered) piece(x *portGroup) piece {
	var sets []*addr.Set
	for _, a := range x.atoms {
		if l := g.atoms[a].list; l != "" {
			x.lists = append(x.lists, l)
			continue
		}
		sets = append(sets, g.atoms[a].set)
	}
	x.set = addr.Union(sets...)
	return x.piece
}

func mergeRules(to, more [][]*model.Rule) {
	for s := range more {
		for _, r := range more[s] {
			if !slices.Contains(to[s], r) {
				to[s] = append(to[s], r)
			}
		}
	}
}

func containsAll(have, want []protocol) bool {
	for _, p := range want {
		if !slices.Contains(have, p) {
			return false
		}
	}
	return true
}

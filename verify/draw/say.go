package draw

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/verify"
)

// Sentences of a kind that are shown; a picture is no place for a long list.
const sentences = 8

// say writes what the picture says in sentences.
func (l *looker) say() {
	p := l.picture
	p.title = l.title()
	p.summary = l.summary()
	p.remarks = l.remarks()
	p.doubts = l.doubts()

	for _, v := range p.vpcs {
		p.told = append(p.told, fmt.Sprintf("VPC %s, %s, in %s.", v.name, v.blocks, strings.Join(v.zones, ", ")))
		for _, r := range v.rows {
			for _, c := range r.cells {
				if c == nil {
					continue
				}
				var routes []string
				for _, line := range c.routes {
					routes = append(routes, cmp.Or(line.full, line.text))
				}
				p.told = append(p.told, fmt.Sprintf("%s %s, %s, in %s: %s.", c.class, c.name, strings.Join(c.blocks, ", "), v.zones[c.col], strings.Join(routes, "; ")))
			}
		}
		for _, r := range v.rows {
			for _, b := range r.bars {
				p.told = append(p.told, b.name+": "+b.told+".")
			}
		}
		for _, c := range v.cards {
			p.told = append(p.told, c.told+".")
		}
	}
	for _, b := range p.loose {
		p.told = append(p.told, b.name+": "+b.told+"; its subnets are not known.")
	}
}

// title names the stacks that the resources are of.
func (l *looker) title() string {
	var stacks []string
	add := func(urn string) {
		parts := strings.SplitN(strings.TrimPrefix(urn, "urn:pulumi:"), "::", 3)
		if len(parts) < 3 || !strings.HasPrefix(urn, "urn:pulumi:") {
			return
		}
		if s := printable(parts[1] + " / " + parts[0]); !slices.Contains(stacks, s) {
			stacks = append(stacks, s)
		}
	}
	for _, v := range l.picture.vpcs {
		add(v.vpc.URN)
	}
	for _, s := range l.report.Services {
		add(s.URN)
	}
	slices.Sort(stacks)
	if len(stacks) == 0 {
		return "Network"
	}
	return "Network of " + strings.Join(stacks, ", ")
}

// summary counts the services by their worst verdict.
func (l *looker) summary() []word {
	var shut, leaky, way, unknown int
	for _, s := range l.report.Services {
		switch network := max(levelOf(s.InternetIngress), levelOf(s.InternetEgress)); {
		case network == open:
			way++
		case l.worst(s.URN) == undecided:
			unknown++
		case l.worst(s.URN) == open:
			leaky++
		default:
			shut++
		}
	}
	if len(l.report.Services) == 0 {
		return []word{{text: plural(len(l.picture.vpcs), "VPC") + ", no service"}}
	}
	var words []word
	add := func(n int, text string, lvl level) {
		if n > 0 {
			words = append(words, word{text: fmt.Sprintf("%d %s", n, text), level: lvl})
		}
	}
	add(way, "open to or from the internet", open)
	add(leaky, "open through an endpoint's policy", open)
	add(unknown, "undecided", undecided)
	add(shut, "isolated", plain)
	count := plural(len(l.report.Services), "service")
	if len(words) == 1 {
		all := ": all "
		if len(l.report.Services) == 1 {
			all = ", "
		}
		words[0].text = strings.Replace(words[0].text, fmt.Sprintf("%d ", len(l.report.Services)), count+all, 1)
		return words
	}
	words[0].text = count + ": " + words[0].text
	return words
}

// remarks are what is worth knowing and no line shows.
func (l *looker) remarks() []string {
	type dependency struct{ zone, nat, natZone string }
	var order []dependency
	who := map[dependency][]string{}
	for _, s := range l.report.Services {
		for _, z := range s.ZoneDependencies {
			d := dependency{z.Zone, z.NatGateway, z.NatZone}
			if who[d] == nil {
				order = append(order, d)
			}
			if !slices.Contains(who[d], s.Name) {
				who[d] = append(who[d], s.Name)
			}
		}
	}
	var remarks []string
	for _, d := range order {
		remarks = append(remarks, fmt.Sprintf("Tasks in %s leave through %s in %s, and are cut off when that zone is lost: %s.",
			d.zone, d.nat[strings.LastIndex(d.nat, ":")+1:], d.natZone, some(who[d])))
	}
	for _, n := range l.report.Notes {
		remarks = append(remarks, printable(n))
	}
	return few(remarks)
}

func some(names []string) string {
	if len(names) > 3 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:3], ", "), len(names)-3)
	}
	return strings.Join(names, ", ")
}

// doubts are all that is not known, each once.
func (l *looker) doubts() []string {
	var doubts []string
	add := func(all []verify.Doubt) {
		for _, d := range all {
			text := printable(d.URN[strings.LastIndex(d.URN, "::")+1:])
			text = strings.TrimPrefix(text, ":") + ": " + printable(d.What)
			if !slices.Contains(doubts, text) {
				doubts = append(doubts, text)
			}
		}
	}
	add(l.report.Undecided)
	for _, s := range l.report.Services {
		add(s.Undecided)
		for _, p := range s.Paths {
			add(p.Because)
		}
	}
	return few(doubts)
}

func few(all []string) []string {
	if len(all) <= sentences {
		return all
	}
	return append(all[:sentences-1:sentences-1], fmt.Sprintf("And %d more, which the report names.", len(all)-sentences+1))
}

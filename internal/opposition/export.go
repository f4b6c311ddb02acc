package opposition

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
)

// props are the inputs or outputs of a resource.
type props map[string]any

// ref is a value that another resource gives, such as its id.
type ref struct{ urn, value string }

// resource is one resource as the official provider would have it.
type resource struct {
	urn, kind, id   string
	inputs, outputs props
	// depends are the URNs each input comes from.
	depends map[string][]string
}

// exporter collects the resources of a world.
type exporter struct {
	w         *World
	resources []*resource
	numbers   map[string]int
}

func urn(kind, name string) string { return "urn:pulumi:test::opposition::" + kind + "::" + name }

// add adds a resource. Its outputs are its inputs and what is computed; an
// input that is a [ref] is remembered as a dependency.
func (e *exporter) add(kind, name, id string, inputs, computed props) {
	r := &resource{urn: urn(kind, name), kind: kind, id: id, depends: map[string][]string{}}
	plain := props{}
	for k, v := range inputs {
		if v == nil {
			continue
		}
		var from []string
		plain[k] = resolve(v, &from)
		if len(from) > 0 {
			slices.Sort(from)
			r.depends[k] = slices.Compact(from)
		}
	}
	r.inputs = plain
	r.outputs = maps.Clone(plain)
	r.outputs["id"] = id
	maps.Copy(r.outputs, computed)
	e.resources = append(e.resources, r)
}

// resolve puts the values of references in their places.
func resolve(v any, from *[]string) any {
	switch v := v.(type) {
	case ref:
		*from = append(*from, v.urn)
		return v.value
	case []ref:
		list := []any{}
		for _, r := range v {
			list = append(list, resolve(r, from))
		}
		return list
	case props:
		m := props{}
		for k, x := range v {
			if x != nil {
				m[k] = resolve(x, from)
			}
		}
		return m
	case []props:
		list := []any{}
		for _, x := range v {
			list = append(list, resolve(x, from))
		}
		return list
	}
	return v
}

// resourcesOf makes the resources of the world, in an order of the seed: a
// reader must not need any.
func (w *World) resourcesOf(seed uint64) []*resource {
	e := &exporter{w: w, numbers: map[string]int{}}
	e.networks()
	e.routing()
	e.transits()
	e.groups()
	e.acls()
	e.endpoints()
	e.services()
	e.balancers()
	e.links()
	rand.New(rand.NewPCG(seed, 2)).Shuffle(len(e.resources), func(i, j int) {
		e.resources[i], e.resources[j] = e.resources[j], e.resources[i]
	})
	return e.resources
}

// Export is the world as `pulumi stack export` writes it.
func (w *World) Export(seed uint64) []byte {
	list := []any{props{
		"urn": urn("pulumi:pulumi:Stack", "opposition-test"), "custom": false, "type": "pulumi:pulumi:Stack",
	}}
	for _, r := range w.resourcesOf(seed) {
		depends := slices.Sorted(maps.Keys(r.depends))
		urns := []string{}
		for _, k := range depends {
			urns = append(urns, r.depends[k]...)
		}
		slices.Sort(urns)
		list = append(list, props{
			"urn": r.urn, "custom": true, "id": r.id, "type": r.kind, "inputs": r.inputs, "outputs": r.outputs,
			"parent":       urn("pulumi:pulumi:Stack", "opposition-test"),
			"dependencies": slices.Compact(urns), "propertyDependencies": r.depends,
			"provider": urn("pulumi:providers:aws", "default") + "::5a0e8a4c-8d3a-4d0b-9a55-0e2c2f3f1a11",
		})
	}
	return write(props{"version": 3, "deployment": props{
		"manifest":  props{"time": "2026-01-01T00:00:00Z", "magic": "", "version": "v3.225.0"},
		"resources": asProvider(list, seed),
	}})
}

func write(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // It is made of plain values.
	}
	return text
}

// text is a JSON document inside of a property.
func text(v any) string { return string(write(v)) }

// next numbers the resources of a stem.
func (e *exporter) next(stem string) string {
	e.numbers[stem]++
	return fmt.Sprintf("%s-%d", stem, e.numbers[stem])
}

// arn of a thing of the account.
func arn(service, rest string) string {
	return "arn:aws:" + service + ":" + Region + ":" + Account + ":" + rest
}

// with sets one more property.
func (p props) with(k string, v any) props {
	p[k] = v
	return p
}

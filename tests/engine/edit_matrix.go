package engine

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// edit is a row of the edit matrix: an argument of a component, the values that
// it takes one after the other on a running stack, and what has to happen.
type edit struct {
	// argument is its path in the schema; "[]" stands for a key of a map.
	argument string
	// values are YAML; "" leaves the argument out. The first is there from the
	// first update on, each other is a change of the running stack.
	values []string
	// key is that of the map; "web" where it is empty.
	key string
	// with are the other properties that the edited component has, as YAML.
	with string
	// in names the component that is edited. Edits in one component are made at
	// the same time; without a name, in the one that all such edits share.
	in string
	// replaces names the children that some of the changes make anew, without
	// the component's name. Nothing else may be replaced. A trailing "*" stands
	// for any ending.
	replaces []string
	// refused is a part of what the preview says of the last value. The values
	// before it are taken.
	refused string
	// users are further resources that use the edited component, as YAML in
	// which SELF is its name.
	users string
	// typed are the component's types, by value, where an edit changes the type.
	typed []string
}

// free is an argument that may be left out: it is set, changed and unset.
func free(argument, one, other string) edit {
	return edit{argument: argument, values: []string{"", one, other, ""}}
}

// required is an argument that is always there: it is changed, and changed back.
func required(argument, one, other string) edit {
	return edit{argument: argument, values: []string{one, other, one}}
}

// through is an argument that takes these values.
func through(argument string, values ...string) edit {
	return edit{argument: argument, values: values}
}

// typeEdit changes the type of a component that keeps its name.
func typeEdit(name, with string, types ...string) edit {
	return edit{argument: "type", in: name, with: with, typed: types, values: make([]string, len(types))}
}

// replacing says what the edit makes anew. Such an edit has a component of its own.
func (e edit) replacing(children ...string) edit {
	e.replaces = append(e.replaces, children...)
	return e.alone()
}

// revises is an edit that makes another revision of the task definition, which
// AWS cannot change in place.
func (e edit) revises() edit { return e.makes("-task") }

// makes says what the edit makes anew because AWS changes it in no other way,
// without anything else being made anew for it.
func (e edit) makes(children ...string) edit {
	e.replaces = append(e.replaces, children...)
	return e
}

// alone gives the edit a component of its own, named for the argument.
func (e edit) alone() edit { return e.on(slug(e.argument)) }

// on makes the edit in the named component.
func (e edit) on(name string) edit { e.in = name; return e }

// keyed gives the key of the map in the argument's path.
func (e edit) keyed(key string) edit { e.key = key; return e }

// beside says what other properties the component has.
func (e edit) beside(properties string) edit { e.with = properties; return e }

// usedBy says what else uses the edited component; SELF is its name.
func (e edit) usedBy(resources string) edit { e.users = resources; return e }

// refusedBecause says that the preview refuses the last value.
func (e edit) refusedBecause(text string) edit {
	e.refused = text
	if e.in == "" {
		e.in = "no-" + slug(e.argument)
	}
	return e
}

func slug(argument string) string {
	return strings.ToLower(strings.NewReplacer(".", "-", "[]", "").Replace(argument))
}

// component is the name of the component that the edit is made in.
func (e edit) component() string {
	if e.in == "" {
		return "all"
	}
	return e.in
}

// at is the edit's value after so many changes, as properties.
func (e edit) at(change int) map[string]any {
	value := e.values[min(change, len(e.values)-1)]
	if value == "" || e.argument == "type" {
		return nil
	}
	var v any
	if err := yaml.Unmarshal([]byte(value), &v); err != nil {
		panic(fmt.Sprintf("%s: %v", e.argument, err))
	}
	parts := strings.Split(e.argument, ".")
	for _, part := range slices.Backward(parts) {
		if name, ofMap := strings.CutSuffix(part, "[]"); ofMap {
			v = map[string]any{name: map[string]any{cmp.Or(e.key, "web"): v}}
		} else {
			v = map[string]any{part: v}
		}
	}
	return v.(map[string]any)
}

// bench is the program that a component's edits run in.
type bench struct {
	// component is the type, as in the schema.
	component string
	// around are the resources that the edited components need, as YAML.
	around string
	// needs are the properties that each edited component has unless an edit
	// says otherwise, as YAML.
	needs string
	edits []edit
}

// changes is the number of updates after the first one.
func (b bench) changes(refused bool) (n int) {
	for _, e := range b.edits {
		if (e.refused != "") == refused {
			n = max(n, len(e.values)-1)
		}
	}
	return n
}

// names are the components of the program, sorted.
func (b bench) names(refused bool) []string {
	found := map[string]bool{}
	for _, e := range b.edits {
		if (e.refused != "") == refused {
			found[e.component()] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// of are the edits that are made in a component.
func (b bench) of(component string, refused bool) (list []edit) {
	for _, e := range b.edits {
		if e.component() == component && (e.refused != "") == refused {
			list = append(list, e)
		}
	}
	return list
}

// write writes the program after so many changes of each edit; the certificates
// are what the tables call CERTIFICATE1 and CERTIFICATE2.
func (b bench) write(dir string, refused bool, change int, certificates ...string) error {
	resources := parse(b.around)
	for _, name := range b.names(refused) {
		typ, properties := b.component, parse(b.needs)
		edits := b.of(name, refused)
		for _, e := range edits {
			merge(properties, parse(e.with))
			merge(resources, parse(strings.ReplaceAll(e.users, "SELF", name)))
		}
		for _, e := range edits {
			merge(properties, e.at(change))
			if len(e.typed) > 0 {
				typ = e.typed[min(change, len(e.typed)-1)]
			}
		}
		resources[name] = map[string]any{"type": "ecsnet:" + typ, "properties": properties}
	}
	text, err := yaml.Marshal(map[string]any{"name": "edits", "runtime": "yaml", "resources": resources})
	if err != nil {
		return err
	}
	program := string(text)
	for i, arn := range certificates {
		program = strings.ReplaceAll(program, fmt.Sprintf("CERTIFICATE%d", i+1), arn)
	}
	return os.WriteFile(filepath.Join(dir, "Pulumi.yaml"), []byte(program), 0o644)
}

func parse(text string) map[string]any {
	m := map[string]any{}
	if err := yaml.Unmarshal([]byte(text), &m); err != nil {
		panic(fmt.Sprintf("%v in\n%s", err, text))
	}
	return m
}

// merge puts what is in more into m; objects are merged.
func merge(m, more map[string]any) {
	for key, value := range more {
		inner, both := m[key].(map[string]any)
		if outer, ok := value.(map[string]any); ok && both {
			merge(inner, outer)
			continue
		}
		m[key] = value
	}
}

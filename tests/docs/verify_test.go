package docs

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsnet/pulumi-ecsnet/verify"
)

// TestTheMembersOfTheReport: the table of the JSON lists every member that the
// tool writes, and no other.
func TestTheMembersOfTheReport(t *testing.T) {
	t.Parallel()
	want := members(reflect.TypeFor[verify.Report](), "")
	want = append(want, "assertions[]")
	want = append(want, members(reflect.TypeFor[verify.Assertion](), "assertions[].")...)
	var got []string
	for _, row := range table(t, read(t, "docs/verify.md"), "Member", "Holds") {
		got = append(got, row[0])
	}
	slices.Sort(want)
	slices.Sort(got)
	assert.Equal(t, want, got)
}

// members are the JSON members of a type, those of its parts among them.
func members(of reflect.Type, prefix string) (list []string) {
	for i := range of.NumField() {
		field := of.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		name = prefix + name
		inner := field.Type
		if inner.Kind() == reflect.Slice {
			name, inner = name+"[]", inner.Elem()
		}
		list = append(list, name)
		if inner.Kind() == reflect.Struct {
			list = append(list, members(inner, name+".")...)
		}
	}
	return list
}

// TestTheTypesThatAreRead: the table lists the types that the proof builds
// networks from.
func TestTheTypesThatAreRead(t *testing.T) {
	t.Parallel()
	listed := func(text string, pattern *regexp.Regexp) (list []string) {
		for _, match := range pattern.FindAllStringSubmatch(text, -1) {
			list = append(list, match[1]+"."+match[2])
		}
		slices.Sort(list)
		return slices.Compact(list)
	}
	var documented []string
	for _, row := range table(t, read(t, "docs/verify.md"), "About", "Types") {
		documented = append(documented, strings.Split(row[1], ", ")...)
	}
	read := listed(read(t, "verify/internal/build/types.go"), regexp.MustCompile(`"([a-z0-9]+)/\w+:(\w+)":`))
	require.NotEmpty(t, read)
	slices.Sort(documented)
	assert.Equal(t, read, documented)
}

// TestTheAssertionsOfTheDocument: the table lists the tool's assertions.
func TestTheAssertionsOfTheDocument(t *testing.T) {
	t.Parallel()
	var documented []string
	for _, row := range table(t, read(t, "docs/verify.md"), "Assertion", "Holds when, for every service,") {
		documented = append(documented, row[0])
	}
	assert.Equal(t, verify.AssertionNames(), documented)
}

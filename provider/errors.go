package provider

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/preflight"
	"github.com/ecsnet/pulumi-ecsnet/provider/internal/schema"
)

// rpcError turns an error into what the engine prints after "resource 'net' has
// a problem: ".
//
// The protocol also knows a list of property errors, but the engine prints such
// a property's value beside it, in the clear even when it is a secret, so the
// faults are written out as text here.
func rpcError(err error) error {
	if err == nil {
		return nil
	}
	var faults field.Faults
	var findings preflight.Findings
	var parts []string
	if errors.As(err, &faults) {
		parts = append(parts, faultsText(faults))
	}
	if errors.As(err, &findings) {
		parts = append(parts, findings.Error())
	}
	if len(parts) > 0 {
		return status.Error(codes.InvalidArgument, strings.Join(parts, "\nand "))
	}
	if s, ok := status.FromError(err); ok {
		return status.Error(s.Code(), readable(s.Message()))
	}
	return status.Error(codes.Unknown, readable(err.Error()))
}

// faultsText is one fault in the engine's own line, several as a list under it,
// indented as the engine indents its lists.
func faultsText(faults field.Faults) string {
	if len(faults) == 1 {
		return faults[0].Error()
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d arguments are wrong:", len(faults))
	for _, f := range faults {
		b.WriteString("\n    - " + f.Error())
	}
	return b.String()
}

// plumbing is what the sdk and gRPC put in front of an error that came up
// through an output. It says how the text travelled, not what is wrong.
var plumbing = regexp.MustCompile(`waiting for RPCs: |marshaling properties: |awaiting input property "?[^":]*"?: |` +
	`rpc error: code = \w+ desc = |copying input "[^"]*": unmarshaling value: `)

func readable(text string) string {
	return strings.TrimSpace(plumbing.ReplaceAllString(text, ""))
}

// unknown is the error for a token that the plugin does not have, most likely
// because the program was written for another version of it.
func (s *server) unknown(what, token string) error {
	var names []string
	switch what {
	case "component":
		names = slices.Collect(maps.Keys(s.components))
	case "function":
		names = slices.Collect(maps.Keys(s.functions))
	}
	has := ""
	if len(names) > 0 {
		has = "; it has " + shortNames(names)
	}
	return status.Errorf(codes.NotFound, "ecsnet %s has no %s %q%s. "+
		"If the program is right, its ecsnet package is of another version than this plugin",
		Version, what, schema.ShortName(token), has)
}

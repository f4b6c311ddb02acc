package provider

import (
	"context"
	"maps"
	"slices"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// settings that the engine itself puts into a provider's configuration.
var engineSettings = []string{"version", "pluginDownloadURL", "pluginChecksums", "parameterization", "envVarMappings"}

// CheckConfig refuses every setting, because ecsnet has none: a misplaced
// aws:region under ecsnet would otherwise be ignored in silence.
func (s *server) CheckConfig(_ context.Context, req *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	resp := &pulumirpc.CheckResponse{Inputs: req.GetNews()}
	for _, name := range slices.Sorted(maps.Keys(req.GetNews().GetFields())) {
		if strings.HasPrefix(name, "__") || slices.Contains(engineSettings, name) {
			continue
		}
		resp.Failures = append(resp.Failures, &pulumirpc.CheckFailure{
			Property: name,
			Reason: "ecsnet has no settings; region, credentials and default tags belong to the aws provider " +
				"(pulumi config set aws:" + name + " ..., or an explicit provider in the component's options)",
		})
	}
	return resp, nil
}

package provider

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// TestClusterByReference: what a cluster has is known at the first preview, and
// an empty map is not a missing one.
func TestClusterByReference(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		capacityProviders any
		runs, refused     string
	}{
		"the default":               {nil, "capacityProviderStrategies", ""},
		"none":                      {props{}, "launchType", ""},
		"Spot, that it has not":     {props{"FARGATE_SPOT": props{}}, "", `capacityProviders["FARGATE_SPOT"]: is not one of the cluster's capacity providers, "FARGATE"`},
		"FARGATE, with all default": {props{"FARGATE": props{}}, "capacityProviderStrategies", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t)
			net, err := h.construct(t, "IsolatedVpc net", in(props{"availabilityZones": []any{"us-east-1a"}}))
			if err != nil {
				t.Fatal(err)
			}
			args := in(props{"image": image, "enableExecuteCommand": true})
			args["network"] = reference(net.GetUrn(), Version)
			args["cluster"] = cluster(t, h, "apps", props{"capacityProviders": []any{"FARGATE"}})
			if tt.capacityProviders != nil {
				args["capacityProviders"] = resource.NewPropertyValue(tt.capacityProviders)
			}
			_, err = h.construct(t, "FargatePrivateService api", args)
			services := h.engine.ofType("ecs/service:Service")
			if tt.refused != "" {
				if err == nil || !strings.Contains(err.Error(), tt.refused) || len(services) > 0 {
					t.Errorf("want %q and no service, got %v", tt.refused, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, property := range []resource.PropertyKey{"launchType", "capacityProviderStrategies"} {
				if got := services[0].inputs.HasValue(property); got != (string(property) == tt.runs) {
					t.Errorf("%s is there: %v", property, got)
				}
			}
		})
	}
}

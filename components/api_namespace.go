package components

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// checkNamespace refuses a namespace that another ApiIngress of this program
// makes in the same network: a VPC resolves a name in one place.
// https://docs.aws.amazon.com/cloud-map/latest/api/API_CreatePrivateDnsNamespace.html
func (s *apiSpec) checkNamespace(ctx *pulumi.Context, a *ApiIngress, name string) error {
	if s.balancer != nil {
		return nil
	}
	network, known, err := await[string](ctx, s.network.urn())
	if err != nil || !known {
		return err
	}
	urn, known, err := await[string](ctx, a.URN().ToStringOutput())
	if err != nil || !known {
		return err
	}
	namespace := strings.ToLower(s.namespaceName)
	other := take(ctx, network, "namespace "+namespace, urn)
	if other == "" {
		return nil
	}
	var faults field.Faults
	faults.Add("namespaceName", namespace, fmt.Sprintf("is also the namespace of ApiIngress %q, and a VPC can have a namespace only once", resource.URN(other).Name()),
		"write another name")
	return refuse(ctx, "ApiIngress", name, faults)
}

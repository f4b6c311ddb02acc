package components

import (
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/preflight"
)

// declare fills in what the preflight knows of a network. The component that
// made a VPC is believed on what it has not; a Network only on what it
// declares, because an empty output of it may be an argument left out.
func (n *Network) declare(ctx *pulumi.Context, f *networkFacts) error {
	var component pulumi.Resource = n
	if n.of != nil {
		component = n.of
	}
	kind := component.PulumiResourceType()
	made := slices.Contains(vpcTypes, kind)
	d := preflight.Network{
		Kind: kind[strings.LastIndex(kind, ":")+1:], Name: component.PulumiResourceName(), Declared: !made,
	}
	egress, err := told(ctx, f, factEgress, n.Egress, func(text string) bool { return text != "" })
	if err != nil {
		return err
	}
	if text, known := egress.Get(); known {
		d.Egress = fact.Known(preflight.Egress(text))
	}
	listed := func(list []string) bool { return made || len(list) > 0 }
	if d.EndpointServices, err = told(ctx, f, factServices, n.EndpointServices, listed); err != nil {
		return err
	}
	if d.Region, err = told(ctx, f, factRegion, n.Region, func(text string) bool { return text != "" }); err != nil {
		return err
	}
	policies, err := told(ctx, f, factPolicies, n.EndpointPolicies, func(text string) bool { return text != "" })
	if err != nil {
		return err
	}
	if text, known := policies.Get(); known {
		d.S3PolicyNarrow = fact.Known(text == string(EndpointPoliciesAccount))
	}
	if f.zoneNames, err = told(ctx, f, factZones, n.AvailabilityZones, func(list []string) bool { return len(list) > 0 }); err != nil {
		return err
	}
	if made {
		private := kind != publicNetworkType // and so an S3 gateway endpoint
		d.DnsEnabled, d.S3Gateway, d.EndpointZones = fact.Known(true), fact.Known(private), f.zoneNames
		f.declared = d
		return nil
	}
	f.declared = d
	return n.declareS3(ctx, f)
}

// declareS3 believes a Network that names its S3 gateway endpoint's prefix
// list. The id may come from another resource, so an update of a Go program
// does not wait for it: there, that the argument is given has to do.
func (n *Network) declareS3(ctx *pulumi.Context, f *networkFacts) error {
	if preflightLater(ctx) {
		if f.s3PrefixList {
			f.declared.S3Gateway = fact.Known(true)
		}
		return nil
	}
	id, err := see[string](ctx, n.S3PrefixListId)
	if id.value != "" {
		f.declared.S3Gateway = fact.Known(true)
	}
	return err
}

// told is an output's value, where it is known and says something.
func told[T any](ctx *pulumi.Context, f *networkFacts, name string, o pulumi.Output, something func(T) bool) (fact.Of[T], error) {
	s, err := see[T](ctx, o)
	if err != nil || !s.known || !something(s.value) {
		return fact.Unknown[T](), err
	}
	if s.secret {
		f.secret = append(f.secret, name)
	}
	return fact.Known(s.value), nil
}

package provider

import "github.com/ecsnet/pulumi-ecsnet/components"

// all is every component that the plugin serves. A new component is one file
// in package components and one line here.
var all = []Component{
	serve(components.NewApiIngress),
	serve(components.NewApplicationIngress),
	serve(components.NewContainerImage),
	serve(components.NewEc2Capacity),
	serve(components.NewEc2Service),
	serve(components.NewEcsCluster),
	serve(components.NewFargatePrivateService),
	serve(components.NewFargatePublicService),
	serve(components.NewIsolatedVpc),
	serve(components.NewNatNetwork),
	serve(components.NewNetwork),
	serve(components.NewNetworkIngress),
	serve(components.NewPublicNetwork),
}

// Components returns every component that the plugin serves.
func Components() []Component { return all }

package provider

import "github.com/ecsnet/pulumi-ecsnet/components"

// functions is every function that the plugin serves. A new function is one
// file in package components and one line here.
var functions = []Function{
	serveFunction(components.CheckTask),
	serveFunction(components.EstimateMonthlyCost),
	serveFunction(components.NeededEndpoints),
	serveFunction(components.PlanSubnets),
}

// Functions returns every function that the plugin serves.
func Functions() []Function { return functions }

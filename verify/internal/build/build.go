// Package build makes the model of a network from the resources of a stack.
package build

import (
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/model"
	"github.com/ecsnet/pulumi-ecsnet/verify/internal/state"
)

// Network is what the resources make.
func Network(resources []state.Resource) *model.Network { return &model.Network{} }

package netplan

import "github.com/ecsnet/pulumi-ecsnet/internal/field"

// CheckMaxZones returns the faults of a number of slots, for callers that have
// no block to plan with.
func CheckMaxZones(max int) field.Faults { return Spec{MaxZones: max}.checkSlots() }

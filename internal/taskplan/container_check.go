package taskplan

import (
	"maps"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// Check returns the faults of a container's values, as an error: for values
// that nobody could check before, because they were not known at preview.
func (c Container) Check() error {
	faults := CheckImage("image", c.Image)
	for _, name := range slices.Sorted(maps.Keys(c.Secrets)) {
		faults = append(faults, CheckSecret(field.Key("secrets", name), c.Secrets[name])...)
	}
	return faults.Err()
}

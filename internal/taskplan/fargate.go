package taskplan

import (
	"fmt"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/words"
)

// fargateSize is one CPU size of Fargate and the memory that goes with it.
type fargateSize struct {
	cpu    int // CPU units, 1024 a virtual CPU
	memory []int
}

// fargateSizes are the sizes that Fargate runs on Linux, platform version 1.4.0
// and later.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
var fargateSizes = []fargateSize{
	{256, []int{512, 1024, 2048}},
	{512, memoryRange(1024, 4096, 1024)},
	{1024, memoryRange(2048, 8192, 1024)},
	{2048, memoryRange(4096, 16384, 1024)},
	{4096, memoryRange(8192, 30720, 1024)},
	{8192, memoryRange(16384, 61440, 4096)},
	{16384, memoryRange(32768, 122880, 8192)},
	{32768, []int{61440, 122880, 249856}},
}

func memoryRange(from, to, step int) []int {
	var all []int
	for m := from; m <= to; m += step {
		all = append(all, m)
	}
	return all
}

// CheckFargateSize returns the faults of a task's size, whose cpu and memoryMib
// are in the argument at; "" is the component itself. It names the nearest sizes that Fargate has.
func CheckFargateSize(at string, cpu, memoryMib int) field.Faults {
	var faults field.Faults
	i := slices.IndexFunc(fargateSizes, func(s fargateSize) bool { return s.cpu == cpu })
	if i < 0 {
		var cpus []int
		for _, s := range fargateSizes {
			cpus = append(cpus, s.cpu)
		}
		faults.Add(field.Join(at, "cpu"), cpu, "CPU units are not a size that Fargate offers",
			fmt.Sprintf("write %s (Fargate has %s)", words.Or(nearest(cpus, cpu)), words.Commas(cpus)))
		return faults
	}
	size := fargateSizes[i]
	if slices.Contains(size.memory, memoryMib) {
		return nil
	}
	fix := fmt.Sprintf("write %s (cpu %d takes %s)", words.Or(nearest(size.memory, memoryMib)), cpu, memoryText(size.memory))
	if other, memory := sizeFor(memoryMib, cpu); memoryMib > size.memory[len(size.memory)-1] && other > 0 {
		fix += fmt.Sprintf(", or cpu %d with memoryMib %d", other, memory)
	}
	faults.Add(field.Join(at, "memoryMib"), memoryMib, fmt.Sprintf("MiB is not a size that Fargate offers with cpu %d", cpu), fix)
	return faults
}

// sizeFor returns the smallest size above cpu that has room for the memory.
func sizeFor(memoryMib, cpu int) (size, memory int) {
	for _, s := range fargateSizes {
		if s.cpu < cpu {
			continue
		}
		for _, m := range s.memory {
			if m >= memoryMib {
				return s.cpu, m
			}
		}
	}
	return 0, 0
}

// nearest returns the allowed values next to a wrong one: below and above.
func nearest(allowed []int, value int) []int {
	i, _ := slices.BinarySearch(allowed, value)
	return allowed[max(0, i-1):min(len(allowed), i+1)]
}

// memoryText lists memory sizes, a long even run by its ends and step.
func memoryText(sizes []int) string {
	if len(sizes) <= 4 {
		return words.Commas(sizes)
	}
	return fmt.Sprintf("%d to %d in steps of %d", sizes[0], sizes[len(sizes)-1], sizes[1]-sizes[0])
}

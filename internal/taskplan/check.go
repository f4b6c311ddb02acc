package taskplan

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/words"
)

// retentions are the days that CloudWatch Logs keeps events for.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
var retentions = []int{
	1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
}

// CheckRetention returns the faults of a log retention in days. 0 keeps logs
// forever.
func CheckRetention(path string, days int) field.Faults {
	var faults field.Faults
	if days != 0 && !slices.Contains(retentions, days) {
		faults.Add(path, days, "days is not a retention that CloudWatch Logs offers",
			fmt.Sprintf("write %s, or 0 to keep logs forever", words.Or(nearest(retentions, days))))
	}
	return faults
}

// CheckDesiredCount returns the faults of a number of tasks.
func CheckDesiredCount(path string, count int) field.Faults {
	var faults field.Faults
	if count < 0 {
		faults.Add(path, count, "is below 0", "write the number of tasks to run, 0 for none")
	}
	return faults
}

// name is what ECS allows in the names of services, containers and task
// families.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
//
// The length is checked apart: as part of the pattern, it costs the plugin
// half a megabyte at every start.
var name = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

const longestName = 255

// CheckName returns the faults of the name of a service, a container or a task
// family.
func CheckName(path, text string) field.Faults {
	var faults field.Faults
	if len(text) <= longestName && name.MatchString(text) {
		return nil
	}
	rule := "is not a name that ECS takes"
	if text == "" {
		rule = "is empty"
	}
	faults.Add(path, text, rule, "use 1 to 255 letters, digits, hyphens and underscores")
	return faults
}

// CheckEnvironment returns the faults of the names of a container's
// environment and secrets, which are in the argument at; "" is the component
// itself. ECS takes a name that is in both, and which of the
// two the container then sees is undefined.
func CheckEnvironment[E ~map[string]EV, S ~map[string]SV, EV, SV any](at string, environment E, secrets S) field.Faults {
	var faults field.Faults
	check := func(path, key string) {
		switch {
		case key == "":
			faults.Add(field.Key(path, key), nil, "has an empty name", "name the variable")
		case strings.Contains(key, "="):
			fix := "write the name alone, the value belongs on the other side"
			if before, _, _ := strings.Cut(key, "="); before != "" {
				fix = fmt.Sprintf("write the name %q alone, the value belongs on the other side", before)
			}
			faults.Add(field.Key(path, key), nil, "has \"=\" in its name", fix)
		case strings.ContainsRune(key, 0):
			faults.Add(field.Key(path, key), nil, "has a NUL character in its name", "leave it out")
		}
	}
	for _, key := range slices.Sorted(maps.Keys(environment)) {
		check(field.Join(at, "environment"), key)
	}
	for _, key := range slices.Sorted(maps.Keys(secrets)) {
		check(field.Join(at, "secrets"), key)
		if _, both := environment[key]; both {
			faults.Add(field.Key(field.Join(at, "secrets"), key), nil, "is also in environment", "keep it in one of them")
		}
	}
	return faults
}

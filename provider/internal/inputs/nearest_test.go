package inputs

import "testing"

func TestNearest(t *testing.T) {
	t.Parallel()
	names := []string{"cidrBlock", "cpu", "desiredCount", "deploymentMaximumPercent", "deploymentMinimumHealthyPercent", "memoryMib"}
	for misspelt, want := range map[string]string{
		"cidr_block":      "cidrBlock",
		"CidrBlock":       "cidrBlock",
		"cidrBlok":        "cidrBlock",
		"cidr":            "cidrBlock",
		"cpus":            "cpu",
		"desierdCount":    "desiredCount",
		"memory":          "memoryMib",
		"deployment":      "", // two begin so
		"percent":         "",
		"x":               "",
		"":                "",
		"somethingElse":   "",
		"maximum-percent": "deploymentMaximumPercent",
	} {
		if got := nearest(misspelt, names); got != want {
			t.Errorf("nearest(%q) is %q, want %q", misspelt, got, want)
		}
	}
}

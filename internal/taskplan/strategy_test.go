package taskplan

import "testing"

func TestStrategies(t *testing.T) {
	t.Parallel()
	for _, good := range []map[string]Share{
		nil, {}, {"FARGATE": {Weight: 1}}, {"FARGATE": {Base: 100000, Weight: 0}, "FARGATE_SPOT": {Weight: 1000}},
	} {
		same(t, CheckStrategy("capacityProviders", good))
	}
	const fix = ` is not a capacity provider of Fargate; write "FARGATE" or "FARGATE_SPOT"; tasks on hosts are an Ec2Service's`
	for name, tt := range map[string]struct {
		in   map[string]Share
		want []string
	}{
		"another's name": {map[string]Share{"hosts": {Weight: 1}}, []string{`capacityProviders["hosts"]:` + fix}},
		"small letters":  {map[string]Share{"fargate_spot": {Weight: 1}}, []string{`capacityProviders["fargate_spot"]: is not a capacity provider of Fargate; write "FARGATE_SPOT"`}},
		"above the ranges": {map[string]Share{"FARGATE": {Base: 100001, Weight: 1001}}, []string{
			`capacityProviders["FARGATE"].base: 100001 is not in the range 0 to 100000; choose a number in that range`,
			`capacityProviders["FARGATE"].weight: 1001 is not in the range 0 to 1000; choose a number in that range`,
		}},
		"below the ranges": {map[string]Share{"FARGATE": {Base: -1, Weight: 2}, "FARGATE_SPOT": {Weight: -1}}, []string{
			`capacityProviders["FARGATE"].base: -1 is not in the range 0 to 100000; choose a number in that range`,
			`capacityProviders["FARGATE_SPOT"].weight: -1 is not in the range 0 to 1000; choose a number in that range`,
		}},
		"two bases": {map[string]Share{"FARGATE": {Base: 1, Weight: 1}, "FARGATE_SPOT": {Base: 1}}, []string{
			`capacityProviders["FARGATE_SPOT"].base: 1 is a second base, and AWS takes one: FARGATE has one already; leave one of them out`,
		}},
		"no weight": {map[string]Share{"FARGATE": {Base: 1}, "FARGATE_SPOT": {}}, []string{
			"capacityProviders: has no weight above 0, so AWS could place no task beyond the base; write a weight of 1 or more for one of them",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			same(t, CheckStrategy("capacityProviders", tt.in), tt.want...)
		})
	}
}

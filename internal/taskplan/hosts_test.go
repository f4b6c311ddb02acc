package taskplan

import (
	"strings"
	"testing"
)

func TestHostPolicy(t *testing.T) {
	t.Parallel()
	const want = `{"Version":"2012-10-17","Statement":[` +
		`{"Sid":"EcsEndpoint","Effect":"Allow","Action":["ecs:DiscoverPollEndpoint"],"Resource":["*"]},` +
		`{"Sid":"EcsCluster","Effect":"Allow","Action":["ecs:DeregisterContainerInstance","ecs:RegisterContainerInstance","ecs:SubmitAttachmentStateChanges","ecs:SubmitContainerStateChange","ecs:SubmitTaskStateChange"],"Resource":["arn:aws-cn:ecs:cn-north-1:123456789012:cluster/prod"]},` +
		`{"Sid":"EcsHost","Effect":"Allow","Action":["ecs:Poll","ecs:StartTelemetrySession"],"Resource":["arn:aws-cn:ecs:cn-north-1:123456789012:container-instance/prod/*"]}]}`
	if got := HostPolicy("aws-cn", "cn-north-1", "123456789012", "prod"); got != want {
		t.Errorf("want\n%s\ngot\n%s", want, got)
	}
	if got := HostTrust(); !strings.Contains(got, `{"Service":"ec2.amazonaws.com"}`) {
		t.Errorf("the role can be assumed by %s", got)
	}
}

func TestHostSizes(t *testing.T) {
	t.Parallel()
	p := func(n int) *int { return &n }
	for _, cpu := range []*int{nil, p(128), p(4096), p(196608)} {
		same(t, CheckHostSize("", cpu, p(6)))
	}
	const rule = " is not in the range 128 to 196608; choose a number of CPU units in that range, or leave it out"
	same(t, CheckHostSize("", p(127), p(5)), "cpu: 127"+rule,
		"memoryMib: 5 MiB is less memory than Docker gives a container; write 6 or more")
	same(t, CheckHostSize("", p(196609), nil), "cpu: 196609"+rule)
}

func TestHostPorts(t *testing.T) {
	t.Parallel()
	p := func(n int) *int { return &n }
	for _, tt := range []struct {
		mode            string
		container, host *int
		want            string
	}{
		{"bridge", p(80), nil, ""},
		{"bridge", p(80), p(0), ""},
		{"bridge", p(22), p(8022), ""},
		{"bridge", p(80), p(8080), ""},
		{"host", p(80), p(80), ""},
		{"awsvpc", p(22), p(22), ""}, // the task has an interface of its own
		{"awsvpc", nil, nil, ""},
		{"bridge", p(80), p(22), "hostPort: 22 is a port that the host itself uses"},
		{"host", p(51678), nil, "containerPort: 51678 is a port that the host itself uses"},
		{"bridge", nil, p(80), "hostPort: 80 leads to no port"},
		{"bridge", p(80), p(65536), "hostPort: 65536 is not a port"},
		{"bridge", p(80), p(-1), "hostPort: -1 is not a port"},
		{"host", p(80), p(0), "hostPort: 0 is not containerPort"},
		{"awsvpc", p(80), p(81), "hostPort: 81 is not containerPort"},
	} {
		got := CheckHostPort("", tt.mode, tt.container, tt.host)
		if tt.want == "" && len(got) > 0 || tt.want != "" && !strings.Contains(got.Error(), tt.want) {
			t.Errorf("%s %v: want %q, got %v", tt.mode, tt.host, tt.want, got)
		}
	}
}

func TestHostPortInTheDefinition(t *testing.T) {
	t.Parallel()
	port, dynamic := 80, 0
	for want, host := range map[string]*int{`"hostPort":80`: nil, `"hostPort":0`: &dynamic} {
		got, err := Task{Container: Container{Name: "a", Image: Image{known("image", "b")}, Port: &port, HostPort: host}}.ContainerDefinitions()
		if err != nil || !strings.Contains(got, want) {
			t.Errorf("want %s in %s, %v", want, got, err)
		}
	}
}

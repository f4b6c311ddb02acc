package provider

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/status"
)

// isolatedService constructs a service in an isolated network that has an
// endpoint for logs only.
func isolatedService(t *testing.T, h *harness, args resource.PropertyMap) error {
	t.Helper()
	resp, err := h.construct(t, "IsolatedVpc net", in(props{
		"availabilityZones": []any{"us-east-1a", "us-east-1b"}, "endpointServices": []any{"logs"},
	}))
	if err != nil {
		t.Fatal(err)
	}
	all := in(props{"image": "nginx:1.27", "clusterArn": clusterArn})
	all["network"] = reference(resp.GetUrn(), Version)
	maps.Copy(all, args)
	_, err = h.construct(t, "FargatePrivateService api", all)
	return err
}

// What the engine prints after "resource 'api' has a problem: ".
func TestPreflightText(t *testing.T) {
	t.Parallel()
	err := isolatedService(t, newHarness(t), in(props{"enableExecuteCommand": true}))
	want := `its tasks would not work, for 2 reasons:
    - image: "nginx:1.27" is on Docker Hub, which this network cannot reach: IsolatedVpc "net" has egress "None"
        AWS would say: CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref docker.io/library/nginx:1.27: failed to do request: dial tcp: i/o timeout
        Fix: copy it to a private ECR repository in us-east-1 (ContainerImage makes one) and write that image, or use a NatNetwork
        Rule image-registry: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
    - enableExecuteCommand: ECS Exec needs an interface endpoint for ssmmessages; IsolatedVpc "net" has egress "None" and endpointServices [logs]
        AWS would say: TargetNotConnectedException: The execute command failed due to an internal error. Try again later.
        Fix: add "ssmmessages" to endpointServices of IsolatedVpc "net"
        Rule exec-endpoint: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html`
	if diff := cmp.Diff(want, status.Convert(err).Message()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// Wrong arguments and what the preflight finds come together.
func TestFaultsAndFindings(t *testing.T) {
	t.Parallel()
	err := isolatedService(t, newHarness(t), in(props{"cpu": 300, "desiredCount": -1}))
	text := status.Convert(err).Message()
	if !strings.HasPrefix(text, "2 arguments are wrong:\n    - cpu: 300") || !strings.Contains(text, "\nand its tasks would not work, for 1 reason:\n    - image: ") {
		t.Error(text)
	}
}

// "Warn" prints what "Error" would have said, once and on the component; "Off"
// prints nothing; a value that is not known yet is named at debug level.
func TestPreflightLogs(t *testing.T) {
	t.Parallel()
	unknown := resource.PropertyMap{"image": resource.MakeComputed(resource.NewProperty(""))}
	for name, tt := range map[string]struct {
		args     resource.PropertyMap
		severity pulumirpc.LogSeverity
		want     string // "" is no message
	}{
		"Warn": {in(props{"preflight": "Warn"}), pulumirpc.LogSeverity_WARNING, "its tasks would not work, for 1 reason:\n    - image: \"nginx:1.27\" is on Docker Hub"},
		"Off":  {in(props{"preflight": "Off"}), 0, ""},
		"a warning of mode Error": {in(props{"image": image, "preflight": "Error", "enableExecuteCommand": true, "taskRoleArn": "arn:aws:iam::123456789012:role/mine"}),
			pulumirpc.LogSeverity_WARNING, "its tasks may not work as they should, for 1 reason:\n    - taskRoleArn: ECS Exec needs four actions"},
		"unknown": {unknown, pulumirpc.LogSeverity_DEBUG, "image: rule image-registry cannot be decided: the image is not known"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t)
			if name == "a warning of mode Error" {
				resp, err := h.construct(t, "NatNetwork net", in(props{"availabilityZones": []any{"us-east-1a", "us-east-1b"}}))
				if err != nil {
					t.Fatal(err)
				}
				tt.args["network"] = reference(resp.GetUrn(), Version)
			}
			if err := isolatedService(t, h, tt.args); err != nil {
				t.Fatal(err)
			}
			if made := h.engine.ofType("aws:ecs/service:Service"); len(made) != 1 {
				t.Errorf("made %d ECS services", len(made))
			}
			if tt.want == "" {
				if len(h.engine.logs) > 0 {
					t.Errorf("printed %v", h.engine.logs)
				}
				return
			}
			if len(h.engine.logs) != 1 {
				t.Fatalf("want one message, got %v", h.engine.logs)
			}
			got := h.engine.logs[0]
			if got.GetSeverity() != tt.severity || !strings.Contains(got.GetMessage(), tt.want) || !strings.HasSuffix(got.GetUrn(), "ecsnet:index:FargatePrivateService::api") {
				t.Errorf("want %v %q, got %v", tt.severity, tt.want, got)
			}
		})
	}
}

// Where no task is to run, a service says that what was asked of them by name
// shows nothing; and only then.
func TestNoTasksAreWarnedOf(t *testing.T) {
	t.Parallel()
	const want = "desiredCount: 0 runs no task, so a successful update says nothing about the tasks"
	for name, tt := range map[string]struct {
		args props
		warn bool
	}{
		"none, unasked":                   {props{"desiredCount": 0}, false},
		"none, but waited for":            {props{"desiredCount": 0, "waitForSteadyState": true}, true},
		"none, not waited for":            {props{"desiredCount": 0, "waitForSteadyState": false}, false},
		"none, to be rolled back":         {props{"desiredCount": 0, "deploymentCircuitBreaker": "Rollback"}, true},
		"none, to be stopped":             {props{"desiredCount": 0, "deploymentCircuitBreaker": "Stop"}, true},
		"none, with the breaker off":      {props{"desiredCount": 0, "deploymentCircuitBreaker": "Off"}, false},
		"one, waited for and rolled back": {props{"desiredCount": 1, "waitForSteadyState": true, "deploymentCircuitBreaker": "Rollback"}, false},
		"as many as there are by default": {props{"waitForSteadyState": true, "deploymentCircuitBreaker": "Stop"}, false},
		"none, waited for, preflight off": {props{"desiredCount": 0, "waitForSteadyState": true, "preflight": "Off"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t)
			resp, err := h.construct(t, "NatNetwork net", in(props{"availabilityZones": []any{"us-east-1a", "us-east-1b"}}))
			if err != nil {
				t.Fatal(err)
			}
			args := in(tt.args)
			args["network"] = reference(resp.GetUrn(), Version)
			if err := isolatedService(t, h, args); err != nil {
				t.Fatal(err)
			}
			var warnings []*pulumirpc.LogRequest
			for _, l := range h.engine.logs {
				if l.GetSeverity() == pulumirpc.LogSeverity_WARNING {
					warnings = append(warnings, l)
				}
			}
			if !tt.warn && len(warnings) > 0 || tt.warn && len(warnings) != 1 {
				t.Fatalf("the warnings are %v", warnings)
			}
			if tt.warn && (!strings.HasPrefix(warnings[0].GetMessage(), want) || !strings.HasSuffix(warnings[0].GetUrn(), "ecsnet:index:FargatePrivateService::api")) {
				t.Errorf("want %q about the service, got %v", want, warnings[0])
			}
		})
	}
}

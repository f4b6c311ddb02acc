package components

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	neededImage     = "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1.0"
	neededSecret    = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf"
	neededParameter = "arn:aws:ssm:us-east-1:123456789012:parameter/key"
)

// everyNeed is a task with everything on.
func everyNeed() *NeededEndpointsArgs {
	return &NeededEndpointsArgs{
		Region: "us-east-1", LaunchType: ptr(LaunchTypeFargate), Image: ptr(neededImage), LogDriver: ptr("awslogs"),
		Secrets:              map[string]string{"DB": neededSecret, "KEY": neededParameter},
		EnableExecuteCommand: ptr(true), ExecuteCommandKmsKey: ptr(true), ExecuteCommandLog: ptr(true), ServiceConnect: ptr(true),
	}
}

// lines are a result, a line for each reason.
func (r *NeededEndpointsResult) lines() (lines []string) {
	reasons := func(of string, all []EndpointReason) {
		for _, why := range all {
			lines = append(lines, fmt.Sprintf("%s: %s: %s (%s, %s)", of, why.Path, why.What, why.RuleId, why.Severity))
		}
	}
	for _, e := range r.Endpoints {
		of := e.Service
		if e.Gateway {
			of += " gateway"
		}
		reasons(of, e.Reasons)
	}
	reasons("unreachable", r.Unreachable)
	for _, u := range r.Undecided {
		lines = append(lines, "undecided: "+u.Path+": "+u.Unknown+" ("+u.RuleId+")")
	}
	return lines
}

func TestNeededEndpoints(t *testing.T) {
	t.Parallel()
	off := ptr(false)
	quiet := NeededEndpointsArgs{
		Region: "us-east-1", LaunchType: ptr(LaunchTypeFargate), Image: ptr("nginx"), LogDriver: ptr(""),
		EnableExecuteCommand: off, ExecuteCommandKmsKey: off, ExecuteCommandLog: off, ServiceConnect: off,
	}
	with := func(edit func(*NeededEndpointsArgs)) *NeededEndpointsArgs {
		a := quiet
		edit(&a)
		return &a
	}
	registry := "unreachable: image: pulling an image outside private ECR (image-registry, Error)"
	for name, tt := range map[string]struct {
		args *NeededEndpointsArgs
		want []string
	}{
		"everything": {everyNeed(), []string{
			"ecr.api: image: pulling an image of private ECR (image-endpoints, Error)",
			"ecr.dkr: image: pulling an image of private ECR (image-endpoints, Error)",
			"ecs-agent: serviceConnect: the proxy of Service Connect (service-connect-endpoint, Error)",
			"kms: enableExecuteCommand: ECS Exec with a KMS key (exec-kms-endpoint, Error)",
			"logs: logDriver: writing the container's log (log-endpoint, Error)",
			"logs: enableExecuteCommand: recording the sessions of ECS Exec (exec-log-endpoint, Error)",
			"s3 gateway: image: pulling the layers of an image of private ECR (image-layers, Error)",
			`secretsmanager: secrets["DB"]: reading the secret db-AbCdEf (secret-endpoint, Error)`,
			`ssm: secrets["KEY"]: reading the secret /key (secret-endpoint, Error)`,
			"ssmmessages: enableExecuteCommand: ECS Exec (exec-endpoint, Error)",
		}},
		"Docker Hub": {with(func(*NeededEndpointsArgs) {}), []string{registry}},
		"hosts": {with(func(a *NeededEndpointsArgs) { a.LaunchType = ptr(LaunchTypeEc2) }), []string{
			"ecs: launchType: the ECS agent of a host (ecs-endpoints-ec2, Error)",
			"ecs-agent: launchType: the ECS agent of a host (ecs-endpoints-ec2, Error)",
			"ecs-telemetry: launchType: the ECS agent of a host (ecs-endpoints-ec2, Error)", registry,
		}},
		"a Region that AWS opened late": {with(func(a *NeededEndpointsArgs) { a.Region = "ca-west-1" }), []string{
			"ecs: launchType: ECS in ca-west-1, a Region opened after 23 December 2023 (ecs-endpoints-fargate, Warning)",
			"ecs-agent: launchType: ECS in ca-west-1, a Region opened after 23 December 2023 (ecs-endpoints-fargate, Warning)",
			"ecs-telemetry: launchType: ECS in ca-west-1, a Region opened after 23 December 2023 (ecs-endpoints-fargate, Warning)", registry,
		}},
		"what lies in another Region": {with(func(a *NeededEndpointsArgs) {
			a.Region, a.Image, a.Secrets = "eu-west-1", ptr(neededImage), map[string]string{"DB": neededSecret}
		}), []string{
			"unreachable: image: pulling an image of private ECR (image-endpoints, Error)",
			"unreachable: image: pulling the layers of an image of private ECR (image-layers, Error)",
			`unreachable: secrets["DB"]: reading the secret db-AbCdEf (secret-endpoint, Error)`,
		}},
		"a registry that may be in the VPC": {with(func(a *NeededEndpointsArgs) { a.Image = ptr("registry.corp.internal/a:1") }), []string{
			"undecided: image: whether registry.corp.internal is in the VPC (image-registry)",
		}},
		"nothing known": {&NeededEndpointsArgs{Region: "us-east-1"}, []string{
			"undecided: image: the image (image-endpoints)",
			"undecided: image: the image (image-layers)",
			"undecided: logDriver: the log driver (log-endpoint)",
			"undecided: enableExecuteCommand: whether ECS Exec is on (exec-endpoint)",
			"undecided: enableExecuteCommand: whether ECS Exec is on (exec-kms-endpoint)",
			"undecided: enableExecuteCommand: whether ECS Exec is on (exec-log-endpoint)",
			"undecided: launchType: the launch type (ecs-endpoints-ec2)",
			"undecided: serviceConnect: whether the service uses Service Connect (service-connect-endpoint)",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := NeededEndpoints(tt.args)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got.lines()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestNeededEndpointsAreWhatCheckTaskAsksFor: with these endpoints checkTask
// finds nothing, and without any one of them it finds the rules that are named.
func TestNeededEndpointsAreWhatCheckTaskAsksFor(t *testing.T) {
	t.Parallel()
	for _, launch := range []LaunchType{LaunchTypeFargate, LaunchTypeEc2} {
		args := everyNeed()
		args.LaunchType = ptr(launch)
		needed, err := NeededEndpoints(args)
		if err != nil {
			t.Fatal(err)
		}
		rules := func(without string) (found []string) {
			check := &CheckTaskArgs{
				Region: &args.Region, Egress: ptr(EgressNone), EndpointServices: []string{}, S3GatewayEndpoint: ptr(without != "s3"), DnsEnabled: ptr(true),
				LaunchType: args.LaunchType, Image: args.Image, LogDriver: args.LogDriver, Secrets: args.Secrets, EnableExecuteCommand: args.EnableExecuteCommand,
				ExecuteCommandKmsKey: args.ExecuteCommandKmsKey, ExecuteCommandLog: args.ExecuteCommandLog, ServiceConnect: args.ServiceConnect,
			}
			for _, e := range needed.Endpoints {
				if e.Service != without && !e.Gateway {
					check.EndpointServices = append(check.EndpointServices, e.Service)
				}
			}
			result, err := CheckTask(check)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range result.Findings {
				found = append(found, f.RuleId)
			}
			slices.Sort(found)
			return slices.Compact(found)
		}
		if found := rules(""); len(found) > 0 {
			t.Errorf("%s: with every endpoint: %v", launch, found)
		}
		for _, e := range needed.Endpoints {
			var want []string
			for _, why := range e.Reasons {
				want = append(want, why.RuleId)
			}
			slices.Sort(want)
			if diff := cmp.Diff(slices.Compact(want), rules(e.Service)); diff != "" {
				t.Errorf("%s: without %s (-want +got)\n%s", launch, e.Service, diff)
			}
		}
	}
}

func TestNeededEndpointsFaults(t *testing.T) {
	t.Parallel()
	_, err := NeededEndpoints(&NeededEndpointsArgs{
		Region: "us-east", LaunchType: ptr(LaunchType("fargate")), Image: ptr("My Image"), Secrets: map[string]string{"DB": "hunter2"},
	})
	want := strings.Join([]string{
		"neededEndpoints has invalid arguments:",
		`region: "us-east" is not the name of a Region; write a name such as "us-east-1"`,
		`launchType: "fargate" is not a known value; write one of "FARGATE", "EC2"`,
		`image: "My Image" has a blank in it; write REGISTRY/NAME:TAG without blanks`,
		`secrets["DB"]: is not an ARN; write the ARN of a Secrets Manager secret or of an SSM parameter, not its name and never its value`,
	}, "\n")
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	if _, err := NeededEndpoints(nil); err == nil || !strings.Contains(err.Error(), "region:") {
		t.Errorf("without arguments: %v", err)
	}
}

package components

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
	"github.com/ecsnet/pulumi-ecsnet/internal/preflight"
)

const (
	checkedSecret    = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf"
	checkedParameter = "arn:aws:ssm:us-east-1:123456789012:parameter/db"
)

// checked is a task that works in an isolated network, with every fact given.
func checked() *CheckTaskArgs {
	zones := []string{"us-east-1a", "us-east-1b"}
	return &CheckTaskArgs{
		Region: ptr("us-east-1"), Egress: ptr(EgressNone),
		EndpointServices:  append(slices.Clone(endpoints.Default), "com.amazonaws.us-east-1.ecs-agent", "kms", "s3", "com.amazonaws.us-east-1.dynamodb", "com.amazonaws.vpce.us-east-1.vpce-svc-1"),
		S3GatewayEndpoint: ptr(true), S3EndpointPolicyNarrow: ptr(true), EndpointAvailabilityZones: zones, DnsEnabled: ptr(true),
		LaunchType: ptr(LaunchTypeFargate), NetworkMode: ptr(NetworkModeAwsvpc), Image: ptr(mockImage), LogDriver: ptr("awslogs"),
		Secrets:              map[string]string{"DB": checkedSecret, "KEY": checkedParameter},
		EnableExecuteCommand: ptr(true), ExecuteCommandKmsKey: ptr(true), ExecuteCommandLog: ptr(true), TaskRoleArn: ptr(""),
		ServiceConnect: ptr(true), ServiceDiscovery: ptr(true),
		FileSystems: map[string]CheckedFileSystemArgs{"data": {AdmitsTasks: ptr(true), AvailabilityZones: zones}},
		Cpu:         ptr(256), MemoryMib: ptr(512), EphemeralStorageGib: ptr(0),
		ContainerNames: []string{"app", "proxy"},
		Ports:          []CheckedPortArgs{{Number: 80}, {Number: 81, Protocol: ptr(RuleProtocolUdp)}},
		LoadBalancer:   &CheckedLoadBalancerArgs{Application: ptr(true), AvailabilityZones: zones},
		AssignPublicIp: ptr(false), AvailabilityZones: zones,
	}
}

func TestCheckTaskPasses(t *testing.T) {
	t.Parallel()
	got, err := CheckTask(checked())
	if err != nil {
		t.Fatal(err)
	}
	want := &CheckTaskResult{Verdict: TaskVerdictPass, Findings: []TaskFinding{}, Undecided: []UndecidedRule{}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestCheckTaskFacts: each argument reaches the rules that are about it.
func TestCheckTaskFacts(t *testing.T) {
	t.Parallel()
	without := func(service string) func(*CheckTaskArgs) {
		return func(a *CheckTaskArgs) {
			a.EndpointServices = slices.DeleteFunc(a.EndpointServices, func(s string) bool {
				return s == service || s == "com.amazonaws.us-east-1."+service
			})
		}
	}
	one := []string{"us-east-1a"}
	tests := map[string]struct {
		edit func(*CheckTaskArgs)
		want []string // rule and path of each finding
	}{
		"region": {func(a *CheckTaskArgs) {
			a.Region = ptr("eu-west-1")
			a.EndpointServices = append(slices.Clone(endpoints.Default), "ecs-agent", "kms")
		}, []string{"image-region image", `secret-region secrets["DB"]`, `secret-region secrets["KEY"]`}},
		"egress":              {func(a *CheckTaskArgs) { a.Image = ptr("nginx") }, []string{"image-registry image"}},
		"endpointServices":    {without("ecr.api"), []string{"image-endpoints image"}},
		"s3GatewayEndpoint":   {func(a *CheckTaskArgs) { a.S3GatewayEndpoint = ptr(false) }, []string{"image-layers image"}},
		"endpoint zones":      {func(a *CheckTaskArgs) { a.EndpointAvailabilityZones = one }, []string{"endpoint-zones network"}},
		"dnsEnabled":          {func(a *CheckTaskArgs) { a.DnsEnabled = ptr(false) }, []string{"vpc-dns network"}},
		"launchType":          {func(a *CheckTaskArgs) { a.LaunchType = ptr(LaunchTypeEc2) }, []string{"ecs-endpoints-ec2 network"}},
		"networkMode":         {func(a *CheckTaskArgs) { a.NetworkMode = ptr(NetworkModeHost) }, []string{"fargate-network-mode networkMode"}},
		"logDriver":           {func(a *CheckTaskArgs) { a.LogDriver = ptr("gelf") }, []string{"log-driver logDriver"}},
		"secrets":             {without("ssm"), []string{`secret-endpoint secrets["KEY"]`}},
		"ECS Exec":            {without("ssmmessages"), []string{"exec-endpoint enableExecuteCommand"}},
		"KMS key of ECS Exec": {without("kms"), []string{"exec-kms-endpoint enableExecuteCommand"}},
		"taskRoleArn":         {func(a *CheckTaskArgs) { a.TaskRoleArn = ptr("arn:aws:iam::123456789012:role/task") }, []string{"exec-task-role taskRoleArn"}},
		"serviceConnect":      {without("ecs-agent"), []string{"service-connect-endpoint serviceConnect"}},
		"mount targets": {func(a *CheckTaskArgs) {
			a.FileSystems["data"] = CheckedFileSystemArgs{AdmitsTasks: ptr(false), AvailabilityZones: one}
		}, []string{`efs-security-group fileSystems["data"]`, `efs-zones fileSystems["data"]`}},
		"memoryMib":               {func(a *CheckTaskArgs) { a.MemoryMib = ptr(4096) }, []string{"fargate-size memoryMib"}},
		"cpu":                     {func(a *CheckTaskArgs) { a.Cpu = ptr(300) }, []string{"fargate-size cpu"}},
		"ephemeralStorageGib":     {func(a *CheckTaskArgs) { a.EphemeralStorageGib = ptr(201) }, []string{"ephemeral-storage ephemeralStorageGib"}},
		"containerNames":          {func(a *CheckTaskArgs) { a.ContainerNames[1] = "app" }, []string{"container-name-duplicate containerNames[1]"}},
		"ports":                   {func(a *CheckTaskArgs) { a.Ports[1].Protocol = nil; a.Ports[0].Number = 0 }, []string{"port-range ports[0]"}},
		"two of a port":           {func(a *CheckTaskArgs) { a.Ports[1].Number, a.Ports[1].Protocol = 80, nil }, []string{"port-duplicate ports[1]"}},
		"two protocols of a port": {func(a *CheckTaskArgs) { a.Ports[1].Number = 80 }, []string{"port-protocols ports[1]"}},
		"executeCommandLog":       {func(a *CheckTaskArgs) { a.ExecuteCommandLog = ptr(false) }, []string{"exec-recording enableExecuteCommand"}},
		"serviceDiscovery": {func(a *CheckTaskArgs) {
			a.DnsEnabled, a.Egress, a.FileSystems = ptr(false), ptr(EgressNatGateway), nil
		}, []string{"vpc-dns network"}},
		"s3EndpointPolicyNarrow": {func(a *CheckTaskArgs) { a.Egress, a.Image = ptr(EgressNatGateway), ptr("nginx") }, []string{"image-s3-policy image"}},
		"an endpoint that leads to another Region": {func(a *CheckTaskArgs) {
			a.EndpointServices = append(a.EndpointServices, "com.amazonaws.eu-west-1.ecr.dkr", "com.amazonaws.s3-global.accesspoint", "com.amazonaws.us-east-1.brand-new")
		}, nil},
		"load balancer": {func(a *CheckTaskArgs) { a.LoadBalancer.AvailabilityZones = one }, []string{
			"load-balancer-zones loadBalancer", "load-balancer-task-zones loadBalancer",
		}},
		"Network Load Balancer": {func(a *CheckTaskArgs) {
			a.LoadBalancer.Application, a.LoadBalancer.AvailabilityZones, a.AvailabilityZones = ptr(false), one, one
		}, nil},
		"assignPublicIp": {func(a *CheckTaskArgs) {
			a.LaunchType, a.AssignPublicIp = ptr(LaunchTypeEc2), ptr(true)
			a.Egress = ptr(EgressNatGateway)
		}, []string{"ec2-public-ip assignPublicIp"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			args := checked()
			tt.edit(args)
			got, err := CheckTask(args)
			if err != nil {
				t.Fatal(err)
			}
			var found []string
			verdict := TaskVerdictPass
			for _, f := range got.Findings {
				found = append(found, f.RuleId+" "+f.Path)
				if f.Severity == FindingSeverityError {
					verdict = TaskVerdictFail
				}
			}
			if diff := cmp.Diff(tt.want, found); diff != "" {
				t.Errorf("findings (-want +got)\n%s", diff)
			}
			if got.Verdict != verdict || len(got.Undecided) > 0 {
				t.Errorf("the verdict is %s, undecided %v", got.Verdict, got.Undecided)
			}
		})
	}
}

// TestCheckTaskKnowsNothing: without a fact no rule finds anything, and the
// rules that have something to decide say so.
func TestCheckTaskKnowsNothing(t *testing.T) {
	t.Parallel()
	got, err := CheckTask(nil)
	if err != nil {
		t.Fatal(err)
	}
	if got.Verdict != TaskVerdictUndecided || len(got.Findings) > 0 {
		t.Errorf("%s: %v", got.Verdict, got.Findings)
	}
	undecided := map[string]bool{}
	for _, u := range got.Undecided {
		undecided[u.RuleId] = true
		if u.Path == "" || u.Unknown == "" {
			t.Errorf("%+v says too little", u)
		}
	}
	// What a rule is about is not there: no secret, file system, port, name or
	// load balancer.
	for _, rule := range preflight.Rules() {
		about := !slices.Contains([]string{
			"secret-endpoint", "secret-region", "secret-partition", "efs-security-group", "efs-zones",
			"port-range", "port-duplicate", "port-protocols", "container-name-duplicate", "load-balancer-zones", "load-balancer-task-zones",
		}, rule.Id)
		if undecided[rule.Id] != about {
			t.Errorf("rule %s is undecided: %v", rule.Id, undecided[rule.Id])
		}
	}
}

// TestAFactLessIsNoFindingMore: an argument that is left out is not known. It
// makes no finding, and where it mattered it leaves a rule undecided.
func TestAFactLessIsNoFindingMore(t *testing.T) {
	t.Parallel()
	data, err := json.Marshal(checked())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"Region", "Egress", "EndpointServices", "S3GatewayEndpoint", "EndpointAvailabilityZones", "DnsEnabled",
		"LaunchType", "Image", "LogDriver", "EnableExecuteCommand", "ExecuteCommandKmsKey", "ExecuteCommandLog", "ServiceConnect",
		"Cpu", "MemoryMib", "EphemeralStorageGib", "NetworkMode", "AvailabilityZones", "TaskRoleArn",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var whole map[string]any
			if err := json.Unmarshal(data, &whole); err != nil {
				t.Fatal(err)
			}
			if whole[name] == nil {
				t.Fatalf("%v is not given", name)
			}
			delete(whole, name)
			less, err := json.Marshal(whole)
			if err != nil {
				t.Fatal(err)
			}
			args := &CheckTaskArgs{}
			if err := json.Unmarshal(less, args); err != nil {
				t.Fatal(err)
			}
			got, err := CheckTask(args)
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Findings) > 0 || len(got.Undecided) == 0 || got.Verdict != TaskVerdictUndecided {
				t.Errorf("%s: %v, undecided %v", got.Verdict, got.Findings, got.Undecided)
			}
		})
	}
}

// TestCheckTaskSaysWhatTheServiceSays: the findings are the rules' own words.
func TestCheckTaskSaysWhatTheServiceSays(t *testing.T) {
	t.Parallel()
	args := checked()
	args.Image = ptr("nginx:1.29")
	got, err := CheckTask(args)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Findings) != 1 {
		t.Fatalf("%d findings, want 1: %v", len(got.Findings), got.Findings)
	}
	want := TaskFinding{
		RuleId: "image-registry", Severity: FindingSeverityError, Path: "image",
		AwsSays:       "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref docker.io/library/nginx:1.29: failed to do request: dial tcp: i/o timeout",
		Cause:         `"nginx:1.29" is on Docker Hub, which this network cannot reach: the network has egress "None"`,
		Fix:           "copy it to a private ECR repository in us-east-1 (ContainerImage makes one) and write that image, or use a NatNetwork",
		Documentation: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html",
	}
	if diff := cmp.Diff(want, got.Findings[0]); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestCheckTaskFaults(t *testing.T) {
	t.Parallel()
	_, err := CheckTask(&CheckTaskArgs{
		Region: ptr("us-east"), Egress: ptr("none"),
		EndpointServices: []string{"logs", "ecr-api", "logs", "com.amazonaws.eu-west-1.ssm"},
		LaunchType:       ptr(LaunchType("fargate")), NetworkMode: ptr(NetworkMode("default")), Image: ptr("My Image"),
		Secrets: map[string]string{"DB": "hunter2"}, TaskRoleArn: ptr("task"),
		Ports: []CheckedPortArgs{{Number: 80, Protocol: ptr(RuleProtocol("icmp"))}},
	})
	mustFault(t, err, "checkTask has invalid arguments:", []string{
		`region: "us-east" is not the name of a Region; write a name such as "us-east-1"`,
		`egress: "none" is not a known value; write one of "None", "NatGateway", "InternetGateway"`,
		`endpointServices[1]: "ecr-api" is not an AWS service with an interface endpoint; did you mean "ecr.api"?`,
		`launchType: "fargate" is not a known value; write one of "FARGATE", "EC2"`,
		`image: "My Image" has a blank in it; write REGISTRY/NAME:TAG without blanks`,
		`secrets["DB"]: is not an ARN; write the ARN of a Secrets Manager secret or of an SSM parameter, not its name and never its value`,
		`networkMode: "default" is not a known value; write one of "awsvpc", "bridge", "host"`,
		`taskRoleArn: "task" is not an ARN; write an ARN such as "arn:aws:iam::123456789012:role/name"`,
		`ports[0].protocol: "icmp" is not a known value; write one of "tcp", "udp"`,
	})
}

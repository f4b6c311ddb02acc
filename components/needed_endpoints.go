package components

import (
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/need"
	"github.com/ecsnet/pulumi-ecsnet/internal/netplan"
	"github.com/ecsnet/pulumi-ecsnet/internal/preflight"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

// NeededEndpointsArgs are the arguments of NeededEndpoints: what is known of a
// task. What is left out is not known, and never guessed: what may be needed
// because of it is listed as undecided.
type NeededEndpointsArgs struct {
	// AWS Region of the network, such as "us-east-1".
	Region string `pulumi:"region"`
	// What runs the task. Default: not known.
	LaunchType *LaunchType `pulumi:"launchType,optional"`
	// Image of a container, such as "nginx:1.29". A task of several containers
	// takes a call for each. Default: not known.
	Image *string `pulumi:"image,optional"`
	// Log driver of the container, such as "awslogs"; "" for none. Default: not
	// known.
	LogDriver *string `pulumi:"logDriver,optional"`
	// ARNs of the container's Secrets Manager secrets and SSM parameters, by
	// the names of their environment variables. Default: none.
	Secrets map[string]string `pulumi:"secrets,optional"`
	// Whether ECS Exec is on. Default: not known.
	EnableExecuteCommand *bool `pulumi:"enableExecuteCommand,optional"`
	// Whether a KMS key of your own encrypts the sessions of ECS Exec. Default:
	// not known.
	ExecuteCommandKmsKey *bool `pulumi:"executeCommandKmsKey,optional"`
	// Whether the sessions of ECS Exec are recorded in CloudWatch Logs. Default:
	// not known.
	ExecuteCommandLog *bool `pulumi:"executeCommandLog,optional"`
	// Whether the service uses Service Connect. Default: not known.
	ServiceConnect *bool `pulumi:"serviceConnect,optional"`
}

// NeededEndpointsResult is which endpoints a task needs.
type NeededEndpointsResult struct {
	// The endpoint services that the task needs, by name: one entry for each.
	Endpoints []NeededEndpoint `pulumi:"endpoints"`
	// What no endpoint of the Region leads to: it takes a NAT gateway, or a copy
	// in the Region.
	Unreachable []EndpointReason `pulumi:"unreachable"`
	// What may be needed, depending on an argument that is left out.
	Undecided []UndecidedRule `pulumi:"undecided"`
}

// NeededEndpoint is an endpoint service that a task needs.
type NeededEndpoint struct {
	// Short name of the service, such as "ecr.api".
	Service string `pulumi:"service"`
	// Whether it is S3's gateway endpoint, which is free; false for an interface
	// endpoint.
	Gateway bool `pulumi:"gateway"`
	// What needs it, in the order of the task's parts.
	Reasons []EndpointReason `pulumi:"reasons"`
}

// EndpointReason is what in a task has to reach a service.
type EndpointReason struct {
	// The argument that asks for it, such as "image" or `secrets["DB"]`.
	Path string `pulumi:"path"`
	// What has to reach it, such as "reading the secret db".
	What string `pulumi:"what"`
	// Id of the rule that finds the endpoint missing, such as "secret-endpoint".
	RuleId string `pulumi:"ruleId"`
	// Severity of that rule: "Warning" where AWS does not say for certain that
	// the endpoint is needed.
	Severity FindingSeverity `pulumi:"severity"`
}

// NeededEndpoints returns the endpoint services that a task needs in a network
// that has no other way out, and why it needs each: to pull its image, to write
// its log, to read its secrets, to open a shell in it. It reads a task as
// CheckTask and the service components do. It makes nothing and does not ask
// AWS.
//
// The result lists what ECS needs for the task. What the containers themselves
// call, such as a queue or a database, is not in the description: add it.
func NeededEndpoints(args *NeededEndpointsArgs) (*NeededEndpointsResult, error) {
	if args == nil {
		args = &NeededEndpointsArgs{}
	}
	var faults field.Faults
	checkRegionName(&faults, args.Region)
	task := args.task(&faults)
	if err := faults.Err(); err != nil {
		return nil, invalidFunctionArgs("neededEndpoints", err)
	}
	needed, beyond, open := task.Needs(taskplan.Place{Region: fact.Known(args.Region)}).Endpoints(args.Region)
	r := &NeededEndpointsResult{
		Endpoints:   make([]NeededEndpoint, len(needed)),
		Unreachable: reasonsOf(beyond),
		Undecided:   make([]UndecidedRule, len(open)),
	}
	for i, e := range needed {
		r.Endpoints[i] = NeededEndpoint{Service: e.Service, Gateway: e.Service == "s3", Reasons: reasonsOf(e.For)}
	}
	for i, o := range open {
		r.Undecided[i] = UndecidedRule{RuleId: o.Rule, Path: o.At, Unknown: o.Unknown}
	}
	return r, nil
}

// task describes the task by its parts, with every fault of the arguments.
func (a *NeededEndpointsArgs) task(faults *field.Faults) taskplan.Task {
	checkEnum(faults, "launchType", a.LaunchType, LaunchTypeFargate, LaunchTypeEc2)
	t := taskplan.Task{
		Container: taskplan.Container{
			Image: taskplan.Image{Text: fact.Text{At: "image", Of: fact.Given(a.Image)}},
			Log:   taskplan.Log{At: "logDriver", Driver: fact.Given(a.LogDriver)},
		},
		Exec: taskplan.Exec{
			At: "enableExecuteCommand", On: fact.Given(a.EnableExecuteCommand),
			KmsKey: fact.Given(a.ExecuteCommandKmsKey), Recorded: fact.Given(a.ExecuteCommandLog),
		},
		Launch:  taskplan.Launch{At: "launchType", Type: fact.Map(fact.Given(a.LaunchType), func(t LaunchType) taskplan.LaunchType { return taskplan.LaunchType(t) })},
		Connect: taskplan.Connect{At: "serviceConnect", On: fact.Given(a.ServiceConnect)},
	}
	for _, name := range sortedKeys(a.Secrets) {
		t.Secrets = append(t.Secrets, taskplan.Secret{Name: name, Arn: fact.Text{At: field.Key("secrets", name), Of: fact.Known(a.Secrets[name])}})
	}
	*faults = append(*faults, t.Check()...)
	return t
}

func reasonsOf(reaches []need.Reach) []EndpointReason {
	reasons := make([]EndpointReason, len(reaches))
	for i, r := range reaches {
		reasons[i] = EndpointReason{
			Path: r.At, What: strings.TrimSuffix(r.What, ","), RuleId: r.Rule, Severity: FindingSeverity(preflight.SeverityOf(r.Rule)),
		}
	}
	return reasons
}

// checkRegionName finds a text that is not the name of a Region.
func checkRegionName(faults *field.Faults, region string) {
	if _, ok := netplan.ZoneRegion(region + "a"); !ok {
		faults.Add("region", region, "is not the name of a Region", `write a name such as "us-east-1"`)
	}
}

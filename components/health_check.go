package components

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lb"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// HealthCheckArgs says how a load balancer finds out whether a task works.
type HealthCheckArgs struct {
	// Port to check, 1 to 65535. The rules between the load balancer and the tasks
	// open it for TCP, which every check uses, even for UDP tasks. Default: the
	// service's containerPort.
	Port *int `pulumi:"port,optional"`
	// Path to request, beginning with "/"; for HTTP checks. Default: "/".
	Path *string `pulumi:"path,optional"`
	// HTTP codes that mean success, such as "200" or "200-299"; for HTTP
	// checks. Default: "200".
	Matcher *string `pulumi:"matcher,optional"`
	// Seconds between two checks, 5 to 300. Default: 30.
	IntervalSeconds *int `pulumi:"intervalSeconds,optional"`
	// Seconds to wait for an answer, 2 to 120 and below intervalSeconds. Default: 5.
	TimeoutSeconds *int `pulumi:"timeoutSeconds,optional"`
	// Successes in a row until a task counts as healthy, 2 to 10. Default: 2.
	HealthyThreshold *int `pulumi:"healthyThreshold,optional"`
	// Failures in a row until a task counts as unhealthy, 2 to 10. Default: 2.
	UnhealthyThreshold *int `pulumi:"unhealthyThreshold,optional"`
}

func (a HealthCheckArgs) path() string            { return or(a.Path, "/") }
func (a HealthCheckArgs) intervalSeconds() int    { return or(a.IntervalSeconds, 30) }
func (a HealthCheckArgs) timeoutSeconds() int     { return or(a.TimeoutSeconds, 5) }
func (a HealthCheckArgs) healthyThreshold() int   { return or(a.HealthyThreshold, 2) }
func (a HealthCheckArgs) unhealthyThreshold() int { return or(a.UnhealthyThreshold, 2) }

// check refuses what AWS refuses:
// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
func (a HealthCheckArgs) check(faults *field.Faults) {
	if a.Port != nil {
		checkPort(faults, "healthCheck.port", *a.Port)
	}
	checkRange(faults, "healthCheck.intervalSeconds", a.intervalSeconds(), 5, 300)
	checkRange(faults, "healthCheck.timeoutSeconds", a.timeoutSeconds(), 2, 120)
	checkRange(faults, "healthCheck.healthyThreshold", a.healthyThreshold(), 2, 10)
	checkRange(faults, "healthCheck.unhealthyThreshold", a.unhealthyThreshold(), 2, 10)
	if interval, timeout := a.intervalSeconds(), a.timeoutSeconds(); timeout >= interval {
		faults.Add("healthCheck.timeoutSeconds", timeout, fmt.Sprintf("is not below intervalSeconds, %d", interval), "write a smaller number of seconds")
	}
	if p := a.path(); !strings.HasPrefix(p, "/") {
		faults.Add("healthCheck.path", p, `does not begin with "/"`, `write "/`+p+`"`)
	}
}

// input is the check as a target group takes it.
func (a HealthCheckArgs) input(protocol string) lb.TargetGroupHealthCheckArgs {
	in := lb.TargetGroupHealthCheckArgs{
		Protocol:           pulumi.String(protocol),
		Interval:           pulumi.Int(a.intervalSeconds()),
		Timeout:            pulumi.Int(a.timeoutSeconds()),
		HealthyThreshold:   pulumi.Int(a.healthyThreshold()),
		UnhealthyThreshold: pulumi.Int(a.unhealthyThreshold()),
	}
	if protocol == "HTTP" {
		in.Path, in.Matcher = pulumi.String(a.path()), pulumi.String(or(a.Matcher, "200"))
	}
	if a.Port != nil {
		in.Port = pulumi.String(strconv.Itoa(*a.Port))
	}
	return in
}

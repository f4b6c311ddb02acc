package taskplan

import (
	"fmt"
	"strings"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
	"github.com/ecsnet/pulumi-ecsnet/internal/need"
)

// Log is where a container's output goes.
type Log struct {
	// At is the path of the argument for the driver.
	At string
	// Driver is the log driver, such as awslogs; "" is none.
	Driver fact.Of[string]
	// Group and GroupArn are the log group of CloudWatch Logs, Region is its
	// Region.
	Group, GroupArn, Region fact.Text
	// StreamPrefix begins the names of the streams.
	StreamPrefix string
}

// Check finds nothing: whether a driver fits depends on what runs the task.
func (l Log) Check(*field.Faults) {}

func (l Log) declare(_ Place, n *need.Needs) {
	writing := need.Reach{Rule: "log-endpoint", At: l.At, Shown: "network", What: "writing the container's log", To: []string{"logs"}}
	driver, known := l.Driver.Get()
	if !known {
		writing.Unknown, writing.Shown = "the log driver", ""
		n.Reach(writing)
	}
	if driver != "awslogs" {
		return
	}
	n.Reach(writing)
	if group, known := l.GroupArn.Get(); known {
		n.Grant(need.Grant{
			To: need.Execution, Sid: "Logs",
			Actions:   []string{"logs:CreateLogStream", "logs:PutLogEvents"},
			Resources: []string{strings.TrimSuffix(group, ":*") + ":*"},
		})
	}
}

func (l Log) render(d *containerDefinition) error {
	group, region := l.Group.Or(""), l.Region.Or("")
	if group == "" {
		return nil
	}
	if region == "" || l.StreamPrefix == "" {
		// Fargate does not start a task without the prefix.
		return fmt.Errorf("the logs of container %q need a region and a stream prefix", d.Name)
	}
	d.LogConfiguration = &logConfiguration{LogDriver: "awslogs", Options: map[string]string{
		"awslogs-group":         group,
		"awslogs-region":        region,
		"awslogs-stream-prefix": l.StreamPrefix,
		// When CloudWatch Logs does not answer, lines beyond 25 MB are lost.
		// In the other mode, which an account may have as its default, the
		// container would stop at a write.
		// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
		"mode":            "non-blocking",
		"max-buffer-size": "25m",
	}}
	return nil
}

package taskplan

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Container is the container of a task.
type Container struct {
	Name, Image string
	// Command replaces the image's own; none keeps it.
	Command []string
	// Environment and Secrets by variable name; a secret's value is its ARN.
	Environment, Secrets map[string]string
	// Port that the container listens on; nil for none.
	Port *int
	// Protocol of the port: tcp (also when empty) or udp.
	Protocol string
	// HostPort is the host's port that leads to Port in network mode bridge; 0
	// leaves the choice to Docker. nil is the same port, as in the other modes.
	HostPort *int
	// LogGroup, its Region and the StreamPrefix of the container's logs.
	LogGroup, Region, StreamPrefix string
	// InitProcess runs an init in the container, which ECS Exec needs so that
	// the processes of a closed shell are reaped.
	InitProcess bool
}

// The types below are the part of ECS's container definition that is in use,
// as ECS spells it.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
type (
	containerDefinition struct {
		Name             string            `json:"name"`
		Image            string            `json:"image"`
		Essential        bool              `json:"essential"`
		Command          []string          `json:"command,omitempty"`
		Environment      []keyValue        `json:"environment,omitempty"`
		Secrets          []secretFrom      `json:"secrets,omitempty"`
		PortMappings     []portMapping     `json:"portMappings,omitempty"`
		LinuxParameters  *linuxParameters  `json:"linuxParameters,omitempty"`
		LogConfiguration *logConfiguration `json:"logConfiguration,omitempty"`
	}
	keyValue struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	secretFrom struct {
		Name      string `json:"name"`
		ValueFrom string `json:"valueFrom"`
	}
	portMapping struct {
		ContainerPort int    `json:"containerPort"`
		HostPort      int    `json:"hostPort"`
		Protocol      string `json:"protocol"`
	}
	linuxParameters struct {
		InitProcessEnabled bool `json:"initProcessEnabled"`
	}
	logConfiguration struct {
		LogDriver string            `json:"logDriver"`
		Options   map[string]string `json:"options"`
	}
)

// ContainerDefinitions returns the container definitions of a task as ECS takes
// them. The container has no size of its own but shares the task's: with the
// whole of it, ECS would refuse a second container. Variables are sorted by name, so that the same container is the same
// text and does not become a new revision.
func ContainerDefinitions(c Container) (string, error) {
	if c.Name == "" || c.Image == "" {
		return "", errors.New("a container needs a name and an image")
	}
	d := containerDefinition{
		Name: c.Name, Image: c.Image, Essential: true,
		Command: c.Command,
	}
	for _, name := range slices.Sorted(maps.Keys(c.Environment)) {
		d.Environment = append(d.Environment, keyValue{name, c.Environment[name]})
	}
	for _, name := range slices.Sorted(maps.Keys(c.Secrets)) {
		d.Secrets = append(d.Secrets, secretFrom{name, c.Secrets[name]})
	}
	if c.Port != nil {
		protocol := c.Protocol
		if protocol == "" {
			protocol = "tcp"
		}
		host := *c.Port
		if c.HostPort != nil {
			host = *c.HostPort
		}
		d.PortMappings = []portMapping{{*c.Port, host, protocol}}
	}
	if c.InitProcess {
		d.LinuxParameters = &linuxParameters{InitProcessEnabled: true}
	}
	if c.LogGroup != "" {
		if c.Region == "" || c.StreamPrefix == "" {
			// Fargate does not start a task without the prefix.
			return "", fmt.Errorf("the logs of container %q need a region and a stream prefix", c.Name)
		}
		d.LogConfiguration = &logConfiguration{LogDriver: "awslogs", Options: map[string]string{
			"awslogs-group":         c.LogGroup,
			"awslogs-region":        c.Region,
			"awslogs-stream-prefix": c.StreamPrefix,
			// When CloudWatch Logs does not answer, lines beyond 25 MB are lost.
			// In the other mode, which an account may have as its default, the
			// container would stop at a write.
			// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html
			"mode":            "non-blocking",
			"max-buffer-size": "25m",
		}}
	}
	b, err := json.Marshal([]containerDefinition{d})
	if err != nil {
		return "", fmt.Errorf("container %q: %w", c.Name, err)
	}
	return string(b), nil
}

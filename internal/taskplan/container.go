package taskplan

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Container is the container of a task.
type Container struct {
	Name  string
	Image Image
	// Command replaces the image's own; none keeps it.
	Command []string
	// Environment by variable name.
	Environment map[string]string
	// Secrets in the order of their variables' names.
	Secrets []Secret
	// Port that the container listens on; nil for none.
	Port *int
	// Protocol of the port: tcp (also when empty) or udp.
	Protocol string
	// HostPort is the host's port that leads to Port in network mode bridge; 0
	// leaves the choice to Docker. nil is the same port, as in the other modes.
	HostPort *int
	// Log is where its output goes.
	Log Log
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
// whole of it, ECS would refuse a second container. Variables are sorted by
// name, so that the same container is the same text and does not become a new
// revision.
func (t Task) ContainerDefinitions() (string, error) {
	if t.Name == "" {
		return "", errors.New("a container needs a name")
	}
	d := containerDefinition{Name: t.Name, Essential: true, Command: t.Command}
	for _, name := range slices.Sorted(maps.Keys(t.Environment)) {
		d.Environment = append(d.Environment, keyValue{name, t.Environment[name]})
	}
	if t.Port != nil {
		host := t.Port
		if t.HostPort != nil {
			host = t.HostPort
		}
		d.PortMappings = []portMapping{{*t.Port, *host, cmp.Or(t.Protocol, "tcp")}}
	}
	rendered := []interface {
		render(*containerDefinition) error
	}{t.Image, t.Log, t.Exec}
	for _, s := range t.Secrets {
		rendered = append(rendered, s)
	}
	for _, r := range rendered {
		if err := r.render(&d); err != nil {
			return "", err
		}
	}
	b, err := json.Marshal([]containerDefinition{d})
	if err != nil {
		return "", fmt.Errorf("container %q: %w", t.Name, err)
	}
	return string(b), nil
}

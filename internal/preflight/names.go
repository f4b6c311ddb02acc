package preflight

import (
	"fmt"
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/field"
)

// names are the rules about ports and names within a task.
var names = []Rule{
	{
		Id: "port-range", Severity: SeverityError,
		Needs:   "A container's port is 1 to 65535.",
		AwsSays: "ClientException: Invalid 'containerPort' setting for container",
		Fix:     "Write a number in that range.",
		Doc:     ecsApi + "API_PortMapping.html",
		check: func(c *trial) {
			for i, p := range c.task.Ports {
				path := field.Index("ports", i)
				if number, known := p.Number.Get(); !known {
					c.unknown(path, "the port")
				} else if number < 1 || number > 65535 {
					c.find(path, fmt.Sprintf("%d is not a port", number), "write a number from 1 to 65535", "")
				}
			}
		},
	},
	{
		Id: "port-duplicate", Severity: SeverityError,
		Needs:   "Containers of a task share its network in the modes `awsvpc` and `host`: each port can be used once.",
		AwsSays: "ClientException: The container port is used more than once in the task definition",
		Fix:     "Have one of the containers listen on another port.",
		Doc:     ecsApi + "API_PortMapping.html",
		check:   checkDuplicatePorts,
	},
	{
		Id: "port-protocols", Severity: SeverityWarning,
		Needs:   "A container cannot expose one port for two protocols; which container a port belongs to is not known here.",
		AwsSays: "ClientException: the same container port is exposed for several protocols",
		Fix:     "Use two ports, or make sure that they belong to different containers.",
		Doc:     ecsApi + "API_PortMapping.html",
		check:   checkPortProtocols,
	},
	{
		Id: "container-name-duplicate", Severity: SeverityError,
		Needs:   "Each container of a task has a name of its own.",
		AwsSays: "ClientException: Container.name should be unique across the task definition",
		Fix:     "Rename one of them.",
		Doc:     ecsApi + "API_ContainerDefinition.html",
		check: func(c *trial) {
			seen := map[string]bool{}
			for i, one := range c.task.ContainerNames {
				path := field.Index("containerNames", i)
				name, known := one.Get()
				switch {
				case !known:
					c.unknown(path, "the container's name")
				case seen[name]:
					c.find(path, fmt.Sprintf("%q is also the name of another container of the task", name), "give this container another name", "")
				}
				seen[name] = seen[name] || known
			}
		},
	},
}

func checkDuplicatePorts(c *trial) {
	seen := map[string]bool{}
	c.eachSharedPort(func(path, protocol string, number int, known bool) {
		use := fmt.Sprintf("%d/%s", number, protocol)
		switch _, modeKnown := c.task.NetworkMode.Get(); {
		case !known:
			c.unknown(path, "the port")
		case seen[use] && !modeKnown:
			c.unknown(path, "the network mode")
		case seen[use]:
			c.find(path, use+" is also the port of another container of the task, and they share one network",
				"have one of them listen on another port", "")
		}
		seen[use] = seen[use] || known
	})
}

func checkPortProtocols(c *trial) {
	seen := map[int][]string{}
	c.eachSharedPort(func(path, protocol string, number int, known bool) {
		if !known {
			c.unknown(path, "the port")
			return
		}
		i := slices.IndexFunc(seen[number], func(p string) bool { return p != protocol })
		switch _, modeKnown := c.task.NetworkMode.Get(); {
		case i >= 0 && !modeKnown:
			c.unknown(path, "the network mode")
		case i >= 0:
			c.find(path, fmt.Sprintf("%d is exposed for %s and for %s, which ECS refuses for one container", number, seen[number][i], protocol),
				"use two ports, or make sure that the two belong to different containers", "")
		}
		seen[number] = append(seen[number], protocol)
	})
}

// eachSharedPort visits the ports, where the containers of a task share one
// network.
func (c *trial) eachSharedPort(visit func(path, protocol string, number int, known bool)) {
	if fact.Is(c.task.NetworkMode, NetworkModeBridge) {
		return
	}
	for i, p := range c.task.Ports {
		protocol := p.Protocol
		if protocol == "" {
			protocol = "tcp"
		}
		number, known := p.Number.Get()
		visit(field.Index("ports", i), protocol, number, known)
	}
}

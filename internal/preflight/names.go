package preflight

import (
	"fmt"

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
		Id: "container-name-duplicate", Severity: SeverityError,
		Needs:   "Each container of a task has a name of its own.",
		AwsSays: "ClientException: Container.name should be unique across the task definition",
		Fix:     "Rename one of them.",
		Doc:     ecsApi + "API_ContainerDefinition.html",
		check: func(c *trial) {
			seen := map[string]bool{}
			for i, fact := range c.task.ContainerNames {
				path := field.Index("containerNames", i)
				name, known := fact.Get()
				switch {
				case !known:
					c.unknown(path, "the container's name")
				case seen[name]:
					c.find(path, fmt.Sprintf("%q is the name of another container of the task too", name), "give this container another name", "")
				}
				seen[name] = seen[name] || known
			}
		},
	},
}

func checkDuplicatePorts(c *trial) {
	type use struct {
		number   int
		protocol string
	}
	seen := map[use]bool{}
	mode, modeKnown := c.task.NetworkMode.Get()
	for i, p := range c.task.Ports {
		path := field.Index("ports", i)
		number, known := p.Number.Get()
		u := use{number, p.Protocol}
		if u.protocol == "" {
			u.protocol = "tcp"
		}
		switch {
		case modeKnown && mode == NetworkModeBridge:
		case !known:
			c.unknown(path, "the port")
		case seen[u] && !modeKnown:
			c.unknown(path, "the network mode")
		case seen[u]:
			c.find(path, fmt.Sprintf("%d/%s is the port of another container of the task too, and they share one network", number, u.protocol),
				"have one of them listen on another port", "")
		}
		seen[u] = seen[u] || known
	}
}

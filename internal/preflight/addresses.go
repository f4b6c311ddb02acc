package preflight

import (
	"slices"

	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/netfacts"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
	"github.com/ecsnet/pulumi-ecsnet/internal/words"
)

// addresses are the rules about public addresses and names.
var addresses = []Rule{
	{
		Id: "public-address", Severity: SeverityError,
		Needs:   "In subnets with an internet gateway, a task needs a public address to use it, or endpoints for all that it reaches.",
		AwsSays: "ResourceInitializationError: unable to pull secrets or registry auth: ...: dial tcp ...:443: i/o timeout",
		Fix:     "Use `FargatePublicService`, or private subnets with a NAT gateway.",
		Doc:     ecsGuide + "fargate-task-networking.html",
		check:   checkPublicAddress,
	},
	{
		Id: "ec2-public-ip", Severity: SeverityError,
		Needs:   "On EC2 a task in network mode `awsvpc` cannot have a public address.",
		AwsSays: "InvalidParameterException: Assign public IP is not supported for this launch type.",
		Fix:     "Leave it out, or use Fargate.",
		Doc:     ecsGuide + "task-networking-awsvpc.html",
		check: func(c *trial) {
			const path = "assignPublicIp"
			public, known := c.place.PublicIp.Get()
			onHosts := c.awsvpcOnEc2()
			switch {
			case known && !public || fact.Is(onHosts, false):
			case known && fact.Is(onHosts, true):
				c.find(path, `on EC2 a task in network mode "awsvpc" never gets a public address`,
					"leave it out, or use Fargate for tasks with public addresses", "")
			default:
				c.unknown(path, "the launch type, the network mode, or whether the tasks have public addresses")
			}
		},
	},
	{
		Id: "vpc-dns", Severity: SeverityError,
		Needs:   "Endpoints, EFS and Cloud Map's private names are found by DNS: the VPC needs `enableDnsSupport` and `enableDnsHostnames`.",
		AwsSays: "ResourceInitializationError: unable to pull secrets or registry auth: ...: dial tcp: lookup ...: no such host",
		Fix:     "Turn both on for the VPC.",
		Doc:     linkDocs + "create-interface-endpoint.html",
		check: func(c *trial) {
			dns, known := c.net.DnsEnabled.Get()
			byName := len(c.task.FileSystems) > 0 || fact.Is(c.task.ServiceDiscovery, true)
			if known && dns || !byName && fact.Is(c.isolated(), false) && fact.Is(c.task.ServiceDiscovery, false) {
				return
			}
			if !byName && !fact.Is(c.isolated(), true) {
				c.unknown("network", "the way out of "+c.net.String()+", or whether the task finds others by names of Cloud Map")
				return
			}
			if !known {
				c.unknown("network", "whether the VPC of "+c.net.String()+" has DNS support and DNS hostnames")
				return
			}
			c.find("network", "endpoints, file systems and names of Cloud Map are found by DNS, and the VPC has no DNS support or no DNS hostnames",
				"write true for enableDnsSupport and enableDnsHostnames of the VPC", "")
		},
	},
}

// reachability are the rules about what tasks without a way out cannot reach.
var reachability = slices.Concat(images, logs, secrets, shells, control)

// checkPublicAddress asks what tasks behind an internet gateway, without an
// address of their own, could not reach. The answer is one finding: an address
// would mend it all.
func checkPublicAddress(c *trial) {
	const path = "network"
	public, known := c.place.PublicIp.Get()
	onHosts := c.awsvpcOnEc2()
	if fact.Is(onHosts, true) {
		public, known = false, true
	}
	if egress, egressKnown := c.net.Egress.Get(); egressKnown && egress != netfacts.InternetGateway || known && public {
		return
	}
	without := &trial{net: c.net, task: c.task, place: c.place, reaches: c.reaches}
	without.net.Egress = fact.Known(netfacts.None)
	for _, without.rule = range reachability {
		before := len(without.findings)
		without.rule.check(without)
		if len(without.findings) > before && !without.rule.byTask && !fact.Is(onHosts, false) {
			// The host's business, and whether that has an address is not known.
			without.findings = without.findings[:before]
			without.unknown(path, "whether the hosts have public addresses")
		}
	}
	lacks := without.findings.Of(SeverityError)
	switch {
	case len(lacks) == 0 && len(without.undecided) == 0:
		return
	case !known || len(lacks) == 0 || !fact.Is(c.net.Egress, netfacts.InternetGateway):
		c.unknown(path, "whether the tasks, or their hosts, have public addresses, or endpoints in place of them")
		return
	}
	var rules []string
	for _, f := range lacks {
		if !slices.Contains(rules, f.RuleId) {
			rules = append(rules, f.RuleId)
		}
	}
	fix := "use FargatePublicService, or private subnets with a NAT gateway"
	if fact.Is(onHosts, true) {
		fix = `use private subnets with a NAT gateway, or network mode "bridge" or "host", or FargatePublicService`
	}
	c.find(path, "the way out is an internet gateway, which tasks without a public address cannot use, and "+c.net.Has()+" nothing in its place (rules "+words.And(rules)+")",
		fix, lacks[0].AwsSays)
}

// awsvpcOnEc2 says whether the tasks have interfaces of their own on EC2 hosts.
func (c *trial) awsvpcOnEc2() fact.Of[bool] {
	launch, launchKnown := c.task.Launch.Type.Get()
	mode, modeKnown := c.task.NetworkMode.Get()
	switch {
	case launchKnown && launch != taskplan.LaunchTypeEc2 || modeKnown && mode != NetworkModeAwsvpc:
		return fact.Known(false)
	case launchKnown && modeKnown:
		return fact.Known(true)
	}
	return fact.Unknown[bool]()
}

package preflight

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ecsnet/pulumi-ecsnet/internal/endpoints"
	"github.com/ecsnet/pulumi-ecsnet/internal/fact"
	"github.com/ecsnet/pulumi-ecsnet/internal/netfacts"
	"github.com/ecsnet/pulumi-ecsnet/internal/taskplan"
)

// facts is what a check is asked.
type facts struct {
	netfacts.Network
	flat
	Placement
}

const (
	ourImage  = "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1.2"
	ourSecret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf"
	parameter = "arn:aws:ssm:us-east-1:123456789012:parameter/db"
)

// good is a task that starts, with everything known and everything in use, in
// an isolated network.
func good() facts {
	zones := fact.Known([]string{"us-east-1a", "us-east-1b"})
	return facts{
		netfacts.Network{
			Kind: "IsolatedVpc", Name: "net", Ask: netfacts.Ask{HostEndpoints: "ecsOnEc2 true"}, Region: fact.Known("us-east-1"), Egress: fact.Known(netfacts.None),
			EndpointServices: fact.Known(append(slices.Clone(endpoints.Default), "ecs", "ecs-agent", "ecs-telemetry", "kms")),
			S3Gateway:        fact.Known(true), S3PolicyNarrow: fact.Known(true), DnsEnabled: fact.Known(true), EndpointZones: zones,
		},
		flat{
			LaunchType: fact.Known(taskplan.LaunchTypeFargate), NetworkMode: fact.Known(NetworkModeAwsvpc), Image: fact.Known(ourImage), LogDriver: fact.Known("awslogs"),
			Secrets:              map[string]fact.Of[string]{"DB": fact.Known(ourSecret), "KEY": fact.Known(parameter)},
			EnableExecuteCommand: fact.Known(true), ExecuteCommandKmsKey: fact.Known(true), ExecuteCommandLog: fact.Known(true), OwnTaskRole: fact.Known(false),
			ServiceConnect: fact.Known(true), ServiceDiscovery: fact.Known(true),
			FileSystems: map[string]FileSystem{"data": {AdmitsTasks: fact.Known(true), Zones: zones}},
			Cpu:         fact.Known(256), MemoryMib: fact.Known(512), EphemeralStorageGib: fact.Known(21),
			ContainerNames: []fact.Of[string]{fact.Known("app"), fact.Known("sidecar")},
			Ports:          []Port{{fact.Known(80), ""}, {fact.Known(81), "udp"}, {fact.Known(443), "tcp"}},
			LoadBalancer:   &LoadBalancer{Application: fact.Known(true), Zones: zones},
		},
		Placement{PublicIp: fact.Known(false), Zones: zones},
	}
}

func (f facts) check() (Findings, []Undecided) { return Check(f.Network, f.task(), f.Placement) }

// withoutEndpoints leaves services out of the network.
func (f *facts) withoutEndpoints(services ...string) {
	has, _ := f.EndpointServices.Get()
	f.EndpointServices = fact.Known(slices.DeleteFunc(slices.Clone(has), func(s string) bool { return slices.Contains(services, s) }))
}

func TestGoodTaskPasses(t *testing.T) {
	t.Parallel()
	findings, undecided := good().check()
	if len(findings)+len(undecided) > 0 {
		t.Errorf("%v\n%v", findings, undecided)
	}
}

// what a case ends in.
const (
	pass    = "pass"
	fail    = "fail"
	unknown = "unknown"
)

// cases are the rules, each with what passes it, what fails it and what leaves
// it undecided. says is a part of the path, cause, fix or failure of the
// finding, or of what is not known.
var cases = []struct {
	rule, name, end string
	edit            func(*facts)
	says            []string
}{
	{"image-registry", "private ECR", pass, func(*facts) {}, nil},
	{"image-registry", "Docker Hub through NAT", pass, func(f *facts) { f.Egress, f.Image = fact.Known(netfacts.NatGateway), fact.Known("nginx") }, nil},
	{"image-registry", "Docker Hub through an internet gateway", pass, func(f *facts) {
		f.Egress, f.PublicIp, f.Image = fact.Known(netfacts.InternetGateway), fact.Known(true), fact.Known("nginx")
	}, nil},
	{"image-registry", "a gateway without an address is another rule", pass, func(f *facts) { f.Egress, f.Image = fact.Known(netfacts.InternetGateway), fact.Known("nginx") }, nil},
	{"image-registry", "not an image", pass, func(f *facts) { f.Image = fact.Known("Not an image") }, nil},
	{"image-registry", "Docker Hub", fail, func(f *facts) { f.Image = fact.Known("nginx:1.27") }, []string{
		`image: "nginx:1.27" is on Docker Hub, which this network cannot reach: IsolatedVpc "net" has egress "None"`,
		"CannotPullContainerError", "private ECR repository in us-east-1", "NatNetwork",
	}},
	{"image-registry", "ECR Public", fail, func(f *facts) { f.Image = fact.Known("public.ecr.aws/nginx/nginx:1") }, []string{"in Amazon ECR Public, which has no VPC endpoint"}},
	{"image-registry", "another registry", fail, func(f *facts) { f.Image = fact.Known("ghcr.io/a/b:1") }, []string{"in the registry ghcr.io"}},
	{"image-registry", "a public address as registry", fail, func(f *facts) { f.Image = fact.Known("203.0.113.7:5000/b:1") }, []string{"203.0.113.7:5000"}},
	{"image-registry", "declared network", fail, func(f *facts) { f.Image, f.Kind, f.Declared = fact.Known("nginx"), "Network", true }, []string{`Network "net" declares egress "None"`}},
	{"image-registry", "no component, no Region", fail, func(f *facts) { f.Image, f.Network.Name, f.Region = fact.Known("nginx"), "", fact.Unknown[string]() }, []string{"the network has", "the network's Region"}},
	{"image-registry", "the image", unknown, func(f *facts) { f.Image = fact.Unknown[string]() }, []string{"image: rule image-registry cannot be decided: the image is not known"}},
	{"image-registry", "the way out", unknown, func(f *facts) { f.Image, f.Egress = fact.Known("nginx"), fact.Unknown[netfacts.Egress]() }, []string{"the way out"}},
	{"image-registry", "a registry that may be in the VPC", unknown, func(f *facts) { f.Image = fact.Known("registry.corp.internal:5000/a:1") }, []string{"whether registry.corp.internal:5000 is in the VPC"}},
	{"image-registry", "a registry at a private address", unknown, func(f *facts) { f.Image = fact.Known("10.0.0.7:5000/a:1") }, []string{"10.0.0.7"}},
	{"image-registry", "a registry without a domain", unknown, func(f *facts) { f.Image = fact.Known("localhost:5000/a:1") }, []string{"localhost"}},

	{"image-partition", "same partition", pass, func(*facts) {}, nil},
	{"image-partition", "no ECR", pass, func(f *facts) { f.Image, f.Region = fact.Known("nginx"), fact.Unknown[string]() }, nil},
	{"image-partition", "no ECR, in China", pass, func(f *facts) { f.Image, f.Region = fact.Known("nginx"), fact.Known("cn-north-1") }, nil},
	{"image-partition", "China, whatever the way out", fail, func(f *facts) {
		f.Egress, f.Image = fact.Known(netfacts.NatGateway), fact.Known("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/app:1")
	}, []string{"is in partition aws-cn", "the network is in aws,", "private ECR repository in us-east-1"}},
	{"image-partition", "the Region", unknown, func(f *facts) { f.Region = fact.Unknown[string]() }, []string{"Region"}},

	{"image-registry", "hosts that may be elsewhere", unknown, func(f *facts) {
		f.LaunchType, f.HostsElsewhere = fact.Known(taskplan.LaunchTypeEc2), true
		f.Image = fact.Known("nginx")
	}, []string{"way out"}},
	{"image-region", "same Region", pass, func(*facts) {}, nil},
	{"image-region", "another Region through NAT", pass, func(f *facts) {
		f.Egress, f.Image = fact.Known(netfacts.NatGateway), fact.Known("123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1")
	}, nil},
	{"image-region", "another partition is another rule", pass, func(f *facts) {
		f.Image = fact.Known("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/app:1")
	}, nil},
	{"image-region", "another Region", fail, func(f *facts) { f.Image = fact.Known("123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1") }, []string{
		"is in eu-west-1, and the endpoints of this network lead to us-east-1",
		`write "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1"`, "CannotPullContainerError",
	}},
	{"image-region", "endpoints that lead to the other Region", unknown, func(f *facts) {
		f.Image, f.EndpointServices = fact.Known("123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1"), fact.Known([]string{"com.amazonaws.eu-west-1.ecr.api", "com.amazonaws.eu-west-1.ecr.dkr"})
	}, []string{`whether endpoints of IsolatedVpc "net" lead to eu-west-1`}},
	{"image-region", "which endpoints", unknown, func(f *facts) {
		f.Image, f.EndpointServices = fact.Known("123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1"), fact.Unknown[[]string]()
	}, []string{"lead to eu-west-1"}},
	{"image-region", "endpoints that lead to a third Region", fail, func(f *facts) {
		f.Image, f.EndpointServices = fact.Known("123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1"), fact.Known([]string{"com.amazonaws.eu-west-2.ecr.api"})
	}, []string{"is in eu-west-1"}},
	{"image-region", "the Region", unknown, func(f *facts) { f.Region = fact.Unknown[string]() }, []string{"the Region of IsolatedVpc"}},

	{"image-endpoints", "both endpoints", pass, func(*facts) {}, nil},
	{"image-endpoints", "NAT in place of them", pass, func(f *facts) { f.withoutEndpoints("ecr.api", "ecr.dkr"); f.Egress = fact.Known(netfacts.NatGateway) }, nil},
	{"image-endpoints", "another registry", pass, func(f *facts) { f.withoutEndpoints("ecr.api", "ecr.dkr"); f.Image = fact.Known("nginx") }, nil},
	{"image-endpoints", "neither", fail, func(f *facts) { f.withoutEndpoints("ecr.api", "ecr.dkr") }, []string{
		"needs interface endpoints for ecr.api and ecr.dkr", `add "ecr.api" and "ecr.dkr" to endpointServices of IsolatedVpc "net"`,
		"ResourceInitializationError: unable to pull secrets or registry auth",
	}},
	{"image-endpoints", "one of them", fail, func(f *facts) { f.withoutEndpoints("ecr.dkr") }, []string{"needs an interface endpoint for ecr.dkr;"}},
	{"image-endpoints", "declared network", fail, func(f *facts) { f.withoutEndpoints("ecr.dkr"); f.Kind, f.Declared = "Network", true }, []string{
		`make interface endpoints for ecr.dkr in the VPC, and declare them: add "ecr.dkr" to endpointServices of Network "net"`,
	}},
	{"image-endpoints", "which endpoints", unknown, func(f *facts) { f.EndpointServices = fact.Unknown[[]string]() }, []string{"which endpoints"}},
	{"image-endpoints", "the Region", unknown, func(f *facts) { f.withoutEndpoints("ecr.dkr"); f.Region = fact.Unknown[string]() }, []string{"the Region of"}},

	{"image-layers", "gateway endpoint", pass, func(*facts) {}, nil},
	{"image-layers", "NAT in place of it", pass, func(f *facts) { f.S3Gateway, f.Egress = fact.Known(false), fact.Known(netfacts.NatGateway) }, nil},
	{"image-layers", "no gateway endpoint", fail, func(f *facts) { f.S3Gateway = fact.Known(false) }, []string{
		"come from S3", "prod-us-east-1-starport-layer-bucket.s3.us-east-1.amazonaws.com", "an interface endpoint for S3 does not serve ECR",
	}},
	{"image-layers", "a group that lets nothing out to S3", fail, func(f *facts) { f.S3Closed, f.S3Gateway = true, fact.Unknown[bool]() }, []string{
		"the tasks' security group lets nothing out to it", "declare the s3PrefixListId",
	}},
	{"image-layers", "such a group with another registry", pass, func(f *facts) { f.S3Closed, f.Image = true, fact.Known("nginx") }, nil},
	{"image-layers", "whether there is one", unknown, func(f *facts) { f.S3Gateway = fact.Unknown[bool]() }, []string{"S3 gateway endpoint"}},

	{"log-endpoint", "endpoint", pass, func(*facts) {}, nil},
	{"log-endpoint", "another driver", pass, func(f *facts) { f.withoutEndpoints("logs"); f.LogDriver = fact.Known("awsfirelens") }, nil},
	{"log-endpoint", "no endpoint", fail, func(f *facts) { f.withoutEndpoints("logs") }, []string{
		`network: writing the container's log needs an interface endpoint for logs; IsolatedVpc "net" has egress "None" and endpointServices [ssm,`,
		"failed to validate logger args", "a connection issue between the task and Amazon CloudWatch", `add "logs" to`,
	}},
	{"log-endpoint", "the driver", unknown, func(f *facts) { f.LogDriver = fact.Unknown[string]() }, []string{"the log driver"}},

	{"log-endpoint", "hosts that may be elsewhere", unknown, func(f *facts) {
		f.LaunchType, f.HostsElsewhere = fact.Known(taskplan.LaunchTypeEc2), true
		f.withoutEndpoints("logs")
	}, []string{"way out"}},
	{"secret-endpoint", "endpoints", pass, func(*facts) {}, nil},
	{"secret-endpoint", "NAT in place of them", pass, func(f *facts) {
		f.withoutEndpoints("ssm", "secretsmanager")
		f.Egress, f.Secrets = fact.Known(netfacts.NatGateway), map[string]fact.Of[string]{"A": fact.Unknown[string]()}
	}, nil},
	{"secret-endpoint", "no ARN", pass, func(f *facts) {
		f.withoutEndpoints("ssm", "secretsmanager")
		f.Secrets = map[string]fact.Of[string]{"A": fact.Known("hunter2")}
	}, nil},
	{"secret-endpoint", "no secretsmanager", fail, func(f *facts) { f.withoutEndpoints("secretsmanager") }, []string{
		`secrets["DB"]: reading the secret db-AbCdEf needs an interface endpoint for secretsmanager`, "unable to retrieve secret from asm",
	}},
	{"secret-endpoint", "no ssm", fail, func(f *facts) { f.withoutEndpoints("ssm") }, []string{`secrets["KEY"]`, "unable to retrieve secrets from ssm: The task cannot pull secrets from AWS Systems Manager", `add "ssm"`}},
	{"secret-endpoint", "the ARN", unknown, func(f *facts) { f.Secrets = map[string]fact.Of[string]{"A": fact.Unknown[string]()} }, []string{`secrets["A"]`}},

	{"secret-endpoint", "hosts that may be elsewhere", unknown, func(f *facts) {
		f.LaunchType, f.HostsElsewhere = fact.Known(taskplan.LaunchTypeEc2), true
		f.withoutEndpoints("secretsmanager")
	}, []string{"way out"}},
	{"secret-region", "same Region", pass, func(*facts) {}, nil},
	{"secret-region", "another Region", fail, func(f *facts) { f.Region = fact.Known("eu-west-1") }, []string{
		"the secret db-AbCdEf is in us-east-1, and the endpoints of a network in eu-west-1 lead to eu-west-1 only", "replicate it to eu-west-1",
	}},
	{"secret-region", "a parameter, which has no replicas", fail, func(f *facts) {
		f.Region, f.Secrets = fact.Known("eu-west-1"), map[string]fact.Of[string]{"KEY": fact.Known(parameter)}
	}, []string{"make the parameter in eu-west-1 too and write that ARN"}},
	{"secret-region", "the Region", unknown, func(f *facts) { f.Region = fact.Unknown[string]() }, []string{"Region"}},

	{"secret-partition", "same partition", pass, func(*facts) {}, nil},
	{"secret-partition", "another partition, whatever the way out", fail, func(f *facts) { f.Region, f.Egress = fact.Known("cn-north-1"), fact.Known(netfacts.NatGateway) }, []string{"is in partition aws;"}},
	{"secret-partition", "the ARN", unknown, func(f *facts) { f.Secrets = map[string]fact.Of[string]{"A": fact.Unknown[string]()} }, []string{`secrets["A"]`}},

	{"exec-endpoint", "endpoint", pass, func(*facts) {}, nil},
	{"exec-endpoint", "off", pass, func(f *facts) { f.withoutEndpoints("ssmmessages"); f.EnableExecuteCommand = fact.Known(false) }, nil},
	{"exec-endpoint", "no endpoint", fail, func(f *facts) { f.withoutEndpoints("ssmmessages") }, []string{"enableExecuteCommand: ECS Exec needs", "TargetNotConnectedException"}},
	{"exec-endpoint", "whether it is on", unknown, func(f *facts) { f.EnableExecuteCommand = fact.Unknown[bool]() }, []string{"whether ECS Exec is on"}},

	{"exec-endpoint", "hosts elsewhere do not help", fail, func(f *facts) {
		f.LaunchType, f.HostsElsewhere = fact.Known(taskplan.LaunchTypeEc2), true
		f.withoutEndpoints("ssmmessages")
	}, []string{"enableExecuteCommand"}},
	{"exec-kms-endpoint", "endpoint", pass, func(*facts) {}, nil},
	{"exec-kms-endpoint", "no key", pass, func(f *facts) { f.withoutEndpoints("kms"); f.ExecuteCommandKmsKey = fact.Known(false) }, nil},
	{"exec-kms-endpoint", "no endpoint", fail, func(f *facts) { f.withoutEndpoints("kms") }, []string{`add "kms"`}},
	{"exec-kms-endpoint", "whether there is a key", unknown, func(f *facts) { f.ExecuteCommandKmsKey = fact.Unknown[bool]() }, []string{"KMS key"}},

	{"exec-log-endpoint", "endpoint", pass, func(*facts) {}, nil},
	{"exec-log-endpoint", "not recorded", pass, func(f *facts) { f.withoutEndpoints("logs"); f.ExecuteCommandLog = fact.Known(false) }, nil},
	{"exec-log-endpoint", "no endpoint, whatever the log driver", fail, func(f *facts) { f.withoutEndpoints("logs"); f.LogDriver = fact.Known("splunk") }, []string{
		"enableExecuteCommand: recording the sessions of ECS Exec needs an interface endpoint for logs", `add "logs"`,
	}},
	{"exec-log-endpoint", "hosts elsewhere do not help", fail, func(f *facts) {
		f.LaunchType, f.HostsElsewhere = fact.Known(taskplan.LaunchTypeEc2), true
		f.withoutEndpoints("logs")
	}, []string{"recording the sessions"}},
	{"exec-log-endpoint", "whether they are recorded", unknown, func(f *facts) { f.ExecuteCommandLog = fact.Unknown[bool]() }, []string{"recorded in CloudWatch Logs"}},

	{"exec-recording", "recorded", pass, func(*facts) {}, nil},
	{"exec-recording", "off", pass, func(f *facts) { f.EnableExecuteCommand, f.ExecuteCommandLog = fact.Known(false), fact.Unknown[bool]() }, nil},
	{"exec-recording", "a role of the user's is another rule", pass, func(f *facts) { f.OwnTaskRole, f.ExecuteCommandLog = fact.Known(true), fact.Known(false) }, nil},
	{"exec-recording", "not recorded", fail, func(f *facts) { f.ExecuteCommandLog = fact.Known(false) }, []string{"leaves no record", "pass the EcsCluster itself as cluster"}},
	{"exec-recording", "whether recorded", unknown, func(f *facts) { f.ExecuteCommandLog = fact.Unknown[bool]() }, []string{"recorded"}},

	{"exec-task-role", "our role", pass, func(*facts) {}, nil},
	{"exec-task-role", "off", pass, func(f *facts) { f.OwnTaskRole, f.EnableExecuteCommand = fact.Known(true), fact.Known(false) }, nil},
	{"exec-task-role", "a role of the user's", fail, func(f *facts) { f.OwnTaskRole = fact.Known(true) }, []string{
		"taskRoleArn", "ssmmessages:CreateControlChannel, ssmmessages:CreateDataChannel, ssmmessages:OpenControlChannel and ssmmessages:OpenDataChannel",
	}},
	{"exec-task-role", "whose role", unknown, func(f *facts) { f.OwnTaskRole = fact.Unknown[bool]() }, []string{"taskRoleArn"}},

	{"ecs-endpoints-ec2", "the three endpoints", pass, func(f *facts) { f.LaunchType = fact.Known(taskplan.LaunchTypeEc2) }, nil},
	{"ecs-endpoints-ec2", "Fargate", pass, func(f *facts) { f.withoutEndpoints("ecs") }, nil},
	{"ecs-endpoints-ec2", "two of three", fail, func(f *facts) { f.LaunchType = fact.Known(taskplan.LaunchTypeEc2); f.withoutEndpoints("ecs-telemetry") }, []string{
		"network: the ECS agent of a host needs an interface endpoint for ecs-telemetry", `write ecsOnEc2 true on IsolatedVpc "net"`, "no container instance met all of its requirements",
	}},
	{"ecs-endpoints-ec2", "the launch type", unknown, func(f *facts) { f.LaunchType = fact.Unknown[taskplan.LaunchType]() }, []string{"launchType"}},

	{"ecs-endpoints-ec2", "hosts that may be elsewhere", unknown, func(f *facts) {
		f.LaunchType, f.HostsElsewhere = fact.Known(taskplan.LaunchTypeEc2), true
		f.withoutEndpoints("ecs")
	}, []string{"way out"}},
	{"ecs-endpoints-fargate", "an old Region", pass, func(f *facts) { f.withoutEndpoints("ecs") }, nil},
	{"ecs-endpoints-fargate", "a new Region with them", pass, func(f *facts) { f.Region = fact.Known("ca-west-1") }, nil},
	{"ecs-endpoints-fargate", "a new Region without", fail, func(f *facts) { f.Region = fact.Known("ca-west-1"); f.withoutEndpoints("ecs", "ecs-agent") }, []string{
		"ECS in ca-west-1, a Region opened after 23 December 2023, needs interface endpoints for ecs and ecs-agent",
	}},
	{"ecs-endpoints-fargate", "the Region", unknown, func(f *facts) { f.Region = fact.Unknown[string]() }, []string{"Region"}},

	{"service-connect-endpoint", "endpoint", pass, func(*facts) {}, nil},
	{"service-connect-endpoint", "not used", pass, func(f *facts) { f.withoutEndpoints("ecs-agent"); f.ServiceConnect = fact.Known(false) }, nil},
	{"service-connect-endpoint", "no endpoint", fail, func(f *facts) { f.withoutEndpoints("ecs-agent") }, []string{`add "ecs-agent"`}},
	{"service-connect-endpoint", "whether it is used", unknown, func(f *facts) { f.ServiceConnect = fact.Unknown[bool]() }, []string{"Service Connect"}},

	{"log-driver", "awslogs", pass, func(*facts) {}, nil},
	{"log-driver", "none", pass, func(f *facts) { f.LogDriver = fact.Known("") }, nil},
	{"log-driver", "another on EC2", pass, func(f *facts) { f.LogDriver, f.LaunchType = fact.Known("gelf"), fact.Known(taskplan.LaunchTypeEc2) }, nil},
	{"log-driver", "another on Fargate", fail, func(f *facts) { f.LogDriver = fact.Known("gelf") }, []string{`"gelf" is not a log driver that Fargate supports`}},
	{"log-driver", "the launch type", unknown, func(f *facts) { f.LogDriver, f.LaunchType = fact.Known("gelf"), fact.Unknown[taskplan.LaunchType]() }, []string{"launch type"}},

	{"public-address", "no internet gateway", pass, func(*facts) {}, nil},
	{"public-address", "an address", pass, func(f *facts) {
		f.Egress, f.PublicIp, f.Image = fact.Known(netfacts.InternetGateway), fact.Known(true), fact.Known("nginx")
	}, nil},
	{"public-address", "endpoints in its place", pass, func(f *facts) { f.Egress = fact.Known(netfacts.InternetGateway) }, nil},
	{"public-address", "neither", fail, func(f *facts) {
		f.Egress, f.Image = fact.Known(netfacts.InternetGateway), fact.Known("nginx")
		f.withoutEndpoints("logs")
	}, []string{
		"an internet gateway, which tasks without a public address cannot use", "rules image-registry, log-endpoint and exec-log-endpoint", "use FargatePublicService", "CannotPullContainerError",
	}},
	{"public-address", "awsvpc on EC2 never has one", fail, func(f *facts) {
		f.Egress, f.LaunchType, f.PublicIp = fact.Known(netfacts.InternetGateway), fact.Known(taskplan.LaunchTypeEc2), fact.Known(true)
		f.withoutEndpoints("ssmmessages")
	}, []string{"(rules exec-endpoint)", `network mode "bridge" or "host"`}},
	{"public-address", "awsvpc on EC2, whose hosts pull the image, write the log and read the secrets", unknown, func(f *facts) {
		f.Egress, f.Image, f.LaunchType, f.ExecuteCommandLog = fact.Known(netfacts.InternetGateway), fact.Known("nginx"), fact.Known(taskplan.LaunchTypeEc2), fact.Known(false)
		f.withoutEndpoints("logs", "secretsmanager", "ssm", "ecs", "ecs-agent", "ecs-telemetry")
	}, []string{"or their hosts"}},
	{"public-address", "bridge on hosts without one", fail, func(f *facts) {
		f.Egress, f.Image, f.LaunchType, f.NetworkMode = fact.Known(netfacts.InternetGateway), fact.Known("nginx"), fact.Known(taskplan.LaunchTypeEc2), fact.Known(NetworkModeBridge)
	}, []string{"image-registry"}},
	{"public-address", "whether there is one", unknown, func(f *facts) {
		f.Egress, f.Image, f.PublicIp = fact.Known(netfacts.InternetGateway), fact.Known("nginx"), fact.Unknown[bool]()
	}, []string{"public addresses"}},
	{"public-address", "which endpoints", unknown, func(f *facts) {
		f.Egress, f.EndpointServices = fact.Known(netfacts.InternetGateway), fact.Unknown[[]string]()
	}, []string{"endpoints"}},

	{"ec2-public-ip", "no address", pass, func(f *facts) { f.LaunchType = fact.Known(taskplan.LaunchTypeEc2) }, nil},
	{"ec2-public-ip", "bridge", pass, func(f *facts) {
		f.LaunchType, f.NetworkMode, f.PublicIp = fact.Known(taskplan.LaunchTypeEc2), fact.Known(NetworkModeBridge), fact.Known(true)
	}, nil},
	{"ec2-public-ip", "an address", fail, func(f *facts) { f.LaunchType, f.PublicIp = fact.Known(taskplan.LaunchTypeEc2), fact.Known(true) }, []string{"Assign public IP is not supported for this launch type"}},
	{"ec2-public-ip", "the launch type", unknown, func(f *facts) { f.LaunchType, f.PublicIp = fact.Unknown[taskplan.LaunchType](), fact.Known(true) }, []string{"launch type"}},

	{"vpc-dns", "on", pass, func(*facts) {}, nil},
	{"vpc-dns", "off, and not needed", pass, func(f *facts) {
		f.DnsEnabled, f.Egress, f.FileSystems, f.ServiceDiscovery = fact.Known(false), fact.Known(netfacts.NatGateway), nil, fact.Known(false)
	}, nil},
	{"vpc-dns", "off, with names of Cloud Map", fail, func(f *facts) {
		f.DnsEnabled, f.Egress, f.FileSystems = fact.Known(false), fact.Known(netfacts.NatGateway), nil
	}, []string{"names of Cloud Map are found by DNS"}},
	{"vpc-dns", "whether there are names of Cloud Map", unknown, func(f *facts) {
		f.DnsEnabled, f.Egress, f.FileSystems, f.ServiceDiscovery = fact.Known(false), fact.Known(netfacts.NatGateway), nil, fact.Unknown[bool]()
	}, []string{"names of Cloud Map"}},
	{"vpc-dns", "off, with endpoints", fail, func(f *facts) { f.DnsEnabled, f.FileSystems = fact.Known(false), nil }, []string{"enableDnsSupport and enableDnsHostnames"}},
	{"vpc-dns", "off, with a file system", fail, func(f *facts) { f.DnsEnabled, f.Egress = fact.Known(false), fact.Known(netfacts.NatGateway) }, []string{"no such host"}},
	{"vpc-dns", "whether it is on", unknown, func(f *facts) { f.DnsEnabled = fact.Unknown[bool]() }, []string{"DNS"}},

	{"efs-security-group", "admitted", pass, func(*facts) {}, nil},
	{"efs-security-group", "not admitted", fail, func(f *facts) {
		f.FileSystems["data"] = FileSystem{fact.Known(false), fact.Known([]string{"us-east-1a", "us-east-1b"})}
	}, []string{
		`fileSystems["data"]`, "2049/tcp", "failed to invoke EFS utils commands",
	}},
	{"efs-security-group", "whether admitted", unknown, func(f *facts) { f.FileSystems["data"] = FileSystem{} }, []string{"admits"}},

	{"efs-zones", "all zones", pass, func(*facts) {}, nil},
	{"efs-zones", "a zone without", fail, func(f *facts) {
		f.FileSystems["data"] = FileSystem{fact.Known(true), fact.Known([]string{"us-east-1a"})}
	}, []string{"no mount target in us-east-1b", "One Zone"}},
	{"efs-zones", "the zones", unknown, func(f *facts) { f.Placement.Zones = fact.Unknown[[]string]() }, []string{"zones"}},

	{"endpoint-zones", "all zones", pass, func(*facts) {}, nil},
	{"endpoint-zones", "no endpoints", pass, func(f *facts) { f.EndpointServices, f.EndpointZones = fact.Known([]string{}), fact.Unknown[[]string]() }, nil},
	{"endpoint-zones", "a zone without", fail, func(f *facts) { f.EndpointZones = fact.Known([]string{"us-east-1a"}) }, []string{"tasks run in us-east-1b, where there is no interface endpoint"}},
	{"endpoint-zones", "the endpoints' zones", unknown, func(f *facts) { f.EndpointZones = fact.Unknown[[]string]() }, []string{"zones"}},

	{"load-balancer-zones", "two zones", pass, func(*facts) {}, nil},
	{"load-balancer-zones", "none", pass, func(f *facts) { f.LoadBalancer = nil }, nil},
	{"load-balancer-zones", "a Network Load Balancer in one", pass, func(f *facts) {
		f.LoadBalancer = &LoadBalancer{Application: fact.Known(false), Zones: fact.Known([]string{"us-east-1a"})}
	}, nil},
	{"load-balancer-zones", "one zone, twice", fail, func(f *facts) {
		f.LoadBalancer = &LoadBalancer{Application: fact.Known(true), Zones: fact.Known([]string{"us-east-1a", "us-east-1a"})}
	}, []string{
		"At least two subnets in two different Availability Zones",
	}},
	{"load-balancer-zones", "the zones", unknown, func(f *facts) { f.LoadBalancer = &LoadBalancer{Application: fact.Known(true)} }, []string{"kind or zones"}},

	{"load-balancer-task-zones", "all zones", pass, func(*facts) {}, nil},
	{"load-balancer-task-zones", "a zone without", fail, func(f *facts) {
		f.LoadBalancer = &LoadBalancer{Application: fact.Known(false), Zones: fact.Known([]string{"us-east-1a"})}
	}, []string{"Target.NotInUse", "us-east-1b"}},
	{"load-balancer-task-zones", "the zones", unknown, func(f *facts) { f.LoadBalancer = &LoadBalancer{} }, []string{"zones"}},

	{"fargate-size", "a size", pass, func(*facts) {}, nil},
	{"fargate-size", "EC2", pass, func(f *facts) { f.LaunchType, f.Cpu = fact.Known(taskplan.LaunchTypeEc2), fact.Known(3) }, nil},
	{"fargate-size", "no such cpu", fail, func(f *facts) { f.Cpu = fact.Known(300) }, []string{"cpu: 300 CPU units are not a size", "write 256 or 512"}},
	{"fargate-size", "no such memory", fail, func(f *facts) { f.MemoryMib = fact.Known(513) }, []string{"memoryMib: 513", "256 CPU, 513 memory"}},
	{"fargate-size", "the memory", unknown, func(f *facts) { f.MemoryMib = fact.Unknown[int]() }, []string{"memory"}},

	{"ephemeral-storage", "least", pass, func(*facts) {}, nil},
	{"ephemeral-storage", "most", pass, func(f *facts) { f.EphemeralStorageGib = fact.Known(200) }, nil},
	{"ephemeral-storage", "default", pass, func(f *facts) {
		f.EphemeralStorageGib, f.LaunchType = fact.Known(0), fact.Unknown[taskplan.LaunchType]()
	}, nil},
	{"ephemeral-storage", "too little", fail, func(f *facts) { f.EphemeralStorageGib = fact.Known(20) }, []string{"20 GiB is not a size", "21 to 200"}},
	{"ephemeral-storage", "too much", fail, func(f *facts) { f.EphemeralStorageGib = fact.Known(201) }, []string{"201 GiB"}},
	{"ephemeral-storage", "EC2", fail, func(f *facts) { f.LaunchType = fact.Known(taskplan.LaunchTypeEc2) }, []string{"leave it out"}},
	{"ephemeral-storage", "the size", unknown, func(f *facts) { f.EphemeralStorageGib = fact.Unknown[int]() }, []string{"ephemeral storage"}},

	{"fargate-network-mode", "awsvpc", pass, func(*facts) {}, nil},
	{"fargate-network-mode", "bridge on EC2", pass, func(f *facts) {
		f.LaunchType, f.NetworkMode = fact.Known(taskplan.LaunchTypeEc2), fact.Known(NetworkModeBridge)
	}, nil},
	{"fargate-network-mode", "bridge on Fargate", fail, func(f *facts) { f.NetworkMode = fact.Known(NetworkModeBridge) }, []string{`does not support network mode "bridge"`}},
	{"fargate-network-mode", "the mode", unknown, func(f *facts) { f.NetworkMode = fact.Unknown[string]() }, []string{"networkMode"}},

	{"port-range", "ports", pass, func(*facts) {}, nil},
	{"port-range", "too high", fail, func(f *facts) { f.Ports = []Port{{fact.Known(65535), ""}, {fact.Known(65536), ""}} }, []string{"ports[1]: 65536 is not a port"}},
	{"port-range", "none", fail, func(f *facts) { f.Ports = []Port{{fact.Known(0), ""}} }, []string{"ports[0]: 0"}},
	{"port-range", "the port", unknown, func(f *facts) { f.Ports = []Port{{}} }, []string{"ports[0]"}},

	{"port-duplicate", "different protocols are another rule", pass, func(f *facts) { f.Ports = []Port{{fact.Known(80), ""}, {fact.Known(80), "udp"}} }, nil},
	{"port-duplicate", "bridge", pass, func(f *facts) {
		f.NetworkMode, f.Ports = fact.Known(NetworkModeBridge), []Port{{fact.Known(80), ""}, {fact.Known(80), ""}}
	}, nil},
	{"port-duplicate", "twice", fail, func(f *facts) { f.Ports = []Port{{fact.Known(80), ""}, {fact.Known(81), ""}, {fact.Known(80), "tcp"}} }, []string{"ports[2]: 80/tcp"}},
	{"port-duplicate", "the mode", unknown, func(f *facts) {
		f.NetworkMode, f.Ports = fact.Unknown[string](), []Port{{fact.Known(80), ""}, {fact.Known(80), ""}}
	}, []string{"network mode"}},

	{"port-protocols", "different ports", pass, func(*facts) {}, nil},
	{"port-protocols", "twice the same is another rule", pass, func(f *facts) { f.Ports = []Port{{fact.Known(80), ""}, {fact.Known(80), "tcp"}} }, nil},
	{"port-protocols", "bridge", pass, func(f *facts) {
		f.NetworkMode, f.Ports = fact.Known(NetworkModeBridge), []Port{{fact.Known(80), ""}, {fact.Known(80), "udp"}}
	}, nil},
	{"port-protocols", "two protocols", fail, func(f *facts) { f.Ports = []Port{{fact.Known(80), ""}, {fact.Known(80), "udp"}} }, []string{
		"ports[1]: 80 is exposed for tcp and for udp", "that the two belong to different containers",
	}},
	{"port-protocols", "the mode", unknown, func(f *facts) {
		f.NetworkMode, f.Ports = fact.Unknown[string](), []Port{{fact.Known(80), ""}, {fact.Known(80), "udp"}}
	}, []string{"network mode"}},

	{"image-host", "the classic one", pass, func(*facts) {}, nil},
	{"image-host", "another registry", pass, func(f *facts) { f.Image = fact.Known("nginx") }, nil},
	{"image-host", "dual-stack on EC2 with a way out", pass, func(f *facts) {
		f.Image, f.LaunchType, f.Egress = fact.Known("123456789012.dkr-ecr.us-east-1.on.aws/app:1"), fact.Known(taskplan.LaunchTypeEc2), fact.Known(netfacts.NatGateway)
	}, nil},
	{"image-host", "FIPS with a way out", pass, func(f *facts) {
		f.Image, f.Egress = fact.Known("123456789012.dkr.ecr-fips.us-east-1.amazonaws.com/app:1"), fact.Known(netfacts.NatGateway)
	}, nil},
	{"image-host", "dual-stack on Fargate, whatever the way out", fail, func(f *facts) {
		f.Image, f.Egress = fact.Known("123456789012.dkr-ecr.us-east-1.on.aws/app:1"), fact.Known(netfacts.NatGateway)
	}, []string{"123456789012.dkr-ecr.us-east-1.on.aws is a dual-stack name", "no basic auth credentials", "the classic host"}},
	{"image-host", "dual-stack on EC2 behind endpoints", fail, func(f *facts) {
		f.Image, f.LaunchType = fact.Known("123456789012.dkr-ecr.us-east-1.on.aws/app:1"), fact.Known(taskplan.LaunchTypeEc2)
	}, []string{"is a dual-stack name of ECR, and whether the endpoints of IsolatedVpc \"net\" answer to it is not certain"}},
	{"image-host", "FIPS behind endpoints", fail, func(f *facts) { f.Image = fact.Known("123456789012.dkr.ecr-fips.us-east-1.amazonaws.com/app:1") }, []string{"is a FIPS name of ECR"}},
	{"image-host", "the launch type", unknown, func(f *facts) {
		f.Image, f.LaunchType, f.Egress = fact.Known("123456789012.dkr-ecr.us-east-1.on.aws/app:1"), fact.Unknown[taskplan.LaunchType](), fact.Known(netfacts.NatGateway)
	}, []string{"the launch type"}},
	{"image-host", "the image", unknown, func(f *facts) { f.Image = fact.Unknown[string]() }, []string{"the image"}},

	{"image-pull-through", "a repository of one's own", pass, func(*facts) {}, nil},
	{"image-pull-through", "a repository that begins like one", pass, func(f *facts) { f.Image = fact.Known("123456789012.dkr.ecr.us-east-1.amazonaws.com/quay:1") }, nil},
	{"image-pull-through", "with a way out", pass, func(f *facts) {
		f.Image, f.Egress = fact.Known("123456789012.dkr.ecr.us-east-1.amazonaws.com/docker-hub/library/nginx:1"), fact.Known(netfacts.NatGateway)
	}, nil},
	{"image-pull-through", "the console's name", fail, func(f *facts) {
		f.Image = fact.Known("123456789012.dkr.ecr.us-east-1.amazonaws.com/docker-hub/library/nginx:1")
	}, []string{"looks like an image of a pull-through cache"}},
	{"image-pull-through", "a registry's name within", fail, func(f *facts) {
		f.Image = fact.Known("123456789012.dkr.ecr.us-east-1.amazonaws.com/mirror/docker.io/library/busybox:1.35.0")
	}, []string{"in the cache already"}},
	{"image-pull-through", "the way out", unknown, func(f *facts) {
		f.Image, f.Egress = fact.Known("123456789012.dkr.ecr.us-east-1.amazonaws.com/ecr-public/nginx/nginx:1"), fact.Unknown[netfacts.Egress]()
	}, []string{"way out"}},

	{"image-s3-policy", "private ECR", pass, func(f *facts) { f.Egress = fact.Known(netfacts.NatGateway) }, nil},
	{"image-s3-policy", "no way out is another rule", pass, func(f *facts) { f.Image = fact.Known("nginx") }, nil},
	{"image-s3-policy", "an open policy", pass, func(f *facts) {
		f.Egress, f.Image, f.S3PolicyNarrow = fact.Known(netfacts.NatGateway), fact.Known("nginx"), fact.Known(false)
	}, nil},
	{"image-s3-policy", "no endpoint", pass, func(f *facts) {
		f.Egress, f.Image, f.S3Gateway = fact.Known(netfacts.NatGateway), fact.Known("nginx"), fact.Known(false)
	}, nil},
	{"image-s3-policy", "a narrow policy", fail, func(f *facts) {
		f.Egress, f.Image = fact.Known(netfacts.NatGateway), fact.Known("registry.k8s.io/pause:3.9")
	}, []string{
		`"registry.k8s.io/pause:3.9" is not in private ECR`, `endpointPolicies "Open"`, "403 Forbidden",
	}},
	{"image-s3-policy", "the policy", unknown, func(f *facts) {
		f.Egress, f.Image, f.S3PolicyNarrow = fact.Known(netfacts.NatGateway), fact.Known("nginx"), fact.Unknown[bool]()
	}, []string{"policy"}},

	{"container-name-duplicate", "different", pass, func(*facts) {}, nil},
	{"container-name-duplicate", "twice", fail, func(f *facts) { f.ContainerNames = append(f.ContainerNames, fact.Known("app")) }, []string{`containerNames[2]: "app"`}},
	{"container-name-duplicate", "a name", unknown, func(f *facts) { f.ContainerNames = []fact.Of[string]{{}, {}} }, []string{"containerNames[0]", "containerNames[1]"}},
}

func TestRules(t *testing.T) {
	t.Parallel()
	for _, tt := range cases {
		t.Run(tt.rule+"/"+tt.end+": "+tt.name, func(t *testing.T) {
			t.Parallel()
			f := good()
			tt.edit(&f)
			all, allUndecided := f.check()
			var found, open []string
			for _, x := range all {
				if x.RuleId == tt.rule {
					found = append(found, x.String())
				}
			}
			for _, u := range allUndecided {
				if u.RuleId == tt.rule {
					open = append(open, u.String())
				}
			}
			end := pass
			switch {
			case len(found) > 0 && len(open) == 0:
				end = fail
			case len(found) == 0 && len(open) > 0:
				end = unknown
			case len(found) > 0:
				end = "both"
			}
			text := strings.Join(append(found, open...), "\n")
			if end != tt.end {
				t.Fatalf("want %s, got %s\n%s", tt.end, end, text)
			}
			for _, says := range tt.says {
				if !strings.Contains(text, says) {
					t.Errorf("%q is not in\n%s", says, text)
				}
			}
			if tt.end != pass && len(tt.says) == 0 {
				t.Error("the case does not hold what is said")
			}
		})
	}
}

// TestEveryRuleHasItsCases holds that no rule is without a case that passes it,
// one that fails it and one that it cannot decide, and no case without a rule.
func TestEveryRuleHasItsCases(t *testing.T) {
	t.Parallel()
	ends := map[string]map[string]bool{}
	for _, r := range Rules() {
		if ends[r.Id] != nil {
			t.Errorf("two rules have the id %s", r.Id)
		}
		ends[r.Id] = map[string]bool{}
	}
	for _, c := range cases {
		if ends[c.rule] == nil {
			t.Errorf("there is no rule %s", c.rule)
			continue
		}
		ends[c.rule][c.end] = true
	}
	for id, has := range ends {
		if missing := slices.DeleteFunc([]string{pass, fail, unknown}, func(e string) bool { return has[e] }); len(missing) > 0 {
			t.Errorf("rule %s has no case that ends in %v", id, missing)
		}
	}
}

// TestRulesAreDocumented holds what the documentation of a rule shows.
func TestRulesAreDocumented(t *testing.T) {
	t.Parallel()
	for _, r := range Rules() {
		if r.Id != strings.ToLower(r.Id) || strings.ContainsAny(r.Id, " _.") {
			t.Errorf("%q is not in kebab case", r.Id)
		}
		if r.Severity != SeverityError && r.Severity != SeverityWarning {
			t.Errorf("%s has severity %q", r.Id, r.Severity)
		}
		if !strings.HasPrefix(r.Doc, "https://docs.aws.amazon.com/") {
			t.Errorf("%s rests on %q, which is not AWS's documentation", r.Id, r.Doc)
		}
		for what, text := range map[string]string{"needs": r.Needs, "fix": r.Fix} {
			if !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "`.") {
				t.Errorf("%s: %s is not a sentence: %q", r.Id, what, text)
			}
		}
		if r.AwsSays == "" || r.check == nil {
			t.Errorf("%s says nothing of AWS, or checks nothing", r.Id)
		}
	}
}

// TestFindingsAreWhole holds that every finding says all that it should.
func TestFindingsAreWhole(t *testing.T) {
	t.Parallel()
	for _, tt := range cases {
		f := good()
		tt.edit(&f)
		findings, _ := f.check()
		for _, x := range findings {
			holdWhole(t, x)
		}
	}
}

func holdWhole(t *testing.T, f Finding) {
	t.Helper()
	if f.RuleId == "" || f.Severity == "" || f.Path == "" || f.AwsSays == "" || f.Cause == "" || f.Fix == "" || !strings.HasPrefix(f.Doc, "https://docs.aws.amazon.com/") {
		t.Errorf("something lacks in %+v", f)
	}
	if strings.ContainsAny(f.Path+f.AwsSays+f.Cause+f.Fix, "\n\r") {
		t.Errorf("a part has several lines: %+v", f)
	}
}

// TestOrder holds that findings come in the order of the rules, and secrets in
// the order of their names, whatever the map's.
func TestOrder(t *testing.T) {
	t.Parallel()
	f := good()
	f.EndpointServices, f.S3Gateway = fact.Known([]string{}), fact.Known(false)
	for _, name := range []string{"Z", "A", "M", "B"} {
		f.Secrets[name] = fact.Known(ourSecret)
	}
	want := []string{
		"image-endpoints image", "image-layers image", "log-endpoint network",
		`secret-endpoint secrets["A"]`, `secret-endpoint secrets["B"]`, `secret-endpoint secrets["DB"]`,
		`secret-endpoint secrets["KEY"]`, `secret-endpoint secrets["M"]`, `secret-endpoint secrets["Z"]`,
		"exec-endpoint enableExecuteCommand", "exec-kms-endpoint enableExecuteCommand", "exec-log-endpoint enableExecuteCommand", "service-connect-endpoint serviceConnect",
	}
	for range 50 {
		findings, _ := f.check()
		var got []string
		for _, x := range findings {
			got = append(got, x.RuleId+" "+x.Path)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got)\n%s", diff)
		}
	}
}

// TestNothingKnown holds that unknown facts find nothing.
func TestNothingKnown(t *testing.T) {
	t.Parallel()
	findings, undecided := Check(netfacts.Network{}, flat{}.task(), Placement{})
	if len(findings) > 0 || len(undecided) == 0 {
		t.Errorf("findings %v, undecided %v", findings, undecided)
	}
}

// TestWayOutSettles holds that with NAT gateways nothing more has to be known
// of what the tasks reach.
func TestWayOutSettles(t *testing.T) {
	t.Parallel()
	secrets := map[string]fact.Of[string]{"A": fact.Unknown[string](), "B": fact.Known(ourSecret)}
	for _, image := range []fact.Of[string]{fact.Unknown[string](), fact.Known(ourImage), fact.Known("nginx")} {
		findings, undecided := Check(netfacts.Network{Egress: fact.Known(netfacts.NatGateway)}, flat{Image: image, Secrets: secrets}.task(), Placement{})
		for _, r := range reachability {
			for _, f := range findings {
				if f.RuleId == r.Id {
					t.Errorf("found %v", f)
				}
			}
			for _, u := range undecided {
				if u.RuleId == r.Id {
					t.Errorf("undecided: %v", u)
				}
			}
		}
	}
}

// TestTextOfFindings holds how findings read.
func TestTextOfFindings(t *testing.T) {
	t.Parallel()
	f := good()
	f.withoutEndpoints("ssmmessages")
	findings, _ := f.check()
	want := `its tasks would not work, for 1 reason:
    - enableExecuteCommand: ECS Exec needs an interface endpoint for ssmmessages; IsolatedVpc "net" has egress "None" and endpointServices [logs, ssm, ecr.api, ecr.dkr, secretsmanager, ecs, ecs-agent, ecs-telemetry, kms]
        AWS would say: TargetNotConnectedException: The execute command failed due to an internal error. Try again later.
        Fix: add "ssmmessages" to endpointServices of IsolatedVpc "net"
        Rule exec-endpoint: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html`
	if diff := cmp.Diff(want, findings.Error()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got := findings.Of(SeverityWarning); len(got) > 0 {
		t.Errorf("%v is no warning", got)
	}
}

func keys(findings Findings) map[string]bool {
	k := map[string]bool{}
	for _, f := range findings {
		k[f.RuleId+" "+f.Path] = true
	}
	return k
}

// subset says which findings one check has and another has not.
func subset(some, all Findings) (more []string) {
	has := keys(all)
	for k := range maps.Keys(keys(some)) {
		if !has[k] {
			more = append(more, k)
		}
	}
	return more
}

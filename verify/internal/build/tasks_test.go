package build_test

import (
	"encoding/base64"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ecsnet/pulumi-ecsnet/verify/internal/build"
)

// definition is a task definition of a network mode, with one container's ports.
func definition(mode, ports string) res {
	return res{typ: "ecs/taskDefinition", name: "task", id: "web", props: m{
		"arn": "arn:aws:ecs:us-east-1:1:task-definition/web:1", "family": "web", "revision": 1, "networkMode": mode,
		"containerDefinitions": `[{"name":"web","portMappings":` + ports + `}]`,
	}}
}

// onNetwork is the network configuration of a task.
func onNetwork(props m) m {
	return m{"networkConfiguration": merged(m{"subnets": []any{"subnet-a", "subnet-b"}, "securityGroups": []any{"sg-1"}, "assignPublicIp": false}, props)}
}

func TestServices(t *testing.T) {
	t.Parallel()
	base := []res{vpcRes, subnetRes, subnetTwo, groupRes}
	web := res{typ: "ecs/service", name: "web", id: "arn:web", props: merged(onNetwork(nil), m{"taskDefinition": "arn:aws:ecs:us-east-1:1:task-definition/web:1"})}
	stack := func(further ...res) []res { return append(append([]res{}, base...), further...) }
	const private = "service Service web: public No, IPv6 No, unfiltered false, candidates false, forwards No"
	check(t, map[string]scene{
		"on Fargate": {
			stack: stack(web, definition("awsvpc", `[{"containerPort":8080},{"containerPort":53,"protocol":"udp"}]`)),
			want: []string{
				"service Service web: on hosts false, ports [{6 8080 8080} {17 53 53}]", private,
				"service Service web is in Subnet a", "service Service web is in Subnet b", "service Service web is guarded by SecurityGroup guard",
			},
			not: []string{doubtless},
		},
		"by family and revision":  {stack: stack(web.with(m{"taskDefinition": "web:1"}), definition("awsvpc", `[{"containerPort":80}]`)), want: []string{"service Service web: on hosts false, ports [{6 80 80}]"}},
		"ports not known":         {stack: stack(web, definition("awsvpc", `[{"containerPort":80}]`).with(m{"containerDefinitions": notKnown})), want: []string{"service Service web: on hosts false, ports []"}, not: []string{doubtless}},
		"a range of ports":        {stack: stack(web, definition("awsvpc", `[{"containerPortRange":"8000-8010"}]`)), want: []string{"service Service web: on hosts false, ports [{6 8000 8010}]"}},
		"public":                  {stack: stack(web.with(onNetwork(m{"assignPublicIp": true}))), want: []string{"service Service web: public Yes, IPv6 No, unfiltered false, candidates false, forwards No"}},
		"public or not":           {stack: stack(web.with(onNetwork(m{"assignPublicIp": notKnown}))), want: []string{"service Service web: public Maybe, IPv6 No, unfiltered false, candidates false, forwards No"}},
		"public, hidden":          {stack: stack(web.with(onNetwork(m{"assignPublicIp": nil}))), want: []string{"service Service web: public Maybe, IPv6 No, unfiltered false, candidates false, forwards No"}},
		"public, left out before": {preview: true, stack: stack(web.with(m{"networkConfiguration": m{"subnets": []any{"subnet-a"}, "securityGroups": []any{"sg-1"}}})), want: []string{"service Service web: public No, IPv6 No, unfiltered false, candidates false, forwards No"}},
		"IPv6": {
			stack: []res{vpcRes, subnetRes.with(m{"ipv6CidrBlock": "2600:1f18::/64"}), subnetTwo, groupRes, web},
			want:  []string{"service Service web: public No, IPv6 Yes, unfiltered false, candidates false, forwards No"},
		},
		"a subnet that is not there": {stack: []res{vpcRes, subnetRes, groupRes, web}, want: []string{"doubt at Service web: Service web its networkConfiguration.subnets[1], subnet-b, is not in the stack", "service Service web is in Subnet a"}},
		"subnets hidden":             {stack: stack(web.with(onNetwork(m{"subnets": nil}))), want: []string{"doubt at Service web: Service web its networkConfiguration.subnets is missing"}},
		"some of its subnets": {
			preview: true,
			stack:   stack(web.with(onNetwork(m{"subnets": notKnown, "securityGroups": []any{notKnown}})).madeFrom("networkConfiguration", "a", "b", "guard")),
			want:    []string{"service Service web: public No, IPv6 No, unfiltered false, candidates true, forwards No", "service Service web is guarded by SecurityGroup guard"},
			not:     []string{doubtless},
		},
		"each of its subnets": {
			preview: true,
			stack:   stack(web.with(onNetwork(m{"subnets": []any{notKnown, notKnown}, "securityGroups": []any{notKnown}})).madeFrom("networkConfiguration", "a", "b", "guard")),
			want:    []string{private}, not: []string{doubtless},
		},
		"subnets from somewhere else": {
			preview: true,
			stack: stack(res{typ: "pulumi:pulumi:StackReference", name: "other", id: "x", props: m{}},
				web.with(onNetwork(m{"subnets": []any{notKnown}, "securityGroups": []any{notKnown}})).madeFrom("networkConfiguration", "a", "guard", "other")),
			want: []string{"doubt at Service web: Service web its networkConfiguration.subnets is not known whole", "doubt at Service web: Service web its networkConfiguration.securityGroups is not known whole"},
		},
		"subnets from a parameter": {
			preview: true,
			stack: stack(res{typ: "ssm/parameter", name: "ids", props: m{}},
				web.with(onNetwork(m{"subnets": notKnown, "securityGroups": []any{notKnown}})).madeFrom("networkConfiguration", "ids", "guard")),
			want: []string{"doubt at Service web: Service web its networkConfiguration.subnets is not known yet"},
		},
		"no network, no task":        {stack: stack(web.without("networkConfiguration")), want: []string{"doubt at Service web: Service web its networkConfiguration is missing, and its taskDefinition, arn:aws:ecs:us-east-1:1:task-definition/web:1, is not in the stack"}},
		"deployed by something else": {stack: stack(web.with(m{"deploymentController": m{"type": "EXTERNAL"}})), want: []string{"doubt at Service web: Service web runs tasks of task sets, none of which is in the stack"}},
		"deployed by a task set": {
			stack: stack(web.with(m{"deploymentController": m{"type": "EXTERNAL"}}), res{typ: "ecs/taskSet", name: "blue", id: "ts", props: merged(web.props, m{"service": web.id})}),
			want:  []string{"service TaskSet blue is in Subnet a"}, not: []string{"service Service", doubtless},
		},
		"deployed by CodeDeploy": {stack: stack(web.with(m{"deploymentController": m{"type": "CODE_DEPLOY"}})), want: []string{"doubt at Service web: Service web is deployed by CodeDeploy, which chooses its target groups and may choose its network"}},
		"deployed by who knows":  {stack: stack(web.with(m{"deploymentController": m{"type": notKnown}})), want: []string{"doubt at Service web: Service web its deploymentController.type is not known yet"}},
		"deployed by ECS":        {stack: stack(web.with(m{"deploymentController": m{"type": "ECS"}})), want: []string{private}, not: []string{doubtless}},
		"by a pipe": {
			stack: stack(res{typ: "pipes/pipe", name: "queue", id: "x", props: m{"target": "arn:cluster", "targetParameters": m{"ecsTaskParameters": m{
				"taskDefinitionArn": "web", "networkConfiguration": m{"awsVpcConfiguration": m{"subnets": []any{"subnet-a"}, "securityGroups": []any{"sg-1"}, "assignPublicIp": "ENABLED"}}}}}}),
			want: []string{"service Pipe queue: public Yes, IPv6 No, unfiltered false, candidates false, forwards No", "service Pipe queue is in Subnet a"}, not: []string{doubtless},
		},
		"a pipe to something else": {stack: stack(res{typ: "pipes/pipe", name: "queue", id: "x", props: m{"target": "arn:queue"}}), not: []string{"service ", doubtless}},
		"by a state machine": {
			stack: stack(res{typ: "sfn/stateMachine", name: "flow", id: "x", props: m{"definition": `{"States":{"run":{"Resource":"arn:aws:states:::ecs:runTask.sync"}}}`}}),
			want:  []string{"doubt at StateMachine flow: StateMachine flow is a state machine that starts tasks, and the proof does not read its definition"},
		},
		"by a state machine that is not known": {
			stack: stack(res{typ: "sfn/stateMachine", name: "flow", id: "x", props: m{"definition": notKnown}}),
			want:  []string{"doubt at StateMachine flow: StateMachine flow is a state machine that may start tasks: its definition is not known yet"},
		},
		"by a call of the API": {
			stack: stack(res{typ: "scheduler/schedule", name: "nightly", id: "x", props: m{"target": m{"arn": "arn:aws:scheduler:::aws-sdk:ecs:runTask", "input": "{}"}}}),
			want:  []string{"doubt at Schedule nightly: Schedule nightly starts tasks by a call of ECS's API, which the proof does not read"},
		},
		"by another call": {stack: stack(res{typ: "scheduler/schedule", name: "nightly", id: "x", props: m{"target": m{"arn": "arn:aws:scheduler:::aws-sdk:sqs:sendMessage"}}}), not: []string{"service ", doubtless}},
		"jobs of Batch": {
			stack: stack(res{typ: "batch/jobDefinition", name: "job", id: "x", props: m{"platformCapabilities": []any{"FARGATE"}, "containerProperties": `{"networkConfiguration":{"assignPublicIp":"ENABLED"}}`}}),
			want:  []string{"doubt at JobDefinition job: JobDefinition job is of AWS Batch, whose jobs are tasks that the proof does not look at"},
		},
		"machines of Batch": {
			stack: stack(res{typ: "batch/computeEnvironment", name: "jobs", id: "x", props: m{"computeResources": m{"type": "FARGATE"}}}),
			want:  []string{"doubt at ComputeEnvironment jobs: ComputeEnvironment jobs is of AWS Batch, whose jobs are tasks that the proof does not look at"},
		},
		"jobs of Batch on EKS": {stack: stack(res{typ: "batch/jobDefinition", name: "job", id: "x", props: m{"eksProperties": m{"podProperties": m{}}}}), not: []string{"service ", doubtless}},
		"a name in two regions": {
			stack: stack(web.with(m{"taskDefinition": "web:1"}), definition("awsvpc", `[{"containerPort":80}]`),
				res{typ: "ecs/taskDefinition", name: "there", id: "web", props: m{"arn": "arn:aws:ecs:eu-west-1:1:task-definition/web:1", "family": "web", "revision": 1, "networkMode": "awsvpc", "containerDefinitions": `[{"portMappings":[{"containerPort":81}]}]`}}),
			want: []string{"service Service web: on hosts false, ports []"},
		},
		"a state machine of functions": {stack: stack(res{typ: "sfn/stateMachine", name: "flow", id: "x", props: m{"definition": `{}`}}), not: []string{"service ", doubtless}},
		"a task set":                   {stack: stack(res{typ: "ecs/taskSet", name: "blue", id: "ts", props: web.props}), want: []string{"service TaskSet blue is in Subnet a"}, not: []string{doubtless}},
		"on other machines":            {stack: stack(web.with(m{"launchType": "EXTERNAL"})), want: []string{"doubt at Service web: Service web runs on machines that are not AWS's (launch type EXTERNAL)"}},
		"by a rule": {
			stack: stack(res{typ: "cloudwatch/eventTarget", name: "nightly", id: "x", props: m{"arn": "arn:cluster", "ecsTarget": merged(onNetwork(nil), m{"taskDefinitionArn": "web"})}}),
			want:  []string{"service EventTarget nightly is in Subnet a"}, not: []string{doubtless},
		},
		"a rule for something else": {stack: stack(res{typ: "cloudwatch/eventTarget", name: "queue", id: "x", props: m{"arn": "arn:queue"}}), not: []string{"service ", doubtless}},
		"by a schedule": {
			stack: stack(res{typ: "scheduler/schedule", name: "nightly", id: "x", props: m{"target": m{"arn": "arn:cluster", "ecsParameters": merged(onNetwork(m{"assignPublicIp": true}), m{"taskDefinitionArn": "web"})}}}),
			want:  []string{"service Schedule nightly: public Yes, IPv6 No, unfiltered false, candidates false, forwards No"}, not: []string{doubtless},
		},
		"express mode": {
			stack: stack(res{typ: "ecs/expressGatewayService", name: "web", id: "x", props: m{}}),
			want:  []string{"doubt at ExpressGatewayService web: ExpressGatewayService web is an Express Mode service, whose load balancer and network AWS makes"},
		},
		"VPC Lattice": {stack: stack(web.with(m{"vpcLatticeConfigurations": []any{m{"portName": "x"}}})), want: []string{"doubt at Service web: Service web is a target of VPC Lattice, which the proof does not look at"}},
	})
}

// hosting are hosts of a cluster, with a bridge-mode service on them.
func hosting(template, group, service m) []res {
	return []res{
		vpcRes, subnetRes.with(m{"mapPublicIpOnLaunch": true}), subnetTwo.with(m{"mapPublicIpOnLaunch": false}), groupRes,
		{typ: "ec2/launchTemplate", name: "host", id: "lt-1", props: merged(m{"vpcSecurityGroupIds": []any{"sg-1"}, "latestVersion": 3, "defaultVersion": 3}, template)},
		{typ: "autoscaling/group", name: "hosts", id: "hosts-1", props: merged(m{
			"arn": "arn:asg", "vpcZoneIdentifiers": []any{"subnet-a"}, "launchTemplate": m{"id": "lt-1"},
		}, group)},
		{typ: "ecs/capacityProvider", name: "capacity", id: "arn:cp", props: m{"name": "cp", "autoScalingGroupProvider": m{"autoScalingGroupArn": "arn:asg"}}},
		{typ: "ecs/cluster", name: "apps", id: "arn:aws:ecs:us-east-1:1:cluster/apps", props: m{"name": "apps"}},
		definition("bridge", `[{"containerPort":80,"hostPort":8080}]`),
		{typ: "ecs/service", name: "web", id: "arn:web", props: merged(m{
			"taskDefinition": "web:1", "cluster": "arn:aws:ecs:us-east-1:1:cluster/apps", "capacityProviderStrategies": []any{m{"capacityProvider": "cp"}},
		}, service)},
	}
}

// clustered has the capacity providers in the cluster itself.
func clustered(stack []res) []res {
	for i, r := range stack {
		if r.typ == "ecs/cluster" {
			stack[i] = r.with(m{"capacityProviders": []any{"cp", "FARGATE"}})
		}
	}
	return stack
}

// TestUserDataSum: of an instance's user data releases before 7 keep a sum, which
// says nothing of the cluster that a host joins. What the program said does.
func TestUserDataSum(t *testing.T) {
	t.Parallel()
	const joins, sum = "#!/bin/sh\necho ECS_CLUSTER=apps >> /etc/ecs/ecs.config", "5f1b3c3e5f1b3c3e5f1b3c3e5f1b3c3e5f1b3c3e"
	box := res{typ: "ec2/instance", name: "box", id: "i-1", props: m{"subnetId": "subnet-b", "vpcSecurityGroupIds": []any{"sg-1"}, "associatePublicIpAddress": false}}
	for said, want := range map[string]string{
		joins: "service Service web is in Subnet b",
		sum:   "doubt at Service web: Instance box may be a host of the cluster: its user data is not known",
	} {
		var all []m
		for _, r := range hosting(nil, nil, m{"launchType": "EC2", "capacityProviderStrategies": []any{}}) {
			all = append(all, r.written(nil, "inputs", "outputs"))
		}
		written := box.written(nil)
		written["inputs"], written["outputs"] = merged(box.props, m{"userData": said}), merged(box.props, m{"userData": sum})
		all = append(all, written)
		assert.Contains(t, describe(build.Network(read(t, text(t, m{"version": 3, "deployment": m{"resources": all}})))), want)
	}
}

func TestHosts(t *testing.T) {
	t.Parallel()
	tied := res{typ: "ecs/clusterCapacityProviders", name: "tie", id: "apps", props: m{"clusterName": "apps", "capacityProviders": []any{"cp", "FARGATE"}}}
	userData := base64.StdEncoding.EncodeToString([]byte("echo ECS_CLUSTER=apps >> /etc/ecs/ecs.config"))
	box := res{typ: "ec2/instance", name: "box", id: "i-1", props: m{"subnetId": "subnet-b", "vpcSecurityGroupIds": []any{"sg-1"}, "associatePublicIpAddress": true, "sourceDestCheck": true, "userDataBase64": userData}}
	line := func(public string) string {
		return "service Service web: public " + public + ", IPv6 No, unfiltered false, candidates false, forwards No"
	}
	launched := m{"launchType": "EC2", "capacityProviderStrategies": []any{}}
	check(t, map[string]scene{
		"by capacity provider": {
			stack: hosting(nil, nil, nil),
			want:  []string{"service Service web: on hosts true, ports [{6 8080 8080}]", line("Yes"), "service Service web is in Subnet a", "service Service web is guarded by SecurityGroup guard"},
			not:   []string{doubtless},
		},
		"template says not public": {stack: hosting(m{"networkInterfaces": []any{m{"associatePublicIpAddress": "false", "securityGroups": []any{"sg-1"}}}, "vpcSecurityGroupIds": []any{}}, nil, nil), want: []string{line("No"), "service Service web is guarded by SecurityGroup guard"}, not: []string{doubtless}},
		"subnets differ":           {stack: hosting(nil, m{"vpcZoneIdentifiers": []any{"subnet-a", "subnet-b"}}, nil), want: []string{line("Maybe") + ", by subnet"}, not: []string{doubtless}},
		"no group said":            {stack: hosting(m{"vpcSecurityGroupIds": []any{}}, nil, nil), want: []string{"service Service web is guarded by DefaultSecurityGroup net"}, not: []string{doubtless}},
		"template not known":       {stack: hosting(nil, m{"launchTemplate": m{"id": "lt-x"}}, nil), want: []string{"doubt at Service web: Group hosts its launchTemplate.id, lt-x, is not in the stack"}},
		"template of mixed kinds":  {stack: hosting(nil, m{"launchTemplate": nil, "mixedInstancesPolicy": m{"launchTemplate": m{"launchTemplateSpecification": m{"launchTemplateId": "lt-1"}}}}, nil), want: []string{line("Yes")}, not: []string{doubtless}},
		"its newest version":       {stack: hosting(m{"defaultVersion": 1}, m{"launchTemplate": m{"id": "lt-1", "version": "$Latest"}}, nil), not: []string{doubtless}},
		"the newest, by number":    {stack: hosting(m{"defaultVersion": 1}, m{"launchTemplate": m{"id": "lt-1", "version": "3"}}, nil), not: []string{doubtless}},
		"an older version":         {stack: hosting(nil, m{"launchTemplate": m{"id": "lt-1", "version": "2"}}, nil), want: []string{"doubt at Service web: Group hosts launches from version 2 of a launch template, and the stack shows its newest"}},
		"a default that is older":  {stack: hosting(m{"defaultVersion": 1}, nil, nil), want: []string{"doubt at Service web: Group hosts launches from the default version of a launch template, and the stack shows its newest"}},
		"a template being updated": {stack: hosting(m{"latestVersion": notKnown, "updateDefaultVersion": true}, m{"launchTemplate": m{"id": "lt-1", "version": notKnown}}, nil), not: []string{doubtless}},
		"version not known":        {stack: hosting(m{"latestVersion": notKnown}, m{"launchTemplate": m{"id": "lt-1", "version": notKnown}}, nil), want: []string{"doubt at Service web: Group hosts launches from the default version of a launch template, and the stack shows its newest"}},
		"a template of one kind": {
			stack: hosting(nil, m{"launchTemplate": nil, "mixedInstancesPolicy": m{"launchTemplate": m{"launchTemplateSpecification": m{"launchTemplateId": "lt-1"}, "overrides": []any{m{"launchTemplateSpecification": m{"launchTemplateId": "lt-9"}}}}}}, nil),
			want:  []string{"doubt at Service web: Group hosts has a launch template for one of its instance types, which the proof does not read"},
		},
		"several interfaces": {stack: hosting(m{"networkInterfaces": []any{m{"deviceIndex": 0}, m{"deviceIndex": 1}}}, nil, nil), want: []string{"doubt at Service web: Group hosts gives its hosts several network interfaces, and the proof looks at the first"}},
		"names of groups":    {stack: hosting(m{"vpcSecurityGroupIds": nil, "securityGroupNames": []any{"web"}}, nil, nil), want: []string{"doubt at Service web: LaunchTemplate host its securityGroupNames[0], web, is not in the stack"}},
		"a provider of the cluster that is not there": {
			stack: append(hosting(nil, nil, launched), tied.with(m{"capacityProviders": []any{"cp", "other"}})),
			want:  []string{"doubt at Service web: ClusterCapacityProviders tie its capacityProviders[1], other, is not in the stack"},
		},
		"user data not known": {
			stack: append(hosting(nil, nil, launched), tied, box.with(m{"userDataBase64": notKnown})),
			want:  []string{"doubt at Service web: Instance box may be a host of the cluster: its user data is not known"},
		},
		"user data compressed": {
			stack: append(hosting(nil, nil, launched), tied, box.with(m{"userDataBase64": base64.StdEncoding.EncodeToString([]byte("\x1f\x8bx"))})),
			want:  []string{"doubt at Service web: Instance box may be a host of the cluster: its user data is not known"},
		},
		"one strategy more": {
			stack: hosting(nil, nil, m{"capacityProviderStrategies": []any{m{"capacityProvider": "cp"}, m{"capacityProvider": "other"}}}),
			want:  []string{"doubt at Service web: Service web its capacityProviderStrategies[1].capacityProvider, other, is not in the stack"},
		},
		"a spot instance": {
			stack: append(hosting(nil, nil, launched), res{typ: "ec2/spotInstanceRequest", name: "spot", id: "sir-1", props: box.props}),
			want:  []string{line("Yes"), "service Service web is in Subnet b"}, not: []string{doubtless},
		},
		"a fleet besides": {
			stack: append(hosting(nil, nil, launched), tied, res{typ: "ec2/fleet", name: "fleet", id: "fleet-1", props: m{}}),
			want:  []string{"doubt at Service web: Fleet fleet may be a host of the cluster: its user data is not known"},
		},
		"an interface more": {
			stack: append(hosting(nil, nil, launched), box, res{typ: "ec2/networkInterfaceAttachment", name: "second", id: "x", props: m{"instanceId": "i-1", "networkInterfaceId": "eni-2"}}),
			want:  []string{"doubt at Service web: NetworkInterfaceAttachment second attaches a further network interface"},
		},
		"subnets not known":          {stack: hosting(nil, m{"vpcZoneIdentifiers": notKnown}, nil), want: []string{"doubt at Service web: Group hosts its vpcZoneIdentifiers is not known yet"}},
		"provider that is not there": {stack: hosting(nil, nil, m{"capacityProviderStrategies": []any{m{"capacityProvider": "other"}}}), want: []string{"doubt at Service web: Service web its capacityProviderStrategies[0].capacityProvider, other, is not in the stack"}},
		"by launch type":             {stack: append(hosting(nil, nil, launched), tied), want: []string{line("Yes"), "service Service web is in Subnet a"}, not: []string{doubtless}},
		"by the cluster":             {stack: clustered(hosting(nil, nil, launched)), want: []string{line("Yes"), "service Service web is in Subnet a"}, not: []string{doubtless}},
		"by user data":               {stack: append(hosting(nil, nil, launched), box), want: []string{line("Yes"), "service Service web is in Subnet b"}, not: []string{doubtless, "service Service web is in Subnet a"}},
		"nowhere":                    {stack: hosting(nil, nil, launched), want: []string{"doubt at Service web: Service web runs on hosts that are not in the stack"}},
		"two kinds": {
			stack: append(hosting(nil, nil, launched), tied, box.with(m{"vpcSecurityGroupIds": []any{}})),
			want:  []string{"service Service web is in Subnet a", "service Service web is in Subnet b", "doubt at Service web: Instance box is one of several kinds of hosts, whose security groups differ"},
		},
		"an address of its own": {
			stack: append(hosting(nil, nil, launched), box.with(m{"associatePublicIpAddress": false}), res{typ: "ec2/eip", name: "ip", id: "eipalloc-1", props: m{"instance": "i-1"}}),
			want:  []string{line("Yes")}, not: []string{doubtless},
		},
		"an address, apart": {
			stack: append(hosting(nil, nil, launched), box.with(m{"associatePublicIpAddress": false}), res{typ: "ec2/eipAssociation", name: "ip", id: "eipassoc-1", props: m{"instanceId": notKnown}}),
			want:  []string{line("Maybe")},
		},
		"a group more": {
			stack: append(hosting(nil, nil, launched), box.with(m{"primaryNetworkInterfaceId": "eni-1"}), res{typ: "ec2/networkInterfaceSecurityGroupAttachment", name: "more", id: "x", props: m{"networkInterfaceId": "eni-1", "securityGroupId": "sg-9"}}),
			want:  []string{"doubt at Service web: NetworkInterfaceSecurityGroupAttachment more its securityGroupId, sg-9, is not in the stack"},
		},
	})
}

package standin

import "strings"

// life is what the life of a resource is tested with.
type life struct {
	// in sets every property that has a row, or edits do.
	in props
	// edits give a property another value; nil takes it out.
	edits []edit
	// importID is what `pulumi import` takes; empty means the id.
	importID func(r *res) string
	// stays says that the resource outlives its deletion.
	stays bool
}

type edit struct {
	name  string
	value any
	// with are further properties that must change along.
	with props
	// replaces says that this edit makes the resource anew, whatever the row says.
	replaces bool
	// refused says that the row's change is refused when it is tried.
	refused string
}

var lives = map[string]func(p *provider) life{
	tVpc: func(*provider) life {
		return life{
			in: props{
				"cidrBlock": "10.7.0.0/16", "instanceTenancy": "dedicated", "enableDnsSupport": true, "enableDnsHostnames": true,
				"enableNetworkAddressUsageMetrics": true, "tags": props{"Name": "one", "Team": "a"},
			},
			edits: []edit{
				{name: "cidrBlock", value: "10.8.0.0/16"},
				{name: "instanceTenancy", value: "default"},
				{name: "instanceTenancy", value: "dedicated", replaces: true},
				{name: "enableDnsHostnames", value: false},
				{name: "enableDnsSupport", value: false},
				{name: "enableNetworkAddressUsageMetrics", value: false},
				{name: "tags", value: props{"Name": "two"}},
			},
		}
	},
	tVpcCidr: func(p *provider) life {
		w := newVpc(p, "cidr")
		return life{
			in: props{"vpcId": w.vpc.id, "cidrBlock": "10.9.0.0/16"},
			edits: []edit{
				{name: "vpcId", value: "vpc-0"},
				{name: "cidrBlock", value: "10.10.0.0/16"},
			},
		}
	},
	tSubnet: func(p *provider) life {
		w := newVpc(p, "subnet")
		return life{
			in: props{
				"vpcId": w.vpc.id, "cidrBlock": "10.0.9.0/24", "availabilityZone": "us-east-1c", "mapPublicIpOnLaunch": false,
				"tags": props{"Name": "one"},
			},
			edits: []edit{
				{name: "vpcId", value: "vpc-0"},
				{name: "cidrBlock", value: "10.0.10.0/24"},
				{name: "availabilityZone", value: "us-east-1d"},
				{name: "availabilityZoneId", value: "use1-az9"},
				{name: "mapPublicIpOnLaunch", value: true},
				{name: "tags", value: props{"Name": "two"}},
				{name: "tags", value: nil},
			},
		}
	},
	tRouteTable: func(p *provider) life {
		w := newVpc(p, "table")
		return life{
			in:    props{"vpcId": w.vpc.id, "tags": props{"Name": "one"}},
			edits: []edit{{name: "vpcId", value: "vpc-0"}, {name: "tags", value: props{"Name": "two", "More": "x"}}},
		}
	},
	tAssociation: func(p *provider) life {
		w := newVpc(p, "association")
		return life{
			in: props{"subnetId": w.a.id, "routeTableId": w.tableA.id},
			edits: []edit{
				{name: "subnetId", value: w.b.id},
				{name: "routeTableId", value: w.tableB.id, refused: "gives the association another id"},
			},
			importID: func(r *res) string { return w.a.id + "/" + w.tableA.id },
		}
	},
	tDefault: func(p *provider) life {
		w := newVpc(p, "default")
		return life{
			in: props{"vpcId": w.vpc.id, "revokeRulesOnDelete": false, "tags": props{"Name": "one"}},
			edits: []edit{
				{name: "vpcId", value: "vpc-0"},
				{name: "revokeRulesOnDelete", value: true},
				{name: "tags", value: props{"Name": "two"}},
			},
			stays: true,
		}
	},
	tGroup: func(p *provider) life {
		w := newVpc(p, "group")
		return life{
			in: props{
				"vpcId": w.vpc.id, "name": "group-of-mine", "description": "what it is for", "revokeRulesOnDelete": false,
				"tags": props{"Name": "one"},
			},
			edits: []edit{
				{name: "vpcId", value: "vpc-0"},
				{name: "name", value: "another"},
				{name: "namePrefix", value: "another-", with: props{"name": nil}},
				{name: "description", value: "another"},
				{name: "revokeRulesOnDelete", value: true},
				{name: "tags", value: props{"Name": "two"}},
			},
		}
	},
	tIngress: func(p *provider) life { return ruleLife(p, "ingress") },
	tEgress:  func(p *provider) life { return ruleLife(p, "egress") },
	tEndpoint: func(p *provider) life {
		w := newVpc(p, "endpoint")
		in := w.interfaceEndpoint("ssm")
		in["policy"], in["tags"], in["ipAddressType"] = open, props{"Name": "one"}, "ipv4"
		return life{
			in: in,
			edits: []edit{
				{name: "vpcId", value: "vpc-0"},
				{name: "serviceName", value: "com.amazonaws.us-east-1.logs"},
				{name: "vpcEndpointType", value: "Gateway"},
				{name: "subnetIds", value: []string{w.b.id}},
				{name: "subnetIds", value: []string{w.a.id, w.b.id}},
				{name: "securityGroupIds", value: []string{w.other.id}},
				{name: "privateDnsEnabled", value: false},
				{name: "policy", value: strings.Replace(open, `"Action":"*"`, `"Action":"ssm:*"`, 1)},
				{name: "ipAddressType", value: "dualstack"},
				{name: "privateDnsEnabled", value: true},
				{name: "tags", value: props{"Name": "two"}},
			},
		}
	},
	tFlowLog: func(p *provider) life {
		w := newVpc(p, "flow")
		role := p.create(tRole, "flow", props{"assumeRolePolicy": strings.Replace(trust, "ecs-tasks", "vpc-flow-logs", 1)})
		logs := p.create(tLogGroup, "flow", props{})
		return life{
			in: props{
				"vpcId": w.vpc.id, "trafficType": "ALL", "logDestinationType": "cloud-watch-logs", "logDestination": logs.out("arn"),
				"iamRoleArn": role.out("arn"), "maxAggregationInterval": 60, "logFormat": "${version} ${srcaddr} ${dstaddr}",
				"tags": props{"Name": "one"},
			},
			edits: []edit{
				{name: "vpcId", value: "vpc-0"},
				{name: "subnetId", value: w.a.id, with: props{"vpcId": nil}},
				{name: "trafficType", value: "REJECT"},
				{name: "logDestinationType", value: "s3"},
				{name: "logDestination", value: "arn:aws:s3:::bucket"},
				{name: "iamRoleArn", value: "arn:aws:iam::123456789012:role/other"},
				{name: "maxAggregationInterval", value: 600},
				{name: "logFormat", value: "${version}"},
				{name: "tags", value: props{"Name": "two"}},
			},
		}
	},
	tCluster: func(p *provider) life {
		exec := func(group string) props {
			return props{"executeCommandConfiguration": props{
				"kmsKeyId": "arn:aws:kms:us-east-1:123456789012:key/1", "logging": "OVERRIDE",
				"logConfiguration": props{
					"cloudWatchLogGroupName": group, "cloudWatchEncryptionEnabled": true, "s3BucketName": "bucket",
					"s3BucketEncryptionEnabled": true, "s3KeyPrefix": "exec",
				},
			}}
		}
		return life{
			in: props{
				"name": "cluster-of-mine", "settings": []any{props{"name": "containerInsights", "value": "enabled"}},
				"configuration": exec("one"), "tags": props{"Name": "one"},
			},
			edits: []edit{
				{name: "name", value: "another"},
				{name: "settings", value: []any{props{"name": "containerInsights", "value": "disabled"}}},
				{name: "configuration", value: exec("two")},
				{name: "tags", value: props{"Name": "two"}},
			},
			importID: func(r *res) string { return r.out("name") },
		}
	},
	tProviders: func(p *provider) life {
		cluster := p.create(tCluster, "providers", props{})
		return life{
			in: props{
				"clusterName": cluster.out("name"), "capacityProviders": []string{"FARGATE_SPOT", "FARGATE"},
				"defaultCapacityProviderStrategies": []any{props{"capacityProvider": "FARGATE", "weight": 1, "base": 1}},
			},
			edits: []edit{
				{name: "clusterName", value: "another"},
				{name: "capacityProviders", value: []string{"FARGATE"}},
				{name: "defaultCapacityProviderStrategies", value: []any{props{"capacityProvider": "FARGATE", "weight": 2}}},
			},
			stays: true,
		}
	},
	tTask: func(p *provider) life {
		w := newTasks(p, "task")
		in := w.task("family-of-mine", "busybox:1")
		in["containerDefinitions"] = container("busybox:1", `,"command":["b","a"],"environment":[{"name":"B","value":"2"},{"name":"A","value":"1"}],`+
			`"secrets":[{"name":"S","valueFrom":"arn:aws:secretsmanager:us-east-1:123456789012:secret:s-abcdef"}],"portMappings":[{"containerPort":80}],`+
			`"logConfiguration":{"logDriver":"awslogs","options":{"awslogs-group":"g","awslogs-region":"us-east-1","awslogs-stream-prefix":"p"}},`+
			`"dockerLabels":{"Upper":"Kept"}`)
		in["runtimePlatform"] = props{"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"}
		in["ephemeralStorage"] = props{"sizeInGib": 30}
		in["skipDestroy"], in["trackLatest"], in["tags"] = false, false, props{"Name": "one"}
		return life{
			in: in,
			edits: []edit{
				{name: "family", value: "another"},
				{name: "containerDefinitions", value: container("busybox:2", "")},
				{name: "containerDefinitions", value: strings.Replace(in["containerDefinitions"].(string), `["b","a"]`, `["a","b"]`, 1)},
				{name: "cpu", value: "512"},
				{name: "memory", value: "1024"},
				{name: "networkMode", value: "host"},
				{name: "requiresCompatibilities", value: []string{"FARGATE", "EC2"}},
				{name: "executionRoleArn", value: "arn:aws:iam::123456789012:role/other"},
				{name: "taskRoleArn", value: nil},
				{name: "ephemeralStorage", value: props{"sizeInGib": 40}},
				{name: "runtimePlatform", value: props{"cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX"}},
				{name: "skipDestroy", value: true},
				{name: "skipDestroy", value: false},
				{name: "trackLatest", value: true},
				{name: "tags", value: props{"Name": "two"}},
			},
			importID: func(r *res) string { return r.out("arn") },
		}
	},
	tService: func(p *provider) life {
		v, w := newVpc(p, "service"), newTasks(p, "service")
		p.create(tProviders, "service", props{"clusterName": w.cluster.out("name"), "capacityProviders": []string{"FARGATE", "FARGATE_SPOT"}})
		in := w.service(v)
		for name, value := range (props{
			"name": "service-of-mine", "platformVersion": "1.4.0", "schedulingStrategy": "REPLICA", "deploymentMaximumPercent": 150,
			"deploymentMinimumHealthyPercent": 50, "deploymentCircuitBreaker": props{"enable": true, "rollback": true},
			"availabilityZoneRebalancing": "ENABLED", "enableEcsManagedTags": true, "enableExecuteCommand": true, "propagateTags": "SERVICE",
			"waitForSteadyState": true, "forceDelete": false, "tags": props{"Name": "one"},
		}) {
			in[name] = value
		}
		return life{
			in: in,
			edits: []edit{
				{name: "name", value: "another"},
				{name: "cluster", value: "another"},
				{name: "launchType", value: "EC2"},
				{name: "schedulingStrategy", value: "DAEMON"},
				{name: "taskDefinition", value: w.two.out("arn")},
				{name: "desiredCount", value: 3},
				{name: "desiredCount", value: nil},
				{name: "platformVersion", value: "LATEST"},
				{name: "deploymentMaximumPercent", value: 200},
				{name: "deploymentMinimumHealthyPercent", value: 75},
				{name: "deploymentCircuitBreaker", value: props{"enable": true, "rollback": false}},
				{name: "availabilityZoneRebalancing", value: "DISABLED"},
				{name: "enableEcsManagedTags", value: false},
				{name: "enableExecuteCommand", value: nil},
				{name: "propagateTags", value: "TASK_DEFINITION"},
				{name: "networkConfiguration", value: props{"subnets": []string{v.a.id}, "securityGroups": []string{v.other.id}, "assignPublicIp": true}},
				{name: "forceNewDeployment", value: true},
				{name: "triggers", value: props{"when": "now"}},
				{name: "capacityProviderStrategies", value: []any{props{"capacityProvider": "FARGATE_SPOT", "weight": 1}}, with: props{"launchType": nil, "forceNewDeployment": true}, replaces: true},
				{name: "forceDelete", value: true},
				{name: "waitForSteadyState", value: false},
				{name: "tags", value: props{"Name": "two"}},
			},
			importID: func(r *res) string { return w.cluster.out("name") + "/service-of-mine" },
		}
	},
	tLogGroup: func(*provider) life {
		return life{
			in: props{
				"name": "/logs/of-mine", "retentionInDays": 30, "kmsKeyId": "arn:aws:kms:us-east-1:123456789012:key/1", "skipDestroy": false,
				"tags": props{"Name": "one"},
			},
			edits: []edit{
				{name: "name", value: "another"},
				{name: "retentionInDays", value: 14},
				{name: "retentionInDays", value: nil},
				{name: "kmsKeyId", value: nil, refused: "NotImplementedLocally"},
				{name: "kmsKeyId", value: "arn:aws:kms:us-east-1:123456789012:key/2", refused: "NotImplementedLocally"},
				{name: "skipDestroy", value: true},
				{name: "skipDestroy", value: false},
				{name: "tags", value: props{"Name": "two"}},
			},
		}
	},
	tRole: func(*provider) life {
		return life{
			in: props{
				"name": "role-of-mine", "path": "/mine/", "assumeRolePolicy": trust, "description": "what it is for", "maxSessionDuration": 7200,
				"permissionsBoundary": "arn:aws:iam::aws:policy/ReadOnlyAccess", "forceDetachPolicies": false, "tags": props{"Name": "one"},
			},
			edits: []edit{
				{name: "name", value: "another"},
				{name: "path", value: "/other/"},
				{name: "assumeRolePolicy", value: strings.Replace(trust, "ecs-tasks", "ec2", 1)},
				{name: "description", value: "another"},
				{name: "maxSessionDuration", value: nil},
				{name: "permissionsBoundary", value: nil},
				{name: "permissionsBoundary", value: "arn:aws:iam::aws:policy/PowerUserAccess"},
				{name: "forceDetachPolicies", value: true},
				{name: "tags", value: props{"Name": "two"}},
			},
		}
	},
	tRolePolicy: func(p *provider) life {
		role := p.create(tRole, "policy", props{"assumeRolePolicy": trust})
		return life{
			in: props{"name": "policy-of-mine", "role": role.id, "policy": grant},
			edits: []edit{
				{name: "name", value: "another"},
				{name: "role", value: "another"},
				{name: "policy", value: strings.Replace(grant, "PutLogEvents", "CreateLogStream", 1)},
			},
		}
	},
	tAttachment: func(p *provider) life {
		const policy = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
		role := p.create(tRole, "attachment", props{"assumeRolePolicy": trust})
		return life{
			in:       props{"role": role.id, "policyArn": policy},
			edits:    []edit{{name: "role", value: "another"}, {name: "policyArn", value: "arn:aws:iam::aws:policy/ReadOnlyAccess"}},
			importID: func(*res) string { return role.id + "/" + policy },
		}
	},
}

package opposition

import (
	"fmt"
	"strings"
)

const (
	balancerType = "aws:lb/loadBalancer:LoadBalancer"
	targetType   = "aws:lb/targetGroup:TargetGroup"
	listenerType = "aws:lb/listener:Listener"
	registryType = "aws:servicediscovery/service:Service"
	spaceType    = "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace"
	clusterType  = "aws:ecs/cluster:Cluster"
	tasksType    = "aws:ecs/taskDefinition:TaskDefinition"
	serviceType  = "aws:ecs/service:Service"
	providerType = "aws:ecs/capacityProvider:CapacityProvider"
	scalingType  = "aws:autoscaling/group:Group"
	templateType = "aws:ec2/launchTemplate:LaunchTemplate"
)

// ServiceURN is the URN of a service in an export.
func ServiceURN(name string) string { return urn(serviceType, name) }

// EndpointURN is the URN of a VPC endpoint in an export.
func EndpointURN(name string) string { return urn(endpointType, name) }

// NatURN is the URN of a NAT gateway in an export.
func NatURN(name string) string { return urn(natType, name) }

// SubnetURN is the URN of a subnet in an export.
func SubnetURN(name string) string { return urn(subnetType, name) }

func balancerRef(b *Balancer) ref {
	kind := "app"
	if b.Network {
		kind = "net"
	}
	return ref{urn(balancerType, b.Name), arn("elasticloadbalancing", "loadbalancer/"+kind+"/"+b.Name+"/50dc6c495c0c9188")}
}

func targetRef(n string) ref {
	return ref{urn(targetType, n), arn("elasticloadbalancing", "targetgroup/"+n+"/73e2d6bc24d8a067")}
}

func listenerRef(b *Balancer, port int) ref {
	name := fmt.Sprintf("%s-%d", b.Name, port)
	return ref{urn(listenerType, name), strings.Replace(balancerRef(b).value, ":loadbalancer/", ":listener/", 1) + fmt.Sprintf("/%d", port)}
}

func registryRef(service string) ref {
	return ref{urn(registryType, service), arn("servicediscovery", "service/srv-"+service)}
}

func (e *exporter) services() {
	if len(e.w.Services) == 0 {
		return
	}
	cluster := ref{urn(clusterType, "cluster"), arn("ecs", "cluster/cluster")}
	e.add(clusterType, "cluster", cluster.value, props{"name": "cluster"}, props{"arn": cluster.value})
	for _, s := range e.w.Services {
		definition := ref{urn(tasksType, s.Name), arn("ecs", "task-definition/"+s.Name+":1")}
		port := props{"containerPort": s.Port, "protocol": "tcp"}
		tasks := props{
			"family": s.Name, "networkMode": "awsvpc", "requiresCompatibilities": []string{"FARGATE"}, "cpu": "256", "memory": "512",
			"containerDefinitions": text([]props{{"name": "app", "image": "app", "essential": true, "portMappings": []props{port}}}),
		}
		if e.w.Furnished {
			e.furnish(s, tasks)
		}
		in := props{"name": s.Name, "cluster": cluster, "desiredCount": 2, "taskDefinition": definition}
		if s.Host {
			tasks["networkMode"], tasks["requiresCompatibilities"] = "host", []string{"EC2"}
			in["capacityProviderStrategies"] = []props{{"capacityProvider": e.hosts(s), "weight": 1}}
		} else {
			in["launchType"] = "FARGATE"
			in["networkConfiguration"] = props{
				"subnets": subnetRefs(s.Subnets), "assignPublicIp": s.PublicIP, "securityGroups": e.groupRefs(s.Groups),
			}
		}
		e.add(tasksType, s.Name, s.Name, tasks, props{"arn": definition.value, "arnWithoutRevision": arn("ecs", "task-definition/"+s.Name), "revision": 1})
		balanced := []props{}
		for _, t := range s.Targets {
			balanced = append(balanced, props{"targetGroupArn": targetRef(t), "containerName": "app", "containerPort": s.Port})
		}
		if len(balanced) > 0 {
			in["loadBalancers"] = balanced
		}
		if e.registered(s) {
			in["serviceRegistries"] = props{"registryArn": registryRef(s.Name), "port": s.Port}
		}
		e.add(serviceType, s.Name, arn("ecs", "service/cluster/"+s.Name), in, props{"arn": arn("ecs", "service/cluster/"+s.Name)})
	}
}

// furnish makes what a real service has besides, and fills its task definition.
func (e *exporter) furnish(s *Service, tasks props) {
	const (
		roleType   = "aws:iam/role:Role"
		policyType = "aws:iam/rolePolicy:RolePolicy"
		logsType   = "aws:cloudwatch/logGroup:LogGroup"
	)
	logs := "/ecs/" + s.Name
	e.add(logsType, s.Name, logs, props{"name": logs, "retentionInDays": 30}, props{"arn": arn("logs", "log-group:"+logs)})
	for _, kind := range []string{"task", "execution"} {
		name := s.Name + "-" + kind
		role := ref{urn(roleType, name), "arn:aws:iam::" + Account + ":role/" + name}
		e.add(roleType, name, name, props{"assumeRolePolicy": text(props{"Version": "2012-10-17", "Statement": []props{{
			"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": props{"Service": "ecs-tasks.amazonaws.com"},
			"Condition": props{"StringEquals": props{"aws:SourceAccount": Account}},
		}}})}, props{"arn": role.value, "name": name})
		e.add(policyType, name, name+":policy", props{"role": ref{role.urn, name}, "policy": text(props{
			"Version": "2012-10-17", "Statement": []props{{
				"Effect": "Allow", "Action": []string{"logs:CreateLogStream", "logs:PutLogEvents"}, "Resource": arn("logs", "log-group:"+logs+":*"),
			}},
		})}, nil)
		tasks[kind+"RoleArn"] = role
	}
	var environment []props
	for i := range 20 {
		environment = append(environment, props{"name": fmt.Sprintf("SETTING_%d", i), "value": strings.Repeat("value", 6)})
	}
	tasks["containerDefinitions"] = text([]props{{
		"name": "app", "image": Account + ".dkr.ecr." + Region + ".amazonaws.com/" + s.Name + ":1", "essential": true,
		"portMappings": []props{{"containerPort": s.Port, "protocol": "tcp"}}, "environment": environment,
		"logConfiguration": props{"logDriver": "awslogs", "options": props{
			"awslogs-group": logs, "awslogs-region": Region, "awslogs-stream-prefix": s.Name, "mode": "non-blocking",
		}},
	}})
}

// hosts makes the EC2 hosts of a service, and returns their capacity provider.
func (e *exporter) hosts(s *Service) ref {
	template := ref{urn(templateType, s.Name), "lt-" + s.Name}
	in := props{"imageId": "ami-1", "instanceType": "t3.small"}
	if len(s.Groups) > 0 {
		in["vpcSecurityGroupIds"] = e.groupRefs(s.Groups)
	}
	e.add(templateType, s.Name, template.value, in, props{"latestVersion": 1, "defaultVersion": 1})
	group := ref{urn(scalingType, s.Name), arn("autoscaling", "autoScalingGroup:1:autoScalingGroupName/"+s.Name)}
	e.add(scalingType, s.Name, s.Name, props{
		"name": s.Name, "minSize": 1, "maxSize": 2, "vpcZoneIdentifiers": subnetRefs(s.Subnets),
		"launchTemplate": props{"id": template, "version": "$Latest"},
	}, props{"arn": group.value})
	provider := ref{urn(providerType, s.Name), s.Name}
	e.add(providerType, s.Name, arn("ecs", "capacity-provider/"+s.Name), props{
		"name": s.Name, "autoScalingGroupProvider": props{"autoScalingGroupArn": group},
	}, props{"arn": arn("ecs", "capacity-provider/"+s.Name)})
	e.add("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", s.Name, "cluster",
		props{"clusterName": ref{urn(clusterType, "cluster"), "cluster"}, "capacityProviders": []ref{provider}}, nil)
	return provider
}

func (e *exporter) registered(s *Service) bool {
	for _, l := range e.w.Links {
		if l.Registry == s.Name {
			return true
		}
	}
	return false
}

func (e *exporter) balancers() {
	for _, t := range e.w.Targets {
		in := props{"port": t.Port, "protocol": t.Protocol, "vpcId": vpcRef(t.Vpc), "targetType": "ip"}
		for _, s := range e.w.Services {
			for _, n := range s.Targets {
				if s.Host && n == t.Name {
					in["targetType"] = "instance"
				}
			}
		}
		if t.Keep != "" {
			in["preserveClientIp"] = t.Keep
		}
		if t.Balancer != "" {
			in["targetType"] = "alb"
			b := e.w.balancer(t.Balancer)
			e.add("aws:lb/targetGroupAttachment:TargetGroupAttachment", t.Name, "attachment-"+t.Name,
				props{"targetGroupArn": targetRef(t.Name), "targetId": balancerRef(b), "port": t.Port}, nil)
		}
		e.add(targetType, t.Name, targetRef(t.Name).value, in, props{"arn": targetRef(t.Name).value})
	}
	for _, b := range e.w.Balancers {
		e.balancer(b)
	}
}

func (e *exporter) balancer(b *Balancer) {
	in := props{
		"name": b.Name, "loadBalancerType": "application", "internal": b.Internal, "subnets": subnetRefs(b.Subnets), "ipAddressType": "ipv4",
	}
	if len(b.Groups) > 0 {
		in["securityGroups"] = e.groupRefs(b.Groups)
	}
	vpc := e.w.subnet(b.Subnets[0]).Vpc
	out := props{"arn": balancerRef(b).value, "vpcId": vpcRef(vpc).value, "dnsName": b.Name + ".elb.amazonaws.com"}
	if b.Network {
		in["loadBalancerType"] = "network"
		in["enableCrossZoneLoadBalancing"] = true
	} else if len(b.Groups) == 0 {
		out["securityGroups"] = []string{defaultGroupPart + vpc}
	}
	e.add(balancerType, b.Name, balancerRef(b).value, in, out)
	for _, l := range b.Listeners {
		r := listenerRef(b, l.Port)
		name := fmt.Sprintf("%s-%d", b.Name, l.Port)
		answer := props{"type": "redirect", "redirect": props{"port": "443", "protocol": "HTTPS", "statusCode": "HTTP_301"}}
		forward := props{"type": "forward", "targetGroupArn": targetRef(l.Target)}
		first := forward
		if l.Target == "" || l.Rule {
			first = answer
		}
		e.add(listenerType, name, r.value, props{
			"loadBalancerArn": balancerRef(b), "port": l.Port, "protocol": l.Protocol, "defaultActions": []props{first},
		}, props{"arn": r.value})
		if l.Rule && l.Target != "" {
			rule := strings.Replace(r.value, ":listener/", ":listener-rule/", 1) + "/1"
			e.add("aws:lb/listenerRule:ListenerRule", name, rule, props{
				"listenerArn": r, "priority": 10, "actions": []props{forward},
				"conditions": []props{{"pathPattern": props{"values": []string{"/api/*"}}}},
			}, props{"arn": rule})
		}
	}
}

func (e *exporter) links() {
	for _, l := range e.w.Links {
		api := ref{urn("aws:apigatewayv2/api:Api", l.Name), "api" + l.Name}
		e.add("aws:apigatewayv2/api:Api", l.Name, api.value, props{"name": l.Name, "protocolType": "HTTP"}, nil)
		link := ref{urn("aws:apigatewayv2/vpcLink:VpcLink", l.Name), "link" + l.Name}
		e.add("aws:apigatewayv2/vpcLink:VpcLink", l.Name, link.value,
			props{"name": l.Name, "subnetIds": subnetRefs(l.Subnets), "securityGroupIds": e.groupRefs(l.Groups)}, nil)
		var to ref
		if l.Registry != "" {
			to = registryRef(l.Registry)
			space := ref{urn(spaceType, l.Name), "ns-" + l.Name}
			vpc := e.w.subnet(l.Subnets[0]).Vpc
			e.add(spaceType, l.Name, space.value, props{"name": l.Name + ".internal", "vpc": vpcRef(vpc)}, nil)
			e.add(registryType, l.Registry, "srv-"+l.Registry, props{
				"name": l.Registry, "dnsConfig": props{"namespaceId": space, "dnsRecords": []props{{"type": "SRV", "ttl": 10}}},
			}, props{"arn": to.value})
		} else {
			to = listenerRef(e.w.balancer(l.Balancer), l.Port)
		}
		integration := ref{urn("aws:apigatewayv2/integration:Integration", l.Name), "int" + l.Name}
		e.add("aws:apigatewayv2/integration:Integration", l.Name, integration.value, props{
			"apiId": api, "integrationType": "HTTP_PROXY", "integrationMethod": "ANY", "integrationUri": to,
			"connectionType": "VPC_LINK", "connectionId": link, "payloadFormatVersion": "1.0",
		}, nil)
		e.add("aws:apigatewayv2/route:Route", l.Name, "route"+l.Name, props{
			"apiId": api, "routeKey": "$default", "target": ref{integration.urn, "integrations/" + integration.value},
		}, nil)
		e.add("aws:apigatewayv2/stage:Stage", l.Name, "$default", props{"apiId": api, "name": "$default", "autoDeploy": true}, nil)
	}
}

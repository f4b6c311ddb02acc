package engine

import "strings"

// inNat is the beginning of a program with a NatNetwork, a cluster and a
// security group of the user's own.
const inNat = `name: edits
runtime: yaml
resources:
  net:
    type: ecsnet:NatNetwork
    properties:
      natMode: Single
      endpointServices: [logs]
  apps:
    type: ecsnet:EcsCluster
  db:
    type: aws:ec2:SecurityGroup
    properties:
      vpcId: ${net.vpcId}
      description: A database
`

// forHosts is inNat with a cluster whose list of capacity providers is an
// Ec2Capacity's.
var forHosts = strings.Replace(inNat, "ecsnet:EcsCluster\n", "ecsnet:EcsCluster\n    properties:\n      capacityProviders: []\n", 1)

func init() {
	const service = `  web:
    type: ecsnet:FargatePrivateService
    properties:
      network: ${net}
      cluster: ${apps}
      image: ` + goodImage + "\n"
	const front = `  front:
    type: ecsnet:ApplicationIngress
    properties:
      network: ${net}
      allowFrom:
        office: {cidrBlock: 10.9.0.0/16, description: in}
        net: {cidrBlock: "${net.cidrBlock}", description: in}
`
	stacks["the rules of a service"] = editable{inNat + front + service + `      containerPort: 80
      ingress: ${front}
      ingressRules:
        front: {port: 81, securityGroupId: "${front.securityGroupId}", description: in}
        office: {port: 8080, cidrBlock: 10.9.0.0/16, description: in}
        vpc: {port: 8081, cidrBlock: "${net.cidrBlock}", description: in}
        jobs: {fromPort: 9000, toPort: 9010, securityGroupId: "${db.id}", description: in}
      egressRules:
        db: {port: 5432, securityGroupId: "${db.id}", description: out}
`, []change{
		{what: "peers renamed", old: "office: {cidrBlock: 10.9.0.0/16, description: in}\n        net:", new: "branch: {cidrBlock: 10.9.0.0/16, description: in}\n        inside:", steps: nothing},
		{what: "a rule about the way in renamed", old: "front: {port", new: "checks: {port", steps: nothing},
		{what: "the rule of the way in", old: "        front: {port", new: "        again: {port: 80, securityGroupId: \"${front.securityGroupId}\"}\n        front: {port", steps: nothing},
		{what: "a rule renamed", old: "office: {port", new: "branch: {port", steps: nothing},
		{what: "a rule about the VPC renamed", old: "vpc: {", new: "inside: {", steps: nothing},
		{what: "a rule about another group renamed", old: "jobs: {", new: "batch: {", steps: nothing},
		{what: "a rule out renamed", old: "db: {port", new: "postgres: {port", steps: nothing},
		{what: "two rules swapped", steps: nothing,
			old: "office: {port: 8080, cidrBlock: 10.9.0.0/16, description: in}\n        vpc: {port: 8081, cidrBlock: \"${net.cidrBlock}\", description: in}",
			new: "vpc: {port: 8080, cidrBlock: 10.9.0.0/16, description: in}\n        office: {port: 8081, cidrBlock: \"${net.cidrBlock}\", description: in}"},
		{what: "a rule twice", old: "        jobs: {", new: "        work: {fromPort: 9000, toPort: 9010, securityGroupId: \"${db.id}\", description: in}\n        jobs: {", steps: nothing},
		{what: "a block twice", old: "        office: {port", new: "        desk: {port: 8080, cidrBlock: 10.9.0.0/16, description: in}\n        office: {port", steps: nothing},
		{what: "rules that the service has", old: "        db: {port", new: `        web: {port: 443, cidrBlock: 0.0.0.0/0}
        endpoints: {port: 443, securityGroupId: "${net.endpointSecurityGroupId}"}
        s3: {port: 443, prefixListId: "${net.s3PrefixListId}"}
        db: {port`, steps: nothing},
		{what: "another port", old: "{port: 8080", new: "{port: 8088",
			steps: []string{"create securityGroupIngressRule web-ingress-tcp-8088-10.9.0.0/16", "delete securityGroupIngressRule web-ingress-tcp-8080-10.9.0.0/16"}},
		{what: "another description", old: "8080, cidrBlock: 10.9.0.0/16, description: in", new: "8080, cidrBlock: 10.9.0.0/16, description: at work",
			steps: []string{"update securityGroupIngressRule web-ingress-tcp-8080-10.9.0.0/16"}},
	}}
	stacks["the addresses of NAT gateways"] = editable{`name: nat
runtime: yaml
resources:
  one: {type: "aws:ec2:Eip", properties: {domain: vpc}}
  two: {type: "aws:ec2:Eip", properties: {domain: vpc}}
  three: {type: "aws:ec2:Eip", properties: {domain: vpc}}
  net:
    type: ecsnet:NatNetwork
    properties:
      allocationIds: ["${one.id}", "${two.id}"]
`, []change{
		{what: "swapped", old: `["${one.id}", "${two.id}"]`, new: `["${two.id}", "${one.id}"]`},
		{what: "another address", old: `"${two.id}"]`, new: `"${three.id}"]`},
		{what: "addresses of our own", old: `allocationIds: ["${one.id}", "${two.id}"]`, new: "natMode: OnePerAz"},
	}}
	// The pool brings FARGATE to the cluster, and the service waits for it.
	const beside = `  web:
    options: {dependsOn: ["${pool}"]}
    type: ecsnet:FargatePrivateService
    properties:
      network: ${net}
      clusterArn: ${apps.clusterArn}
      image: ` + goodImage + "\n"
	stacks["the type of a service"] = editable{forHosts + `  pool:
    type: ecsnet:Ec2Capacity
    properties:
      network: ${net}
      clusterName: ${apps.clusterName}
      imageId: ami-0123456789abcdef0
` + beside + "      serviceName: web\n", []change{
		{what: "from Fargate to hosts", old: "ecsnet:FargatePrivateService\n    properties:\n", new: "ecsnet:Ec2Service\n    properties:\n      capacityProviderName: ${pool.capacityProviderName}\n"},
		{what: "from Fargate to the network of hosts", old: "ecsnet:FargatePrivateService\n    properties:\n",
			new: "ecsnet:Ec2Service\n    properties:\n      capacityProviderName: ${pool.capacityProviderName}\n      networkMode: bridge\n"},
		{what: "from private to public", old: "ecsnet:FargatePrivateService", new: "ecsnet:FargatePublicService"},
	}}
	pool := func(name, more string) string {
		return `  ` + name + `:
    type: ecsnet:Ec2Capacity
    properties:
      network: ${net}
      clusterName: ${apps.clusterName}
      imageId: ami-0123456789abcdef0
` + more
	}
	stacks["the owner of a cluster's list of capacity providers"] = editable{forHosts + pool("pool", "") + beside, []change{
		{what: "two owners", old: "  web:", new: pool("crowd", "") + "  web:", refused: []string{"uplicate", "clusterCapacityProviders", "apps-capacity"}},
	}}
	onPool := forHosts + `  pool:
    type: ecsnet:Ec2Capacity
    properties:
      network: ${net}
      clusterName: ${apps.clusterName}
      imageId: ami-0123456789abcdef0
  web:
    type: ecsnet:Ec2Service
    properties:
      network: ${net}
      cluster: ${apps}
      capacityProviderName: ${pool.capacityProviderName}
      containerPort: 8080
      networkMode: bridge
      image: ` + goodImage + "\n"
	modes := []change{
		{what: "to awsvpc", old: "networkMode: bridge", new: "networkMode: awsvpc"},
		{what: "to host", old: "networkMode: bridge", new: "networkMode: host"},
		{what: "a port of the host's", old: "networkMode: bridge", new: "networkMode: bridge\n      hostPort: 8080"},
	}
	stacks["the network mode of a service"] = editable{onPool, modes}
	stacks["the network mode of a service with a name"] = editable{onPool + "      serviceName: web\n", modes}
}

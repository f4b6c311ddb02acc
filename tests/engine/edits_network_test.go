package engine

func init() {
	stacks["the addresses of a network"] = editable{`name: addresses
runtime: yaml
resources:
  net:
    type: ecsnet:NatNetwork
    properties:
      cidrBlock: 10.0.0.0/16
      maxAvailabilityZones: 4
      availabilityZones: [us-east-1a, us-east-1b, us-east-1c]
      natMode: Single
      endpointServices: [logs]
      flowLogs: {trafficType: All, maxAggregationIntervalSeconds: 600}
`, []change{
		{what: "more slots", old: "maxAvailabilityZones: 4", new: "maxAvailabilityZones: 8",
			refused: []string{`maxAvailabilityZones: "10.0.128.0/20" would be the block of the subnet net-private-a, which exists with 10.0.128.0/19; leave it as it was`}},
		{what: "a zone out of the middle", old: "[us-east-1a, us-east-1b, us-east-1c]", new: "[us-east-1a, us-east-1c]",
			refused: []string{`availabilityZones: "10.0.160.0/19" would be the block of the subnet net-private-c, which exists with 10.0.192.0/19`,
				`with "" in the place of one that is removed`, `privateCidrBlocks["us-east-1c"]: "10.0.192.0/19"`, "net-public-c"}},
		{what: "zones in another order", old: "[us-east-1a, us-east-1b, us-east-1c]", new: "[us-east-1b, us-east-1a, us-east-1c]",
			refused: []string{"net-private-a", "net-private-b", "net-public-a", "net-public-b"}},
		{what: "a zone out of the middle, its place kept", old: "[us-east-1a, us-east-1b, us-east-1c]", new: `[us-east-1a, "", us-east-1c]`},
		{what: "another VPC", old: "cidrBlock: 10.0.0.0/16", new: "cidrBlock: 10.1.0.0/16",
			refused: []string{`cidrBlock: "10.1.0.0/16" cannot become the block of the VPC, which exists with 10.0.0.0/16; write "10.0.0.0/16"`, "another network under another name"}},
		{what: "other public addresses of a zone", old: "natMode: Single", new: `natMode: Single
      publicCidrBlocks: {us-east-1a: 10.0.48.0/20}`,
			refused: []string{`publicCidrBlocks["us-east-1a"]: "10.0.48.0/20" would be the block of the subnet net-public-a, which exists with 10.0.0.0/20`,
				`take the zone out for one update`}},
		{what: "other private addresses of a zone", old: "natMode: Single", new: `natMode: Single
      privateCidrBlocks: {us-east-1b: 10.0.240.0/20}`,
			refused: []string{`privateCidrBlocks["us-east-1b"]: "10.0.240.0/20" would be the block of the subnet net-private-b`}},
		{what: "other traffic in the flow logs", old: "trafficType: All", new: "trafficType: Reject"},
		{what: "other intervals in the flow logs", old: "Seconds: 600", new: "Seconds: 60"},
	}}
	stacks["the name of a cluster"] = editable{`name: cluster
runtime: yaml
resources:
  net:
    type: ecsnet:IsolatedVpc
  apps:
    type: ecsnet:EcsCluster
    properties:
      containerInsights: Disabled
  web:
    type: ecsnet:FargatePrivateService
    properties:
      network: ${net}
      clusterArn: ${apps.clusterArn}
      image: ` + goodImage + "\n", []change{
		{what: "a name", old: "containerInsights: Disabled", new: "clusterName: apps",
			refused: []string{`clusterName: "apps" cannot become the name of the cluster that exists as "apps-cluster-`, "make another EcsCluster"}},
	}}
	stacks["the name of a cluster that has one"] = editable{`name: cluster
runtime: yaml
resources:
  apps:
    type: ecsnet:EcsCluster
    properties:
      clusterName: apps
`, []change{
		{what: "another name", old: "clusterName: apps", new: "clusterName: shop",
			refused: []string{`clusterName: "shop" cannot become the name of the cluster that exists as "apps"`}},
		{what: "no name any more", old: "clusterName: apps", new: "containerInsights: Enabled", steps: nothing},
	}}
	stacks["the name of a capacity provider"] = editable{onHosts + "      capacityProviderName: pool\n", []change{
		{what: "another name", old: "capacityProviderName: pool", new: "capacityProviderName: crowd",
			refused: []string{`capacityProviderName: "crowd" cannot become the name of the capacity provider that exists as "pool"`, "make another Ec2Capacity"}},
		{what: "no name any more", old: "capacityProviderName: pool", new: "placement: Private", steps: nothing},
	}}
}

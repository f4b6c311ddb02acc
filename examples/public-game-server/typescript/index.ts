// A game server whose tasks have public addresses, for low latency. Nothing
// guards them but the service's own security group, which lets players in on
// one UDP port.
import * as pulumi from "@pulumi/pulumi";
import * as ecsnet from "@ecsnet/ecsnet";

const image =
  new pulumi.Config().get("image") ??
  "123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.0";

// begin: readme
const vpc = new ecsnet.PublicNetwork("net");
const cluster = new ecsnet.EcsCluster("apps");
const game = new ecsnet.FargatePublicService("game", {
  network: vpc,
  cluster,
  image,
  ingressRules: {
    players: { port: 7777, protocol: "udp", cidrBlock: "0.0.0.0/0" },
  },
});
// end: readme

export const vpcId = vpc.vpcId;
export const serviceName = game.serviceName;

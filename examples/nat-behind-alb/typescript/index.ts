// A web service without a public address: it is reached through a load
// balancer in the public subnets, and calls out through a NAT gateway in
// each zone.
import * as pulumi from "@pulumi/pulumi";
import * as ecsnet from "@ecsnet/ecsnet";

const image =
  new pulumi.Config().get("image") ??
  "123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.0";

// begin: readme
const vpc = new ecsnet.NatNetwork("net");
const cluster = new ecsnet.EcsCluster("apps");
const front = new ecsnet.ApplicationIngress("front", {
  network: vpc,
  internal: false,
  allowFrom: { everyone: { cidrBlock: "0.0.0.0/0" } },
});
const service = new ecsnet.FargatePrivateService("web", {
  network: vpc,
  cluster,
  image,
  containerPort: 8080,
  ingress: front,
});
// end: readme

export const url = pulumi.interpolate`http://${front.dnsName}`;
export const serviceName = service.serviceName;

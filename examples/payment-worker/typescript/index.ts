// A worker that calls a payment provider and lets in nobody: private
// subnets, a NAT gateway in each zone, and the addresses that the provider
// has to allow.
import * as pulumi from "@pulumi/pulumi";
import * as ecsnet from "@ecsnet/ecsnet";

const image =
  new pulumi.Config().get("image") ??
  "123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.0";

// begin: readme
const vpc = new ecsnet.NatNetwork("net");
const cluster = new ecsnet.EcsCluster("apps");
const worker = new ecsnet.FargatePrivateService("worker", {
  network: vpc,
  cluster,
  image,
  secrets: {
    PROVIDER_KEY:
      "arn:aws:secretsmanager:us-east-1:123456789012:secret:provider-key-AbCdEf",
  },
});
// end: readme

export const natAddresses = vpc.natPublicIpByZone;
export const serviceName = worker.serviceName;

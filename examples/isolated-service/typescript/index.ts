// A container on Fargate in a VPC with no way in from the internet and no way
// out to it.
import * as pulumi from "@pulumi/pulumi";
import * as ecsnet from "@ecsnet/ecsnet";

const image =
  new pulumi.Config().get("image") ??
  "123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.0";

// begin: readme
const vpc = new ecsnet.IsolatedVpc("net");
const cluster = new ecsnet.EcsCluster("apps");
const service = new ecsnet.FargatePrivateService("sample", {
  network: vpc,
  cluster,
  image,
});
// end: readme

export const vpcId = vpc.vpcId;
export const clusterName = cluster.clusterName;
export const serviceName = service.serviceName;

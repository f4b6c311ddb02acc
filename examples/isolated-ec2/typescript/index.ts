// A container on EC2 hosts of your own, in a VPC with no way in from the
// internet and no way out to it.
import * as pulumi from "@pulumi/pulumi";
import * as ecsnet from "@ecsnet/ecsnet";

const image =
  new pulumi.Config().get("image") ??
  "123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.0";

// begin: readme
const vpc = new ecsnet.IsolatedVpc("net", { ecsOnEc2: true });
const cluster = new ecsnet.EcsCluster("apps", { capacityProviders: [] });
const hosts = new ecsnet.Ec2Capacity("hosts", {
  network: vpc,
  clusterName: cluster.clusterName,
});
const service = new ecsnet.Ec2Service("sample", {
  network: vpc,
  cluster,
  capacityProviderName: hosts.capacityProviderName,
  image,
});
// end: readme

export const vpcId = vpc.vpcId;
export const serviceName = service.serviceName;

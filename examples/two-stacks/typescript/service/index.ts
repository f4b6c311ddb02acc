// A service in the network of another stack.
import * as pulumi from "@pulumi/pulumi";
import * as ecsnet from "@ecsnet/ecsnet";

const config = new pulumi.Config();
const image =
  config.get("image") ??
  "123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.0";

// begin: readme
const shared = new pulumi.StackReference(
  config.get("networkStack") ??
    `organization/two-stacks-network/${pulumi.getStack()}`,
);
const network = new ecsnet.Network("shared", {
  vpcId: shared.requireOutput("vpcId"),
  subnetIds: shared.requireOutput("subnetIds"),
  egress: shared.requireOutput("egress"),
  endpointServices: shared.requireOutput("endpointServices"),
  endpointAccess: shared.requireOutput("endpointAccess"),
  endpointSecurityGroupId: shared.requireOutput("endpointSecurityGroupId"),
  s3PrefixListId: shared.requireOutput("s3PrefixListId"),
});
const service = new ecsnet.FargatePrivateService("sample", {
  network,
  clusterArn: shared.requireOutput("clusterArn"),
  image,
});
// end: readme

export const serviceName = service.serviceName;

// Two of everything in one stack.
import * as pulumi from "@pulumi/pulumi";
import * as ecsnet from "@ecsnet/ecsnet";

const desiredCount = new pulumi.Config().getNumber("desiredCount");
const image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1";

for (const [i, name] of ["one", "two"].entries()) {
  const vpc = new ecsnet.IsolatedVpc(name, {
    cidrBlock: `10.${i}.0.0/16`,
    flowLogs: {},
  });
  const { clusterArn } = new ecsnet.EcsCluster(name);
  new ecsnet.FargatePrivateService(name, {
    network: vpc,
    clusterArn,
    image,
    desiredCount,
    serviceName: `api-${name}`,
  });
}

// A service that needs whatever a task can need of an isolated network.
import * as pulumi from "@pulumi/pulumi";
import * as ecsnet from "@ecsnet/ecsnet";

const config = new pulumi.Config();
const vpc = new ecsnet.IsolatedVpc("net", {
  endpointServices: config.require("endpoints").split(","),
});
const cluster = new ecsnet.EcsCluster("apps");
new ecsnet.FargatePrivateService("sample", {
  network: vpc,
  clusterArn: cluster.clusterArn,
  image: config.require("image"),
  secrets: {
    DB: "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf",
  },
  enableExecuteCommand: true,
  preflight: config.require<ecsnet.Preflight>("preflight"),
});

// Objects inside of arguments, each with a value that is not known at preview
// beside others that are.
import * as ecsnet from "@ecsnet/ecsnet";

const net = new ecsnet.IsolatedVpc("net");
const later = net.endpointSecurityGroupId;
const service = (name: string, args: object) =>
  new ecsnet.FargatePrivateService(name, {
    network: net,
    clusterArn: "arn:aws:ecs:us-east-1:123456789012:cluster/main",
    image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1",
    ...args,
  });

service("good", {
  ingressRules: { web: { port: 8080, securityGroupId: later } },
  timeouts: { createMinutes: 5 },
});
service("wrong", {
  ingressRules: { web: { port: 70000, securityGroupId: later } },
  egressRules: {
    db: { fromPort: 10, toPort: 5, prefixListId: net.s3PrefixListId },
  },
  timeouts: { createMinutes: 0 },
});
new ecsnet.ApplicationIngress("front", {
  network: net,
  allowFrom: { office: { securityGroupId: later, cidrBlock: "10.0.0.0/8" } },
});
new ecsnet.ContainerImage("image", {
  build: { args: { VPC: net.vpcId }, cpuArchitecture: "arm64" as "ARM64" },
});

// What the types refuse.
service("form", {
  ingressRules: { web: { prt: 80, protocol: 6, securityGroupId: later } },
  timeouts: { createMinutes: "5", updateMinuts: 5, deleteMinutes: 0 },
});
const build: object = { target: net.vpcId, dockerfile: "Nofile" };
new ecsnet.ContainerImage("plain", { build });

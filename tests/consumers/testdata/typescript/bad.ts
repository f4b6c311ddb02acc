// Arguments that got past the types: one case a run, each with every fault
// that its component can have at once.
import * as pulumi from "@pulumi/pulumi";
import * as ecsnet from "@ecsnet/ecsnet";

const image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1";
const clusterArn = "arn:aws:ecs:us-east-1:123456789012:cluster/main";
const parameter = "arn:aws:ssm:us-east-1:123456789012:parameter/db";

const vpc = (args: object) =>
  new ecsnet.IsolatedVpc("net", args as ecsnet.IsolatedVpcArgs);
const shared = () =>
  new ecsnet.Network("shared", {
    vpcId: "vpc-1",
    subnetIds: ["subnet-1"],
    egress: "None",
  });
const service = (args: Record<string, unknown>) =>
  new ecsnet.FargatePrivateService("api", {
    clusterArn,
    image,
    ...args,
    network: args.network ?? shared(),
  } as ecsnet.FargatePrivateServiceArgs);

const cases: Record<string, () => unknown> = {
  zones: () =>
    vpc({
      cidrBlock: "ten",
      availabilityZones: ["us-east-1a", "us-east-1a", "us-east-1z"],
      zoneCidrBlocks: { "us-east-1b": "fd00::/64" },
      privateCidrBlocks: { "us-east-1a": "10.0.0.1/24" },
    }),
  services: () =>
    vpc({
      cidrBlock: "10.0.0.0/28",
      maxAvailabilityZones: 8,
      endpointServices: [
        "logs",
        "systemsmanager",
        "ecr",
        "com.amazonaws.us-east-1.logs",
      ],
      flowLogs: { retentionInDays: 31 },
    }),
  names: () =>
    vpc({
      cidr: "10.0.0.0/16",
      maxAvailabilityZones: "4",
      numberOfAvailabilityZones: 1.5,
      endpointAccess: "per-service",
      flowLogs: { trafficTypes: "All", retentionInDays: true },
    }),
  "secret block": () => vpc({ cidrBlock: pulumi.secret("10.9.0.0/16") }),
  "unknown block": () =>
    vpc({ cidrBlock: new ecsnet.IsolatedVpc("other").vpcId }),
  // One good component and two bad ones, all under way at the same time.
  several: () => [
    new ecsnet.IsolatedVpc("good"),
    vpc({ cidrBlock: "ten", availabilityZones: ["us-east-1a"] }),
    new ecsnet.EcsCluster("main", { clusterName: "a b" }),
  ],
  cluster: () =>
    new ecsnet.EcsCluster("main", {
      clusterName: "a b",
      logRetentionInDays: 2,
      capacityProviders: ["FARGATE", "FARGATE"],
      rolePath: "apps",
    }),
  "service sizes": () =>
    service({
      image: "My Image",
      cpu: 300,
      memoryMib: 4096,
      desiredCount: -1,
      logRetentionInDays: 31,
      serviceName: "",
      containerPort: 70000,
      secrets: {
        PASSWORD: "hunter2",
        TOKEN: pulumi.secret("hunter3"),
        DB: parameter,
      },
      environment: { DB: "x" },
    }),
  "nearest size": () =>
    service({
      cpu: 256,
      memoryMib: 4096,
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 100,
    }),
  "service names": () =>
    service({
      imag: image,
      cpuArchitecture: "arm64",
      ingressRules: { web: { prot: 80, port: "80" } },
      deploymentCircuitBreaker: "Rolback",
    }),
  "raw call": () =>
    new pulumi.ComponentResource(
      "ecsnet:index:IsolatedVpc",
      "net",
      { cidrBlok: "10.0.0.0/16", tags: ["a"] },
      { version: "0.1.0" },
      true,
    ),

  "id as network": () => service({ network: vpc({}).vpcId }),
  "text as network": () => service({ network: "vpc-123", image: 5 }),
  "cluster as network": () =>
    service({ network: new ecsnet.EcsCluster("main") }),
  "computed network": () => {
    const net = vpc({});
    return service({ network: net.vpcId.apply(() => net) });
  },
};

cases[new pulumi.Config().require("case")]();

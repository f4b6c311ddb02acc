// What the types of the SDK accept and what they refuse. Nothing runs this: it
// compiles, or the promise in a comment is broken.
import * as ecsnet from "@ecsnet/ecsnet";
import * as pulumi from "@pulumi/pulumi";

const net = new ecsnet.IsolatedVpc("net", {
  availabilityZones: ["us-east-1a", "us-east-1b"],
  flowLogs: { trafficType: "Reject" },
});
const cluster = new ecsnet.EcsCluster("main");
const later: pulumi.Output<string> = cluster.clusterArn;
const shared = new ecsnet.Network("shared", {
  vpcId: later,
  subnetIds: [later],
  egress: later,
});
const service = { clusterArn: later, image: later };

new ecsnet.FargatePrivateService("a", {
  ...service,
  network: net,
  environment: { ARN: later, MODE: "fast", TOKEN: pulumi.secret("x") },
  ingressRules: { web: { port: 80, securityGroupId: later, protocol: "tcp" } },
  egressRules: {
    all: {
      port: 443,
      cidrBlock: "10.0.0.0/8",
      protocol: ecsnet.RuleProtocol.Tcp,
    },
  },
  tags: later.apply((arn) => ({ Cluster: arn })),
});
new ecsnet.FargatePrivateService("b", { ...service, network: shared });
new ecsnet.FargatePrivateService("c", {
  ...service,
  network: pulumi.output(net),
});
new ecsnet.FargatePrivateService("e", {
  network: net,
  cluster,
  image: later,
  capacityProviders: { FARGATE: { base: 1 }, FARGATE_SPOT: { weight: 3 } },
});
new ecsnet.FargatePrivateService("f", {
  network: net,
  cluster: pulumi.output(cluster),
  image: later,
  capacityProviders: {},
});
export const arn: pulumi.Output<string> = new ecsnet.FargatePrivateService(
  "d",
  { ...service, network: net },
).serviceArn;

// @ts-expect-error a CIDR decides the plan, so it cannot be an Output
new ecsnet.IsolatedVpc("x", { cidrBlock: later });
// @ts-expect-error misspelt
new ecsnet.IsolatedVpc("x", { cidrBlok: "10.0.0.0/16" });
// @ts-expect-error not one of the values
new ecsnet.IsolatedVpc("x", { endpointAccess: "Everyone" });
// @ts-expect-error an id is no network
new ecsnet.FargatePrivateService("x", { ...service, network: net.vpcId });
// @ts-expect-error a cluster is no network
new ecsnet.FargatePrivateService("x", { ...service, network: cluster });
// @ts-expect-error an ARN is no cluster
new ecsnet.Ec2Service("x", { ...service, network: net, cluster: later });
// @ts-expect-error a network is no cluster
new ecsnet.Ec2Service("x", { ...service, network: net, cluster: net });
new ecsnet.FargatePrivateService("x", {
  ...service,
  network: net,
  // @ts-expect-error misspelt
  capacityProviders: { FARGATE: { wieght: 1 } },
});
// @ts-expect-error the network is missing
new ecsnet.FargatePrivateService("x", service);
new ecsnet.FargatePrivateService("x", {
  ...service,
  network: net,
  // @ts-expect-error rules decide which resources there are, so they cannot be an Output
  ingressRules: later.apply(() => ({})),
});

// The same in the objects of an argument.
const rules = (web: ecsnet.types.input.RuleArgs) =>
  new ecsnet.FargatePrivateService("x", {
    ...service,
    network: net,
    ingressRules: { web },
  });
rules({ port: 80, securityGroupId: later, description: "all" });
// @ts-expect-error misspelt
rules({ prt: 80 });
// @ts-expect-error a number, not a text
rules({ port: "80" });
// @ts-expect-error not one of the values
rules({ port: 80, protocol: "icmp" });
// @ts-expect-error a port decides the plan, so it cannot be an Output
rules({ port: later.apply(() => 80) });
new ecsnet.ApplicationIngress("x", {
  network: net,
  allowFrom: {
    office: {
      // @ts-expect-error misspelt
      cidrBlok: "10.0.0.0/8",
    },
  },
});
new ecsnet.ApplicationIngress("x", {
  network: net,
  // @ts-expect-error the bucket is missing
  accessLogs: { prefix: later },
});

// Functions: a plain form, and one that takes outputs and waits for them.
export const plan: Promise<ecsnet.PlanSubnetsResult> = ecsnet.planSubnets({
  tiers: ["Private"],
});
export const block: pulumi.Output<string> = ecsnet.planSubnetsOutput({
  cidrBlock: later,
  availabilityZones: [later],
}).subnets[0].cidrBlock;
export const verdict: pulumi.Output<"Pass" | "Fail" | "Undecided"> =
  ecsnet.checkTaskOutput({
    region: net.region,
    egress: net.egress,
    endpointServices: net.endpointServices,
    image: later,
  }).verdict;
export const needed: pulumi.Output<string> = ecsnet.neededEndpointsOutput({
  region: net.region,
  secrets: { DB: later },
}).endpoints[0].service;
export const sameCostAtGb: Promise<number | undefined> = ecsnet
  .estimateMonthlyCost({ region: "us-east-1", natMode: "Single" })
  .then((cost) => cost.crossover?.gbToServices);

// @ts-expect-error not one of the tiers
ecsnet.planSubnets({ tiers: ["private"] });
// @ts-expect-error misspelt
ecsnet.planSubnets({ cidrBlok: "10.0.0.0/16" });
// @ts-expect-error the plain form waits for nothing
ecsnet.planSubnets({ cidrBlock: later });
// @ts-expect-error the Region is missing
ecsnet.estimateMonthlyCost({});
// @ts-expect-error there may be no traffic at which both cost the same
ecsnet.estimateMonthlyCost({ region: "x" }).then((c) => c.crossover.below);

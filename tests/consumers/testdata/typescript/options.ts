// One system with the options of resources set in one way or another.
import * as pulumi from "@pulumi/pulumi";
import * as ecsnet from "@ecsnet/ecsnet";

// The provider of @pulumi/aws, without the package's size.
class Aws extends pulumi.ProviderResource {
  constructor(name: string, args: pulumi.Inputs) {
    super("aws", name, args, { version: "6.83.2" });
  }
}

const config = new pulumi.Config();
const step = config.require("step");
// An isolated network reaches the images of its own Region only.
const region =
  step === "provider"
    ? "eu-west-1"
    : (new pulumi.Config("aws").get("region") ?? "us-east-1");
const image = `123456789012.dkr.ecr.${region}.amazonaws.com/app:1`;

const tagged: pulumi.ResourceTransform = ({ props, type }) =>
  type.startsWith("aws:") && "tags" in props
    ? {
        props: { ...props, tags: { ...props.tags, team: "payments" } },
        opts: {},
      }
    : undefined;

function system(
  net: pulumi.ComponentResourceOptions,
  apps = net,
  api = apps,
  args: Partial<ecsnet.IsolatedVpcArgs> = {},
) {
  const vpc = new ecsnet.IsolatedVpc("net", args, net);
  const cluster = new ecsnet.EcsCluster("apps", {}, apps);
  new ecsnet.FargatePrivateService(
    "api",
    {
      network: vpc,
      cluster,
      image,
      desiredCount: config.getNumber("desiredCount"),
    },
    api,
  );
  return { vpc, cluster };
}

const steps: Record<string, () => unknown> = {
  plain: () => system({}),
  protect: () => system({ protect: true }),
  // The three ways in which a program hands a provider to a component.
  provider: () => {
    const eu = new Aws("eu", { region: "eu-west-1" });
    return system(
      { provider: eu },
      { providers: [eu] },
      { providers: { aws: eu } },
    );
  },
  transforms: () => system({ transforms: [tagged] }),
  ignoreChanges: () => system({ ignoreChanges: ["desiredCount"] }),
  "transform ignores": () =>
    system({
      transforms: [
        ({ type, props, opts }) =>
          type === "aws:ecs/service:Service"
            ? { props, opts: { ...opts, ignoreChanges: ["desiredCount"] } }
            : undefined,
      ],
    }),
  dependsOn: () => {
    const cluster = new ecsnet.EcsCluster("first");
    new ecsnet.IsolatedVpc("second", {}, { dependsOn: cluster });
  },
  retainOnDelete: () =>
    new ecsnet.EcsCluster("kept", {}, { retainOnDelete: true }),
  nothing: () => undefined,
  "late region": () => {
    // A region that is not known before something else exists.
    const arn = new ecsnet.EcsCluster("first").clusterArn;
    const late = new Aws("late", { region: arn.apply((a) => a.split(":")[3]) });
    return system({ provider: late });
  },
  "late region, zones": () => {
    const arn = new ecsnet.EcsCluster("first").clusterArn;
    const late = new Aws("late", { region: arn.apply((a) => a.split(":")[3]) });
    const zones = { availabilityZones: ["us-east-1a", "us-east-1b"] };
    return system({ provider: late }, undefined, undefined, zones);
  },
};

steps[step]();

// The same system, then under other names, then under a parent.
import * as pulumi from "@pulumi/pulumi";
import * as ecsnet from "@ecsnet/ecsnet";

const step = new pulumi.Config().require("step");
const image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1";
const names =
  step === "first"
    ? { net: "net", apps: "apps", api: "api" }
    : { net: "backbone", apps: "fleet", api: "web" };

function options(old: string): pulumi.ComponentResourceOptions {
  switch (step) {
    case "renamed":
      return { aliases: [{ name: old }] };
    case "moved":
      return {
        parent: new pulumi.ComponentResource(
          "consumers:index:Platform",
          `platform-${old}`,
        ),
        aliases: [{ parent: pulumi.rootStackResource }],
      };
    default:
      return {};
  }
}

const vpc = new ecsnet.IsolatedVpc(names.net, {}, options("net"));
const cluster = new ecsnet.EcsCluster(names.apps, {}, options("apps"));
new ecsnet.FargatePrivateService(
  names.api,
  { network: vpc, cluster, image, serviceName: "api" },
  options("api"),
);

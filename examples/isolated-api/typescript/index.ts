// A web service in a VPC without public subnets: requests come in through
// API Gateway, over a VPC link, and nothing goes out to the internet.
import * as pulumi from "@pulumi/pulumi";
import * as ecsnet from "@ecsnet/ecsnet";

const image =
  new pulumi.Config().get("image") ??
  "123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.0";

// begin: readme
const vpc = new ecsnet.IsolatedVpc("net");
const cluster = new ecsnet.EcsCluster("apps");
const api = new ecsnet.ApiIngress("api", { network: vpc });
const service = new ecsnet.FargatePrivateService("web", {
  network: vpc,
  cluster,
  image,
  containerPort: 8080,
  ingress: api,
});
// end: readme

export const url = api.url;
export const serviceName = service.serviceName;

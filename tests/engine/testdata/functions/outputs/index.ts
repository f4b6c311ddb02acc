// Functions that wait for the outputs of components.
import * as ecsnet from "@ecsnet/ecsnet";
import * as pulumi from "@pulumi/pulumi";

const vpc = new ecsnet.IsolatedVpc("net", {
  availabilityZones: ["us-east-1a"],
  endpointServices: ["logs", "ecr.api"],
});
const cluster = new ecsnet.EcsCluster("apps");
const task = {
  region: vpc.region,
  egress: vpc.egress,
  endpointServices: vpc.endpointServices,
  image: "nginx:1.29",
  taskRoleArn: cluster.executionRoleArn, // AWS's to say
  enableExecuteCommand: true,
};
const db = pulumi.secret(
  "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf",
);
const ruleIds = (findings: ecsnet.types.output.TaskFinding[]) =>
  findings.map((finding) => finding.ruleId);

export const rules = ecsnet.checkTaskOutput(task).findings.apply(ruleIds);
export const secrets = ecsnet
  .checkTaskOutput({ ...task, secrets: { DB: db } })
  .findings.apply(ruleIds);
export const needed = ecsnet
  .neededEndpointsOutput({
    region: vpc.region,
    image: task.image,
    secrets: { DB: db },
  })
  .endpoints.apply((all) => all.map((one) => one.service));
export const asOf = ecsnet.estimateMonthlyCostOutput({ region: vpc.region })
  .prices.asOf;

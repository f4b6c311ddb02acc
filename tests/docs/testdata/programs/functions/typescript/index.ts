// The layout of a network, its cost, and whether a task could start in it.
import * as ecsnet from "@ecsnet/ecsnet";

export = async () => {
  // begin: readme
  const plan = await ecsnet.planSubnets({
    cidrBlock: "10.20.0.0/16",
    availabilityZones: ["us-east-1a", "us-east-1b", "us-east-1c"],
    maxAvailabilityZones: 4,
  });
  const cost = await ecsnet.estimateMonthlyCost({
    region: "us-east-1",
    numberOfAvailabilityZones: 3,
    gbToServices: 500,
  });
  const check = await ecsnet.checkTask({
    region: "us-east-1",
    egress: "None",
    endpointServices: ["logs", "ecr.api"],
    s3GatewayEndpoint: true,
    launchType: "FARGATE",
    image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1.0",
    logDriver: "awslogs",
  });
  const needed = await ecsnet.neededEndpoints({
    region: "us-east-1",
    launchType: "FARGATE",
    image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1.0",
    secrets: { DB: "arn:aws:ssm:us-east-1:123456789012:parameter/db" },
  });
  return {
    firstBlock: plan.subnets[0].cidrBlock,
    freeBlock: plan.freeBlocks[0].cidrBlock,
    isolatedUsd: cost.isolatedVpc.totalUsd,
    natUsd: cost.natNetwork.totalUsd,
    sameCostAtGb: cost.crossover?.gbToServices,
    verdict: check.verdict,
    fix: check.findings[0].fix,
    needed: needed.endpoints[3].service,
    because: needed.endpoints[3].reasons[0].what,
  };
  // end: readme
};

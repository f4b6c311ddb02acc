"""The layout of a network, its cost, and whether a task could start in it."""

import ecsnet
import pulumi

# begin: readme
plan = ecsnet.plan_subnets(
    cidr_block="10.20.0.0/16",
    availability_zones=["us-east-1a", "us-east-1b", "us-east-1c"],
    max_availability_zones=4,
)
cost = ecsnet.estimate_monthly_cost(
    region="us-east-1",
    number_of_availability_zones=3,
    gb_to_services=500,
)
check = ecsnet.check_task(
    region="us-east-1",
    egress="None",
    endpoint_services=["logs", "ecr.api"],
    s3_gateway_endpoint=True,
    launch_type=ecsnet.LaunchType.FARGATE,
    image="123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1.0",
    log_driver="awslogs",
)
needed = ecsnet.needed_endpoints(
    region="us-east-1",
    launch_type=ecsnet.LaunchType.FARGATE,
    image="123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1.0",
    secrets={"DB": "arn:aws:ssm:us-east-1:123456789012:parameter/db"},
)
pulumi.export("firstBlock", plan.subnets[0].cidr_block)
pulumi.export("freeBlock", plan.free_blocks[0].cidr_block)
pulumi.export("isolatedUsd", cost.isolated_vpc.total_usd)
pulumi.export("natUsd", cost.nat_network.total_usd)
if cost.crossover:
    pulumi.export("sameCostAtGb", cost.crossover.gb_to_services)
pulumi.export("verdict", check.verdict)
pulumi.export("fix", check.findings[0].fix)
pulumi.export("needed", needed.endpoints[3].service)
pulumi.export("because", needed.endpoints[3].reasons[0].what)
# end: readme

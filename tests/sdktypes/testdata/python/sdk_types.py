"""What the types of the SDK accept and what they refuse.

Nothing runs this: mypy --strict passes it, unused "ignore" comments included, or
the promise in a comment is broken.
"""

import ecsnet
import pulumi

net = ecsnet.IsolatedVpc(
    "net",
    availability_zones=["us-east-1a", "us-east-1b"],
    flow_logs={"traffic_type": ecsnet.FlowLogTraffic.REJECT},
)
cluster = ecsnet.EcsCluster("main")
later: pulumi.Output[str] = cluster.cluster_arn
shared = ecsnet.Network("shared", vpc_id=later, subnet_ids=[later], egress=later)

service = ecsnet.FargatePrivateService(
    "a",
    network=net,
    cluster_arn=later,
    image=later,
    environment={"ARN": later, "MODE": "fast", "TOKEN": pulumi.Output.secret("x")},
    ingress_rules={
        "web": {
            "port": 80,
            "security_group_id": later,
            "protocol": ecsnet.RuleProtocol.TCP,
        }
    },
    egress_rules={"all": ecsnet.RuleArgs(port=443, cidr_block="10.0.0.0/8")},
)
ecsnet.FargatePrivateService("b", network=shared, cluster_arn=later, image=later)
ecsnet.FargatePrivateService(
    "c",
    network=net,
    cluster=cluster,
    image=later,
    capacity_providers={"FARGATE": {"base": 1}, "FARGATE_SPOT": {"weight": 3}},
)
arn: pulumi.Output[str] = service.service_arn

# Functions: a plain form, and one that takes outputs and waits for them.
plan: ecsnet.PlanSubnetsResult = ecsnet.plan_subnets(tiers=[ecsnet.SubnetTier.PRIVATE])
first: str = plan.subnets[0].cidr_block
verdict: pulumi.Output[ecsnet.TaskVerdict] = ecsnet.check_task_output(
    region=net.region,
    egress=net.egress,
    endpoint_services=net.endpoint_services,
    image=later,
).apply(lambda check: ecsnet.TaskVerdict(check.verdict))
endpoint: pulumi.Output[str] = ecsnet.needed_endpoints_output(
    region=net.region, secrets=later.apply(lambda arn: {"DB": arn})
).apply(lambda needed: needed.endpoints[0].service)
prices = ecsnet.NetworkPrices(
    nat_gateway_hour=0.052,
    nat_gateway_gb=0.052,
    interface_endpoint_hour=0.012,
    interface_endpoint_gb=0.01,
    public_ipv4_hour=0.005,
)
cost = ecsnet.estimate_monthly_cost(region="eu-central-1", prices=prices)
total: float = cost.isolated_vpc.total_usd

# Misspelt.
ecsnet.plan_subnets(cidr_blok="10.0.0.0/16")  # type: ignore[call-arg]
# The plain form waits for nothing.
ecsnet.plan_subnets(cidr_block=later)  # type: ignore[arg-type]
# There may be no traffic at which both cost the same.
gb: float = cost.crossover.gb_to_services  # type: ignore[union-attr]

# In the objects of an argument: what fits,
rule: ecsnet.RuleArgsDict = {"port": 80, "security_group_id": later}
# misspelt,
misspelt: ecsnet.RuleArgsDict = {"prt": 80}  # type: ignore[typeddict-unknown-key]
# a text in place of a number,
text: ecsnet.RuleArgsDict = {"port": "80"}  # type: ignore[typeddict-item]
# what decides the plan and cannot be an Output,
output: ecsnet.RuleArgsDict = {"port": later.apply(int)}  # type: ignore[typeddict-item]
# a property that is missing,
logs: ecsnet.AccessLogsArgsDict = {"prefix": later}  # type: ignore[typeddict-item]
# and the same where they are written.
ecsnet.ApplicationIngress(
    "x",
    network=net,
    allow_from={"a": {"cidr_blok": "10.0.0.0/8"}},  # type: ignore[dict-item]
)
ecsnet.IsolatedVpc("x", flow_logs={"retention_in_days": "7"})  # type: ignore[call-overload]

# A CIDR decides the plan, so it cannot be an Output.
ecsnet.IsolatedVpc("x", cidr_block=later)  # type: ignore[call-overload]
# Misspelt.
ecsnet.IsolatedVpc("x", cidr_blok="10.0.0.0/16")  # type: ignore[call-overload]
# An id is no network.
ecsnet.FargatePrivateService("x", network=net.vpc_id, cluster_arn=later, image=later)  # type: ignore[arg-type]
# A cluster is no network.
ecsnet.FargatePrivateService("x", network=cluster, cluster_arn=later, image=later)  # type: ignore[call-overload]
# An ARN is no cluster, and neither is a network.
ecsnet.FargatePrivateService("x", network=net, cluster=later, image=later)  # type: ignore[arg-type]
ecsnet.FargatePrivateService("x", network=net, cluster=net, image=later)  # type: ignore[call-overload]

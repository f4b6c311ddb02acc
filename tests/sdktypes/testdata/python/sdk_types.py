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
arn: pulumi.Output[str] = service.service_arn

# A CIDR decides the plan, so it cannot be an Output.
ecsnet.IsolatedVpc("x", cidr_block=later)  # type: ignore[call-overload]
# Misspelt.
ecsnet.IsolatedVpc("x", cidr_blok="10.0.0.0/16")  # type: ignore[call-overload]
# An id is no network.
ecsnet.FargatePrivateService("x", network=net.vpc_id, cluster_arn=later, image=later)  # type: ignore[arg-type]
# A cluster is no network.
ecsnet.FargatePrivateService("x", network=cluster, cluster_arn=later, image=later)  # type: ignore[call-overload]

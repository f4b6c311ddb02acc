"""Arguments that got past the types: one case a run, each with every fault that
its component can have at once."""

from collections.abc import Callable
from typing import Any

import ecsnet
import pulumi

IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1"
CLUSTER_ARN = "arn:aws:ecs:us-east-1:123456789012:cluster/main"


def vpc(**args: Any) -> ecsnet.IsolatedVpc:
    return ecsnet.IsolatedVpc("net", **args)


def service(**args: Any) -> ecsnet.FargatePrivateService:
    given: dict[str, Any] = {"cluster_arn": CLUSTER_ARN, "image": IMAGE, **args}
    return ecsnet.FargatePrivateService("api", **given)


def shared() -> ecsnet.Network:
    return ecsnet.Network(
        "shared",
        ecsnet.NetworkArgs(vpc_id="vpc-1", subnet_ids=["subnet-1"], egress="None"),
    )


def computed_network() -> ecsnet.FargatePrivateService:
    net = vpc()
    return service(network=net.vpc_id.apply(lambda _: net))


CASES: dict[str, Callable[[], object]] = {
    "zones": lambda: vpc(
        cidr_block="fd00::/64",
        availability_zones=["us-east-1a", "us-east-1b", "us-east-1c"],
        endpoint_services=["s3", "sqss", "logs", "logs"],
    ),
    "outside": lambda: vpc(cidr_block="10.0.0.0/8", availability_zones=["eu-west-1a"]),
    "declared network": lambda: ecsnet.Network(
        "shared",
        ecsnet.NetworkArgs(vpc_id="vpc-1", subnet_ids=["subnet-1"], egress="Nowhere"),
    ),
    "misspelt": lambda: service(network=shared(), ingress_rules={"web": {"prt": 80}}),
    "sizes": lambda: service(
        network=shared(),
        cpu=512,
        memory_mib=512,
        desired_count=-2,
        secrets={"DB": "hunter2"},
        environment={"DB": "x"},
    ),
    "id as network": lambda: service(network=vpc().vpc_id),
    "computed network": computed_network,
}

CASES[pulumi.Config().require("case")]()

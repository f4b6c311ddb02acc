"""Objects inside of arguments, each with a value that is not known at preview
beside others that are."""

from typing import Any

import ecsnet

net = ecsnet.IsolatedVpc("net")
later = net.endpoint_security_group_id


def service(name: str, **args: Any) -> None:
    ecsnet.FargatePrivateService(
        name,
        network=net,
        cluster_arn="arn:aws:ecs:us-east-1:123456789012:cluster/main",
        image="123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1",
        **args,
    )


service(
    "good",
    ingress_rules={"web": {"port": 8080, "security_group_id": later}},
    timeouts={"create_minutes": 5},
)
service(
    "wrong",
    ingress_rules={"web": ecsnet.RuleArgs(port=70000, security_group_id=later)},
    egress_rules={
        "db": {"from_port": 10, "to_port": 5, "prefix_list_id": net.s3_prefix_list_id}
    },
    timeouts=ecsnet.ServiceTimeoutsArgs(create_minutes=0),
)
ecsnet.ApplicationIngress(
    "front",
    network=net,
    allow_from={"office": {"security_group_id": later, "cidr_block": "10.0.0.0/8"}},
)
build: Any = {"args": {"VPC": net.vpc_id}, "cpu_architecture": "arm64"}
ecsnet.ContainerImage("image", build=build)

# What the types refuse.
service(
    "form",
    ingress_rules={"web": {"prt": 80, "protocol": 6, "security_group_id": later}},
    timeouts={"create_minutes": "5", "update_minuts": 5, "delete_minutes": 0},
)
plain: Any = {"target": net.vpc_id, "dockerfile": "Nofile"}
ecsnet.ContainerImage("plain", build=plain)

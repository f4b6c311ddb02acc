"""A service that needs whatever a task can need of an isolated network."""

import ecsnet
import pulumi

config = pulumi.Config()
vpc = ecsnet.IsolatedVpc(
    "net", endpoint_services=config.require("endpoints").split(",")
)
cluster = ecsnet.EcsCluster("apps")
ecsnet.FargatePrivateService(
    "sample",
    network=vpc,
    cluster_arn=cluster.cluster_arn,
    image=config.require("image"),
    secrets={"DB": "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf"},
    enable_execute_command=True,
    preflight=ecsnet.Preflight(config.require("preflight")),
)

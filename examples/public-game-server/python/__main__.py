"""A game server whose tasks have public addresses, for low latency. Nothing
guards them but the service's own security group, which lets players in on one
UDP port."""

import ecsnet
import pulumi

image = (
    pulumi.Config().get("image")
    or "123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.0"
)

# begin: readme
vpc = ecsnet.PublicNetwork("net")
cluster = ecsnet.EcsCluster("apps")
game = ecsnet.FargatePublicService(
    "game",
    network=vpc,
    cluster=cluster,
    image=image,
    ingress_rules={
        "players": ecsnet.RuleArgs(
            port=7777, protocol=ecsnet.RuleProtocol.UDP, cidr_block="0.0.0.0/0"
        ),
    },
)
# end: readme

pulumi.export("vpcId", vpc.vpc_id)
pulumi.export("serviceName", game.service_name)

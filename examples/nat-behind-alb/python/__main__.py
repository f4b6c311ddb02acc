"""A web service without a public address: it is reached through a load
balancer in the public subnets, and calls out through a NAT gateway in each
zone."""

import ecsnet
import pulumi

image = (
    pulumi.Config().get("image")
    or "123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.0"
)

# begin: readme
vpc = ecsnet.NatNetwork("net")
cluster = ecsnet.EcsCluster("apps")
front = ecsnet.ApplicationIngress(
    "front",
    network=vpc,
    internal=False,
    allow_from={"everyone": {"cidr_block": "0.0.0.0/0"}},
)
service = ecsnet.FargatePrivateService(
    "web",
    network=vpc,
    cluster=cluster,
    image=image,
    container_port=8080,
    ingress=front,
)
# end: readme

pulumi.export("url", pulumi.Output.concat("http://", front.dns_name))
pulumi.export("serviceName", service.service_name)

"""A worker that calls a payment provider and lets in nobody: private subnets,
a NAT gateway in each zone, and the addresses that the provider has to
allow."""

import ecsnet
import pulumi

image = (
    pulumi.Config().get("image")
    or "123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.0"
)

# begin: readme
vpc = ecsnet.NatNetwork("net")
cluster = ecsnet.EcsCluster("apps")
worker = ecsnet.FargatePrivateService(
    "worker",
    network=vpc,
    cluster=cluster,
    image=image,
    secrets={
        "PROVIDER_KEY": "arn:aws:secretsmanager:us-east-1:123456789012:secret:provider-key-AbCdEf",
    },
)
# end: readme

pulumi.export("natAddresses", vpc.nat_public_ip_by_zone)
pulumi.export("serviceName", worker.service_name)

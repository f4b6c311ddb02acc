"""A container on EC2 hosts of your own, in a VPC with no way in from the
internet and no way out to it."""

import ecsnet
import pulumi

image = (
    pulumi.Config().get("image")
    or "123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.0"
)

# begin: readme
vpc = ecsnet.IsolatedVpc("net", ecs_on_ec2=True)
cluster = ecsnet.EcsCluster("apps", capacity_providers=[])
hosts = ecsnet.Ec2Capacity(
    "hosts",
    network=vpc,
    cluster_name=cluster.cluster_name,
)
service = ecsnet.Ec2Service(
    "sample",
    network=vpc,
    cluster=cluster,
    capacity_provider_name=hosts.capacity_provider_name,
    image=image,
)
# end: readme

pulumi.export("vpcId", vpc.vpc_id)
pulumi.export("serviceName", service.service_name)

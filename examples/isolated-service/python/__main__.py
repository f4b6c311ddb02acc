"""A container on Fargate in a VPC with no way in from the internet and no way
out to it."""

import ecsnet
import pulumi

image = (
    pulumi.Config().get("image")
    or "123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.0"
)

# begin: readme
vpc = ecsnet.IsolatedVpc("net")
cluster = ecsnet.EcsCluster("apps")
service = ecsnet.FargatePrivateService(
    "sample",
    network=vpc,
    cluster=cluster,
    image=image,
)
# end: readme

pulumi.export("vpcId", vpc.vpc_id)
pulumi.export("clusterName", cluster.cluster_name)
pulumi.export("serviceName", service.service_name)

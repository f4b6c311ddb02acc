"""A web service in a VPC without public subnets: requests come in through API
Gateway, over a VPC link, and nothing goes out to the internet."""

import ecsnet
import pulumi

image = (
    pulumi.Config().get("image")
    or "123456789012.dkr.ecr.us-east-1.amazonaws.com/sample:1.0"
)

# begin: readme
vpc = ecsnet.IsolatedVpc("net")
cluster = ecsnet.EcsCluster("apps")
api = ecsnet.ApiIngress("api", network=vpc)
service = ecsnet.FargatePrivateService(
    "web",
    network=vpc,
    cluster=cluster,
    image=image,
    container_port=8080,
    ingress=api,
)
# end: readme

pulumi.export("url", api.url)
pulumi.export("serviceName", service.service_name)

"""A tag for everything in the stack, by a transform of the whole stack."""

from typing import Any

import ecsnet
import pulumi


def tagged(
    args: pulumi.ResourceTransformArgs,
) -> pulumi.ResourceTransformResult | None:
    if not args.type_.startswith("aws:") or "tags" not in args.props:
        return None
    given: Any = args.props["tags"]
    tags = {**given, "team": "payments"}
    return pulumi.ResourceTransformResult({**args.props, "tags": tags}, args.opts)


pulumi.runtime.register_resource_transform(tagged)

vpc = ecsnet.IsolatedVpc("net")
cluster = ecsnet.EcsCluster("apps")
ecsnet.FargatePrivateService(
    "api",
    network=vpc,
    cluster=cluster,
    image="123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1",
)

"""The resources that Pulumi hands to a policy, as `pulumi stack export` would
write them."""

from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_policy import PolicyResource

# How Pulumi's state writes a value that is not known before an update.
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


def state_of(resources: list[PolicyResource]) -> dict[str, Any]:
    """The state of a stack of these resources."""
    listed = [_resource(resource) for resource in resources]
    return {"version": 3, "deployment": {"resources": listed}}


def _resource(resource: PolicyResource) -> dict[str, Any]:
    outputs = _plain(resource.props)
    written: dict[str, Any] = {
        "urn": resource.urn,
        "type": resource.resource_type,
        # A component has no provider.
        "custom": resource.provider is not None,
        # A policy is given outputs alone.
        "outputs": outputs,
        "dependencies": [d.urn for d in resource.dependencies],
        "propertyDependencies": {
            name: [d.urn for d in found]
            for name, found in resource.property_dependencies.items()
        },
    }
    if resource.parent is not None:
        written["parent"] = resource.parent.urn
    if isinstance(outputs.get("id"), str) and outputs["id"] != UNKNOWN:
        written["id"] = outputs["id"]
    return written


def _plain(value: Any) -> Any:
    """A value without the policy SDK's wrappers, which raise an error where
    something is not known."""
    if isinstance(value, Mapping):
        return {key: _member(value, key) for key in value}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_member(value, index) for index in range(len(value))]
    if isinstance(value, float) and value.is_integer():
        # Every number comes as a float, ports among them.
        return int(value)
    if value is None or isinstance(value, str | bool | int | float):
        return value
    # An asset or an archive: no network is made of these.
    return None


def _member(of: Any, key: Any) -> Any:
    try:
        value = of[key]
    except Exception as error:
        # The SDK does not export the error's type.
        if hasattr(error, "unknown_type_sentinel"):
            return UNKNOWN
        raise
    return _plain(value)

"""The resources that Pulumi hands to policies, as `pulumi preview --json
--show-sames` would write them."""

from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_policy import PolicyResource

# How Pulumi writes a value that is not known before an update.
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


class Inputs:
    """What a program asks for, resource by resource. A policy about a whole
    stack is not given it, only one about single resources is."""

    def __init__(self) -> None:
        self._by_urn: dict[str, dict[str, Any]] = {}

    def note(self, urn: str, props: Mapping[str, Any]) -> None:
        """Keeps the inputs of a resource."""
        self._by_urn[urn] = _plain(props)

    def preview(self, resources: list[PolicyResource]) -> dict[str, Any]:
        """What an update leaves, as a preview tells it."""
        return {"steps": [self._step(resource) for resource in resources]}

    def _step(self, resource: PolicyResource) -> dict[str, Any]:
        outputs = _plain(resource.props)
        written: dict[str, Any] = {
            "urn": resource.urn,
            "type": resource.resource_type,
            # A component has no provider.
            "custom": resource.provider is not None,
            "inputs": self._by_urn.get(resource.urn, {}),
            "outputs": outputs,
            "dependencies": [d.urn for d in resource.dependencies],
            "propertyDependencies": {
                name: [d.urn for d in found]
                for name, found in resource.property_dependencies.items()
            },
        }
        if resource.parent is not None:
            written["parent"] = resource.parent.urn
        step = {"urn": resource.urn, "newState": written}
        # A policy sees the id among the outputs.
        made = isinstance(outputs.get("id"), str) and outputs["id"] != UNKNOWN
        if made:
            written["id"] = outputs["id"]
        if written["custom"] and resource.urn not in self._by_urn:
            # Nobody asks for it: it was read, and others may add to it.
            written["external"] = True
            return {**step, "op": "read"}
        if made:
            return {**step, "op": "same", "oldState": written}
        # What AWS will add is no output of it yet.
        written["outputs"] = {k: v for k, v in outputs.items() if v != UNKNOWN}
        return {**step, "op": "create"}


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

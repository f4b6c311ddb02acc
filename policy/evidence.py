"""What shows an answer of the tool, in lines for people."""

from typing import Any


def ingress(service: dict[str, Any]) -> list[str]:
    """The paths from the internet, hop by hop."""
    return _paths(service, "ingress")


def egress(service: dict[str, Any]) -> list[str]:
    """The paths to the internet, hop by hop."""
    return _paths(service, "egress")


def endpoints(service: dict[str, Any]) -> list[str]:
    """The endpoints whose policies are open or not known."""
    return [
        f"  {reach['service']}, through {_name(reach['urn'])}: {reach['limits']}"
        for reach in service["reaches"]
        if reach["verdict"] != "closed" and reach["policy"] in ("open", "undecided")
    ]


def zones(service: dict[str, Any]) -> list[str]:
    """The zones that depend on others."""
    return [
        f"  {zone['zone']} leaves through {_name(zone['natGateway'])} "
        f"in {zone['natZone']}"
        for zone in service["zoneDependencies"]
    ]


def doubts(service: dict[str, Any]) -> list[str]:
    """What is not known."""
    return [
        f"  not known: {_name(doubt['urn'])}: {doubt['what']}"
        for doubt in service["undecided"]
    ]


def _paths(service: dict[str, Any], direction: str) -> list[str]:
    lines = []
    for path in service["paths"]:
        if path["direction"] == direction:
            lines.append(f"  {path['verdict']}: {path['protocol']} {path['ports']}")
            for hop in path["hops"]:
                lines.append(f"    {hop['name']}: {hop['why']}".rstrip(": "))
    return lines


def _name(urn: str) -> str:
    return urn.rsplit("::", 1)[-1]

"""The assertions of the tool, as policies."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import evidence
from pulumi_policy import EnforcementLevel


@dataclass(frozen=True)
class Question:
    """What an assertion wants to know about a service."""

    # The member of the service that answers it, and the answer that is wanted.
    about: str
    wants: str
    # What its tasks can do, or what can be done to them, otherwise.
    otherwise: str
    # What shows it.
    evidence: Callable[[dict[str, Any]], list[str]]


@dataclass(frozen=True)
class Assertion:
    """An assertion of the tool, as a policy."""

    name: str
    description: str
    # The level without a configuration.
    level: EnforcementLevel
    questions: tuple[Question, ...]


INGRESS = Question(
    about="internetIngress",
    wants="closed",
    otherwise="be reached from the internet",
    evidence=evidence.ingress,
)
EGRESS = Question(
    about="internetEgress",
    wants="closed",
    otherwise="reach the internet",
    evidence=evidence.egress,
)
EXFILTRATION = Question(
    about="exfiltration",
    wants="closed",
    otherwise="send data to anybody's account through an endpoint",
    evidence=evidence.endpoints,
)
REDUNDANT = Question(
    about="zoneRedundant",
    wants="yes",
    otherwise="be cut off by the loss of one zone",
    evidence=evidence.zones,
)

# Only isolated is on by itself: it holds the next two as well.
ALL = [
    Assertion(
        name="isolated",
        description="No path leads between a task and the internet, and no endpoint "
        "lets data out to anybody's account.",
        level=EnforcementLevel.MANDATORY,
        questions=(INGRESS, EGRESS, EXFILTRATION),
    ),
    Assertion(
        name="no-ingress",
        description="Nobody on the internet can open a connection to a task.",
        level=EnforcementLevel.DISABLED,
        questions=(INGRESS,),
    ),
    Assertion(
        name="no-egress",
        description="No task can open a connection to the internet.",
        level=EnforcementLevel.DISABLED,
        questions=(EGRESS,),
    ),
    Assertion(
        name="zone-redundant",
        description="Tasks run in at least two zones, and none leaves through "
        "another zone's NAT gateway.",
        level=EnforcementLevel.DISABLED,
        questions=(REDUNDANT,),
    ),
]

"""Why an assertion does not hold."""

from dataclasses import dataclass
from typing import Any

import evidence
from assertions import Assertion, Question


@dataclass(frozen=True)
class Violation:
    """Why an assertion does not hold, for one service or for the stack."""

    undecided: bool
    message: str
    # The service's URN; without one it is about the stack.
    urn: str | None = None


def violations(assertion: Assertion, answer: dict[str, Any]) -> list[Violation]:
    """Everything that speaks against an assertion; nothing when it holds."""
    found = next(a for a in answer["assertions"] if a["name"] == assertion.name)
    if found["verdict"] == "held":
        return []
    listed = [
        _violation(question, service)
        for service in answer["services"]
        for question in assertion.questions
        if service[question.about] != question.wants
    ]
    if listed:
        return listed
    # No service is at fault: perhaps there is none.
    reasons = "\n".join(found["reasons"])
    return [Violation(found["verdict"] == "undecided", reasons)]


def _violation(question: Question, service: dict[str, Any]) -> Violation:
    undecided = service[question.about] in ("undecided", "unknown")
    may = "may" if undecided else "can"
    lines = [f"The tasks of {service['name']} {may} {question.otherwise}:"]
    lines += question.evidence(service)
    if undecided:
        lines += evidence.doubts(service)
    return Violation(undecided, "\n".join(lines), service["urn"])

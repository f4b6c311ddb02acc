"""A Pulumi policy pack that holds the isolation of ECS tasks at every preview
and update. Each policy is one assertion of pulumi-tool-ecsnet, which decides it
about all resources of the stack, whoever made them."""

from functools import partial

from assertions import ALL, Assertion
from pulumi_policy import (
    PolicyConfigSchema,
    PolicyPack,
    ReportViolation,
    StackValidationArgs,
    StackValidationPolicy,
)
from state import state_of
from tool import ask
from violations import violations

DOCS = "https://github.com/ecsnet/pulumi-ecsnet/blob/main/docs/verify.md"

# What a configuration can say about a policy, besides its level.
SETTINGS = PolicyConfigSchema(
    properties={
        "undecided": {
            "type": "string",
            "enum": ["violation", "pass"],
            "default": "violation",
            "description": "What it is when something is not known, so that the "
            "assertion can be neither held nor refuted.",
        },
    },
)


def validate(
    assertion: Assertion, args: StackValidationArgs, report: ReportViolation
) -> None:
    """Reports why the assertion does not hold."""
    answer = ask(assertion.name, state_of(args.resources))
    passes = args.get_config().get("undecided") == "pass"
    for violation in violations(assertion, answer):
        if not (violation.undecided and passes):
            report(violation.message, violation.urn)


PolicyPack(
    name="ecsnet",
    policies=[
        StackValidationPolicy(
            name=assertion.name,
            description=assertion.description,
            enforcement_level=assertion.level,
            config_schema=SETTINGS,
            validate=partial(validate, assertion),
            url=DOCS,
        )
        for assertion in ALL
    ],
)

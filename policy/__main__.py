"""A Pulumi policy pack that holds the isolation of ECS tasks at every preview
and update. Each policy is one assertion of pulumi-tool-ecsnet, which decides it
about all resources of the stack, whoever made them."""

from functools import partial

from assertions import ALL, Assertion
from pulumi_policy import (
    EnforcementLevel,
    PolicyConfigSchema,
    PolicyPack,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)
from state import Inputs
from tool import ask
from violations import violations

DOCS = "https://github.com/ecsnet/pulumi-ecsnet/blob/main/docs/verify.md"

# What a configuration can say about an assertion, besides its level.
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

INPUTS = Inputs()


def note(args: ResourceValidationArgs, report: ReportViolation) -> None:
    """Keeps what is asked for, and never reports anything."""
    INPUTS.note(args.urn, args.props)


def validate(
    assertion: Assertion, args: StackValidationArgs, report: ReportViolation
) -> None:
    """Reports why the assertion does not hold."""
    answer = ask(assertion.name, INPUTS.preview(args.resources))
    if not answer["services"]:
        args.not_applicable("nothing in this stack starts ECS tasks")
    passes = args.get_config().get("undecided") == "pass"
    for violation in violations(assertion, answer):
        if not (violation.undecided and passes):
            report(violation.message, violation.urn)


PolicyPack(
    name="ecsnet",
    policies=[
        ResourceValidationPolicy(
            name="inputs",
            description="Reads what the program asks for. It forbids nothing; the "
            "assertions need it.",
            enforcement_level=EnforcementLevel.ADVISORY,
            validate=note,
            url=DOCS,
        ),
        *(
            StackValidationPolicy(
                name=assertion.name,
                description=assertion.description,
                enforcement_level=assertion.level,
                config_schema=SETTINGS,
                validate=partial(validate, assertion),
                url=DOCS,
            )
            for assertion in ALL
        ),
    ],
)

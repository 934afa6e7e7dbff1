"""Checks objects against JSON Schemas of strangers, within limits."""

import enum
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from large_enough.scoring.schema_limits import is_within_limits, without_names
from large_enough.scoring.schema_rules import Checker, Rule, TooMuchError, own_rules

MOST_STEPS = 20_000
"""So many rules are applied to one answer at most; a schema can multiply them by referring."""


class SchemaFault(enum.StrEnum):
    """Why a schema could not be used."""

    UNUSABLE = "unusable"
    TOO_MUCH = "too_much"


class Violation(msgspec.Struct, frozen=True, kw_only=True):
    """The first rule of a schema that an object breaks."""

    rule: str
    """The schema's word, for example "required"."""
    where: str
    """Path of the field; empty for the whole object."""
    message: str
    """The checker's own words."""


def first_violation(
    value: Mapping[str, object], schema: dict[str, Any]
) -> Violation | SchemaFault | None:
    """Return the first rule that an object breaks, None if it satisfies the schema.

    Args:
        value: The object.
        schema: JSON Schema, 2020-12. Nothing outside of it is ever fetched.
    """
    if not is_within_limits(schema):
        return SchemaFault.UNUSABLE
    from jsonschema import Draft202012Validator, validators  # slow to load; few packs need it
    from jsonschema.exceptions import SchemaError
    from referencing import Registry
    from referencing.exceptions import Unresolvable

    plain = without_names(schema)
    try:
        Draft202012Validator.check_schema(plain)
        rules = _counted({**Draft202012Validator.VALIDATORS, **own_rules()})
        extended: Any = validators.extend(Draft202012Validator, rules)  # type: ignore[no-untyped-call]
        checker = extended(plain, registry=Registry())
        error = next(checker.iter_errors(value), None)
    except (SchemaError, Unresolvable):
        return SchemaFault.UNUSABLE
    except (TooMuchError, RecursionError):
        return SchemaFault.TOO_MUCH
    if error is None:
        return None
    where = ".".join(str(part) for part in error.absolute_path)
    return Violation(rule=str(error.validator), where=where, message=error.message)


def _counted(rules: Mapping[str, Rule]) -> dict[str, Rule]:
    """Return rules that stop when all of them together were applied too often."""
    left = MOST_STEPS

    def counted(rule: Rule) -> Rule:
        def apply(
            checker: Checker,
            value: object,
            instance: object,
            schema: dict[str, Any],
        ) -> Iterator[Exception]:
            nonlocal left
            left -= 1
            if left < 0:
                raise TooMuchError
            yield from rule(checker, value, instance, schema) or ()

        return apply

    return {name: counted(rule) for name, rule in rules.items()}

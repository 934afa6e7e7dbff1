"""Says what is wrong with a JSON Schema from a stranger."""

from typing import Any

from large_enough.packs.patterns import pattern_problem
from large_enough.wording.translate import _

_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")
_OWN_PLACES = "#"


def schema_problem(schema: dict[str, Any]) -> str:
    """Return why a schema cannot be used to check answers; empty if it can."""
    problem = _part_problem(schema)
    if problem:
        return problem
    from jsonschema import Draft202012Validator  # slow to load, and few packs need it
    from jsonschema.exceptions import SchemaError

    try:
        Draft202012Validator.check_schema(schema)
    except (SchemaError, RecursionError) as error:
        reason = error.message if isinstance(error, SchemaError) else _("it refers to itself")
        return _("it is not a JSON Schema ({reason})").format(reason=reason)
    return ""


def _part_problem(part: object) -> str:
    """Return what is wrong with references or patterns, which the standard's own check lets be."""
    if isinstance(part, list):
        return next(filter(None, map(_part_problem, part)), "")
    if not isinstance(part, dict):
        return ""
    for name, value in part.items():
        problem = _value_problem(name, value) or _part_problem(value)
        if problem:
            return problem
    return ""


def _value_problem(name: str, value: object) -> str:
    if name in _REFERENCES and isinstance(value, str) and not value.startswith(_OWN_PLACES):
        return _("it refers to another file")
    if name == "pattern" and isinstance(value, str):
        return pattern_problem(value)
    if name == "patternProperties" and isinstance(value, dict):
        return next(filter(None, map(pattern_problem, value)), "")
    return ""

"""Rules of JSON Schema that need limits, because schemas and answers come from strangers."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from large_enough.scoring import patterns
from large_enough.scoring.patterns import PatternFault

MOST_COMPARED = 300
"""Longest list that is looked through for equal entries: that takes the square of its length."""


class Checker(Protocol):
    """What a rule needs of the checker that applies it."""

    def descend(
        self, instance: object, schema: object, path: str | None = None
    ) -> Iterator[Exception]:
        """Yield what a part of the instance breaks of a part of the schema."""
        ...


Rule = Callable[[Checker, Any, object, dict[str, Any]], Iterator[Exception] | None]
"""Takes the checker, the rule's value in the schema, the instance, and the schema around it."""


class TooMuchError(Exception):
    """A check would take too long."""


def own_rules() -> Mapping[str, Rule]:
    """Return the rules by the schema's words; each yields what an instance breaks."""
    return {
        "pattern": _pattern,
        "patternProperties": _pattern_properties,
        "additionalProperties": _additional_properties,
        "uniqueItems": _unique_items,
    }


def _is_found(pattern: str, text: str) -> bool:
    match = patterns.search(pattern, text, keeps_case=True)
    if isinstance(match, PatternFault):
        raise TooMuchError
    return match is not None


def _error(message: str) -> Exception:
    from jsonschema.exceptions import ValidationError  # slow to load; few packs need it

    return ValidationError(message)


def _pattern(
    _checker: Checker, pattern: str, instance: object, _schema: dict[str, Any]
) -> Iterator[Exception]:
    if isinstance(instance, str) and not _is_found(pattern, instance):
        yield _error(f"{instance!r} does not match {pattern!r}")


def _pattern_properties(
    checker: Checker, schemas: dict[str, Any], instance: object, _schema: dict[str, Any]
) -> Iterator[Exception]:
    if not isinstance(instance, dict):
        return
    for pattern, schema in schemas.items():
        for name, value in instance.items():
            if _is_found(pattern, name):
                yield from checker.descend(value, schema, path=name)


def _additional_properties(
    checker: Checker, rule: object, instance: object, schema: dict[str, Any]
) -> Iterator[Exception]:
    if not isinstance(instance, dict):
        return
    known = schema.get("properties", {})
    patterns_known = schema.get("patternProperties", {})
    for name, value in instance.items():
        if name in known or any(_is_found(pattern, name) for pattern in patterns_known):
            continue
        if rule is False:
            yield _error(f"{name!r} is not expected")
        elif isinstance(rule, dict):
            yield from checker.descend(value, rule, path=name)


def _unique_items(
    checker: Checker, rule: object, instance: object, schema: dict[str, Any]
) -> Iterator[Exception]:
    if not rule or not isinstance(instance, list):
        return
    if len(instance) > MOST_COMPARED:
        raise TooMuchError
    from jsonschema import Draft202012Validator  # slow to load; few packs need it

    usual: Rule = Draft202012Validator.VALIDATORS["uniqueItems"]
    yield from usual(checker, rule, instance, schema) or ()

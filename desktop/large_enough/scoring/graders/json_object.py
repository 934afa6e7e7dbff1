"""Judges JSON objects: first whether they satisfy the schema, then field by field."""

from collections.abc import Iterator

import msgspec

from large_enough.domain.grade import GradeStep
from large_enough.domain.pack import JsonKey, NumberKey
from large_enough.scoring.answer_text import AnswerText
from large_enough.scoring.finding import answer_lines
from large_enough.scoring.json_finding import FoundObject, find_object
from large_enough.scoring.judgement import Judgement
from large_enough.scoring.nearness import exact, is_near
from large_enough.scoring.normalising import normalised
from large_enough.scoring.schema_checks import SchemaFault, Violation, first_violation
from large_enough.scoring.steps import StepKind, step

NAME = "json/1"

_MOST_FIELDS = 500
_MOST_TOLD = 5
"""So many wrong fields are named."""


class _Field(msgspec.Struct, frozen=True, kw_only=True):
    """One field of the key."""

    path: tuple[str | int, ...]
    wanted: object

    @property
    def name(self) -> str:
        """How it is called in sentences: "customer.name"."""
        return ".".join(map(str, self.path))


class _Missing:
    """Stands for a field that is not there."""


_MISSING = _Missing()


def judge(key: JsonKey, answer: AnswerText) -> Judgement:
    """Judge the first object of the answer."""
    found = _found(answer)
    if found.value is None:
        if found.problem:
            return Judgement.nothing(step(StepKind.JSON_BROKEN, problem=found.problem))
        return Judgement.nothing()
    place = step(StepKind.FOUND_OBJECT)
    if key.json_schema:
        outcome = first_violation(found.value, key.json_schema)
        if isinstance(outcome, SchemaFault):
            return Judgement.unusable(place, step(StepKind.SCHEMA_UNUSABLE, fault=outcome.value))
        if outcome is not None:
            return Judgement.of(False, found.text, place, _violated(outcome))
    return _by_fields(key, found, answer.language, place)


def _found(answer: AnswerText) -> FoundObject:
    if answer.extracted is not None:
        return find_object(answer.extracted)
    marked = next((line for line in answer_lines(answer) if line.is_loud), None)
    behind_mark = find_object(marked.rest) if marked else None
    if behind_mark is not None and behind_mark.value is not None:
        return behind_mark
    return find_object(answer.text)


def _violated(violation: Violation) -> GradeStep:
    return step(
        StepKind.SCHEMA_VIOLATED,
        rule=violation.rule,
        where=violation.where,
        message=violation.message,
    )


def _by_fields(key: JsonKey, found: FoundObject, language: str, place: GradeStep) -> Judgement:
    fields = tuple(fields_of(key.answer))
    wrong: list[GradeStep] = []
    for field in fields:
        given = _at(found.value, field.path)
        if not _is_same(field.wanted, given, key, language):
            wrong.append(_wrong(field, given))
    right_count = len(fields) - len(wrong)
    score = right_count / len(fields) if fields else 1.0
    if key.is_exact and wrong:
        score = 0.0
    counted = step(StepKind.FIELDS_COUNTED, right_count=right_count, field_count=len(fields))
    return Judgement(score=score, taken=found.text, steps=(place, counted, *wrong[:_MOST_TOLD]))


def fields_of(answer: object, path: tuple[str | int, ...] = ()) -> Iterator[_Field]:
    """Yield all values of a key that are no object or list of their own, up to a limit."""
    left: list[_Field] = [_Field(path=path, wanted=answer)]
    for _ in range(_MOST_FIELDS):
        if not left:
            return
        field = left.pop()
        inner: list[tuple[str | int, object]] = []
        if isinstance(field.wanted, dict):
            inner = [(str(name), value) for name, value in field.wanted.items()]
        elif isinstance(field.wanted, list):
            inner = list(enumerate(field.wanted))
        if inner:
            left.extend(_Field(path=(*field.path, at), wanted=each) for at, each in inner[::-1])
        elif field.path:
            yield field


def _at(value: object, path: tuple[str | int, ...]) -> object:
    for at in path:
        if isinstance(value, dict):
            value = value.get(at, _MISSING)
        elif isinstance(value, list) and isinstance(at, int) and at < len(value):
            value = value[at]
        else:
            return _MISSING
    return value


def _wrong(field: _Field, given: object) -> GradeStep:
    wanted = str(field.wanted)
    if given is _MISSING:
        return step(StepKind.FIELD_MISSING, field=field.name, wanted=wanted)
    return step(StepKind.FIELD_DIFFERENT, field=field.name, given=str(given)[:200], wanted=wanted)


def _is_same(wanted: object, given: object, key: JsonKey, language: str) -> bool:
    """Return whether a field is right: numbers within the tolerance, texts when normalised."""
    if isinstance(wanted, bool) or isinstance(given, bool):
        return wanted is given
    if isinstance(wanted, int | float):
        value = exact(given) if isinstance(given, int | float) else None
        near = NumberKey(answer=float(wanted), tolerance_abs=key.tolerance_abs)
        return value is not None and is_near(value, near)
    if isinstance(wanted, str):
        return isinstance(given, str) and (
            wanted == given or normalised(wanted, language) == normalised(given, language) != ""
        )
    return wanted == given

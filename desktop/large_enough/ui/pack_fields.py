"""The fields in which a key is written, for each type of answer."""

import enum
from collections.abc import Callable
from typing import NamedTuple

from large_enough.domain.pack import ASKED_AS, AnswerType
from large_enough.wording.translate import _


class FieldKind(enum.Enum):
    """What one can do in a field."""

    LINE = "line"
    LINES = "lines"
    """One entry a line."""
    CODE = "code"
    """Several lines in a fixed-width font."""
    SWITCH = "switch"


class FieldSpec(NamedTuple):
    """One field of a form."""

    name: str
    kind: FieldKind
    title: str
    hint: str = ""
    is_further: bool = False
    """Whether it is only wanted now and then."""
    is_short: bool = False
    """Whether several such fields may stand side by side."""


def fields_of(kind: AnswerType) -> tuple[FieldSpec, ...]:
    """Return the fields for a type, the most important one first."""
    return _FIELDS[kind]()


def _shuffle() -> FieldSpec:
    return FieldSpec("shuffle", FieldKind.SWITCH, _("Options may be shown in another order"))


def _choice_fields() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("choices", FieldKind.LINES, _("Options"), _("one option a line")),
        FieldSpec("answer", FieldKind.LINE, _("Right option"), _("its text or its letter")),
        _shuffle(),
    )


def _multi_choice_fields() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("choices", FieldKind.LINES, _("Options"), _("one option a line")),
        FieldSpec(
            "answers", FieldKind.LINES, _("Right options"), _("one a line: its text or letter")
        ),
        _shuffle(),
    )


def _label_fields() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("choices", FieldKind.LINES, _("Labels"), _("one label a line")),
        FieldSpec("answer", FieldKind.LINE, _("Right label")),
    )


def _number_fields() -> tuple[FieldSpec, ...]:
    line, switch = FieldKind.LINE, FieldKind.SWITCH
    return (
        FieldSpec("answer", line, _("Right number"), _("for example 27.5"), is_short=True),
        FieldSpec("unit", line, _("Unit"), _("for example EUR; empty for none"), is_short=True),
        FieldSpec("tolerance_abs", line, _("Tolerance"), _("0 for none"), is_short=True),
        FieldSpec(
            "tolerance_rel",
            line,
            _("Tolerance in %"),
            _("0 for none"),
            is_further=True,
            is_short=True,
        ),
        FieldSpec(
            "rounding",
            line,
            _("Decimals"),
            _("instead of a tolerance"),
            is_further=True,
            is_short=True,
        ),
        FieldSpec("is_unit_required", switch, _("Wrong without its unit"), is_further=True),
        FieldSpec("may_be_share", switch, _("0.27 counts as 27 %"), is_further=True),
        FieldSpec(
            "unit_factors",
            FieldKind.LINES,
            _("Other units"),
            _("one a line, for example: cent = 0.01"),
            is_further=True,
        ),
    )


def _text_fields() -> tuple[FieldSpec, ...]:
    switch = FieldKind.SWITCH
    return (
        FieldSpec("answers", FieldKind.LINES, _("Accepted answers"), _("one form a line")),
        FieldSpec("keeps_case", switch, _("Capitals count"), is_further=True),
        FieldSpec("keeps_punctuation", switch, _("Punctuation counts"), is_further=True),
        FieldSpec("keeps_articles", switch, _("“The” and “a” count"), is_further=True),
    )


def _contains_fields() -> tuple[FieldSpec, ...]:
    lines, hint = FieldKind.LINES, _("one text a line")
    return (
        FieldSpec("all_of", lines, _("All of these must occur"), hint),
        FieldSpec("any_of", lines, _("One of these must occur"), hint),
        FieldSpec("none_of", lines, _("None of these may occur"), hint),
    )


def _regex_fields() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("pattern", FieldKind.CODE, _("Regular expression")),
        FieldSpec("is_whole", FieldKind.SWITCH, _("It must match the whole answer")),
        FieldSpec("keeps_case", FieldKind.SWITCH, _("Capitals count")),
    )


def _list_fields() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec(
            "entries",
            FieldKind.LINES,
            _("Right entries"),
            _("one a line; other accepted forms after |"),
        ),
        FieldSpec("is_ordered", FieldKind.SWITCH, _("The order counts")),
    )


def _date_fields() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("answer", FieldKind.LINE, _("Right day"), _("for example 2026-03-01")),
        FieldSpec("is_day_first", FieldKind.SWITCH, _("03/04/2026 is the 3rd of April")),
    )


def _json_fields() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("answer", FieldKind.CODE, _("Right object (JSON)")),
        FieldSpec("is_exact", FieldKind.SWITCH, _("All fields must be right")),
        FieldSpec("tolerance_abs", FieldKind.LINE, _("Tolerance of numbers"), _("0 for none")),
        FieldSpec(
            "json_schema", FieldKind.CODE, _("Schema of answers (JSON Schema)"), is_further=True
        ),
    )


def _unanswerable_fields() -> tuple[FieldSpec, ...]:
    hint = _("one a line; the usual phrases count anyway")
    kinds = _("one of {words}; empty: like the questions beside it").format(
        words=", ".join(ASKED_AS)
    )
    return (
        FieldSpec("phrases", FieldKind.LINES, _("What also counts as saying so"), hint),
        FieldSpec("asked_as", FieldKind.LINE, _("Asked as if it were"), kinds, is_further=True),
        FieldSpec("unit", FieldKind.LINE, _("Unit"), _("of the number asked for"), is_further=True),
    )


def _free_fields() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("reference", FieldKind.CODE, _("A good answer, to compare with")),
        FieldSpec("keywords", FieldKind.LINES, _("What to look for"), _("one hint a line")),
    )


_FIELDS: dict[AnswerType, Callable[[], tuple[FieldSpec, ...]]] = {
    AnswerType.CHOICE: _choice_fields,
    AnswerType.MULTI_CHOICE: _multi_choice_fields,
    AnswerType.LABEL: _label_fields,
    AnswerType.NUMBER: _number_fields,
    AnswerType.TEXT: _text_fields,
    AnswerType.CONTAINS: _contains_fields,
    AnswerType.REGEX: _regex_fields,
    AnswerType.LIST: _list_fields,
    AnswerType.DATE: _date_fields,
    AnswerType.JSON: _json_fields,
    AnswerType.UNANSWERABLE: _unanswerable_fields,
    AnswerType.FREE: _free_fields,
}

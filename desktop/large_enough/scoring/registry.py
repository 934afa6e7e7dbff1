"""Knows the grader of each kind of key."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from large_enough.domain.pack import AnswerType
from large_enough.scoring.answer_text import AnswerText
from large_enough.scoring.graders import (
    calendar_date,
    choice,
    contains,
    entry_list,
    free,
    json_object,
    label,
    multi_choice,
    number,
    pattern,
    text,
    unanswerable,
)
from large_enough.scoring.judgement import Judgement


class Grader(msgspec.Struct, frozen=True, kw_only=True):
    """A grader and what it is called in records."""

    name: str
    """With its version, for example "number/1": another version may judge otherwise."""
    judge: Callable[[Any, AnswerText], Judgement]
    """Takes a key of its own kind."""


GRADERS: Mapping[AnswerType, Grader] = {
    AnswerType.CHOICE: Grader(name=choice.NAME, judge=choice.judge),
    AnswerType.MULTI_CHOICE: Grader(name=multi_choice.NAME, judge=multi_choice.judge),
    AnswerType.LABEL: Grader(name=label.NAME, judge=label.judge),
    AnswerType.NUMBER: Grader(name=number.NAME, judge=number.judge),
    AnswerType.TEXT: Grader(name=text.NAME, judge=text.judge),
    AnswerType.CONTAINS: Grader(name=contains.NAME, judge=contains.judge),
    AnswerType.REGEX: Grader(name=pattern.NAME, judge=pattern.judge),
    AnswerType.LIST: Grader(name=entry_list.NAME, judge=entry_list.judge),
    AnswerType.DATE: Grader(name=calendar_date.NAME, judge=calendar_date.judge),
    AnswerType.JSON: Grader(name=json_object.NAME, judge=json_object.judge),
    AnswerType.UNANSWERABLE: Grader(name=unanswerable.NAME, judge=unanswerable.judge),
    AnswerType.FREE: Grader(name=free.NAME, judge=free.judge),
}

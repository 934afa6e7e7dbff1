"""Judges answers that are days of the calendar."""

from datetime import date

import msgspec

from large_enough.domain.grade import GradeStep
from large_enough.domain.pack import DateKey
from large_enough.scoring.answer_text import AnswerText
from large_enough.scoring.dates import FoundDate, dates_in, has_day_without_year, is_choice
from large_enough.scoring.finding import Found, first_reading, may_look_elsewhere
from large_enough.scoring.judgement import Judgement
from large_enough.scoring.steps import StepKind, step

NAME = "date/1"


class _Days(msgspec.Struct, frozen=True, kw_only=True):
    """All different days that an answer gives; none if it gives one without a year."""

    found: tuple[FoundDate, ...]


def judge(key: DateKey, answer: AnswerText) -> Judgement:
    """Judge whether the day is the right one."""

    def read(found: Found) -> _Days | None:
        dates = dates_in(found.text, is_day_first=key.is_day_first)
        return _Days(found=dates) if dates or has_day_without_year(found.text) else None

    found = first_reading(answer, read)
    if found is not None:
        place, days = found
        return _judged(key, days.found, place.text, step(place.way, text=place.text))
    if not may_look_elsewhere(answer):
        return Judgement.nothing()
    dates = dates_in(answer.text, is_day_first=key.is_day_first)
    if len(dates) > 1 and is_choice(answer.text, *dates[-2:]):
        return _judged(key, dates[-2:], answer.text, step(StepKind.FOUND_LAST_DATE, text=""))
    if dates:
        last = dates[-1]
        return _judged(key, (last,), last.text, step(StepKind.FOUND_LAST_DATE, text=last.text))
    if has_day_without_year(answer.text):
        return _judged(key, (), answer.text, step(StepKind.FOUND_WHOLE))
    return Judgement.nothing()


def _judged(key: DateKey, dates: tuple[FoundDate, ...], text: str, place: GradeStep) -> Judgement:
    if not dates:
        return Judgement.of(False, text, place, step(StepKind.DATE_INCOMPLETE, wanted=key.answer))
    days = tuple(dict.fromkeys(each.day for each in dates))
    if len(days) > 1:
        texts = ", ".join(each.text for each in dates)
        return Judgement.nothing(place, step(StepKind.SEVERAL_FOUND, texts=texts))
    day = days[0]
    is_right = day is not None and day == _key_day(key)
    given = dates[0].text if day is None else day.isoformat()
    kind = StepKind.EQUAL if is_right else StepKind.DIFFERENT
    return Judgement.of(is_right, given, place, step(kind, given=given, wanted=key.answer))


def _key_day(key: DateKey) -> date | None:
    try:
        return date.fromisoformat(key.answer)
    except ValueError:
        return None

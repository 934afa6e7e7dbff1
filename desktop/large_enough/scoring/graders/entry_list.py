"""Judges lists: what is missing and what is invented both count."""

import bisect
from collections.abc import Sequence

import msgspec

from large_enough.domain.grade import GradeStep
from large_enough.domain.pack import ListKey
from large_enough.scoring.answer_text import AnswerText
from large_enough.scoring.entries import block_of, is_bullet, split_entries, without_note
from large_enough.scoring.finding import explicit, may_look_elsewhere
from large_enough.scoring.judgement import Judgement
from large_enough.scoring.normalising import normalised
from large_enough.scoring.steps import StepKind, step

NAME = "list/1"

_MOST_WHOLE_CHARACTERS = 500
_MOST_TOLD = 5
"""So many missing and invented entries are named."""


class _Match(msgspec.Struct, frozen=True, kw_only=True):
    """Which entries were given."""

    places: tuple[int, ...]
    """Places in the key, in the order given, each once."""
    invented: tuple[str, ...]
    """Given, but not in the key."""


def judge(key: ListKey, answer: AnswerText) -> Judgement:
    """Judge a list by the harmonic mean of precision and recall (F1)."""
    for found in explicit(answer):
        lines, has_more = block_of(found.rest)
        is_closed = found.is_closed if len(lines) == 1 else has_more
        if any(lines) and (is_closed or not answer.is_cut):
            return _judged(key, lines, answer, step(found.way, text=lines[0]))
        if found.is_loud:
            break
    if not may_look_elsewhere(answer):
        return Judgement.nothing()
    lines = tuple(line for line in answer.text.split("\n") if line.strip())
    bullets = tuple(line for line in lines if is_bullet(line))
    if bullets:
        return _judged(key, bullets, answer, step(StepKind.FOUND_LINES))
    if len(lines) == 1 and len(lines[0]) <= _MOST_WHOLE_CHARACTERS:
        return _judged(key, _after_colon(lines[0]), answer, step(StepKind.FOUND_WHOLE))
    return Judgement.nothing()


def _after_colon(line: str) -> tuple[str, ...]:
    """Return what follows "The branches are:"."""
    before, _colon, after = line.partition(": ")
    return (after or before,)


def _judged(key: ListKey, lines: Sequence[str], answer: AnswerText, place: GradeStep) -> Judgement:
    forms = [form for entry in key.entries for form in entry]
    given = split_entries(lines, forms, answer.language)
    match = _matched(key, given, answer.language)
    hit_count = rising_count(match.places) if key.is_ordered else len(match.places)
    given_count = len(match.places) + len(match.invented)
    score = _f1(hit_count, given_count, len(key.entries))
    return Judgement(
        score=score, taken=", ".join(given), steps=(place, *_steps(key, match, hit_count))
    )


def _f1(hit_count: int, given_count: int, wanted_count: int) -> float:
    if given_count + wanted_count == 0:
        return 1.0  # rightly empty
    return 2 * hit_count / (given_count + wanted_count)


def _matched(key: ListKey, given: Sequence[str], language: str) -> _Match:
    place_of = {
        normalised(form, language): place
        for place, entry in reversed(tuple(enumerate(key.entries)))
        for form in entry
    }
    places: dict[int, None] = {}
    invented: dict[str, str] = {}
    for entry in given:
        form, short = (normalised(text, language) for text in (entry, without_note(entry)))
        place = place_of.get(form, place_of.get(short))
        if place is None:
            invented[form] = entry
        else:
            places[place] = None
    return _Match(places=tuple(places), invented=tuple(invented.values()))


def rising_count(places: Sequence[int]) -> int:
    """Return how many entries are in the right order: the longest rising subsequence."""
    ends: list[int] = []
    for place in places:
        at = bisect.bisect_left(ends, place)
        ends[at : at + 1] = [place]
    return len(ends)


def _steps(key: ListKey, match: _Match, hit_count: int) -> tuple[GradeStep, ...]:
    found_count, wanted_count = len(match.places), len(key.entries)
    counted = step(
        StepKind.ENTRIES_COUNTED,
        found_count=found_count,
        wanted_count=wanted_count,
        invented_count=len(match.invented),
    )
    missing = [entry[0] for at, entry in enumerate(key.entries) if entry and at not in match.places]
    steps = [step(StepKind.ENTRY_MISSING, entry=entry) for entry in missing[:_MOST_TOLD]]
    steps += [step(StepKind.ENTRY_INVENTED, entry=entry) for entry in match.invented[:_MOST_TOLD]]
    if key.is_ordered and hit_count < found_count:
        steps.append(step(StepKind.ORDER_COUNTED, right_count=hit_count, found_count=found_count))
    return (counted, *steps)

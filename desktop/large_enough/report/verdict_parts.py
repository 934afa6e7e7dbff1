"""Defines what a report of a run is made of, before it is written in any format.

All texts are harmless to show and not escaped: that is the writers' part.
"""

import enum
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from large_enough.domain.text import harmless
from large_enough.domain.verdict import RunVerdict
from large_enough.report.provenance import FactGroup
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import ngettext
from large_enough.wording.verdict_words import contender_names


class SectionKey(enum.StrEnum):
    """What a section is about; writers put drawings and special forms where they belong."""

    DIFFERENCE = "difference"
    ACCURACY = "accuracy"
    COSTS = "costs"
    QUESTIONS = "questions"
    PAIRS = "pairs"
    LADDERS = "ladders"
    CASCADE = "cascade"
    KINDS = "kinds"
    FIELD = "field"
    EVIDENCE = "evidence"
    CLAIMS = "claims"
    POWER = "power"
    METHODS = "methods"
    PROVENANCE = "provenance"
    REPEAT = "repeat"
    ANSWERS = "answers"


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of cells; the first cell of a row says what the row is about."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: frozenset[int] = frozenset()
    """Columns that hold words rather than numbers."""
    notes: tuple[str, ...] = ()
    """Small print: why numbers are missing."""


class ShownAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What one contender said to a question."""

    letter: str
    name: str
    grade: str
    """What became of it, and what was taken as the answer."""
    text: str
    """Shortened; may be empty."""


class ShownQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """A question with its key and some answers."""

    item_id: str
    who: str
    """Who alone was right."""
    context: str
    """Shortened; empty for none."""
    question: str
    key: str
    answers: tuple[ShownAnswer, ...]


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a report."""

    key: SectionKey
    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    """Listed one below the other."""
    tables: tuple[Table, ...] = ()
    questions: tuple[ShownQuestion, ...] = ()
    facts: tuple[FactGroup, ...] = ()
    code: str = ""
    """To be typed as it is; empty for none."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (
            self.paragraphs
            or self.points
            or self.tables
            or self.questions
            or self.facts
            or self.code
        )


class Shortened(NamedTuple):
    """The beginning of a text."""

    text: str
    left_out: int
    """Characters that are missing."""


def shortened(text: str, most: int) -> Shortened:
    """Return the beginning of a text."""
    return (
        Shortened(text[:most].rstrip(), len(text) - most)
        if len(text) > most
        else Shortened(text, 0)
    )


def short_text(text: str, most: int) -> str:
    """Return a harmless text, cut where it is too long, with the number of characters left out."""
    start, left_out = shortened(text.strip(), most)
    shown = harmless(start)
    if not left_out:
        return shown
    more = ngettext(
        "({count} more character is left out)",
        "({count} more characters are left out)",
        left_out,
    ).format(count=count_text(left_out))
    return f"{shown} … {more}"


def lettered_names(verdict: RunVerdict) -> dict[str, str]:
    """Return what contenders are called in tables: the letter and the name."""
    return {letter: lettered(letter, name) for letter, name in contender_names(verdict).items()}


def lettered(letter: str, name: str) -> str:
    """Return a name behind its letter, which it may end with where several are called alike."""
    return f"{letter} {name.removesuffix(f' ({letter})')}"


def heads_of(verdict: RunVerdict, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return a head for each contender: letters alone where there are many."""
    letters = [contender.letter for contender in verdict.contenders]
    return tuple(names[each] if len(letters) <= MOST_NAMED_COLUMNS else each for each in letters)


MOST_NAMED_COLUMNS = 4
"""With more contenders the heads of columns are letters, so that a page holds the table."""

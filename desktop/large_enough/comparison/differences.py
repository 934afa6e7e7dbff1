"""Finds what two answers have in common, word by word.

White space does not count as a difference. The work is bounded: texts that are too long or too
repetitive to compare by words are compared by lines, and the result says so.
"""

import difflib
import enum
import itertools
import re
from collections.abc import Iterator, Sequence

import msgspec

MOST_STEPS = 4_000_000
"""Of the comparison's innermost loop: about half a second on a slow laptop."""

_SOLID = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
"""Scripts that are written without blanks."""
_WORD = re.compile(
    rf"[{_SOLID}]\s*"  # by character
    r"|\d+(?:[.,:]\d+)*\s*"  # numbers, with their points
    rf"|[^\W{_SOLID}]+(?:['\u2019][^\W{_SOLID}]+)*\s*"  # words, with their apostrophes
    r"|[^\w\s]\s*"  # signs, one by one
    r"|\s+"  # white space before the first word
)


class RunKind(enum.StrEnum):
    """Who has a stretch of text."""

    SAME = "same"
    ONLY_A = "only_a"
    ONLY_B = "only_b"


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of text."""

    kind: RunKind
    text_a: str
    """As the first text has it; empty for `ONLY_B`."""
    text_b: str
    """As the second one has it; may differ in white space for `SAME`, empty for `ONLY_A`."""


class Level(enum.StrEnum):
    """What was compared."""

    WORDS = "words"
    LINES = "lines"
    WHOLE = "whole"
    """Only beginning and end: the texts are too repetitive even by lines."""


class Differences(msgspec.Struct, frozen=True, kw_only=True):
    """Two texts, taken apart."""

    runs: tuple[Run, ...]
    """In order: put together, their texts are the two texts again."""
    level: Level


def find_differences(text_a: str, text_b: str, *, most_steps: int = MOST_STEPS) -> Differences:
    """Compare two texts.

    Args:
        text_a: The one.
        text_b: The other.
        most_steps: How much work may be done at each level.
    """
    for level, split in ((Level.WORDS, _words), (Level.LINES, _lines)):
        try:
            return Differences(runs=_runs(split(text_a), split(text_b), most_steps), level=level)
        except _TooMuchWorkError:
            continue
    runs = _runs(_lines(text_a), _lines(text_b), most_steps=None)
    return Differences(runs=runs, level=Level.WHOLE)


class _TooMuchWorkError(Exception):
    """The comparison would take too long."""


class _BoundedMatcher(difflib.SequenceMatcher[str]):
    """Compares two lists of words, and gives up when it is too much work.

    `find_longest_match` visits, for each word of its stretch of the one list, all places of that
    word in the other list; they are counted before each of its calls.
    """

    def __init__(self, words_a: Sequence[str], words_b: Sequence[str], most_steps: int) -> None:
        super().__init__(None, words_a, words_b)  # words as common as "the" begin no match
        self._steps_left = most_steps
        self._length_a = len(words_a)
        places_b = self.b2j  # type: ignore[attr-defined]  # documented, but typeshed lacks it
        places = [1 + len(places_b.get(word, ())) for word in words_a]
        self._steps_before = [0, *itertools.accumulate(places)]

    def find_longest_match(
        self, start_a: int = 0, end_a: int | None = None, start_b: int = 0, end_b: int | None = None
    ) -> difflib.Match:
        """Find the longest common stretch, if there are steps left for it."""
        stop = self._length_a if end_a is None else end_a
        self._steps_left -= self._steps_before[stop] - self._steps_before[start_a]
        if self._steps_left < 0:
            raise _TooMuchWorkError
        return super().find_longest_match(start_a, end_a, start_b, end_b)


def _runs(
    pieces_a: Sequence[str], pieces_b: Sequence[str], most_steps: int | None
) -> tuple[Run, ...]:
    keys_a = [piece.strip() for piece in pieces_a]
    keys_b = [piece.strip() for piece in pieces_b]
    head = _common_count(zip(keys_a, keys_b, strict=False))
    rest = min(len(keys_a), len(keys_b)) - head
    tail = min(rest, _common_count(zip(reversed(keys_a), reversed(keys_b), strict=False)))
    end_a, end_b = len(keys_a) - tail, len(keys_b) - tail
    middle: list[tuple[int, int, int]] = []
    if most_steps is not None:
        matcher = _BoundedMatcher(keys_a[head:end_a], keys_b[head:end_b], most_steps)
        middle = [(head + a, head + b, size) for a, b, size in matcher.get_matching_blocks()]
    blocks = [(0, 0, head), *middle, (end_a, end_b, tail)]
    return tuple(_joined(_taken_apart(pieces_a, pieces_b, blocks)))


def _taken_apart(
    pieces_a: Sequence[str], pieces_b: Sequence[str], blocks: Sequence[tuple[int, int, int]]
) -> Iterator[Run]:
    done_a = done_b = 0
    for start_a, start_b, size in blocks:
        only_a, only_b = "".join(pieces_a[done_a:start_a]), "".join(pieces_b[done_b:start_b])
        yield Run(kind=RunKind.ONLY_A, text_a=only_a, text_b="")
        yield Run(kind=RunKind.ONLY_B, text_a="", text_b=only_b)
        done_a, done_b = start_a + size, start_b + size
        both_a, both_b = "".join(pieces_a[start_a:done_a]), "".join(pieces_b[start_b:done_b])
        yield Run(kind=RunKind.SAME, text_a=both_a, text_b=both_b)


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Leave out empty runs, and join neighbours of one kind."""
    filled = (run for run in runs if run.text_a or run.text_b)
    for kind, group in itertools.groupby(filled, key=lambda run: run.kind):
        members = list(group)
        yield Run(
            kind=kind,
            text_a="".join(run.text_a for run in members),
            text_b="".join(run.text_b for run in members),
        )


def _common_count(pairs: Iterator[tuple[str, str]]) -> int:
    return sum(1 for _pair in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)

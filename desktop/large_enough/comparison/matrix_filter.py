"""Finds the questions of a run that somebody wants to see."""

import enum
from collections.abc import Callable, Sequence
from typing import NamedTuple

from large_enough.comparison.run_matrix import (
    FAILURES,
    MatrixRow,
    RunMatrix,
    small_and_large,
)
from large_enough.domain.grade import GradeStatus
from large_enough.domain.text import harmless_line


class Finding(enum.StrEnum):
    """What the answers to a question have in common."""

    ANY = "any"
    ONLY_LARGE = "only_large"
    """Right by the largest model alone."""
    ONLY_SMALL = "only_small"
    """Right by the smallest model alone."""
    ALL_RIGHT = "all_right"
    NONE_RIGHT = "none_right"
    FAILED = "failed"
    """At least one contender gave no answer that could be judged."""
    FLAGGED = "flagged"
    """The question itself looks doubtful, or tells nothing."""
    TO_JUDGE = "to_judge"
    """At least one answer waits for a person."""


class ItemFlag(enum.StrEnum):
    """What the answers say about a question; told once all contenders have answered it."""

    CEILING = "ceiling"
    """All are right: it tells no contender from another."""
    FLOOR = "floor"
    """None is right: check the key first."""
    INVERTED = "inverted"
    """The smallest model is right and the largest is wrong: often a wrong key."""


class MatrixWish(NamedTuple):
    """Which questions somebody wants to see."""

    finding: Finding = Finding.ANY
    failure: GradeStatus | None = None
    """With `Finding.FAILED`: only those that failed in this way."""
    level: int | None = None
    family: str = ""
    """Empty for all."""
    tag: str = ""
    text: str = ""
    """Words that must all occur in the question, its id, its family or its tags."""


def wanted_rows(matrix: RunMatrix, wish: MatrixWish) -> tuple[MatrixRow, ...]:
    """Return the rows that fit, in the order in which items are asked."""
    finder = _Finder(matrix)
    words = wish.text.casefold().split()
    return tuple(
        row
        for row in matrix.rows
        if _is_of_kind(row, wish)
        and all(word in _searched(row) for word in words)
        and finder.fits(row, wish)
    )


def count_by_finding(matrix: RunMatrix) -> dict[Finding, int]:
    """Return how many questions there are of each finding."""
    finder = _Finder(matrix)
    rows = matrix.rows
    return {
        finding: sum(1 for row in rows if finder.fits(row, MatrixWish(finding)))
        for finding in Finding
    }


def failures_in(matrix: RunMatrix) -> tuple[GradeStatus, ...]:
    """Return in which ways answers have failed, in a fixed order."""
    found = {
        status
        for row in matrix.rows
        for square in row.squares.values()
        for status in square.statuses
    }
    return tuple(status for status in FAILURES if status in found)


def flags_of(row: MatrixRow, matrix: RunMatrix) -> tuple[ItemFlag, ...]:
    """Return what the answers say about a question."""
    return _Finder(matrix).flags(row)


class _Finder:
    """Judges rows of one matrix."""

    def __init__(self, matrix: RunMatrix) -> None:
        self._letters = matrix.letters
        self._ends = small_and_large(matrix.plan.contenders)

    def fits(self, row: MatrixRow, wish: MatrixWish) -> bool:
        judge: Callable[[MatrixRow], bool] = {
            Finding.ANY: lambda _row: True,
            Finding.ONLY_LARGE: lambda row: self._is_only(row, 1),
            Finding.ONLY_SMALL: lambda row: self._is_only(row, 0),
            Finding.ALL_RIGHT: lambda row: self._right_count(row) == len(self._letters),
            Finding.NONE_RIGHT: self._is_none_right,
            Finding.FAILED: lambda row: _has_failed(row, wish.failure),
            Finding.FLAGGED: lambda row: bool(self.flags(row)),
            Finding.TO_JUDGE: lambda row: _occurs(row, (GradeStatus.NEEDS_HUMAN,)),
        }[wish.finding]
        return judge(row)

    def flags(self, row: MatrixRow) -> tuple[ItemFlag, ...]:
        if len(self._letters) < 2 or not row.is_complete(self._letters):
            return ()
        if _occurs(row, (GradeStatus.NEEDS_HUMAN,)):
            return ()
        count = self._right_count(row)
        if count == len(self._letters):
            return (ItemFlag.CEILING,)
        if count == 0:
            return (ItemFlag.FLOOR,)
        if self._ends is not None:
            small, large = (row.square(letter) for letter in self._ends)
            if small.is_right and large.status is GradeStatus.WRONG:
                return (ItemFlag.INVERTED,)
        return ()

    def _is_only(self, row: MatrixRow, end: int) -> bool:
        """Return whether one end of the ladder is right and nobody else.

        Of contenders that are equally large, the first and the last one are the ends.
        """
        ends = self._ends or (self._letters[0], self._letters[-1])
        is_complete = row.is_complete(self._letters)
        return is_complete and row.square(ends[end]).is_right and self._right_count(row) == 1

    def _is_none_right(self, row: MatrixRow) -> bool:
        return row.is_complete(self._letters) and self._right_count(row) == 0

    def _right_count(self, row: MatrixRow) -> int:
        return sum(1 for letter in self._letters if row.square(letter).is_right)


def _is_of_kind(row: MatrixRow, wish: MatrixWish) -> bool:
    item = row.item
    return (
        wish.level in (None, item.level)
        and wish.family in ("", item.family)
        and (not wish.tag or wish.tag in item.tags)
    )


def _has_failed(row: MatrixRow, failure: GradeStatus | None) -> bool:
    return _occurs(row, FAILURES if failure is None else (failure,))


def _occurs(row: MatrixRow, statuses: Sequence[GradeStatus]) -> bool:
    return any(status in statuses for square in row.squares.values() for status in square.statuses)


def _searched(row: MatrixRow) -> str:
    item = row.item
    parts = (item.id, item.family, item.question, item.context, *item.tags)
    return harmless_line(" ".join(parts)).casefold()

"""Finds the questions of a run that somebody wants to see."""

import collections
import enum
from collections.abc import Collection
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


def wanted_rows(
    matrix: RunMatrix, wish: MatrixWish, findings: "Findings | None" = None
) -> tuple[MatrixRow, ...]:
    """Return the rows that fit, in the order in which items are asked.

    Args:
        matrix: All answers.
        wish: What somebody looks for.
        findings: Of this matrix, where they are kept.
    """
    if wish == MatrixWish():
        return matrix.rows
    finder = findings or Findings(matrix)
    words = wish.text.casefold().split()
    return tuple(
        row
        for row in matrix.rows
        if _is_of_kind(row, wish)
        and all(word in _searched(row) for word in words)
        and finder.fits(row, wish)
    )


def failures_in(matrix: RunMatrix) -> tuple[GradeStatus, ...]:
    """Return in which ways answers have failed, in a fixed order."""
    found = {
        status
        for row in matrix.rows
        for square in row.squares.values()
        for status in square.statuses
    }
    return tuple(status for status in FAILURES if status in found)


class Findings:
    """What the answers to each question of one matrix have in common; worked out as they come."""

    def __init__(self, matrix: RunMatrix) -> None:
        self._matrix = matrix
        self._known: dict[str, tuple[MatrixRow, frozenset[Finding]]] = {}
        self._letters = matrix.letters
        self._ends = small_and_large(matrix.plan.contenders)
        # Of contenders that are equally large, the first and the last one are the ends.
        self._smallest, self._largest = self._ends or (self._letters[0], self._letters[-1])

    def counts(self) -> dict[Finding, int]:
        """Return how many questions there are of each finding."""
        found = collections.Counter(one for row in self._matrix.rows for one in self.of(row))
        return {finding: found[finding] for finding in Finding}

    def of(self, row: MatrixRow) -> frozenset[Finding]:
        """Return everything that the answers to a question have in common."""
        known = self._known.get(row.item.id)
        if known is None or known[0] is not row:
            known = self._known[row.item.id] = (row, frozenset(self._find(row)))
        return known[1]

    def fits(self, row: MatrixRow, wish: MatrixWish) -> bool:
        """Return whether a question has the finding that somebody looks for."""
        if wish.finding is Finding.ANY:
            return True
        if wish.finding is Finding.FAILED and wish.failure is not None:
            return _occurs(row, (wish.failure,))
        return wish.finding in self.of(row)

    def _find(self, row: MatrixRow) -> set[Finding]:
        found = {Finding.ANY}
        if _occurs(row, FAILURES):
            found.add(Finding.FAILED)
        if _occurs(row, (GradeStatus.NEEDS_HUMAN,)):
            found.add(Finding.TO_JUDGE)
            return found
        if not row.is_complete(self._letters):
            return found
        right = [letter for letter in self._letters if row.square(letter).is_right]
        if not right:
            found.add(Finding.NONE_RIGHT)
        if len(right) == len(self._letters):
            found.add(Finding.ALL_RIGHT)
        if right == [self._smallest]:
            found.add(Finding.ONLY_SMALL)
        if right == [self._largest]:
            found.add(Finding.ONLY_LARGE)
        if self.flags(row):
            found.add(Finding.FLAGGED)
        return found

    def flags(self, row: MatrixRow) -> tuple[ItemFlag, ...]:
        """Return what the answers say about the question itself."""
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

    def _right_count(self, row: MatrixRow) -> int:
        return sum(1 for letter in self._letters if row.square(letter).is_right)


def _is_of_kind(row: MatrixRow, wish: MatrixWish) -> bool:
    item = row.item
    return (
        wish.level in (None, item.level)
        and wish.family in ("", item.family)
        and (not wish.tag or wish.tag in item.tags)
    )


def _occurs(row: MatrixRow, statuses: Collection[GradeStatus]) -> bool:
    return any(status in statuses for square in row.squares.values() for status in square.statuses)


def _searched(row: MatrixRow) -> str:
    item = row.item
    parts = (item.id, item.family, item.question, item.context, *item.tags)
    return harmless_line(" ".join(parts)).casefold()

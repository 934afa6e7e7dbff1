"""Looks a record through once: who answered what, with which scores, and what each answer took."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from large_enough.comparison.run_matrix import RunMatrix
from large_enough.comparison.verdict_conditions import Terms, terms_of
from large_enough.domain.energy import Energy
from large_enough.domain.energy_use import headline
from large_enough.domain.pack import PackItem
from large_enough.domain.pack_run import Cell, CellKey, PackRunPlan, PackRunRecord
from large_enough.domain.quantity import Unavailable
from large_enough.domain.resource_use import ResourceUse
from large_enough.domain.round import AnswerContext

FULL_SCORE = 1.0

PairedCells = Mapping[str, tuple[tuple[Cell, Cell], ...]]
"""By item: answers of two contenders, repeat by repeat."""


@dataclass(frozen=True, kw_only=True)
class PairedItem:
    """A question that two contenders answered: mean scores over the repeats that both have."""

    item: PackItem
    small: float
    large: float
    is_small_right: bool
    """Whether it has the full score each time."""
    is_large_right: bool
    has_parts: bool
    """Whether any of the two scores is a part of a point."""

    @property
    def difference(self) -> float:
        """Score of the small model minus that of the large one."""
        return self.small - self.large


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What a verdict is made of."""

    matrix: RunMatrix
    answers: Mapping[str, Mapping[str, tuple[Cell, ...]]]
    """By letter and item: all answers, by repeat. Only contenders and items of the plan."""

    @property
    def plan(self) -> PackRunPlan:
        """What was asked of whom."""
        return self.matrix.plan

    @property
    def letters(self) -> tuple[str, ...]:
        """The contenders, the smallest first."""
        return self.matrix.letters

    @functools.cached_property
    def items(self) -> tuple[PackItem, ...]:
        """The questions, in the order in which they are asked."""
        return tuple(row.item for row in self.matrix.rows)

    @functools.cached_property
    def energies(self) -> Mapping[CellKey, Energy | Unavailable]:
        """The energy that stands for each answer: of the same parts and kind for all."""
        return energies_of([cell for letter in self.letters for cell in self.cells(letter)])

    @functools.cached_property
    def terms(self) -> Mapping[CellKey, Terms]:
        """By answer: conditions that have to be the same; only where they are known."""
        return {
            cell.key: terms_of(cell.context)
            for letter in self.letters
            for cell in self.cells(letter)
            if isinstance(cell.context, AnswerContext)
        }

    @functools.cached_property
    def _pairs(self) -> dict[tuple[str, str], PairedCells]:
        """Pairs that were looked for already."""
        return {}

    def cells(self, letter: str) -> tuple[Cell, ...]:
        """Return all answers of a contender."""
        return tuple(cell for cells in self.answers[letter].values() for cell in cells)

    def in_time(self, letter: str) -> tuple[Cell, ...]:
        """Return the same in the order in which they were begun."""
        return tuple(sorted(self.cells(letter), key=lambda cell: cell.started_utc))

    def paired_cells(self, small: str, large: str) -> PairedCells:
        """Return by item the answers of two contenders that belong together: of one repeat."""
        found = self._pairs.get((small, large))
        if found is None:
            others = self.answers[large]
            found = {
                item_id: _matched(cells, others[item_id])
                for item_id, cells in self.answers[small].items()
                if item_id in others
            }
            self._pairs[small, large] = found
        return found

    def paired_items(self, small: str, large: str) -> tuple[PairedItem, ...]:
        """Return the questions that both answered, in the order in which they are asked.

        Those that a person must still judge are left out.
        """
        pairs = self.paired_cells(small, large)
        found = (_paired(item, pairs.get(item.id, ())) for item in self.items)
        return tuple(each for each in found if each is not None)


def basis_of(record: PackRunRecord) -> Basis:
    """Return what a verdict is made of."""
    return basis_of_matrix(RunMatrix(record.plan, record.cells))


def basis_of_matrix(matrix: RunMatrix) -> Basis:
    """Return the same of a run that still goes on."""
    rows = matrix.rows
    return Basis(
        matrix=matrix,
        answers={
            letter: {
                row.item.id: matrix.cells_of(letter, row.item.id)
                for row in rows
                if row.square(letter).statuses
            }
            for letter in matrix.letters
        },
    )


def energies_of(cells: Sequence[Cell]) -> Mapping[CellKey, Energy | Unavailable]:
    """Return the energy that stands for each answer: of the same parts and kind for all."""
    uses = {
        str(index): cell.resources.energy
        for index, cell in enumerate(cells)
        if isinstance(cell.resources, ResourceUse)
    }
    if not uses:
        return {}
    chosen = headline(uses).energies
    return {cells[int(index)].key: energy for index, energy in chosen.items()}


def _matched(ones: Sequence[Cell], others: Sequence[Cell]) -> tuple[tuple[Cell, Cell], ...]:
    if len(ones) == len(others) == 1 and ones[0].key.repeat == others[0].key.repeat:
        return ((ones[0], others[0]),)
    by_repeat = {cell.key.repeat: cell for cell in others}
    return tuple(
        (cell, by_repeat[cell.key.repeat]) for cell in ones if cell.key.repeat in by_repeat
    )


def _paired(item: PackItem, pairs: Sequence[tuple[Cell, Cell]]) -> PairedItem | None:
    small = _known([one.score for one, _other in pairs])
    large = _known([other.score for _one, other in pairs])
    if len(small) < len(pairs) or len(large) < len(pairs) or not pairs:
        return None
    means = sum(small) / len(small), sum(large) / len(large)
    return PairedItem(
        item=item,
        small=means[0],
        large=means[1],
        is_small_right=min(small) >= FULL_SCORE,
        is_large_right=min(large) >= FULL_SCORE,
        has_parts=any(0 < mean < FULL_SCORE for mean in means),
    )


def _known(scores: Sequence[float | Unavailable]) -> list[float]:
    return [score for score in scores if not isinstance(score, Unavailable)]

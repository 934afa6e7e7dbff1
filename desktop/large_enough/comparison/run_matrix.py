"""A run as a matrix: one row for each question, one cell for each contender."""

import statistics
from collections.abc import Sequence
from typing import NamedTuple

from large_enough.domain.grade import ANSWERED, GradeStatus
from large_enough.domain.model_card import BackendKind
from large_enough.domain.pack import PackItem
from large_enough.domain.pack_run import Cell, CellKey, PackRunPlan
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.round import Contender

NOT_ANSWERED_YET = Unavailable(reason="nothing is answered yet")
FAILURES = tuple(
    status
    for status in GradeStatus
    if status not in ANSWERED and status is not GradeStatus.NEEDS_HUMAN
)
"""What can become of an answer other than right, partly right or wrong; each counts 0."""


def status_of(cell: Cell) -> GradeStatus:
    """Return what became of an answer: a person's word stands above the rule's."""
    return cell.grade.status if cell.hand_grade is None else cell.hand_grade.status


class Square(NamedTuple):
    """All answers of one contender to one question: one for each repeat."""

    statuses: tuple[GradeStatus, ...] = ()
    """Of the repeats that are finished, in their order."""
    score: Quantity = NOT_ANSWERED_YET
    """Mean of the scores there are."""
    is_by_hand: bool = False
    """Whether a person judged at least one of them."""

    @property
    def status(self) -> GradeStatus | None:
        """What became of them: the worst where they differ, None if there is none yet."""
        if len(self.statuses) == 1:
            return self.statuses[0]
        return max(self.statuses, key=_BADNESS.index) if self.statuses else None

    @property
    def is_right(self) -> bool:
        """Whether all repeats are right."""
        return self.status is GradeStatus.CORRECT

    @property
    def is_mixed(self) -> bool:
        """Whether the repeats did not end alike."""
        return len(set(self.statuses)) > 1


_BADNESS = (
    GradeStatus.CORRECT,
    GradeStatus.NEEDS_HUMAN,
    GradeStatus.PARTIAL,
    GradeStatus.WRONG,
    *FAILURES,
)
NO_SQUARE = Square()


class MatrixRow(NamedTuple):
    """One question with what became of its answers."""

    number: int
    """Its place in the order in which items are asked, from 1."""
    item: PackItem
    squares: dict[str, Square]
    """By letter."""

    def square(self, letter: str) -> Square:
        """Return the answers of a contender."""
        return self.squares.get(letter, NO_SQUARE)

    def is_complete(self, letters: Sequence[str]) -> bool:
        """Return whether all these contenders have answered."""
        return all(self.square(letter).statuses for letter in letters)


class Total(NamedTuple):
    """What all answers of one contender come to."""

    answer_count: int
    """Answers that count: those that wait for a person's judgement are left out."""
    accuracy: Quantity
    """Mean score of them; every failure counts 0."""
    accuracy_on_answered: Quantity
    """Mean score of those in which an answer was found."""
    failures: dict[GradeStatus, int]
    """How many failed in which way; only what occurred."""
    waiting_count: int
    """Answers that a person must judge."""

    @property
    def failure_share(self) -> Quantity:
        """How many of the answers that count failed, 0 to 1."""
        if not self.answer_count:
            return NOT_ANSWERED_YET
        return sum(self.failures.values()) / self.answer_count


class RunMatrix:
    """Grows while a run goes on; free of Qt."""

    def __init__(self, plan: PackRunPlan, cells: Sequence[Cell] = ()) -> None:
        """Make a matrix out of what is there so far.

        Args:
            plan: What is asked of whom.
            cells: Answers that are finished.
        """
        self.plan = plan
        self.letters = letters_by_size(plan.contenders)
        """Contenders, the smallest model first."""
        self._repeat_count = max(1, plan.settings.repeats)
        self._cells: dict[CellKey, Cell] = {}
        self._by_item: dict[tuple[str, str], dict[int, Cell]] = {}
        """By letter and item: the same by repeat."""
        self._rows: dict[str, MatrixRow] = {}
        self._totals: dict[str, Total] = {}
        items = {item.id: item for item in plan.pack.items}
        for item_id in plan.item_ids:
            if item_id in items:
                number = len(self._rows) + 1
                self._rows[item_id] = MatrixRow(number, items[item_id], {})
        for cell in cells:
            self._keep(cell)
        for item_id in {cell.key.item_id: None for cell in cells}:
            self._renew(item_id)

    @property
    def rows(self) -> tuple[MatrixRow, ...]:
        """All rows, in the order in which the items are asked."""
        return tuple(self._rows.values())

    @property
    def cell_count(self) -> int:
        """How many answers are finished."""
        return len(self._cells)

    def row(self, item_id: str) -> MatrixRow:
        """Return the row of an item.

        Raises:
            KeyError: It does not take part in the run.
        """
        return self._rows[item_id]

    def contender(self, letter: str) -> Contender:
        """Return the contender with that letter.

        Raises:
            KeyError: There is none.
        """
        return {contender.letter: contender for contender in self.plan.contenders}[letter]

    def take(self, cell: Cell) -> None:
        """Take in an answer, or another judgement of one."""
        self._keep(cell)
        self._totals.pop(cell.key.letter, None)
        self._renew(cell.key.item_id, cell.key.letter)

    def cells_of(self, letter: str, item_id: str) -> tuple[Cell, ...]:
        """Return all answers of a contender to an item, by repeat."""
        found = self._by_item.get((letter, item_id), {})
        repeats = sorted(repeat for repeat in found if 0 <= repeat < self._repeat_count)
        return tuple(found[repeat] for repeat in repeats)

    def count_of(self, letter: str) -> int:
        """Return how many answers of a contender are finished."""
        return sum(1 for key in self._cells if key.letter == letter)

    def next_open(self, letter: str) -> str | None:
        """Return the first item that a contender has not answered yet; None if there is none."""
        for repeat in range(self.plan.settings.repeats):
            for item_id in self._rows:
                if CellKey(letter=letter, item_id=item_id, repeat=repeat) not in self._cells:
                    return item_id
        return None

    def total(self, letter: str) -> Total:
        """Return what a contender's answers come to so far."""
        if letter not in self._totals:
            self._totals[letter] = self._count(letter)
        return self._totals[letter]

    def _keep(self, cell: Cell) -> None:
        key = cell.key
        self._cells[key] = cell
        self._by_item.setdefault((key.letter, key.item_id), {})[key.repeat] = cell

    def _count(self, letter: str) -> Total:
        cells = [cell for key, cell in self._cells.items() if key.letter == letter]
        pairs = [(status_of(cell), cell.score) for cell in cells]
        judged = [(status, score) for status, score in pairs if not isinstance(score, Unavailable)]
        return Total(
            answer_count=len(judged),
            accuracy=_mean([score for _status, score in judged]),
            accuracy_on_answered=_mean([score for status, score in judged if status in ANSWERED]),
            failures={
                status: count
                for status in FAILURES
                if (count := sum(1 for found, _score in judged if found is status))
            },
            waiting_count=len(pairs) - len(judged),
        )

    def _renew(self, item_id: str, letter: str = "") -> None:
        row = self._rows.get(item_id)
        if row is None:
            return
        letters = (letter,) if letter else self.letters
        squares = {letter: _square(self.cells_of(letter, item_id)) for letter in letters}
        self._rows[item_id] = row._replace(squares={**row.squares, **squares})


def letters_by_size(contenders: Sequence[Contender]) -> tuple[str, ...]:
    """Return the letters of all contenders, the smallest model first."""
    return tuple(one.letter for one in sorted(contenders, key=size_order))


def small_and_large(contenders: Sequence[Contender]) -> tuple[str, str] | None:
    """Return the letters of the smallest and of the largest model; None if they are equal."""
    ordered = sorted(contenders, key=size_order)
    if len(ordered) < 2 or size_order(ordered[0])[:2] == size_order(ordered[-1])[:2]:
        return None
    return ordered[0].letter, ordered[-1].letter


def judged_by_size(contenders: Sequence[Contender]) -> tuple[Contender, ...]:
    """Return who is judged by size: without scripts, where two models of different size take part.

    Without those, scripts are shown like models, so that everything can be tried out.
    """
    models = tuple(each for each in contenders if each.card.backend is not BackendKind.ECHO)
    return tuple(contenders) if small_and_large(models) is None else models


def size_order(contender: Contender) -> tuple[int, int, str]:
    """Return what orders contenders: parameters where they are known, else the file's bytes."""
    count = contender.card.parameter_count
    bytes_ = contender.card.size_bytes
    return (bytes_ if isinstance(count, Unavailable) else int(count), bytes_, contender.letter)


def _square(cells: Sequence[Cell]) -> Square:
    scores = [cell.score for cell in cells if not isinstance(cell.score, Unavailable)]
    missing = next((cell.score for cell in cells), NOT_ANSWERED_YET)
    return Square(
        statuses=tuple(status_of(cell) for cell in cells),
        score=statistics.fmean(scores) if scores else missing,
        is_by_hand=any(cell.hand_grade is not None for cell in cells),
    )


def _mean(scores: Sequence[float]) -> Quantity:
    return statistics.fmean(scores) if scores else NOT_ANSWERED_YET

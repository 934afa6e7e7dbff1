"""Places short texts beside places on a line, in as many rows as they need."""

from collections.abc import Sequence
from typing import NamedTuple

from large_enough.figures.primitives import Anchor, ColourRole, Point, Text
from large_enough.figures.text_width import guessed_width, shortened

ROW = 17.0
SIZE = 12.0
_BETWEEN = 10.0
_NEAR = 0.5
_SHIFTS = {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}


class Label(NamedTuple):
    """A text that wants to stand at a place."""

    text: str
    x: float
    anchor: Anchor = Anchor.START
    role: ColourRole = ColourRole.SOFT_INK
    is_strong: bool = False
    push: int = 0
    """Where it may give way beside others in its row: -1 to the left, 1 to the right."""


class Placed(NamedTuple):
    """A text with its room: within the width, and beside no other in its row."""

    label: Label
    left: float
    right: float
    row: int

    def text(self, base: float) -> Text:
        """Return the primitive: exactly at its place, unless it had to give way.

        Args:
            base: The base line of its row.
        """
        label, own = self.label, self.right - self.left
        wished = label.x - _SHIFTS[label.anchor] * own
        middle = Point((self.left + self.right) / 2, base)
        is_there = abs(wished - self.left) < _NEAR
        return Text(
            place=Point(label.x, base) if is_there else middle,
            text=label.text,
            role=label.role,
            size=SIZE,
            anchor=label.anchor if is_there else Anchor.MIDDLE,
            is_strong=label.is_strong,
        )


def placed(labels: Sequence[Label], width: float) -> list[Placed]:
    """Return the labels, the first ones in the first row, each as near its place as it can be.

    Args:
        labels: The most important one first.
        width: Of the drawing; texts that are wider are cut.
    """
    done: list[Placed] = []
    for label in labels:
        done.append(_placed(label, done, width))
    return done


def _placed(label: Label, done: Sequence[Placed], width: float) -> Placed:
    """Place a label in the first row that has room for it; a new one has."""
    cut = label._replace(text=shortened(label.text, SIZE, width))
    own = guessed_width(cut.text, SIZE)
    for number in range(row_count(done)):
        left = _free_left(cut, own, [each for each in done if each.row == number], width)
        if left is not None:
            return Placed(cut, left, left + own, number)
    left = _wished_left(cut, own, width)
    return Placed(cut, left, left + own, row_count(done))


def row_count(labels: Sequence[Placed]) -> int:
    """Return how many rows there are."""
    return max((label.row for label in labels), default=-1) + 1


def _free_left(label: Label, own: float, row: Sequence[Placed], width: float) -> float | None:
    """Return where a label can begin in a row; None if there is no room."""
    left = _wished_left(label, own, width)
    for _each in range(len(row) + 1):
        blocking = [each for each in row if _collide(left, left + own, each)]
        if not blocking:
            return left if 0 <= left <= max(width - own, 0.0) else None
        if not label.push:
            return None
        left = (
            max(each.right for each in blocking) + _BETWEEN
            if label.push > 0
            else min(each.left for each in blocking) - _BETWEEN - own
        )
    return None


def _wished_left(label: Label, own: float, width: float) -> float:
    return max(0.0, min(label.x - _SHIFTS[label.anchor] * own, width - own))


def _collide(left: float, right: float, each: Placed) -> bool:
    return left < each.right + _BETWEEN and each.left < right + _BETWEEN

"""Draws the same things from the same seed, on every machine and with every Python."""

import random
from collections.abc import Sequence
from typing import TypeVar

_Thing = TypeVar("_Thing")


class Dice:
    """A sequence of draws that is fixed by its seed.

    Only `random.Random.random` is used: Python promises that it gives the same numbers in all
    versions, and promises nothing for `choice` or `shuffle` (documentation of `random`, "Notes on
    Reproducibility").
    """

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 - nothing secret is drawn

    def whole(self, low: int, high: int, step: int = 1) -> int:
        """Draw one of low, low + step ... up to high."""
        return low + step * int(self._random.random() * ((high - low) // step + 1))

    def pick(self, things: Sequence[_Thing]) -> _Thing:
        """Draw one of these."""
        return things[self.whole(0, len(things) - 1)]

    def some(self, things: Sequence[_Thing], count: int) -> tuple[_Thing, ...]:
        """Draw so many different ones of these, in the order in which they were drawn.

        Raises:
            ValueError: There are not so many.
        """
        if count > len(things):
            message = f"{count} of {len(things)} things were to be drawn"
            raise ValueError(message)
        left = list(things)
        return tuple(left.pop(self.whole(0, len(left) - 1)) for _draw in range(count))

    def mixed(self, things: Sequence[_Thing]) -> tuple[_Thing, ...]:
        """Return all of these in another order."""
        return self.some(things, len(things))

    def happens(self, probability: float) -> bool:
        """Draw whether something happens."""
        return self._random.random() < probability

"""Chooses the ticks of an axis, at round numbers."""

import dataclasses
import math
from collections.abc import Callable

from large_enough.figures.primitives import refuse_non_finite

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_SMALLEST_SPAN = 1e-9
_LARGEST = 1e15
"""Beyond, neighbouring ticks would no longer be different numbers."""

WriteNumber = Callable[[float, int], str]
"""Writes a number with so many decimals in the reader's language."""


@dataclasses.dataclass(frozen=True, slots=True)
class Axis:
    """The range of numbers along one side of a chart, and where they lie."""

    low: float
    """Number at `start`."""
    high: float
    """Number at `end`, more than `low`."""
    start: float
    """Place of `low` in the drawing."""
    end: float
    """Place of `high`; less than `start` for an axis that goes up."""
    ticks: tuple[float, ...]

    def place(self, value: float) -> float:
        """Return where a number lies; one outside the range lies at its end."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)

    def labels(self, write: WriteNumber) -> tuple[str, ...]:
        """Return the ticks as text, all with the same decimals.

        Args:
            write: Writes a number with so many decimals in the reader's language.
        """
        step = self.ticks[1] - self.ticks[0] if len(self.ticks) > 1 else self.high - self.low
        decimals = _decimals(step)
        return tuple(write(_without_sign_of_zero(tick), decimals) for tick in self.ticks)


def axis_from_zero(most: float, *, start: float, end: float, most_ticks: int = 6) -> Axis:
    """Return an axis from 0 to the first tick at or above `most`, so that lengths can be compared.

    Args:
        most: The largest number to show; an axis of nothing goes to 1.
        start: Place of 0.
        end: Place of the last tick.
        most_ticks: As many at the most.

    Raises:
        ValueError: `most` is negative, infinite or not a number.
    """
    refuse_non_finite((most,))
    if most < 0:
        message = f"{most} lies below the axis"
        raise ValueError(message)
    top = min(most, _LARGEST) if most > _SMALLEST_SPAN else 1.0
    step = _step(top / max(most_ticks - 1, 1))
    count = math.ceil(top / step - 1e-9)
    ticks = tuple(step * index for index in range(count + 1))
    return Axis(0.0, ticks[-1], start, end, ticks)


def axis_of_time(length_s: float, *, start: float, end: float, most_ticks: int = 8) -> Axis:
    """Return an axis that ends where the time does, with ticks at round seconds.

    Args:
        length_s: How long; 0 gives a second.
        start: Place of 0.
        end: Place of `length_s`.
        most_ticks: As many at the most.

    Raises:
        ValueError: `length_s` is negative, infinite or not a number.
    """
    whole = axis_from_zero(length_s, start=start, end=end, most_ticks=most_ticks)
    high = length_s if length_s > _SMALLEST_SPAN else 1.0
    ticks = tuple(tick for tick in whole.ticks if tick <= high * (1 + 1e-9))
    return Axis(0.0, min(high, _LARGEST), start, end, ticks)


def _step(least: float) -> float:
    """Return the smallest round number that is not below `least`."""
    magnitude = 10.0 ** math.floor(math.log10(least))
    return next(
        step * magnitude for step in (*_STEPS, 20.0) if step * magnitude >= least * (1 - 1e-9)
    )


def _decimals(step: float) -> int:
    """Return the decimal places that tell ticks of this step apart."""
    return next(
        (
            decimals
            for decimals in range(12)
            if abs(round(step, decimals) - step) <= abs(step) * 1e-6
        ),
        12,
    )


def _without_sign_of_zero(value: float) -> float:
    return value + 0.0 if value else 0.0

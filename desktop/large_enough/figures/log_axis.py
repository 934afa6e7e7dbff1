"""Places numbers by their ratio, for costs that lie far apart."""

import dataclasses
import math
from collections.abc import Iterable

from large_enough.figures.axis import Axis, axis_from_zero
from large_enough.figures.primitives import refuse_non_finite

LEAST_SPREAD = 5.0
"""From this ratio of the largest to the smallest number on, an axis from 0 would press the small
ones together."""
_ROOM = 1.35
"""Beyond the outermost numbers, as a factor."""
_DIGITS = (1.0, 2.0, 5.0)
_SMALLEST = 1e-12


@dataclasses.dataclass(frozen=True, slots=True)
class LogAxis:
    """Equal distances for equal ratios."""

    low: float
    """Number at `start`, above 0."""
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]

    def place(self, value: float) -> float:
        """Return where a number lies; one outside the range lies at its end."""
        share = math.log(max(value, self.low) / self.low) / math.log(self.high / self.low)
        return self.start + min(share, 1.0) * (self.end - self.start)


def cost_axis(
    values: Iterable[float], *, start: float, end: float, most_ticks: int = 7
) -> Axis | LogAxis:
    """Return an axis for costs: from 0 where they are alike, by ratio where they lie far apart.

    Args:
        values: Not negative.
        start: Place of its left end.
        end: Place of its right end.
        most_ticks: As many at the most.

    Raises:
        ValueError: A number is negative, infinite or not a number.
    """
    numbers = tuple(values)
    refuse_non_finite(numbers)
    least, most = min(numbers, default=0.0), max(numbers, default=0.0)
    if least < 0:
        message = f"{least} lies below the axis"
        raise ValueError(message)
    if least > _SMALLEST and most > LEAST_SPREAD * least:
        return log_axis(least / _ROOM, most * _ROOM, start=start, end=end, most_ticks=most_ticks)
    return axis_from_zero(most * 1.05, start=start, end=end, most_ticks=most_ticks)


def log_axis(low: float, high: float, *, start: float, end: float, most_ticks: int = 7) -> LogAxis:
    """Return an axis by ratio, with ticks at 1, 2, 5 or at powers of ten.

    Args:
        low: Number at its left end, above 0.
        high: Number at its right end, more than `low`.
        start: Place of its left end.
        end: Place of its right end.
        most_ticks: As many at the most.
    """
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    fine = [digit * 10.0**power for power in powers for digit in _DIGITS]
    ticks = [tick for tick in fine if low <= tick <= high]
    if len(ticks) > most_ticks:
        ticks = [10.0**power for power in powers if low <= 10.0**power <= high]
    step = -(-len(ticks) // most_ticks) if ticks else 1
    return LogAxis(low, high, start, end, tuple(ticks[::step]))

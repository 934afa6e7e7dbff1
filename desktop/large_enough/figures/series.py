"""Holds numbers over time, ready to be drawn."""

import itertools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.figures.primitives import refuse_non_finite

MOST_POINTS = 600
"""More than a chart has columns; longer series are thinned so that their extremes stay."""


class Sample(NamedTuple):
    """A number at a time."""

    t_s: float
    """Seconds since the start of the chart's time."""
    value: Quantity
    """Not negative, or why there is none: a gap in the line."""


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a chart.

    Raises:
        ValueError: A time or a number is negative, infinite or not a number, or times fall.
    """

    letter: str
    """Of the contender; empty for a line that is nobody's."""
    name: str
    """To show beside the letter."""
    samples: tuple[Sample, ...]
    """In the order of their times."""

    def __post_init__(self) -> None:
        """Check the numbers."""
        times_s = [sample.t_s for sample in self.samples]
        values = [sample.value for sample in self.samples if isinstance(sample.value, float | int)]
        refuse_non_finite(itertools.chain(times_s, values))
        is_falling = any(later < earlier for earlier, later in itertools.pairwise(times_s))
        if is_falling or any(number < 0 for number in itertools.chain(times_s[:1], values)):
            message = "times and values start at 0 and times do not fall"
            raise ValueError(message)

    @property
    def values(self) -> tuple[float, ...]:
        """All numbers, gaps left out."""
        return tuple(
            sample.value for sample in self.samples if not isinstance(sample.value, Unavailable)
        )

    def runs(self) -> list[list[tuple[float, float]]]:
        """Return the stretches without gaps, as pairs of time and number."""
        runs: list[list[tuple[float, float]]] = []
        is_in_gap = True
        for t_s, value in thinned(self.samples):
            if isinstance(value, Unavailable):
                is_in_gap = True
                continue
            if is_in_gap:
                runs.append([])
            runs[-1].append((t_s, value))
            is_in_gap = False
        return runs


def length_s(series: Iterable[Series]) -> float:
    """Return the time of the last sample of all; 0 if there is none."""
    return max((each.samples[-1].t_s for each in series if each.samples), default=0.0)


def thinned(samples: Sequence[Sample], most: int = MOST_POINTS) -> Sequence[Sample]:
    """Return at most that many samples, of each stretch the lowest, the highest and one gap.

    Args:
        samples: In the order of their times.
        most: At least 3.
    """
    if len(samples) <= most:
        return samples
    size = -(-len(samples) // (most // 3))
    kept: list[Sample] = []
    for start in range(0, len(samples), size):
        kept += _extremes(samples[start : start + size])
    return kept


def _extremes(samples: Sequence[Sample]) -> list[Sample]:
    indices = range(len(samples))
    known = [index for index in indices if not isinstance(samples[index].value, Unavailable)]
    gaps = [index for index in indices if isinstance(samples[index].value, Unavailable)]

    def value(index: int) -> float:
        number = samples[index].value
        return 0.0 if isinstance(number, Unavailable) else number

    chosen = {min(known, key=value), max(known, key=value)} if known else set()
    return [samples[index] for index in sorted(chosen | set(gaps[:1]))]

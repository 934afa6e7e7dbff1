"""Numbers over time."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.figures.series import MOST_POINTS, Sample, Series, length_s, thinned

GAP = Unavailable(reason="not read")


def series(*samples: tuple[float, Quantity]) -> Series:
    return Series(letter="A", name="model", samples=tuple(Sample(*sample) for sample in samples))


def test_gaps_part_a_line() -> None:
    line = series((0, 1.0), (1, 2.0), (2, GAP), (3, GAP), (4, 5.0))
    assert line.runs() == [[(0, 1.0), (1, 2.0)], [(4, 5.0)]]
    assert line.values == (1.0, 2.0, 5.0)


def test_nothing_and_only_gaps() -> None:
    assert series().runs() == []
    assert series((0, GAP)).runs() == []
    assert length_s([series(), series((0, GAP), (3.5, GAP))]) == 3.5
    assert length_s([]) == 0


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, -0.5])
def test_impossible_numbers_are_refused(number: float) -> None:
    with pytest.raises(ValueError, match=r"drawn|start at 0"):
        series((0, number))
    with pytest.raises(ValueError, match=r"drawn|start at 0"):
        series((number, 1.0))


def test_falling_times_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fall"):
        series((1, 1.0), (0.5, 1.0))


def test_long_series_keep_their_extremes() -> None:
    samples = [Sample(t, float(t % 7)) for t in range(50_000)]
    samples[31_234] = Sample(31_234, 1000.0)
    samples[40_000] = Sample(40_000, GAP)
    kept = thinned(samples)
    assert len(kept) <= MOST_POINTS
    assert samples[31_234] in kept
    assert samples[40_000] in kept
    assert list(kept) == sorted(kept, key=lambda sample: sample.t_s)


@given(st.lists(st.one_of(st.floats(0, 1e9), st.just(GAP)), max_size=200), st.integers(3, 50))
def test_thinning_invents_nothing(values: list[Quantity], most: int) -> None:
    samples = [Sample(float(t), value) for t, value in enumerate(values)]
    kept = thinned(samples, most)
    assert len(kept) <= max(most, len(samples) if len(samples) <= most else 0)
    assert set(kept) <= set(samples)
    numbers = [value for value in values if not isinstance(value, Unavailable)]
    kept_numbers = [each.value for each in kept if not isinstance(each.value, Unavailable)]
    assert (
        (max(numbers), min(numbers)) == (max(kept_numbers), min(kept_numbers))
        if numbers
        else (not kept_numbers)
    )

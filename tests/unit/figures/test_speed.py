"""Tokens per second over time, from timelines."""

import math

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.records import make_answer, make_timing

from large_enough.domain.generation import Chunk
from large_enough.domain.quantity import Unavailable
from large_enough.domain.timeline import tidy_timeline
from large_enough.figures.speed import WINDOWS_S, speed_samples, window_s


def steady(tokens_per_s: float, duration_s: float, first_s: float = 0.5) -> list[Chunk]:
    count = round(tokens_per_s * duration_s)
    return [Chunk(first_s + n / tokens_per_s, n + 1, n + 1) for n in range(count + 1)]


def test_a_steady_speed_is_a_level_line() -> None:
    samples = speed_samples(steady(20.0, 10.0), 1.0)
    assert all(sample.value == pytest.approx(20.0) for sample in samples)
    assert samples[0].t_s == pytest.approx(1.0)
    assert samples[-1].t_s == pytest.approx(10.5)


def test_a_slowdown_shows_within_the_window() -> None:
    fast = steady(20.0, 5.0, first_s=0.0)
    slow = [Chunk(5.0 + n / 5, 101 + n, 101 + n) for n in range(1, 26)]
    samples = speed_samples([*fast, *slow], 1.0)
    late = [sample.value for sample in samples if sample.t_s > 6.01]
    early = [sample.value for sample in samples if sample.t_s < 5.0]
    assert early == [pytest.approx(20.0)] * len(early)
    assert late == [pytest.approx(5.0)] * len(late)


@pytest.mark.parametrize("timeline", [[], [Chunk(1.0, 5, 5)], steady(20.0, 0.2)])
def test_too_little_for_a_speed(timeline: list[Chunk]) -> None:
    assert speed_samples(timeline, 1.0) == ()


@pytest.mark.parametrize(
    ("durations_s", "window"), [([], 0.25), ([2.0], 0.25), ([2.0, 9.0], 1.0), ([1e9], 30.0)]
)
def test_the_window_is_a_tenth_of_the_longest(durations_s: list[float], window: float) -> None:
    assert window_s(durations_s) == window
    assert window in WINDOWS_S


CHUNKS = st.lists(
    st.builds(Chunk, st.floats(), st.integers(-9, 99), st.integers(-9, 1 << 62)), max_size=20
)


@given(CHUNKS, st.floats())
def test_hostile_timelines_give_possible_speeds(chunks: list[Chunk], total_s: float) -> None:
    timing = make_timing(total_s=total_s, generated_token_count=1 << 62)
    answer = msgspec.structs.replace(make_answer(timing, text="a" * 99), timeline=tuple(chunks))
    timeline = tidy_timeline(answer)
    samples = speed_samples(timeline, window_s([timeline[-1].t_s]))
    assert len(samples) <= 200
    for sample in samples:
        assert not isinstance(sample.value, Unavailable)
        assert math.isfinite(sample.value)
        assert sample.value >= 0
    times_s = [sample.t_s for sample in samples]
    assert times_s == sorted(times_s)

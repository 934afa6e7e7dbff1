"""The cores are divided, never given twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from large_enough.engine.core_budget import divide, whole_machine


@given(
    core_ids=st.lists(st.integers(0, 63), min_size=1, max_size=16, unique=True),
    contender_count=st.integers(1, 4),
    thread_count=st.none() | st.integers(1, 64),
)
def test_threads_never_exceed_cores(
    core_ids: list[int], contender_count: int, thread_count: int | None
) -> None:
    placements = divide(core_ids, contender_count, thread_count)
    given_out = [core for placement in placements for core in placement.cpu_ids or ()]
    assert sorted(given_out) == sorted(core_ids)
    assert len(placements) == min(contender_count, len(core_ids))
    assert sum(placement.thread_count for placement in placements) <= len(core_ids)
    assert all(placement.thread_count >= 1 for placement in placements)


def test_two_contenders_share_two_cores() -> None:
    first, second = divide((0, 1), 2, None)
    assert (first.cpu_ids, first.thread_count) == ((0,), 1)
    assert (second.cpu_ids, second.thread_count) == ((1,), 1)


@pytest.mark.parametrize(("chosen", "expected"), [(None, 6), (2, 2)])
def test_alone_a_contender_has_the_whole_machine(chosen: int | None, expected: int) -> None:
    placement = whole_machine(range(6), chosen)
    assert placement.thread_count == expected
    assert placement.cpu_ids is None

"""Staying on the processors that were given. The process itself is moved and moved back."""

import os
import sys
import threading

import pytest

from large_enough.domain.generation import Placement
from large_enough.worker.placement import ProcessorShare

CAN_PIN = sys.platform == "linux"


def allowed_to(thread_id: int = 0) -> set[int]:
    return os.sched_getaffinity(thread_id) if CAN_PIN else set()


@pytest.fixture
def share():
    share = ProcessorShare()
    yield share
    share.apply(Placement(thread_count=1))


def test_all_threads_stay_where_they_are_told(share: ProcessorShare) -> None:
    at_start = allowed_to()
    one = min(at_start, default=0)
    ready, done = threading.Event(), threading.Event()
    thread = threading.Thread(target=lambda: (ready.set(), done.wait()))
    thread.start()
    ready.wait()
    try:
        share.apply(Placement(thread_count=1, cpu_ids=(one,)))
        assert share.is_pinned is CAN_PIN
        if CAN_PIN:
            assert allowed_to() == {one}
            assert allowed_to(thread.native_id or 0) == {one}
        share.apply(Placement(thread_count=1))
        assert not share.is_pinned
        assert allowed_to() == at_start
        assert not CAN_PIN or allowed_to(thread.native_id or 0) == at_start
    finally:
        done.set()
        thread.join()


def test_processors_that_are_not_there_leave_it_unpinned(share: ProcessorShare) -> None:
    before = allowed_to()
    share.apply(Placement(thread_count=1, cpu_ids=(9999,)))
    assert not share.is_pinned
    share.apply(Placement(thread_count=1, cpu_ids=()))
    assert not share.is_pinned
    assert allowed_to() == before

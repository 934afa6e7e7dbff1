"""A look at the machine the tests run on: whatever it is, nothing may go wrong."""

import os

from large_enough.domain.quantity import Unavailable
from large_enough.measure.surroundings import SystemSurroundings
from large_enough.measure.throttling import ThrottleReading, was_throttled


def test_everything_can_be_asked_here() -> None:
    surroundings = SystemSurroundings("this machine", lambda: False)
    conditions = surroundings.conditions()
    assert conditions.machine == "this machine"
    assert conditions == surroundings.conditions()
    first, second = surroundings.throttling(), surroundings.throttling()
    assert isinstance(first, ThrottleReading | Unavailable)
    assert isinstance(was_throttled(first, second), bool | Unavailable)
    swapped = surroundings.swapped_out_bytes()
    assert isinstance(swapped, Unavailable) or swapped >= 0


def test_without_a_model_on_a_card_none_is_touched() -> None:
    used = SystemSurroundings("this machine", lambda: False).gpu_memory_bytes(os.getpid())
    assert used == Unavailable(reason="no model runs on a graphics card")


def test_with_a_model_on_a_card_the_answer_is_a_number_or_a_reason() -> None:
    surroundings = SystemSurroundings("this machine", lambda: True)
    for _ in range(2):
        used = surroundings.gpu_memory_bytes(os.getpid())
        assert used.reason if isinstance(used, Unavailable) else used >= 0

"""How far a copy is."""

import pytest
from tests.helpers.fake_clock import FakeClock

from large_enough.comparison.quantising_progress import ProgressTeller
from large_enough.domain.quantising import QuantisingProgress, QuantisingStage
from large_enough.domain.quantity import Unavailable


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def test_time_left_follows_the_speed_so_far(clock: FakeClock) -> None:
    told: list[QuantisingProgress] = []
    teller = ProgressTeller("Q8_0", told.append, clock)
    clock.advance(100.0)
    teller.enter(QuantisingStage.QUANTISING)
    clock.advance(1.0)
    teller.tell(0.5)
    clock.advance(2.0)
    teller.tell(0.75)
    assert [reading.fraction for reading in told] == [0.0, 0.5, 0.75]
    assert isinstance(told[0].left_s, Unavailable)
    assert isinstance(told[1].left_s, Unavailable)
    assert told[2].left_s == pytest.approx(1.0)
    assert {reading.type_name for reading in told} == {"Q8_0"}


def test_each_stage_has_a_time_of_its_own(clock: FakeClock) -> None:
    told: list[QuantisingProgress] = []
    teller = ProgressTeller("Q8_0", told.append, clock)
    teller.enter(QuantisingStage.WAITING)
    clock.advance(50.0)
    teller.enter(QuantisingStage.WAITING)
    teller.enter(QuantisingStage.QUANTISING)
    clock.advance(10.0)
    teller.tell(0.1)
    assert told[-1].stage is QuantisingStage.QUANTISING
    assert told[-1].left_s == pytest.approx(90.0)

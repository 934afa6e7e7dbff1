import itertools
import os

import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.fake_clock import FakeClock
from tests.helpers.metered_machine import ScriptedActivity
from tests.helpers.power_sources import window_s

from large_enough.domain.quantity import Unavailable
from large_enough.measure.activity import ActivityLog, ActivityReader, KernelEnergyReader
from large_enough.measure.attribution import SharingRule, shares


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(100.0)


@pytest.fixture
def reader() -> ScriptedActivity:
    reader = ScriptedActivity()
    reader.processes = {1: 5.0, 2: 7.0}
    return reader


@pytest.fixture
def log(clock: FakeClock, reader: ScriptedActivity) -> ActivityLog:
    return ActivityLog(clock, reader)


def test_a_slice_ends_when_somebody_begins_or_ends(
    log: ActivityLog, clock: FakeClock, reader: ScriptedActivity
) -> None:
    log.begin("A", 1)
    clock.advance(0.3)
    reader.processes[1] += 0.3
    reader.others_s += 0.1
    log.begin("B", 2)
    clock.advance(0.2)
    reader.processes[1] += 0.1
    reader.processes[2] += 0.2
    log.end("A")
    clock.advance(0.1)
    reader.processes[2] += 0.1
    log.end("B")
    windows = [part.window for part in log.slices]
    assert windows == [window_s(100, 100.3), window_s(100.3, 100.5), window_s(100.5, 100.6)]
    assert [part.activity for part in log.slices] == [
        {"A": pytest.approx(0.3)},
        {"A": pytest.approx(0.1), "B": pytest.approx(0.2)},
        {"B": pytest.approx(0.1)},
    ]
    assert [part.total_activity for part in log.slices] == pytest.approx([0.4, 0.3, 0.1])


def test_a_slice_is_half_a_second_long_at_most(log: ActivityLog, clock: FakeClock) -> None:
    log.begin("A", 1)
    for _ in range(30):
        clock.advance(0.1)
        log.tick()
    log.end("A")
    lengths_s = [part.window.duration_s for part in log.slices]
    assert max(lengths_s) <= 0.6
    assert sum(lengths_s) == pytest.approx(3.0)


def test_a_pause_between_answers_belongs_to_nobody(
    log: ActivityLog, clock: FakeClock, reader: ScriptedActivity
) -> None:
    clock.advance(5)
    log.tick()
    assert log.slices == ()
    log.begin("A", 1)
    clock.advance(0.4)
    log.end("A")
    clock.advance(1.0)
    log.tick()
    reader.processes[2] += 1.0  # loads, say
    log.begin("B", 2)
    clock.advance(0.4)
    log.end("B")
    assert [set(part.activity) for part in log.slices] == [{"A"}, set(), {"B"}]
    ends = [(part.window.start_ns, part.window.end_ns) for part in log.slices]
    assert all(earlier[1] == later[0] for earlier, later in itertools.pairwise(ends))
    assert log.slices[2].activity == {"B": 0.0}


def test_a_process_that_is_gone_adds_nothing(
    log: ActivityLog, clock: FakeClock, reader: ScriptedActivity
) -> None:
    log.begin("A", 1)
    log.begin("B", 99)
    clock.advance(0.4)
    del reader.processes[1]
    log.end("A")
    log.end("B")
    log.end("never began")
    assert log.slices[-1].activity == {"A": 0.0, "B": 0.0}
    assert log.slices[-1].total_activity == 0.0  # went back, as the sum lacks the process


def test_processor_time_of_this_process_and_machine() -> None:
    reader = ActivityReader()
    before = reader.of_process(os.getpid()), reader.of_machine()
    spun = sum(number * number for number in range(1_000_000))
    after = reader.of_process(os.getpid()), reader.of_machine()
    assert spun > 0
    assert not isinstance(before[0], Unavailable)
    assert not isinstance(after[0], Unavailable)
    assert after[0] >= before[0] > 0
    assert after[1] >= before[1] > 0
    assert reader.rule is SharingRule.CPU_TIME


def test_a_process_that_does_not_exist_is_not_0() -> None:
    unused = max(psutil.pids()) + 100_000
    assert isinstance(ActivityReader().of_process(unused), Unavailable)


def test_energy_from_the_kernel(clock: FakeClock) -> None:
    joules = {1: 10.0, 2: 20.0}
    log = ActivityLog(clock, KernelEnergyReader(lambda process_id: joules[process_id]))
    assert log.rule is SharingRule.KERNEL_ENERGY
    log.begin("A", 1)
    log.begin("B", 2)
    clock.advance(0.4)
    joules.update({1: 13.0, 2: 21.0})
    log.end("A")
    (part,) = log.slices
    assert part.activity == {"A": 3.0, "B": 1.0}
    assert shares(part.activity, part.total_activity) == {"A": 0.75, "B": 0.25}


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["begin A", "begin B", "end A", "end B", "tick"]),
        st.floats(0, 2),
        st.floats(0, 2),
        st.floats(0, 2),
    ),
    max_size=25,
)


@given(STEPS)
def test_slices_always_adjoin_and_shares_never_exceed_the_whole(
    steps: list[tuple[str, float, float, float]],
) -> None:
    clock, reader = FakeClock(100.0), ScriptedActivity()
    reader.processes = {1: 0.0, 2: 0.0}
    log = ActivityLog(clock, reader)
    for what, pause_s, first_s, second_s in steps:
        clock.advance(pause_s)
        reader.processes[1] += first_s
        reader.processes[2] += second_s
        action, _space, letter = what.partition(" ")
        if action == "begin":
            log.begin(letter, 1 if letter == "A" else 2)
        elif action == "end":
            log.end(letter)
        else:
            log.tick()
    for part in log.slices:
        assert part.window.duration_s > 0
        assert all(step >= 0 for step in part.activity.values())
        assert sum(shares(part.activity, part.total_activity).values()) <= 1 + 1e-9
    for earlier, later in zip(log.slices, log.slices[1:], strict=False):
        assert earlier.window.end_ns == later.window.start_ns

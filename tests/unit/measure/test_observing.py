import errno
from pathlib import Path

import pytest
from tests.data.power.trees import (
    Reader,
    add_amd_card,
    add_battery,
    add_intel_laptop,
    add_pci,
    add_supply,
)
from tests.helpers.fake_clock import FakeClock
from tests.helpers.running_waiter import RunningWaiter

from large_enough.domain.clock import SystemClock
from large_enough.domain.doctor import InstrumentVerdict
from large_enough.domain.power import Scope
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.measure.machine import NO_BATTERY, NOT_TOLD
from large_enough.measure.observing import UNPLUG, Observation, may_ask_cards
from large_enough.measure.power.rapl_absence import UNLOCK, UNLOCK_COST
from large_enough.measure.probe_all import ProbeEnvironment
from large_enough.measure.recorder import Recorder

PACKAGE = "sys/class/powercap/intel-rapl:0/energy_uj"
IN_USE, RESTING = InstrumentVerdict.IN_USE, InstrumentVerdict.RESTING


def no_library():
    raise ImportError


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def reader(tmp_path: Path, clock: FakeClock) -> Reader:
    """A processor of 15 W."""
    reader = Reader()
    joules = lambda: round(15e6 * clock.now_s)  # noqa: E731
    reader.answer(tmp_path / PACKAGE, joules)
    return reader


def environment(root: Path, clock, reader, **changes) -> ProbeEnvironment:
    settings = {
        "clock": clock,
        "is_gpu_in_use": lambda: True,
        "system": "linux",
        "root": root,
        "read_text": reader,
        "nvml_loader": no_library,
        "physical_core_count": 4,
        **changes,
    }
    return ProbeEnvironment(**settings)


def observe(environment: ProbeEnvironment, length_s: float = 4.0, least_s: float = 0.0):
    waiter = RunningWaiter(environment.clock, length_s)
    observation = Observation(
        environment,
        make_recorder=lambda sources, clock: Recorder(sources, clock, waiter),
        pause=waiter.run_to_the_end,
    )
    with observation:
        reports = observation.reports(least_s, patience_s=0.0)
    return {report.key or report.instrument: report for report in reports}


def test_what_is_found_is_watched(tmp_path, clock, reader) -> None:
    add_intel_laptop(tmp_path)
    reports = observe(environment(tmp_path, clock, reader))
    package = reports["rapl:package-0"]
    assert (package.verdict, package.reason, package.is_preferred) == (IN_USE, "", True)
    assert package.power_w == pytest.approx(15.0)
    assert package.update_period_s == pytest.approx(0.01, rel=0.2)
    assert package.quality is NumberQuality.MEASURED
    assert not package.is_verified


def test_a_counter_that_stands_still_is_told_of(tmp_path, clock, reader) -> None:
    add_intel_laptop(tmp_path)
    reports = observe(environment(tmp_path, clock, reader))
    memory = reports["rapl:package-0/dram"]
    assert memory.verdict is not IN_USE
    assert memory.reason
    assert isinstance(memory.power_w, Unavailable)
    assert not memory.is_preferred


def test_a_battery_rests_while_the_charger_is_in(tmp_path, clock, reader) -> None:
    add_battery(tmp_path, power_now=9_000_000, status="Not charging")
    add_supply(tmp_path, "AC", type="Mains", online=1)
    battery = observe(environment(tmp_path, clock, reader))["battery"]
    assert (battery.verdict, battery.unlock) == (RESTING, UNPLUG)
    assert battery.scope is Scope.WHOLE_MACHINE


@pytest.mark.parametrize("status", ["Charging", "Full", "Not charging"])
def test_every_way_of_being_plugged_in_is_unplugged(tmp_path, clock, reader, status) -> None:
    add_battery(tmp_path, power_now=9_000_000, status=status)
    assert observe(environment(tmp_path, clock, reader))["battery"].unlock == UNPLUG


def test_a_gauge_that_is_slow_is_not_called_broken(tmp_path, clock, reader) -> None:
    add_battery(tmp_path, power_now=9_000_000)
    battery = observe(environment(tmp_path, clock, reader))["battery"]
    assert battery.verdict is InstrumentVerdict.OBSERVING
    assert battery.reason
    assert not battery.unlock


def test_a_closed_counter_comes_with_the_command(tmp_path, clock, reader) -> None:
    add_intel_laptop(tmp_path)
    reader.fail("energy_uj", PermissionError(errno.EACCES, "Permission denied"))
    reports = observe(environment(tmp_path, clock, reader))
    rapl = reports["RAPL counter of the processor (Linux powercap)"]
    assert rapl.verdict is InstrumentVerdict.NOT_AVAILABLE
    assert (rapl.unlock, rapl.unlock_note) == (UNLOCK, UNLOCK_COST)


def test_where_there_is_nothing_nothing_is_waited_for(tmp_path, reader) -> None:
    def fail(duration_s: float) -> None:
        raise AssertionError(duration_s)

    started: list[object] = []

    class NoRecorder(Recorder):
        def start(self) -> None:
            started.append(self)

        def wait_observed(self, timeout_s: float) -> bool:
            raise AssertionError(timeout_s)

    bare = environment(tmp_path, SystemClock(), reader)
    with Observation(bare, make_recorder=NoRecorder, pause=fail) as observation:
        reports = observation.reports(least_s=10)
    assert started == []
    assert len(reports) == 6
    for report in reports:
        assert report.verdict is InstrumentVerdict.NOT_AVAILABLE
        assert report.reason
        assert report.key == ""
    assert [report.quality for report in reports if report.quality != "not_available"] == [
        NumberQuality.ESTIMATED
    ]


def test_it_is_read_for_as_long_as_is_asked(tmp_path, clock, reader) -> None:
    add_intel_laptop(tmp_path)
    start_s = clock.now_s
    observe(environment(tmp_path, clock, reader), length_s=9.0, least_s=8.0)
    assert clock.now_s - start_s > 8.0


def test_the_pause_is_what_is_left(tmp_path, clock, reader) -> None:
    add_intel_laptop(tmp_path)
    waiter = RunningWaiter(clock, 4.0)
    pauses: list[float] = []

    def pause(duration_s: float) -> None:
        waiter.run_to_the_end()
        pauses.append(duration_s)

    observation = Observation(
        environment(tmp_path, clock, reader),
        make_recorder=lambda sources, clock: Recorder(sources, clock, waiter),
        pause=pause,
    )
    with observation:
        observation.reports(patience_s=0.0)
        observation.reports(least_s=10.0, patience_s=0.0)
    assert pauses[0] == 0.0
    assert pauses[1] == pytest.approx(6.0, abs=0.3)


def test_a_card_that_sleeps_is_not_read(tmp_path, clock, reader) -> None:
    add_amd_card(tmp_path, status="suspended", power1_average=9_000_000)
    card = observe(environment(tmp_path, clock, reader))["amdgpu:0000:03:00.0"]
    assert (card.verdict, "sleeps" in card.reason) == (RESTING, True)
    assert "power1_average" not in reader.names_read()


@pytest.mark.parametrize(
    ("has_bus", "on_battery", "answer"),
    [
        (True, True, True),  # the bus tells which cards sleep
        (False, NO_BATTERY, True),  # a desktop, whose cards never do
        (False, False, False),
        (False, True, False),
        (False, NOT_TOLD, False),
    ],
)
def test_cards_are_asked_only_where_none_can_be_woken(
    tmp_path, clock, reader, has_bus, on_battery, answer
) -> None:
    if has_bus:
        add_pci(tmp_path, "0000:01:00.0", status="suspended")
    probes = environment(tmp_path, clock, reader)
    assert may_ask_cards(probes, lambda: on_battery) is answer

from pathlib import Path

import pytest
from tests.helpers.fake_clock import FakeClock
from tests.helpers.power_sources import CONDITIONS

from large_enough.domain.calibration import Calibration
from large_enough.domain.power import Absent, PowerReading, Scope, SourceKind
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.measure.power.estimate import (
    HOW_TO_ASK,
    HOW_TO_CALIBRATE,
    NO_LIMIT,
    NOT_ASKED_FOR,
    EstimateSource,
    find_estimate,
)

CALIBRATION = Calibration(
    idle_w=6.0,
    watts_per_core=(4.0, 1.0),
    residual_w=0.5,
    mean_power_w=12.0,
    load_count=6,
    conditions=CONDITIONS,
    date_utc="2026-11-23T10:00:00+00:00",
)


class Processor:
    """Counts the processor time it is told."""

    def __init__(self, *busy_s: float) -> None:
        self.busy_s = busy_s
        self.error: OSError | None = None

    def __call__(self) -> tuple[float, ...]:
        if self.error is not None:
            raise self.error
        return self.busy_s


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    zone = tmp_path / "sys/class/powercap/intel-rapl:0"
    zone.mkdir(parents=True)
    (zone / "constraint_0_power_limit_uw").write_text("20000000\n")
    return tmp_path


def find(root, clock, processor, **changes) -> EstimateSource:
    found = find_estimate(root, clock, processor, 4, is_wanted=True, **changes)
    assert not isinstance(found, Absent)
    (source,) = found
    assert isinstance(source, EstimateSource)
    return source


def joules(source: EstimateSource) -> float:
    outcome = source.read()
    assert isinstance(outcome, PowerReading)
    return outcome.value


def test_nobody_gets_an_estimate_unasked(root, clock) -> None:
    found = find_estimate(root, clock, Processor(0.0), 4, is_wanted=False)
    assert isinstance(found, Absent)
    assert (found.reason, found.unlock) == (NOT_ASKED_FOR, HOW_TO_ASK)


def test_nobody_is_told_to_ask_for_what_cannot_be(tmp_path, clock) -> None:
    found = find_estimate(tmp_path, clock, Processor(0.0), 4, is_wanted=False)
    assert isinstance(found, Absent)
    assert (found.reason, found.unlock) == (NO_LIMIT, HOW_TO_CALIBRATE)


def test_it_says_that_it_is_an_estimate(root, clock) -> None:
    identity = find(root, clock, Processor(0.0)).identity
    assert identity.quality is NumberQuality.ESTIMATED
    assert identity.kind is SourceKind.COUNTER
    assert identity.scope is Scope.CPU_PACKAGE
    assert identity.gain_uncertainty == 0.5


def test_the_formula(root, clock) -> None:
    """20 W limit, 2 W floor, 4 cores: 4.5 W for each busy one."""
    processor = Processor(100.0)
    source = find(root, clock, processor)
    assert joules(source) == 0.0
    clock.advance(2.0)
    processor.busy_s = (104.0,)
    assert joules(source) == pytest.approx(2 * 2.0 + 4 * 4.5)


def test_it_never_exceeds_the_limit(root, clock) -> None:
    processor = Processor(0.0)
    source = find(root, clock, processor)
    joules(source)
    clock.advance(2.0)
    processor.busy_s = (16.0,)  # eight threads on four cores
    assert joules(source) == pytest.approx(40.0)


def test_processor_time_that_goes_back_is_none(root, clock) -> None:
    processor = Processor(50.0)
    source = find(root, clock, processor)
    joules(source)
    clock.advance(1.0)
    processor.busy_s = (49.9,)
    assert joules(source) == pytest.approx(2.0)


def test_no_processor_time_is_no_reading(root, clock) -> None:
    processor = Processor(50.0)
    source = find(root, clock, processor)
    processor.error = OSError()
    assert isinstance(source.read(), Unavailable)
    source.close()
    source.close()
    processor.error = None
    assert isinstance(source.read(), Unavailable)


def test_a_calibration_replaces_the_limit(tmp_path, clock) -> None:
    processor = Processor(0.0, 0.0)
    source = find(tmp_path, clock, processor, calibration=CALIBRATION)
    assert source.identity.scope is Scope.WHOLE_MACHINE
    assert source.identity.quality is NumberQuality.ESTIMATED
    assert source.identity.gain_uncertainty == pytest.approx(0.2535, abs=1e-3)
    joules(source)
    clock.advance(1.0)
    processor.busy_s = (2.0, 1.0)
    assert joules(source) == pytest.approx(6.0 + 8.0 + 1.0)


def test_a_calibration_of_other_cores_is_not_used(root, clock) -> None:
    source = find(root, clock, Processor(0.0), calibration=CALIBRATION)
    assert source.identity.scope is Scope.CPU_PACKAGE


@pytest.mark.parametrize("content", [None, "0", "4095000000", "many"])
def test_without_a_sensible_limit_there_is_none(root, clock, content) -> None:
    file = root / "sys/class/powercap/intel-rapl:0/constraint_0_power_limit_uw"
    if content is None:
        file.unlink()
    else:
        file.write_text(content)
    found = find_estimate(root, clock, Processor(0.0), 4, is_wanted=True)
    assert isinstance(found, Absent)
    assert found.reason == NO_LIMIT
    assert "calibrate" in found.unlock

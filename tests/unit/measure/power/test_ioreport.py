import pytest
from tests.data.power.synthetic_macos import FakeCoreFoundation, FakeIoReport, read_channels
from tests.helpers.fake_clock import FakeClock

from large_enough.domain.power import Absent, PowerReading, Scope, SourceKind
from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.corefoundation import CoreFoundation
from large_enough.measure.power.ioreport import SHARED_S, IoReportSource, find_ioreport
from large_enough.measure.power.ioreport_channels import INVALID_COUNT, EnergyChannel
from large_enough.measure.power.ioreport_library import NO_SAMPLE, subscribe
from large_enough.measure.power.native import NOT_MACOS
from large_enough.measure.power.reading import CLOSED
from large_enough.measure.power.standstill import STANDS_STILL, STOPPED_AFTER_S


class Counters:
    """Totals of a chip that a test changes."""

    def __init__(self, *channels: EnergyChannel) -> None:
        self.channels: tuple[EnergyChannel, ...] | Unavailable = channels
        self.read_count = 0
        self.close_count = 0

    def read(self) -> tuple[EnergyChannel, ...] | Unavailable:
        self.read_count += 1
        return self.channels

    def close(self) -> None:
        self.close_count += 1

    def set(self, **counts: int) -> None:
        """Give channels other counts, by the first word of their names."""
        self.channels = tuple(
            EnergyChannel(
                name=one.name, unit=one.unit, count=counts.get(one.name.split()[0], one.count)
            )
            for one in self.channels
        )


def chip(cpu: int = 500_000, gpu: int = 90_000_000_000, ane: int = 7_000, dram: int = 80_000):
    return Counters(
        EnergyChannel(name="CPU Energy", unit="mJ", count=cpu),
        EnergyChannel(name="GPU Energy", unit="nJ", count=gpu),
        EnergyChannel(name="ANE", unit="mJ", count=ane),
        EnergyChannel(name="DRAM", unit="mJ", count=dram),
    )


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def find(counters: Counters, clock: FakeClock) -> dict[str, IoReportSource]:
    found = find_ioreport(counters, clock)
    assert not isinstance(found, Absent), found
    return {source.identity.key.removeprefix("ioreport:"): source for source in found}


def absence(counters: Counters, clock: FakeClock) -> str:
    found = find_ioreport(counters, clock)
    assert isinstance(found, Absent)
    assert counters.close_count == 1
    return found.reason


def values(sources: dict[str, IoReportSource]) -> dict[str, float]:
    return {key: source.read().value for key, source in sources.items()}


def test_all_parts_of_a_chip(clock: FakeClock) -> None:
    sources = find(chip(), clock)
    assert values(sources) == pytest.approx({"soc": 597.0, "cpu": 500.0, "gpu": 90.0, "dram": 80.0})
    scopes = {key: source.identity.scope for key, source in sources.items()}
    assert scopes == {
        "soc": Scope.SOC,
        "cpu": Scope.CPU_PACKAGE,
        "gpu": Scope.GPU,
        "dram": Scope.MEMORY,
    }


def test_what_the_instruments_are(clock: FakeClock) -> None:
    sources = find(chip(), clock)
    for source in sources.values():
        assert source.identity.kind is SourceKind.COUNTER
        assert source.identity.is_vendor_model
        assert not source.identity.is_verified
        assert 0.10 <= source.identity.gain_uncertainty <= 0.15
    assert sources["gpu"].identity.resolution == 1e-9
    assert sources["soc"].identity.resolution == 1e-3


def test_sources_that_are_read_together_share_a_sample(clock: FakeClock) -> None:
    counters = chip()
    sources = find(counters, clock)
    clock.advance(1.0)
    readings = [source.read() for source in sources.values()]
    assert counters.read_count == 2
    assert {reading.t_ns for reading in readings} == {clock.monotonic_ns()}
    clock.advance(SHARED_S * 2)
    sources["cpu"].read()
    assert counters.read_count == 3


def test_the_last_source_closes_the_counters(clock: FakeClock) -> None:
    counters = chip()
    sources = list(find(counters, clock).values())
    for source in sources[:-1]:
        source.close()
        source.close()
    assert counters.close_count == 0
    assert isinstance(sources[-1].read(), PowerReading)
    sources[-1].close()
    assert counters.close_count == 1
    assert sources[-1].read() == CLOSED


def test_graphics_that_are_idle_are_exactly_0(clock: FakeClock) -> None:
    sources = find(chip(gpu=0), clock)
    clock.advance(STOPPED_AFTER_S * 3)
    assert sources["gpu"].read() == PowerReading(clock.monotonic_ns(), 0.0)


def test_a_processor_that_stands_still_is_no_0_watts(clock: FakeClock) -> None:
    """macmon#76: graphics go on, everything of the power manager's stands still."""
    counters = chip()
    sources = find(counters, clock)
    values(sources)
    gpu = 90_000_000_000
    for _ in range(60):
        clock.advance(0.1)
        gpu += 1_000_000_000
        counters.set(GPU=gpu)
    assert sources["cpu"].read() == STANDS_STILL
    assert sources["dram"].read() == STANDS_STILL
    assert sources["soc"].read() == STANDS_STILL
    assert sources["gpu"].read().value == pytest.approx(150.0)
    counters.set(CPU=501_000, DRAM=80_100)
    clock.advance(1.0)
    assert isinstance(sources["cpu"].read(), PowerReading)
    assert isinstance(sources["soc"].read(), PowerReading)


def test_batches_are_no_standstill_and_add_up(clock: FakeClock) -> None:
    """Batches of an M5 Max: renewed every 2.2 s, the reading stays in between."""
    counters = chip()
    source = find(counters, clock)["cpu"]
    first = source.read().value
    for tick in range(1, 221):
        clock.advance(0.1)
        if tick % 22 == 0:
            counters.set(CPU=500_000 + tick * 3_600)  # 36 W
        outcome = source.read()
        assert isinstance(outcome, PowerReading)
    assert (outcome.value - first) / 22.0 == pytest.approx(36.0)


def test_a_sum_is_renewed_when_its_processor_is(clock: FakeClock) -> None:
    """Otherwise it would seem to be renewed all the time, as the graphics are."""
    counters = chip()
    source = find(counters, clock)["soc"]
    assert source.read().value == pytest.approx(597.0)
    for gpu in (91_000_000_000, 92_000_000_000):
        clock.advance(0.1)
        counters.set(GPU=gpu)
        assert source.read().value == pytest.approx(597.0)
    clock.advance(0.1)
    counters.set(CPU=510_000)
    assert source.read().value == pytest.approx(609.0)


def test_no_sample_this_time(clock: FakeClock) -> None:
    counters = chip()
    source = find(counters, clock)["cpu"]
    channels, counters.channels = counters.channels, NO_SAMPLE
    clock.advance(1.0)
    assert source.read() == NO_SAMPLE
    counters.channels = channels
    clock.advance(1.0)
    assert isinstance(source.read(), PowerReading)


def test_no_value_this_time(clock: FakeClock) -> None:
    counters = chip()
    sources = find(counters, clock)
    clock.advance(1.0)
    counters.set(CPU=INVALID_COUNT)
    assert isinstance(sources["cpu"].read(), Unavailable)
    assert isinstance(sources["soc"].read(), Unavailable)
    assert isinstance(sources["gpu"].read(), PowerReading)


@pytest.mark.parametrize("missing", ["CPU Energy", "ANE"])
def test_a_total_that_vanishes_does_not_lower_the_sum(clock: FakeClock, missing: str) -> None:
    counters = chip()
    source = find(counters, clock)["soc"]
    clock.advance(1.0)
    counters.channels = tuple(one for one in counters.channels if one.name != missing)
    assert isinstance(source.read(), Unavailable)


def test_a_total_that_appears_does_not_raise_the_sum(clock: FakeClock) -> None:
    counters = Counters(
        EnergyChannel(name="DRAM0", unit="mJ", count=5_000),
        EnergyChannel(name="CPU Energy", unit="mJ", count=5_000),
    )
    source = find(counters, clock)["dram"]
    clock.advance(1.0)
    counters.channels = (
        *counters.channels,
        EnergyChannel(name="DRAM1", unit="mJ", count=90_000),
    )
    assert isinstance(source.read(), Unavailable)


def test_a_chip_without_neural_engine_counts(clock: FakeClock) -> None:
    counters = chip(ane=INVALID_COUNT)
    assert find(counters, clock)["soc"].read().value == pytest.approx(590.0)


def test_a_chip_without_graphics_has_no_sum(clock: FakeClock) -> None:
    assert set(find(chip(gpu=INVALID_COUNT), clock)) == {"cpu", "dram"}


def test_a_processor_that_has_counted_nothing(clock: FakeClock) -> None:
    assert set(find(chip(cpu=0, dram=0), clock)) == {"gpu"}


def test_nothing_but_parts(clock: FakeClock) -> None:
    counters = Counters(EnergyChannel(name="PCPU0", unit="mJ", count=5))
    assert "no known total" in absence(counters, clock)
    assert "no known total" in absence(Counters(), clock)


def test_nothing_but_zeros(clock: FakeClock) -> None:
    counters = Counters(EnergyChannel(name="CPU Energy", unit="mJ", count=0))
    assert "count nothing" in absence(counters, clock)


def test_an_unknown_unit(clock: FakeClock) -> None:
    counters = Counters(EnergyChannel(name="CPU Energy", unit="kJ", count=5))
    assert "unknown unit (kJ)" in absence(counters, clock)


def test_no_sample_at_all(clock: FakeClock) -> None:
    counters = chip()
    counters.channels = NO_SAMPLE
    assert absence(counters, clock) == NO_SAMPLE.reason


def test_another_system(clock: FakeClock) -> None:
    found = find_ioreport(NOT_MACOS, clock)
    assert isinstance(found, Absent)
    assert found.reason == "this is not macOS"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("m1", {"soc": 684.0, "cpu": 560.0, "gpu": 120.0, "dram": 210.0}),
        ("m1_ultra", {"soc": 784.5052, "cpu": 750.0, "gpu": 31.3852, "dram": 67.33}),
        ("m5_max", {"soc": 800.7, "cpu": 800.0, "gpu": 0.0, "dram": 90.0}),
        ("macos27_dies", {"soc": 26.03, "cpu": 11.0, "gpu": 15.0, "dram": 3.0}),
    ],
)
def test_fixtures_through_the_library(
    clock: FakeClock, name: str, expected: dict[str, float]
) -> None:
    foundation = FakeCoreFoundation()
    library = FakeIoReport(foundation, lambda: read_channels(name))
    sources = find(subscribe(library, CoreFoundation(foundation)), clock)
    assert values(sources) == pytest.approx(expected)
    for source in sources.values():
        source.close()
    assert foundation.leaked == []

import sys

import pytest
from tests.data.power.synthetic_macos import FakeCoreFoundation, FakeIoReport, read_channels

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.corefoundation import CoreFoundation
from large_enough.measure.power.ioreport_channels import EnergyChannel
from large_enough.measure.power.ioreport_library import (
    NO_GROUP,
    NO_SAMPLE,
    load_energy_counters,
    subscribe,
)
from large_enough.measure.power.native import NOT_MACOS


class Chip:
    """IOReport of a fixture, subscribed to."""

    def __init__(self, name: str) -> None:
        self.channels = read_channels(name)
        self.foundation = FakeCoreFoundation()
        self.library = FakeIoReport(self.foundation, lambda: self.channels)

    def subscribe(self):
        return subscribe(self.library, CoreFoundation(self.foundation))


def as_names(channels: tuple[EnergyChannel, ...]) -> list[str]:
    return [channel.name for channel in channels]


def test_only_totals_are_read() -> None:
    chip = Chip("m5_max")
    counters = chip.subscribe()
    assert as_names(counters.read()) == ["CPU Energy", "ANE0", "DRAM0", "GPU Energy"]
    assert counters.read()[0] == EnergyChannel(name="CPU Energy", unit="mJ ", count=800_000)


def test_everything_is_released() -> None:
    chip = Chip("m1_ultra")
    counters = chip.subscribe()
    for _ in range(50):
        counters.read()
        # Of 50 samples none is left; channels and subscription are still in use.
        assert len(chip.foundation.leaked) == 2
    counters.close()
    counters.close()
    assert chip.foundation.leaked == []
    assert counters.read() == NO_SAMPLE


def test_later_readings_ask_for_few_names() -> None:
    chip = Chip("m5_max")
    counters = chip.subscribe()
    counters.read()
    assert chip.library.name_count == len(chip.channels)
    chip.library.name_count = 0
    counters.read()
    assert chip.library.name_count == 4


@pytest.mark.parametrize("change", ["other order", "one fewer", "one more"])
def test_channels_that_move_are_found_again(change: str) -> None:
    chip = Chip("m1")
    counters = chip.subscribe()
    before = counters.read()
    if change == "other order":
        chip.channels = list(reversed(chip.channels))
    elif change == "one fewer":
        chip.channels = chip.channels[1:]
    else:
        chip.channels = [EnergyChannel(name="New", unit="mJ", count=1), *chip.channels]
    assert sorted(counters.read(), key=str) == sorted(before, key=str)


def test_a_sample_that_fails() -> None:
    chip = Chip("m1")
    counters = chip.subscribe()
    chip.library.has_samples = False
    assert counters.read() == NO_SAMPLE
    chip.library.has_samples = True
    assert len(counters.read()) == 4


def test_a_sample_without_channels() -> None:
    chip = Chip("m1")
    counters = chip.subscribe()
    chip.library.IOReportCreateSamples = lambda *_arguments: chip.foundation.create({})
    assert counters.read() == NO_SAMPLE
    assert len(chip.foundation.leaked) == 2


def test_an_intel_mac() -> None:
    chip = Chip("m1")
    chip.library.has_group = False
    assert chip.subscribe() == NO_GROUP
    assert chip.foundation.leaked == []


def test_a_subscription_that_is_refused() -> None:
    chip = Chip("m1")
    chip.library.can_subscribe = False
    assert isinstance(chip.subscribe(), Unavailable)
    assert chip.foundation.leaked == []


def test_a_subscription_without_channels() -> None:
    chip = Chip("m1")
    chip.library.IOReportCreateSubscription = lambda *_arguments: chip.foundation.create({})
    assert isinstance(chip.subscribe(), Unavailable)
    assert chip.foundation.leaked == []


def test_this_and_other_systems() -> None:
    assert load_energy_counters("linux") == NOT_MACOS
    if sys.platform != "darwin":
        assert load_energy_counters() == NOT_MACOS
    assert load_energy_counters("darwin") != NOT_MACOS

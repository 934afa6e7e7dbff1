import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.power.synthetic_macos import read_channels

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.ioreport_channels import (
    INVALID_COUNT,
    EnergyChannel,
    Rail,
    energy_j,
    rail_of,
    resolution_j,
    totals,
)


def channel(name: str, count: int = 1_000, unit: str = "mJ") -> EnergyChannel:
    return EnergyChannel(name=name, unit=unit, count=count)


def energies_j(channels: list[EnergyChannel]) -> dict[Rail, float]:
    return {rail: energy_j(members) for rail, members in totals(channels).items()}


def names(channels: list[EnergyChannel]) -> dict[Rail, list[str]]:
    return {rail: [one.name for one in members] for rail, members in totals(channels).items()}


def test_one_die() -> None:
    assert energies_j(read_channels("m1")) == pytest.approx(
        {
            Rail.CPU: 560.0,
            Rail.GPU: 120.0,
            Rail.NEURAL: 4.0,
            Rail.MEMORY: 210.0,
        }
    )


def test_two_dies() -> None:
    channels = read_channels("m1_ultra")
    assert names(channels) == {
        Rail.CPU: ["DIE_0_CPU Energy", "DIE_1_CPU Energy"],
        Rail.NEURAL: ["ANE0_0", "ANE0_1"],
        Rail.MEMORY: ["DRAM0_0", "DRAM0_1"],
        Rail.GPU: ["GPU Energy"],
    }
    assert energies_j(channels) == pytest.approx(
        {Rail.CPU: 750.0, Rail.NEURAL: 3.12, Rail.MEMORY: 67.33, Rail.GPU: 31.3852}
    )


def test_the_prefix_of_macos_27() -> None:
    assert energies_j(read_channels("macos27_dies")) == pytest.approx(
        {Rail.CPU: 11.0, Rail.NEURAL: 0.03, Rail.MEMORY: 3.0, Rail.GPU: 15.0}
    )


def test_hundreds_of_parts_are_left_out() -> None:
    channels = read_channels("m5_max")
    assert len(channels) > 300
    assert energies_j(channels) == pytest.approx(
        {
            Rail.CPU: 800.0,
            Rail.GPU: 0.0,
            Rail.NEURAL: 0.7,
            Rail.MEMORY: 90.0,
        }
    )


@pytest.mark.parametrize(
    "name",
    [
        *(
            "ECPU",
            "PCPU0",
            "MCPU0_3",
            "MCPU Energy",
            "ECPU Energy",
            "CPU Energy 2",
            "My CPU Energy",
        ),
        *("EACC_CPU0", "PACC0_CPU1_SRAM", "DIE_0_EACC_CPM", "PCPU1DTL2b", "cpu energy"),
        *("GPU", "GPU0", "GPU0_0", "GPU SRAM", "GPU SRAM0_0", "GPU CS SRAM", "GPU Energy SRAM"),
        *("ANE0 SRAM", "ANEX", "XANE", "ANE_0", "DRAM0 Refresh", "DRAMX", "SDRAM", "DCS0_0"),
        *("AMCC0_0", "PCIe Port 0 Energy", "apciec0 Energy", "DIE CPU Energy", ""),
    ],
)
def test_parts_and_strangers_belong_to_no_total(name: str) -> None:
    assert rail_of(name) is None


@pytest.mark.parametrize(
    ("channels", "chosen"),
    [
        (["CPU Energy", "DIE_0_CPU Energy", "DIE_1_CPU Energy"], ["CPU Energy"]),
        (["DIE_1_CPU Energy", "CPU Energy"], ["CPU Energy"]),
        (["DRAM", "DRAM0", "DRAM1"], ["DRAM"]),
        (["DRAM0_0", "DRAM0", "DRAM0_1"], ["DRAM0"]),
        (["DRAM0", "DIE0 DRAM", "DIE1 DRAM"], ["DRAM0"]),
        (["ANE0_0", "ANE0_1"], ["ANE0_0", "ANE0_1"]),
    ],
)
def test_a_total_is_never_added_to_its_parts(channels: list[str], chosen: list[str]) -> None:
    (members,) = names([channel(name) for name in channels]).values()
    assert members == chosen


@pytest.mark.parametrize(
    ("unit", "expected_j"),
    [("mJ", 2.0), ("uJ", 2e-3), ("µJ", 2e-3), ("\u03bcJ", 2e-3), ("nJ", 2e-6), (" mJ ", 2.0)],
)
def test_units(unit: str, expected_j: float) -> None:
    assert energy_j([channel("CPU Energy", 2_000, unit)]) == pytest.approx(expected_j)


@pytest.mark.parametrize("unit", ["", "J", "MJ", "mW", "ticks"])
def test_unknown_units_are_not_guessed(unit: str) -> None:
    assert isinstance(energy_j([channel("CPU Energy", 5, unit)]), Unavailable)


@pytest.mark.parametrize("count", [INVALID_COUNT, -1])
def test_a_channel_without_a_value_makes_the_sum_unknown(count: int) -> None:
    channels = [channel("DIE_0_CPU Energy"), channel("DIE_1_CPU Energy", count)]
    assert energy_j(channels) == Unavailable(reason="the chip has no value")


def test_channels_of_the_same_name_are_not_guessed_about() -> None:
    assert isinstance(energy_j([channel("CPU Energy"), channel("CPU Energy")]), Unavailable)


def test_the_coarsest_step_counts() -> None:
    assert resolution_j([channel("A", unit="nJ"), channel("B", unit="uJ")]) == 1e-6
    assert resolution_j([]) == 1e-3


@given(
    st.lists(st.integers(0, 2**50), min_size=1, max_size=5),
    st.sampled_from([("mJ", 1e-3), ("uJ", 1e-6), ("nJ", 1e-9)]),
)
def test_sums_are_scaled(counts: list[int], unit: tuple[str, float]) -> None:
    channels = [channel(f"DRAM{index}", count, unit[0]) for index, count in enumerate(counts)]
    assert energy_j(channels) == pytest.approx(sum(counts) * unit[1])


@given(st.text(max_size=30))
def test_any_name_is_judged(name: str) -> None:
    assert rail_of(name) in (*Rail, None)

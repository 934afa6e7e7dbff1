import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.battery_format import (
    CUT_ANSWER,
    INFORMATION_BYTES,
    NO_UNIT,
    STATUS_BYTES,
    SYSTEM_STATE_BYTES,
    BatteryState,
    parse_information,
    parse_status,
    parse_system_state,
    parse_tag,
)

UNKNOWN_RATE = 0x8000_0000


def status(power_state: int, rate: int) -> bytes:
    return struct.pack("<IIII", power_state, 40_000, 15_000, rate & 0xFFFF_FFFF)


def system_state(
    rate: int, *, is_present: bool = True, is_on_line: bool = False, most: int = 50_000
) -> bytes:
    flags = struct.pack("<????4x", is_on_line, is_present, False, not is_on_line)
    return flags + struct.pack("<IIIIII", most, 30_000, rate & 0xFFFF_FFFF, 3_600, 0, 0)


def test_sizes_are_microsofts() -> None:
    assert len(status(0, 0)) == STATUS_BYTES == 16
    assert len(system_state(0)) == SYSTEM_STATE_BYTES == 32


def test_a_battery_that_is_discharging() -> None:
    assert parse_status(status(0x2, -15_250)) == BatteryState(
        is_on_line=False, is_discharging=True, rate_w=-15.25
    )


def test_a_battery_on_the_charger() -> None:
    assert parse_status(status(0x5, 30_000)) == BatteryState(
        is_on_line=True, is_discharging=False, rate_w=30.0
    )


def test_a_rate_that_is_not_known() -> None:
    state = parse_status(status(0x2, UNKNOWN_RATE))
    assert isinstance(state.rate_w, Unavailable)


@pytest.mark.parametrize(
    ("capabilities", "feeds", "is_relative"),
    [
        (0x8000_0000, True, False),
        (0xC000_0000, True, True),
        (0xA000_0000, False, False),  # an emergency supply
        (0x0000_0000, False, False),  # a mouse
    ],
)
def test_traits(capabilities: int, feeds: bool, is_relative: bool) -> None:
    traits = parse_information(struct.pack("<I32x", capabilities))
    assert (traits.feeds_the_machine, traits.is_relative) == (feeds, is_relative)


def test_the_state_of_the_system() -> None:
    assert parse_system_state(system_state(-8_000)) == BatteryState(
        is_on_line=False, is_discharging=True, rate_w=-8.0
    )
    assert parse_system_state(system_state(0, is_on_line=True)).is_on_line
    assert parse_system_state(system_state(0, is_present=False)) is None
    assert isinstance(parse_system_state(system_state(UNKNOWN_RATE)).rate_w, Unavailable)


def test_a_system_that_counts_in_percent() -> None:
    assert parse_system_state(system_state(-12, most=100)).rate_w == NO_UNIT
    assert parse_system_state(system_state(-8_000, most=0)).rate_w == -8.0


@pytest.mark.parametrize(
    ("parse", "size"),
    [
        (parse_tag, 4),
        (parse_information, INFORMATION_BYTES),
        (parse_status, STATUS_BYTES),
        (parse_system_state, SYSTEM_STATE_BYTES),
    ],
)
def test_every_cut_is_noticed(parse, size: int) -> None:
    for length in range(size):
        assert parse(bytes(length)) == CUT_ANSWER
    assert parse(bytes(size)) != CUT_ANSWER


@given(st.integers(-0x7FFF_FFFF, 0x7FFF_FFFF))
def test_rates_keep_their_sign(rate_mw: int) -> None:
    assert parse_status(status(0x2, rate_mw)).rate_w == rate_mw / 1000.0

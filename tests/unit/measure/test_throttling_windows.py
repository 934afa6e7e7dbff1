import ctypes
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.native import NOT_WINDOWS
from large_enough.measure.throttling_windows import (
    NO_PROCESSORS,
    PROCESSOR_INFORMATION,
    RECORD,
    is_clock_limited,
    load_processor_information,
    processor_information_reader,
)


def record(highest_mhz: int, limit_mhz: int, number: int = 0) -> bytes:
    return RECORD.pack(number, highest_mhz, highest_mhz - 100, limit_mhz, 2, 1)


@pytest.mark.parametrize(
    ("records", "is_limited"),
    [
        (record(2800, 2800) + record(2000, 2000), False),
        (record(2800, 2800) + record(2000, 1400), True),
        (record(2800, 2800) + bytes(RECORD.size), False),
        (record(2800, 1400) + bytes(RECORD.size), True),
        (record(2800, 2800) + b"\1", False),
    ],
)
def test_a_clock_that_is_limited(records: bytes, is_limited: bool) -> None:
    assert is_clock_limited(records) is is_limited


@pytest.mark.parametrize("records", [b"", bytes(RECORD.size), b"\1\2", record(2800, 0)])
def test_nothing_told(records: bytes) -> None:
    assert is_clock_limited(records) == NO_PROCESSORS


def test_the_reason_is_passed_on() -> None:
    assert is_clock_limited(NOT_WINDOWS) == NOT_WINDOWS


@given(st.binary(max_size=200))
def test_any_bytes(records: bytes) -> None:
    assert isinstance(is_clock_limited(records), bool | Unavailable)


def test_the_call() -> None:
    def call(level, request, request_bytes, buffer, size_bytes) -> int:
        assert (level, request, request_bytes) == (PROCESSOR_INFORMATION, None, 0)
        assert size_bytes == 2 * 24
        ctypes.memmove(buffer, record(2800, 1400), 24)
        return 0

    assert is_clock_limited(processor_information_reader(call, 2)()) is True


def test_a_call_that_is_refused() -> None:
    ask = processor_information_reader(lambda *_arguments: -0x3FFF_FFDD, 2)
    assert ask() == Unavailable(reason="Windows answers with an error: 0xc0000023")


def test_this_machine() -> None:
    if sys.platform == "win32":
        assert isinstance(is_clock_limited(load_processor_information()()), bool | Unavailable)
    else:
        assert load_processor_information()() == NOT_WINDOWS
        assert isinstance(load_processor_information("win32")(), Unavailable)

import struct

import pytest

from large_enough.measure.cores_windows import read_core_information, windows_cores


def synthetic_core(mask: int, *, efficiency_class: int = 0, group: int = 0) -> bytes:
    """A record as documented by Microsoft: not recorded on a machine."""
    body = struct.pack("<BB20xH", 1, efficiency_class, 1) + struct.pack("<QH6x", mask, group)
    return struct.pack("<II", 0, 8 + len(body)) + body


def cores(allowed: set[int], *records: bytes) -> tuple[int, ...]:
    return windows_cores(allowed, lambda: b"".join(records))


def test_one_of_each_pair() -> None:
    assert cores({0, 1, 2, 3}, synthetic_core(0b0011), synthetic_core(0b1100)) == (0, 2)


def test_affinity() -> None:
    assert cores({1, 2}, synthetic_core(0b0011), synthetic_core(0b1100)) == (1, 2)
    assert cores({2}, synthetic_core(0b0011), synthetic_core(0b1100)) == (2,)


def test_efficiency_cores_are_left_out() -> None:
    records = (synthetic_core(0b01, efficiency_class=1), synthetic_core(0b10, efficiency_class=0))
    assert cores({0, 1}, *records) == (0,)
    assert cores({1}, *records) == (1,)


def test_processor_groups() -> None:
    assert cores({64, 65}, synthetic_core(0b11, group=1)) == (64,)


def test_other_records_are_skipped() -> None:
    package = struct.pack("<II", 3, 32) + bytes(24)
    assert cores({0}, package + bytes(8 * 0), synthetic_core(0b1)) == (0,)


@pytest.mark.parametrize(
    "records",
    [
        b"",
        b"\0",
        struct.pack("<II", 0, 0),
        struct.pack("<II", 0, 4000) + bytes(40),
        struct.pack("<II", 0, 32) + struct.pack("<BB20xH", 1, 0, 5),
        synthetic_core(0b1)[:-1],
    ],
)
def test_records_that_are_cut(records: bytes) -> None:
    assert cores({0, 1}, records) == ()


def test_on_other_systems_there_is_nothing_to_read() -> None:
    assert isinstance(read_core_information(), bytes)

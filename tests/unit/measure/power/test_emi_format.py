import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.data.power.synthetic_windows import metadata_1, metadata_2

from large_enough.measure.power.emi_format import (
    J_PER_PWH,
    MOST_METADATA_BYTES,
    EmiFormatError,
    parse_measurements,
    parse_metadata,
    parse_size,
    parse_version,
)

NAMES = ("RAPL_Package0_PKG", "RAPL_Package0_DRAM", "RAPL_Package0_PP0", "RAPL_Package0_PP1")


def test_version_and_size() -> None:
    assert parse_version(b"\x02\x00") == 2
    assert parse_size(b"\x10\x01\x00\x00") == 272


def test_version_1() -> None:
    metadata = parse_metadata(1, metadata_1("CPU rail"))
    assert metadata.channels == ("CPU rail",)
    assert (metadata.oem, metadata.model) == ("Maker", "Chip")


def test_version_2() -> None:
    metadata = parse_metadata(2, metadata_2(*NAMES))
    assert metadata.channels == NAMES
    assert (metadata.oem, metadata.model) == ("Microsoft", "RAPL")


def test_names_of_odd_lengths_follow_without_gaps() -> None:
    names = ("a", "bb", "ccc", "")
    assert parse_metadata(2, metadata_2(*names)).channels == names


def test_no_channels() -> None:
    assert parse_metadata(2, metadata_2()).channels == ()


def test_measurements() -> None:
    answer = struct.pack("<QQQQ", 1_000_000_000_000, 11, 2**64 - 1, 12)
    first, second = parse_measurements(answer, 2)
    assert (first.energy_pwh, first.time_100ns) == (1_000_000_000_000, 11)
    assert first.energy_j == pytest.approx(3_600.0)  # one watt-hour
    assert second.energy_pwh == 2**64 - 1


def test_a_longer_answer_than_asked_for() -> None:
    assert len(parse_measurements(bytes(64), 2)) == 2


@pytest.mark.parametrize("version", [1, 2])
def test_every_cut_is_noticed(version: int) -> None:
    whole = metadata_1("CPU rail") if version == 1 else metadata_2(*NAMES)
    for length in range(len(whole)):
        with pytest.raises(EmiFormatError):
            parse_metadata(version, whole[:length])


@pytest.mark.parametrize("length", [0, 1, 15, 16, 31])
def test_every_short_measurement_is_noticed(length: int) -> None:
    with pytest.raises(EmiFormatError):
        parse_measurements(bytes(length), 2)


@pytest.mark.parametrize(
    ("parse", "answer"),
    [
        (parse_version, b"\x01"),
        (parse_size, b"\x01\x00\x00"),
        (parse_size, struct.pack("<I", 0)),
        (parse_size, struct.pack("<I", MOST_METADATA_BYTES + 1)),
    ],
)
def test_short_or_absurd_sizes(parse, answer: bytes) -> None:
    with pytest.raises(EmiFormatError):
        parse(answer)


@pytest.mark.parametrize("version", [0, 3, 65535])
def test_unknown_versions(version: int) -> None:
    with pytest.raises(EmiFormatError):
        parse_metadata(version, metadata_2(*NAMES))


@pytest.mark.parametrize(
    ("version", "answer"), [(1, metadata_1("CPU", unit=1)), (2, metadata_2("CPU", unit=1))]
)
def test_unknown_units(version: int, answer: bytes) -> None:
    with pytest.raises(EmiFormatError):
        parse_metadata(version, answer)


def test_more_channels_claimed_than_there_are() -> None:
    with pytest.raises(EmiFormatError):
        parse_metadata(2, metadata_2(*NAMES, channel_count=5))


def test_a_name_of_half_a_character() -> None:
    with pytest.raises(EmiFormatError):
        parse_metadata(2, bytes(66) + struct.pack("<HIH", 1, 0, 3) + b"a\0b")


@given(st.binary(max_size=200), st.integers(0, 3))
def test_any_bytes_give_metadata_or_the_error(answer: bytes, version: int) -> None:
    try:
        parse_metadata(version, answer)
    except EmiFormatError:
        return


@given(st.lists(st.tuples(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1)), max_size=20))
def test_measurements_are_what_was_written(pairs: list[tuple[int, int]]) -> None:
    answer = b"".join(struct.pack("<QQ", *pair) for pair in pairs)
    parsed = parse_measurements(answer, len(pairs))
    assert [(one.energy_pwh, one.time_100ns) for one in parsed] == pairs
    assert [one.energy_j for one in parsed] == [pwh * J_PER_PWH for pwh, _ in pairs]


def test_a_picowatt_hour() -> None:
    assert pytest.approx(1e-12 * 3600) == J_PER_PWH

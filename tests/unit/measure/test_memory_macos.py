import ctypes
import struct

import pytest
from tests.helpers.fake_clock import FakeClock

from large_enough.domain.quantity import Unavailable
from large_enough.measure.memory_macos import RUSAGE_INFO_V4, MacMemoryReader, RusageInfoV4
from large_enough.measure.process_tree import ProcessTree

UUID_BYTES = 16
RESIDENT_WORD, FOOTPRINT_WORD, LIFETIME_PEAK_WORD = 6, 7, 28  # counted in Apple's header


def synthetic_usage(resident: int, footprint: int, peak: int) -> bytes:
    """A `struct rusage_info_v4` as it lies in memory: not recorded, but made from the header."""
    words = [1_000_000 + index for index in range(35)]
    words[RESIDENT_WORD] = resident
    words[FOOTPRINT_WORD] = footprint
    words[LIFETIME_PEAK_WORD] = peak
    return bytes(range(UUID_BYTES)) + struct.pack("<35Q", *words)


class FakeLibrary:
    def __init__(self, usages: dict[int, bytes]) -> None:
        self.usages = usages

    def proc_pid_rusage(self, process_id: int, flavour: int, buffer: object) -> int:
        assert flavour == RUSAGE_INFO_V4
        if process_id not in self.usages:
            return -1
        content = self.usages[process_id]
        assert ctypes.sizeof(buffer._obj) == len(content)
        ctypes.memmove(buffer, content, len(content))
        return 0


def make_reader(children: tuple[int, ...] = (), **usages: bytes) -> MacMemoryReader:
    clock = FakeClock()
    library = FakeLibrary({int(key.removeprefix("p")): usage for key, usage in usages.items()})
    return MacMemoryReader(clock, ProcessTree(clock, lambda _process_id: children), library)


def test_the_layout_is_apples() -> None:
    assert ctypes.sizeof(RusageInfoV4) == 296
    assert RusageInfoV4.ri_resident_size.offset == 64
    assert RusageInfoV4.ri_phys_footprint.offset == 72
    assert RusageInfoV4.ri_lifetime_max_phys_footprint.offset == 240


@pytest.mark.parametrize(
    ("resident", "footprint", "file_size", "weights"),
    [
        (263, 57, 1000, 206),
        (263, 57, 98, 98),
        (263, 300, 1000, 0),  # compressed pages count in the footprint, but are not resident
    ],
)
def test_parts_are_told_apart(resident, footprint, file_size, weights) -> None:
    sample = make_reader(p7=synthetic_usage(resident, footprint, 9)).read(7, file_size)
    assert sample.resident_bytes == resident
    assert sample.working_bytes == footprint
    assert sample.weights_bytes == weights


def test_children_count() -> None:
    usage = synthetic_usage(100, 40, 50)
    sample = make_reader((8, 9), p7=usage, p8=usage).read(7, 1000)
    assert (sample.resident_bytes, sample.working_bytes, sample.weights_bytes) == (200, 80, 120)


def test_a_process_that_is_gone() -> None:
    reader = make_reader()
    assert reader.read(7, 1) is None
    assert isinstance(reader.peak_resident_bytes(7), Unavailable)


def test_the_peak_is_of_the_whole_life() -> None:
    reader = make_reader(p7=synthetic_usage(263, 57, 99))
    assert reader.peak_resident_bytes(7) == 99
    assert reader.reset_peak(7) is False

import ctypes
import struct
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.fake_clock import FakeClock

from large_enough.domain.power import Absent, PowerReading, Scope, SourceKind
from large_enough.domain.quantity import Unavailable
from large_enough.measure.memory_macos import RusageInfoV4
from large_enough.measure.power.native import NOT_MACOS
from large_enough.measure.power.reading import CLOSED
from large_enough.measure.power.rusage import (
    BUFFER_BYTES,
    NOT_ACCOUNTED,
    RUSAGE_INFO_V6,
    ProcessEnergySource,
    RusageInfoV6,
    find_process_energy,
    load_process_energy,
    process_energy_j,
)

UUID_BYTES = 16
WORDS = 56
ENERGY_WORD = 40  # counted in Apple's header: 35 words of version 4, flags, 4 of V6 before it


def synthetic_usage(energy_nj: int, extra_bytes: int = 0) -> bytes:
    """A `struct rusage_info_v6` as it lies in memory: not recorded, but made from the header."""
    words = [10**15 + index for index in range(WORDS)]
    words[ENERGY_WORD] = energy_nj
    return bytes(UUID_BYTES) + struct.pack(f"<{WORDS}Q", *words) + b"\xff" * extra_bytes


class FakeLibrary:
    def __init__(self, usages: dict[int, bytes]) -> None:
        self.usages = usages

    def proc_pid_rusage(self, process_id: int, flavour: int, buffer: object) -> int:
        assert flavour == RUSAGE_INFO_V6
        if process_id not in self.usages:
            return -1
        content = self.usages[process_id]
        assert ctypes.sizeof(buffer._obj) >= len(content)
        ctypes.memmove(buffer, content, len(content))
        return 0


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def find(library: FakeLibrary, clock: FakeClock, process_id: int = 7) -> ProcessEnergySource:
    found = find_process_energy(library, process_id, clock)
    assert not isinstance(found, Absent), found
    (source,) = found
    return source


def test_the_layout_is_apples() -> None:
    assert ctypes.sizeof(RusageInfoV6) == UUID_BYTES + 8 * WORDS == 464
    assert RusageInfoV6.ri_flags.offset == ctypes.sizeof(RusageInfoV4)
    assert RusageInfoV6.ri_energy_nj.offset == UUID_BYTES + 8 * ENERGY_WORD
    assert RusageInfoV6.ri_penergy_nj.offset == RusageInfoV6.ri_energy_nj.offset + 8


def test_there_is_room_for_a_structure_that_grows() -> None:
    assert BUFFER_BYTES >= 512
    library = FakeLibrary({7: synthetic_usage(5_000_000_000, extra_bytes=48)})
    assert process_energy_j(library, 7) == 5.0


def test_energy_of_a_process(clock: FakeClock) -> None:
    library = FakeLibrary({7: synthetic_usage(2_500_000_000)})
    source = find(library, clock)
    assert source.read() == PowerReading(clock.monotonic_ns(), 2.5)
    library.usages[7] = synthetic_usage(3_500_000_000)
    assert source.read().value == 3.5
    identity = source.identity
    assert (identity.key, identity.scope) == ("rusage:7", Scope.PROCESS_CPU)
    assert identity.kind is SourceKind.COUNTER
    assert identity.is_vendor_model
    assert not identity.is_verified


def test_an_intel_mac(clock: FakeClock) -> None:
    found = find_process_energy(FakeLibrary({7: synthetic_usage(0)}), 7, clock)
    assert isinstance(found, Absent)
    assert found.reason == NOT_ACCOUNTED.reason


def test_a_process_that_ends(clock: FakeClock) -> None:
    library = FakeLibrary({7: synthetic_usage(1_000)})
    source = find(library, clock)
    del library.usages[7]
    assert source.read() == Unavailable(reason="macOS tells no energy of this process")


def test_a_process_that_is_not_there(clock: FakeClock) -> None:
    assert isinstance(find_process_energy(FakeLibrary({}), 7, clock), Absent)


def test_closing_twice(clock: FakeClock) -> None:
    source = find(FakeLibrary({7: synthetic_usage(1_000)}), clock)
    source.close()
    source.close()
    assert source.read() == CLOSED


def test_another_system(clock: FakeClock) -> None:
    assert load_process_energy("linux") == NOT_MACOS
    found = find_process_energy(NOT_MACOS, 7, clock)
    assert isinstance(found, Absent)
    assert found.reason == "this is not macOS"


def test_this_system() -> None:
    assert isinstance(load_process_energy(), Unavailable) == (sys.platform != "darwin")
    assert load_process_energy("darwin") != NOT_MACOS


@given(st.integers(1, 2**63))
def test_nanojoules_are_scaled(energy_nj: int) -> None:
    library = FakeLibrary({7: synthetic_usage(energy_nj)})
    assert process_energy_j(library, 7) == pytest.approx(energy_nj / 1e9)

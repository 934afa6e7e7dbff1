import ctypes
import json
import sys
from pathlib import Path

import pytest
from tests.data.power.synthetic_windows import FakePdh

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.native import NOT_WINDOWS
from large_enough.measure.power.pdh import _Item, load_pdh
from large_enough.measure.power.pdh_gpu import (
    DEDICATED,
    LOCAL,
    NOT_LISTED,
    GpuProcessMemory,
    PdhGpuMemory,
    process_of,
)

TESTS = Path(__file__).resolve().parents[3]
FIXTURE = TESTS / "data" / "power" / "synthetic_pdh_gpu_process_memory.json"
WORKER = 4242


@pytest.fixture
def library() -> FakePdh:
    return FakePdh(json.loads(FIXTURE.read_text(encoding="utf-8"))["values"])


def test_the_layout_is_microsofts() -> None:
    if ctypes.sizeof(ctypes.c_void_p) == 8:
        assert ctypes.sizeof(_Item) == 24
        assert _Item.value.offset == 16


def test_all_cards_of_a_process_together(library: FakePdh) -> None:
    assert PdhGpuMemory(library).read(WORKER) == GpuProcessMemory(
        dedicated_bytes=3_500_000_000, resident_bytes=3_260_000_000
    )


def test_processes_whose_numbers_begin_alike(library: FakePdh) -> None:
    memory = PdhGpuMemory(library)
    assert memory.read(42).dedicated_bytes == 77_000_000
    assert memory.read(424).dedicated_bytes == 88_000_000
    assert memory.read(424).resident_bytes == NOT_LISTED


def test_a_process_that_is_not_listed_has_no_number(library: FakePdh) -> None:
    assert PdhGpuMemory(library).read(7) == NOT_LISTED


def test_a_listed_process_without_dedicated_memory(library: FakePdh) -> None:
    """A graphics chip that shares the working memory: 0 is what Windows measured."""
    assert PdhGpuMemory(library).read(1000).dedicated_bytes == 0


def test_values_that_windows_marks_as_invalid(library: FakePdh) -> None:
    library.invalid = {f"pid_{WORKER}_luid_0x00000000_0x0000C5A7_phys_0"}
    assert PdhGpuMemory(library).read(WORKER).dedicated_bytes == 0
    library.invalid |= {f"pid_{WORKER}_luid_0x00000000_0x0000D1B2_phys_0"}
    assert PdhGpuMemory(library).read(WORKER) == NOT_LISTED


def test_a_negative_size(library: FakePdh) -> None:
    library.values = {**library.values, DEDICATED: {"pid_7_luid_0x0_0x1_phys_0": -1}}
    assert isinstance(PdhGpuMemory(library).read(7), Unavailable)


def test_processes_that_come_and_go(library: FakePdh) -> None:
    memory = PdhGpuMemory(library)
    assert memory.read(9) == NOT_LISTED
    library.values = {
        DEDICATED: {"pid_9_luid_0x0_0x1_phys_0": 5},
        LOCAL: {"pid_9_luid_0x0_0x1_phys_0": 4},
    }
    assert memory.read(9) == GpuProcessMemory(dedicated_bytes=5, resident_bytes=4)


def test_no_process_at_all(library: FakePdh) -> None:
    library.values = {DEDICATED: {}, LOCAL: {}}
    assert PdhGpuMemory(library).read(9) == NOT_LISTED


def test_counters_are_opened_by_the_first_reading(library: FakePdh) -> None:
    memory = PdhGpuMemory(library)
    assert library.open_count == 0
    memory.read(WORKER)
    memory.read(WORKER)
    assert (library.open_count, library.collect_count) == (1, 2)
    memory.close()
    memory.close()
    assert library.open_count == 0
    assert memory.read(WORKER).dedicated_bytes == 3_500_000_000
    assert library.open_count == 1


def test_a_windows_without_these_counters() -> None:
    library = FakePdh({})
    memory = PdhGpuMemory(library)
    assert memory.read(WORKER) == Unavailable(reason="this Windows counts no graphics memory")
    assert library.open_count == 0


def test_a_windows_with_one_of_them(library: FakePdh) -> None:
    library.values = {DEDICATED: library.values[DEDICATED]}
    assert isinstance(PdhGpuMemory(library).read(WORKER), Unavailable)
    assert library.open_count == 0


def test_nothing_collected_yet(library: FakePdh) -> None:
    library.collect_status = FakePdh.NO_DATA
    assert PdhGpuMemory(library).read(WORKER) == NOT_LISTED


def test_a_collection_that_fails(library: FakePdh) -> None:
    memory = PdhGpuMemory(library)
    library.collect_status = FakePdh.NO_OBJECT
    outcome = memory.read(WORKER)
    assert isinstance(outcome, Unavailable)
    assert "0xc0000bb8" in outcome.reason
    library.collect_status = 0
    assert memory.read(WORKER).dedicated_bytes == 3_500_000_000


@pytest.mark.parametrize(
    ("instance", "process_id"),
    [
        ("pid_1234_luid_0x00000000_0x0000C5A7_phys_0", 1234),
        ("pid_1_luid_0x0_0x1_phys_12", 1),
        ("pid_1234_luid_0x00000000_0x0000C5A7_phys_0#1", None),
        ("pid_1234", None),
        ("luid_0x00000000_0x0000C5A7_phys_0", None),
        ("_Total", None),
        ("pid_-3_luid_0x0_0x1_phys_0", None),
        ("", None),
    ],
)
def test_names_of_instances(instance: str, process_id: int | None) -> None:
    assert process_of(instance) == process_id


def test_another_system() -> None:
    library = load_pdh("linux")
    assert library == NOT_WINDOWS
    memory = PdhGpuMemory(library)
    assert memory.read(1) == NOT_WINDOWS
    memory.close()


def test_this_system() -> None:
    assert isinstance(load_pdh(), Unavailable) == (sys.platform != "win32")
    assert load_pdh("win32") != NOT_WINDOWS

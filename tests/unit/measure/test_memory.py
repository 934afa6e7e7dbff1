import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from tests.helpers.fake_clock import FakeClock

from large_enough.domain.clock import SystemClock
from large_enough.measure.cgroup import ControlGroup
from large_enough.measure.memory import (
    available_memory_bytes,
    memory_reader,
    swap_used_bytes,
)
from large_enough.measure.memory_linux import LinuxMemoryReader
from large_enough.measure.memory_psutil import PsutilMemoryReader
from large_enough.measure.process_tree import REFRESH_PERIOD_S, ProcessTree, find_children

FILE_BYTES = 48 * 1024 * 1024
HEAP_BYTES = 32 * 1024 * 1024

MAPS_A_FILE = f"""
import mmap, sys
heap = bytearray({HEAP_BYTES})
for offset in range(0, {HEAP_BYTES}, 4096):
    heap[offset] = 1
stream = open(sys.argv[1], "rb")
mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
total = sum(mapped[offset] for offset in range(0, len(mapped), 4096))
print("ready", flush=True)
sys.stdin.readline()
del heap
mapped.close()
stream.close()
print("smaller", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has mapped a file and filled some memory, as a worker does."""
    path = tmp_path / "weights.bin"
    path.write_bytes(b"\1" * FILE_BYTES)
    command = [sys.executable, "-c", MAPS_A_FILE, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "ready\n"
        yield process
        process.stdin.close()


def smaps_rollup(process_id: int) -> dict[str, int]:
    lines = Path(f"/proc/{process_id}/smaps_rollup").read_text().splitlines()[1:]
    fields = (line.split() for line in lines)
    return {name.rstrip(":"): int(size) * 1024 for name, size, _unit in fields}


def test_a_real_process_agrees_with_the_system(worker: subprocess.Popen[str]) -> None:
    sample = memory_reader().read(worker.pid, FILE_BYTES)
    assert sample.resident_bytes == pytest.approx(
        psutil.Process(worker.pid).memory_info().rss, 0.02
    )
    assert sample.working_bytes > HEAP_BYTES
    assert 0 < sample.weights_bytes <= FILE_BYTES
    if sys.platform == "linux":  # the page tables walked one by one, independent of the counters
        pages = smaps_rollup(worker.pid)
        assert sample.resident_bytes == pytest.approx(pages["Rss"], 0.02)
        assert sample.working_bytes == pytest.approx(pages["Anonymous"], 0.02)
        assert sample.weights_bytes == FILE_BYTES
        without_limit = memory_reader().read(worker.pid, 10**12)
        assert without_limit.weights_bytes == pytest.approx(pages["Rss"] - pages["Anonymous"], 0.02)


def test_the_peak_of_a_real_process_starts_anew(worker: subprocess.Popen[str]) -> None:
    reader = memory_reader()
    high_bytes = reader.peak_resident_bytes(worker.pid)
    assert high_bytes > HEAP_BYTES
    worker.stdin.write("\n")
    worker.stdin.flush()
    assert worker.stdout.readline() == "smaller\n"
    assert reader.peak_resident_bytes(worker.pid) >= 0.98 * high_bytes
    if reader.reset_peak(worker.pid):
        assert reader.peak_resident_bytes(worker.pid) < high_bytes - HEAP_BYTES / 2


def test_a_process_that_has_ended(worker: subprocess.Popen[str]) -> None:
    reader = memory_reader()
    assert reader.read(worker.pid, 1) is not None
    worker.kill()
    worker.wait(10)
    assert reader.read(worker.pid, 1) is None


def test_each_system_has_its_reader() -> None:
    assert isinstance(memory_reader(platform="linux"), LinuxMemoryReader)
    assert isinstance(memory_reader(platform="win32"), PsutilMemoryReader)
    assert isinstance(memory_reader(SystemClock(), platform="freebsd14"), PsutilMemoryReader)


def test_children_of_a_real_process(worker: subprocess.Popen[str]) -> None:
    assert worker.pid in find_children(os.getpid())
    assert find_children(worker.pid) == []


def test_children_of_nobody() -> None:
    assert find_children(2**22 + 1) == ()


def test_the_tree_is_looked_up_now_and_then() -> None:
    clock = FakeClock()
    found: list[int] = []
    tree = ProcessTree(clock, lambda _process_id: tuple(found))
    assert tree.members(7) == (7,)
    found.append(8)
    assert tree.members(7) == (7,)
    clock.advance(REFRESH_PERIOD_S)
    assert tree.members(7) == (7, 8)
    found.append(9)
    tree.forget(7)
    assert tree.members(7) == (7, 8, 9)


def test_available_memory(tmp_path: Path) -> None:
    total_bytes = psutil.virtual_memory().total
    unlimited = ControlGroup(tmp_path, tmp_path)
    assert 0 < available_memory_bytes(unlimited) <= total_bytes
    assert 0 < available_memory_bytes() <= total_bytes
    (tmp_path / "memory.max").write_text("5000\n")
    (tmp_path / "memory.current").write_text("2000\n")
    assert available_memory_bytes(ControlGroup(tmp_path, tmp_path)) == 3000


def test_swap() -> None:
    assert swap_used_bytes() >= 0

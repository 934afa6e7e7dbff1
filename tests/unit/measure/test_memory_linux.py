from pathlib import Path

import pytest
from tests.helpers.fake_clock import FakeClock

from large_enough.domain.quantity import Unavailable
from large_enough.measure.memory_linux import LinuxMemoryReader
from large_enough.measure.process_tree import ProcessTree

STATUS = """\
Name:\tpython
Umask:\t0022
State:\tS (sleeping)
Pid:\t7
VmPeak:\t  400000 kB
VmHWM:\t  270000 kB
VmRSS:\t  263000 kB
RssAnon:\t   57000 kB
RssFile:\t  200000 kB
RssShmem:\t    6000 kB
Threads:\t4
voluntary_ctxt_switches:\t12
"""


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def add_process(root: Path, process_id: int, status: str) -> None:
    folder = root / str(process_id)
    folder.mkdir()
    (folder / "status").write_text(status)
    (folder / "clear_refs").write_text("")


def make_reader(root: Path, clock: FakeClock, children: tuple[int, ...] = ()) -> LinuxMemoryReader:
    return LinuxMemoryReader(clock, ProcessTree(clock, lambda _process_id: children), root)


def test_parts_are_told_apart(tmp_path: Path, clock: FakeClock) -> None:
    add_process(tmp_path, 7, STATUS)
    sample = make_reader(tmp_path, clock).read(7, 10**9)
    assert sample.t_ns == clock.monotonic_ns()
    assert sample.resident_bytes == 263_000 * 1024
    assert sample.weights_bytes == 206_000 * 1024
    assert sample.working_bytes == 57_000 * 1024


def test_weights_are_at_most_the_file(tmp_path: Path, clock: FakeClock) -> None:
    add_process(tmp_path, 7, STATUS)
    assert make_reader(tmp_path, clock).read(7, 98_362_432).weights_bytes == 98_362_432
    assert make_reader(tmp_path, clock).read(7, 0).weights_bytes == 0


def test_children_count(tmp_path: Path, clock: FakeClock) -> None:
    add_process(tmp_path, 7, STATUS)
    add_process(tmp_path, 8, STATUS)
    sample = make_reader(tmp_path, clock, (8, 9)).read(7, 10**9)
    assert sample.resident_bytes == 2 * 263_000 * 1024
    assert sample.working_bytes == 2 * 57_000 * 1024


@pytest.mark.parametrize("status", [None, "Name:\tpython\nState:\tZ (zombie)\n"])
def test_a_process_that_is_gone(tmp_path: Path, clock: FakeClock, status: str | None) -> None:
    if status is not None:
        add_process(tmp_path, 7, status)
    reader = make_reader(tmp_path, clock)
    assert reader.read(7, 1) is None
    assert isinstance(reader.peak_resident_bytes(7), Unavailable)


def test_an_old_kernel(tmp_path: Path, clock: FakeClock) -> None:
    add_process(tmp_path, 7, "VmRSS:\t  100 kB\n")
    sample = make_reader(tmp_path, clock).read(7, 1)
    assert sample.resident_bytes == 102_400
    assert isinstance(sample.weights_bytes, Unavailable)
    assert isinstance(sample.working_bytes, Unavailable)


def test_the_peak(tmp_path: Path, clock: FakeClock) -> None:
    add_process(tmp_path, 7, STATUS)
    reader = make_reader(tmp_path, clock)
    assert reader.peak_resident_bytes(7) == 270_000 * 1024
    assert reader.reset_peak(7)
    assert (tmp_path / "7" / "clear_refs").read_text() == "5"
    assert not reader.reset_peak(8)

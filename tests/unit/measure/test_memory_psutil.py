from types import SimpleNamespace

import psutil
import pytest
from tests.helpers.fake_clock import FakeClock

from large_enough.domain.quantity import Unavailable
from large_enough.measure.memory_psutil import PsutilMemoryReader
from large_enough.measure.process_tree import ProcessTree

WINDOWS = SimpleNamespace(rss=263, vms=57, private=57, wset=263, peak_wset=280)
WINDOWS_PSUTIL_8 = SimpleNamespace(rss=263, vms=57, private=57, peak_rss=281)
BARE = SimpleNamespace(rss=263, vms=500)


def make_reader(infos: dict[int, object], children: tuple[int, ...] = ()) -> PsutilMemoryReader:
    def process_of(process_id: int) -> SimpleNamespace:
        if process_id not in infos:
            raise psutil.NoSuchProcess(process_id)
        return SimpleNamespace(memory_info=lambda: infos[process_id])

    clock = FakeClock()
    return PsutilMemoryReader(clock, ProcessTree(clock, lambda _process_id: children), process_of)


@pytest.mark.parametrize("info", [WINDOWS, WINDOWS_PSUTIL_8])
def test_windows(info: SimpleNamespace) -> None:
    sample = make_reader({7: info}).read(7, 1000)
    assert (sample.resident_bytes, sample.weights_bytes, sample.working_bytes) == (263, 206, 57)
    assert make_reader({7: info}).read(7, 98).weights_bytes == 98


def test_windows_with_more_committed_than_resident() -> None:
    info = SimpleNamespace(rss=263, private=900)
    assert make_reader({7: info}).read(7, 1000).weights_bytes == 0


def test_children_count() -> None:
    sample = make_reader({7: WINDOWS, 8: WINDOWS}, (8, 9)).read(7, 1000)
    assert (sample.resident_bytes, sample.weights_bytes, sample.working_bytes) == (526, 412, 114)


def test_other_systems_tell_the_resident_set_only() -> None:
    reader = make_reader({7: BARE})
    sample = reader.read(7, 1000)
    assert sample.resident_bytes == 263
    assert isinstance(sample.weights_bytes, Unavailable)
    assert isinstance(sample.working_bytes, Unavailable)
    assert isinstance(reader.peak_resident_bytes(7), Unavailable)


def test_the_peak_is_of_the_whole_life() -> None:
    assert make_reader({7: WINDOWS}).peak_resident_bytes(7) == 280
    assert make_reader({7: WINDOWS_PSUTIL_8}).peak_resident_bytes(7) == 281
    assert make_reader({7: WINDOWS}).reset_peak(7) is False


def test_a_process_that_is_gone() -> None:
    reader = make_reader({})
    assert reader.read(7, 1) is None
    assert isinstance(reader.peak_resident_bytes(7), Unavailable)

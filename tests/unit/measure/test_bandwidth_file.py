"""The speed of memory that is kept."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from tests.unit.comparison.test_speed_bounds import BANDWIDTH

from large_enough.domain.quantity import Unavailable
from large_enough.domain.speed_bound import Bandwidth
from large_enough.measure.bandwidth import BUSY, ROUND_RUNS
from large_enough.measure.bandwidth_file import (
    FILE_NAME,
    LOAD_WINDOW_S,
    known_bandwidth,
    load_bandwidth,
    save_bandwidth,
)


class Measuring:
    """Counts how often it is measured."""

    def __init__(self, found: Bandwidth | Unavailable = BANDWIDTH) -> None:
        self.count = 0
        self._found = found

    def __call__(self, is_busy: Callable[[], bool]) -> Bandwidth | Unavailable:
        assert not is_busy()
        self.count += 1
        return self._found


def known(
    folder: Path, measure: Measuring, *, is_busy: bool = False, load: float = 0.0
) -> Bandwidth | Unavailable:
    return known_bandwidth(
        folder, "laptop", is_busy=lambda: is_busy, system_load=lambda: load, measure=measure
    )


def test_it_is_measured_once(tmp_path: Path) -> None:
    measure = Measuring()
    folder = tmp_path / "new"
    assert [known(folder, measure) for _time in range(3)] == [BANDWIDTH] * 3
    assert measure.count == 1
    assert load_bandwidth(folder, "laptop") == BANDWIDTH


def test_another_machine_measures_its_own(tmp_path: Path) -> None:
    save_bandwidth(tmp_path, msgspec.structs.replace(BANDWIDTH, machine="other"))
    assert load_bandwidth(tmp_path, "laptop") is None
    measure = Measuring()
    assert known(tmp_path, measure) == BANDWIDTH
    assert measure.count == 1


def test_never_while_models_or_others_work(tmp_path: Path) -> None:
    measure = Measuring()
    assert known(tmp_path, measure, is_busy=True) == ROUND_RUNS
    assert known(tmp_path, measure, load=0.8) == BUSY
    assert measure.count == 0
    save_bandwidth(tmp_path, BANDWIDTH)
    assert known(tmp_path, measure, is_busy=True) == BANDWIDTH


def test_a_failure_is_not_kept(tmp_path: Path) -> None:
    failing = Measuring(Unavailable(reason="no result"))
    assert known(tmp_path, failing) == Unavailable(reason="no result")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_costs_only_the_keeping(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert known(tmp_path / "file", Measuring()) == BANDWIDTH


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"bytes_per_s":1e99}'])
def test_nonsense_is_measured_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    assert load_bandwidth(tmp_path, "laptop") is None
    impossible = msgspec.structs.replace(BANDWIDTH, bytes_per_s=0.0)
    (tmp_path / FILE_NAME).write_bytes(msgspec.json.encode(impossible))
    assert load_bandwidth(tmp_path, "laptop") is None


def test_who_asks_too_early_looks_at_the_load_once_more(tmp_path: Path) -> None:
    waited: list[float] = []
    loads = [Unavailable(reason="too short to measure"), 0.8]
    found = known_bandwidth(
        tmp_path,
        "laptop",
        is_busy=lambda: False,
        system_load=lambda: loads.pop(0),
        measure=Measuring(),
        wait=waited.append,
    )
    assert found == BUSY
    assert waited == [LOAD_WINDOW_S]

"""Runs of packs with real worker processes that play scripts."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import psutil
import pytest
from tests.helpers.pack_runs import RunRecorder, RunTable, answers_of, small_pack

from large_enough.comparison.pack_run_events import RunEnded
from large_enough.comparison.pack_run_plan import usual_settings
from large_enough.domain.pack_run import (
    PackRunEnd,
    PackRunRecord,
    PackRunSettings,
    RunMode,
)
from large_enough.domain.quantity import Unavailable
from large_enough.store.pack_run_reading import read_pack_run

PACK = small_pack()
FAST = msgspec.structs.replace(usual_settings(PACK), mode=RunMode.FAST, batch_size=4)


@pytest.fixture
def table(tmp_path: Path) -> Iterator[RunTable]:
    table = RunTable(tmp_path)
    yield table
    table.close()
    assert not psutil.Process().children(recursive=True)


def outcomes(record: PackRunRecord) -> dict[tuple[str, str, int], tuple[str, str]]:
    """Return what counts of each cell; times differ from run to run."""
    return {
        (cell.key.letter, cell.key.item_id, cell.key.repeat): (cell.text, cell.grade.status)
        for cell in record.cells
    }


@pytest.mark.parametrize("settings", [usual_settings(PACK), FAST], ids=["measured", "fast"])
def test_every_answer_of_every_contender_is_graded_and_on_disk(
    table: RunTable, settings: PackRunSettings
) -> None:
    good = table.contender("good", answers_of(PACK))
    bad = table.contender("bad", answers_of(PACK, wrong=["n1", "c3"]))
    recorder = RunRecorder()
    record = table.run_pack(table.plan_pack(PACK, [good, bad], settings), recorder)

    assert record.end is PackRunEnd.COMPLETE
    assert len(record.cells) == 12
    wrong = {(c.key.letter, c.key.item_id) for c in record.cells if c.score != 1.0}
    assert wrong == {("B", "n1"), ("B", "c3")}
    assert read_pack_run(table.only_log()) == record
    assert recorder.states("A")[-1] == "done"
    assert {"loading", "warming_up", "counting", "answering"} <= set(recorder.states("A"))
    ended = recorder.events[-1]
    assert isinstance(ended, RunEnded)
    assert ended.record == record
    is_fast = settings.mode is RunMode.FAST
    assert all(isinstance(cell.timing, Unavailable) is is_fast for cell in record.cells)
    assert all(isinstance(cell.resources, Unavailable) is is_fast for cell in record.cells)
    assert [setup.letter for setup in record.setups] == ["A", "B"]
    assert {cell.setup_id for cell in record.cells if cell.key.letter == "B"} == {1}

"""Runs on disk, as the window keeps them: listed, judged, graded again, exported, deleted."""

import json
from pathlib import Path

import msgspec
import pytest
from tests.helpers.matrix_runs import MACHINE, make_cards, make_cell, make_pack, make_plan

from large_enough.domain.errors import RequestError
from large_enough.domain.generation import LoadSettings
from large_enough.domain.grade import GradeStatus, HandGrade
from large_enough.domain.pack import NumberKey
from large_enough.domain.pack_run import CellKey, PackRunEnd, PackRunSettings
from large_enough.store.pack_run_lines import CellLine
from large_enough.store.pack_run_log import RUNS_FOLDER, PackRunLog
from large_enough.ui.run_records import RunRecords
from large_enough.ui.widgets.run_export_button import RunFormat

UTC = "2026-11-27T12:00:00.000+00:00"
LOAD = LoadSettings(context_tokens=8192)


@pytest.fixture
def records(tmp_path: Path) -> RunRecords:
    """The runs of a user with one run that was interrupted."""
    plan = make_plan(3, 2)
    made = RunRecords({"LARGE_ENOUGH_HOME": str(tmp_path)}, lambda: LOAD)
    with PackRunLog.create(tmp_path / "data" / RUNS_FOLDER, plan, MACHINE, UTC) as log:
        for letter in "AB":
            for item_id in plan.item_ids[:2]:
                log.append(CellLine(cell=make_cell(item_id, letter, GradeStatus.WRONG)))
    return made


def test_runs_are_listed_with_how_far_they_are(records: RunRecords) -> None:
    (row,) = records.runs()
    assert (row.run_id, row.title, row.end) == ("run-1", "Retail banking", PackRunEnd.CUT)
    assert row.state == "interrupted at 4 of 6"
    assert row.can_resume
    assert "A SmolLM2 135M Instruct, B Qwen2.5 0.5B Instruct" in row.facts


def test_a_run_that_goes_on_elsewhere_is_running(records: RunRecords, tmp_path: Path) -> None:
    (path,) = (tmp_path / "data" / RUNS_FOLDER).glob("*.jsonl")
    with PackRunLog.reopen(path):
        (row,) = records.runs()
        assert (row.state, row.is_running, row.can_resume) == ("running", True, False)
    assert records.runs()[0].can_resume


def test_judgements_and_new_keys_change_the_record(records: RunRecords) -> None:
    key = CellKey(letter="A", item_id="fee-003")
    hand = HandGrade(status=GradeStatus.CORRECT, score=1.0, who="M", why="", utc=UTC)
    first = CellKey(letter="A", item_id="fee-001")
    judged = records.judge("run-1", first, hand).cell(first)
    assert judged is not None
    assert judged.score == 1.0
    taken_back = records.judge("run-1", first, None).cell(first)
    assert taken_back is not None
    assert taken_back.hand_grade is None
    record = records.read("run-1")
    assert record.cell(key) is None
    second = record.plan.pack.item("fee-002")
    fixed = msgspec.structs.replace(second, key=NumberKey(answer=1.0, unit="EUR"))
    items = tuple(fixed if item.id == second.id else item for item in record.plan.pack.items)
    pack = msgspec.structs.replace(record.plan.pack, items=items)
    again = records.regrade("run-1", pack, "misread")
    assert again.regradings[0].changed_item_ids == ("fee-002",)
    regraded = again.cell(CellKey(letter="A", item_id="fee-002"))
    assert regraded is not None
    assert regraded.grade.status is GradeStatus.CORRECT


def test_plans_load_models_as_the_user_chose(records: RunRecords) -> None:
    plan = records.plan(make_pack(5), make_cards(2), PackRunSettings())
    assert [one.letter for one in plan.contenders] == ["A", "B"]
    assert all(one.load == LOAD for one in plan.contenders)
    more = records.plan_more(records.read("run-1"), make_cards(3)[2:])
    assert [one.letter for one in more.contenders] == ["A", "B", "C"]
    assert more.run_id == "run-1"


def test_every_form_can_be_written(records: RunRecords, tmp_path: Path) -> None:
    record = records.read("run-1")
    csv = records.document(record, RunFormat.CSV).decode("utf-8-sig")
    assert len(csv.splitlines()) >= 5
    assert json.loads(records.document(record, RunFormat.JSON))["record"]["cells"]
    compared = json.loads(records.document(record, RunFormat.COMPARATOR))
    assert len(compared["examples"]) == 2
    records.save(str(tmp_path / "run.csv"), csv.encode())
    assert (tmp_path / "run.csv").read_bytes() == csv.encode()


def test_a_deleted_run_is_gone(records: RunRecords) -> None:
    records.delete("run-1")
    assert records.runs() == ()
    with pytest.raises(RequestError):
        records.read("run-1")

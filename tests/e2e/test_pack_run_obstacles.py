"""What stands in a run's way: full disks, long questions, judges, obstacles seen before it."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import msgspec
import psutil
import pytest
from tests.helpers.full_disk import on_full_disk
from tests.helpers.pack_runs import RunRecorder, RunTable, answers_of, small_pack

from large_enough.comparison.pack_judge import JudgeSettings, judge_run
from large_enough.comparison.pack_preflight import (
    PreflightDesk,
    PreflightLine,
    PreflightVerdict,
    preflight,
)
from large_enough.comparison.pack_run import run_or_resume, run_pack
from large_enough.comparison.pack_run_events import RunEnded
from large_enough.comparison.pack_run_plan import usual_settings, with_contenders
from large_enough.domain.errors import FailureKind, LargeEnoughError
from large_enough.domain.fit import GroupFit, Unjudged
from large_enough.domain.pack import FreeKey, PackItem
from large_enough.domain.pack_run import (
    JudgeVerdict,
    PackRunEnd,
    PackRunPlan,
    RunMode,
)
from large_enough.domain.round import Contender
from large_enough.store.pack_run_reading import read_pack_run

PACK = small_pack()
PLENTY_BYTES = 10**12


@pytest.fixture
def table(tmp_path: Path) -> Iterator[RunTable]:
    table = RunTable(tmp_path)
    yield table
    table.close()
    assert not psutil.Process().children(recursive=True)


def test_a_full_disk_stops_the_run_and_what_was_recorded_stays(table: RunTable) -> None:
    plan = table.plan_pack(PACK, [table.contender("ant", answers_of(PACK))])
    recorder = RunRecorder()
    tools = dataclasses.replace(table.tools, open_log=on_full_disk(8_000))
    record = run_pack(plan, recorder, folder=table.runs_folder, tools=tools)
    ended = recorder.events[-1]
    assert isinstance(ended, RunEnded)
    assert ended.log_problem is not None
    assert ended.log_problem.kind is FailureKind.LOG_NOT_WRITTEN
    assert 0 < len(record.cells) < 6
    assert len(recorder.cells) == len(record.cells)
    assert record.end is PackRunEnd.CUT
    again = run_or_resume(plan, RunRecorder(), folder=table.runs_folder, tools=table.tools)
    assert again.end is PackRunEnd.COMPLETE
    assert again.cells[: len(record.cells)] == record.cells


@pytest.mark.parametrize("mode", list(RunMode))
def test_a_gentle_pause_lets_the_answers_in_hand_end(table: RunTable, mode: RunMode) -> None:
    settings = msgspec.structs.replace(usual_settings(PACK), mode=mode, batch_size=2)
    ant = table.contender("ant", answers_of(PACK, token_delay_s=0.05))
    plan = table.plan_pack(PACK, [ant], settings)
    recorder = RunRecorder()
    tools = dataclasses.replace(table.tools, is_pause_wanted=lambda: bool(recorder.cells))
    record = run_pack(plan, recorder, folder=table.runs_folder, tools=tools)
    assert record.end is PackRunEnd.STOPPED
    assert len(record.cells) == (1 if mode is RunMode.MEASURE else 2)
    assert all(cell.score == 1.0 for cell in record.cells)
    again = run_or_resume(plan, RunRecorder(), folder=table.runs_folder, tools=table.tools)
    assert again.end is PackRunEnd.COMPLETE


def test_the_same_plan_again_goes_on_and_lets_others_join(table: RunTable) -> None:
    plan = table.plan_pack(PACK, [table.contender("one", answers_of(PACK))])
    table.run_pack(plan)
    more = with_contenders(plan, [table.contender("two", answers_of(PACK))])
    recorder = RunRecorder()
    record = run_or_resume(more, recorder, folder=table.runs_folder, tools=table.tools)
    assert len(recorder.cells) == 6
    assert record.plan.contenders[1].letter == "B"
    assert len(list(table.runs_folder.glob("*.jsonl"))) == 1


def look(table: RunTable, plan: PackRunPlan, free_bytes: int | None) -> list[PreflightLine]:
    fits = tuple(Unjudged(card=contender.card) for contender in plan.contenders)
    desk = PreflightDesk(
        tools=table.tools,
        forecast=lambda: GroupFit(fits=fits, together=False),
        free_disk_bytes=lambda: free_bytes,
    )
    told: list[PreflightLine] = []
    assert preflight(plan, desk, told.append) == tuple(told)
    return told


def verdicts(lines: list[PreflightLine], letter: str) -> list[PreflightVerdict]:
    return [line.verdict for line in lines if line.letter == letter]


def test_before_a_run_every_obstacle_has_a_line_and_a_next_step(table: RunTable) -> None:
    long = answers_of(PACK)
    long[0]["prompt_token_count"] = 5000
    contenders = [
        table.contender("good", answers_of(PACK)),
        table.contender("long", long),
        table.contender("base", answers_of(PACK), has_chat_template=False),
    ]
    lines = look(table, table.plan_pack(PACK, contenders), PLENTY_BYTES)
    good, care, bad = PreflightVerdict.GOOD, PreflightVerdict.CARE, PreflightVerdict.BAD
    assert verdicts(lines, "A") == [good, good, good]
    assert verdicts(lines, "B") == [good, good, care]
    assert verdicts(lines, "C") == [good, bad]
    named = next(line for line in lines if line.verdict is care)
    assert PACK.items[0].id in named.words
    assert "5,256" in named.next_step
    assert not table.fleet.workers
    assert not table.runs_folder.exists()


@pytest.mark.parametrize(
    ("free_bytes", "verdict"),
    [
        (PLENTY_BYTES, PreflightVerdict.GOOD),
        (1000, PreflightVerdict.BAD),
        (None, PreflightVerdict.CARE),
    ],
)
def test_before_a_run_the_disk_is_looked_at(
    free_bytes: int | None, verdict: PreflightVerdict, table: RunTable
) -> None:
    plan = table.plan_pack(PACK, [table.contender("good", answers_of(PACK))])
    lines = look(table, plan, free_bytes)
    assert next(line for line in lines if "disk" in line.title).verdict is verdict


def test_before_a_comparison_it_is_said_what_so_many_questions_can_show(table: RunTable) -> None:
    items = tuple(
        msgspec.structs.replace(item, group="fees" if place < 2 else "days")
        for place, item in enumerate(PACK.items)
    )
    pack = msgspec.structs.replace(PACK, items=items)
    contenders = [table.contender(name, answers_of(pack)) for name in ("one", "two")]
    settings = msgspec.structs.replace(usual_settings(pack), margin=0.12)
    (line,) = (
        line
        for line in look(table, table.plan_pack(pack, contenders, settings), PLENTY_BYTES)
        if "show" in line.title
    )
    assert f"{len(items)} questions of 2 kinds" in line.words
    assert "next to nothing" in line.words
    assert "chance" not in line.words  # a handful of questions promises nothing
    alone = look(table, table.plan_pack(pack, contenders[:1], settings), PLENTY_BYTES)
    assert not any("show" in other.title for other in alone)


def test_a_model_that_takes_fewer_at_once_is_said(table: RunTable) -> None:
    settings = msgspec.structs.replace(usual_settings(PACK), mode=RunMode.FAST, batch_size=8)
    ant = table.contender("ant", answers_of(PACK), parallel_sequences=2)
    lines = look(table, table.plan_pack(PACK, [ant], settings), PLENTY_BYTES)
    assert PreflightVerdict.CARE in verdicts(lines, "A")


FREE = msgspec.structs.replace(
    PACK,
    items=(
        PackItem(id="f1", question="Say something kind.", key=FreeKey()),
        PackItem(id="f2", question="Say something short.", key=FreeKey()),
    ),
)


def free_run(table: RunTable) -> Path:
    contenders = [
        table.contender(name, [{"text": f"**{word}** " * 3}])
        for name, word in (("ant", "kind"), ("bee", "rude"))
    ]
    table.run_pack(table.plan_pack(FREE, contenders))
    return table.only_log()


def judge(table: RunTable, name: str, answers: list[dict[str, str]]) -> Contender:
    contender = table.contender(name, answers)
    return msgspec.structs.replace(contender, letter="J")


def test_a_judge_is_asked_in_both_orders_and_its_word_changes_no_grade(table: RunTable) -> None:
    path = free_run(table)
    before = read_pack_run(path)
    answers = [
        {"when": "Answer A:\nkind", "text": '{"winner":"A"}'},
        {"when": "Answer A:\nrude", "text": '{"winner":"B"}'},
        {"text": "Hello."},
    ]
    told: list[tuple[int, int]] = []
    settings = JudgeSettings(judge=judge(table, "cat", answers))
    record = judge_run(path, settings, lambda *done: told.append(done), tools=table.tools)
    assert [one.verdict for one in record.judgements] == [JudgeVerdict.FIRST] * 2
    assert not any(one.is_flipped for one in record.judgements)
    assert told == [(0, 2), (1, 2), (2, 2)]
    assert record.cells == before.cells
    again = judge_run(path, settings, lambda *done: told.append(done), tools=table.tools)
    assert again.judgements == record.judgements
    assert told[-1] == (0, 0)


def test_a_judge_that_prefers_the_first_place_decides_nothing(table: RunTable) -> None:
    path = free_run(table)
    answers = [{"when": "Answer A:", "text": '{"winner":"A"}'}, {"text": "Hello."}]
    settings = JudgeSettings(judge=judge(table, "cat", answers))
    record = judge_run(path, settings, lambda *_done: None, tools=table.tools)
    assert all(one.is_flipped for one in record.judgements)
    assert {one.verdict for one in record.judgements} == {JudgeVerdict.TIE}


def test_a_judge_that_cannot_be_loaded_is_an_error(table: RunTable) -> None:
    path = free_run(table)
    contender = table.contender("cat", [{"text": "x"}], load_end="failed:load_refused")
    settings = JudgeSettings(judge=msgspec.structs.replace(contender, letter="J"))
    with pytest.raises(LargeEnoughError):
        judge_run(path, settings, lambda *_done: None, tools=table.tools)

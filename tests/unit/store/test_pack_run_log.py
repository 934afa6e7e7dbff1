"""The log of a run: whole after every line, one writer, readable however it ended."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from tests.helpers.full_disk import on_full_disk
from tests.helpers.pack_run_records import UTC, make_cells, make_run_plan, make_setup, write_run
from tests.helpers.records import make_card, make_machine

from large_enough.domain.errors import FailureKind, StoreError
from large_enough.domain.pack_run import (
    Cell,
    CellKey,
    Judgement,
    JudgeVerdict,
    LimitRise,
    PackRunEnd,
    Regrading,
)
from large_enough.domain.quantity import Unavailable
from large_enough.store.pack_run_cells import SETUP_LOST, stored
from large_enough.store.pack_run_heads import list_pack_runs
from large_enough.store.pack_run_lines import (
    CellLine,
    GradeLine,
    JudgementLine,
    NewGrade,
    PauseLine,
    RegradeLine,
    ResumeLine,
    RiseLine,
    SetupLine,
)
from large_enough.store.pack_run_log import PackRunLog
from large_enough.store.pack_run_reading import read_pack_run

PLAN = make_run_plan(names=("Ant 1B", "Bee 2B"))


def start(folder: Path) -> PackRunLog:
    return PackRunLog.create(folder, PLAN, make_machine(), UTC)


def make_judgement(item_id: str) -> Judgement:
    return Judgement(
        judge=make_card("Judge"),
        item_id=item_id,
        first="A",
        second="B",
        straight=JudgeVerdict.FIRST,
        turned=JudgeVerdict.FIRST,
        characters_shown=10,
        first_characters=10,
        second_characters=10,
    )


def test_what_was_written_is_read(tmp_path: Path) -> None:
    record = read_pack_run(write_run(tmp_path, PLAN))
    assert record.plan == PLAN
    assert record.machine == make_machine()
    assert record.cells == (*make_cells(PLAN, "A"), *make_cells(PLAN, "B"))
    assert record.setups == (make_setup("A"), make_setup("B"))
    assert record.end is PackRunEnd.COMPLETE
    assert record.unreadable_lines == 0


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = write_run(tmp_path, PLAN)
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0


def test_a_run_cut_anywhere_is_read_up_to_there_and_goes_on(tmp_path: Path) -> None:
    path = write_run(tmp_path, PLAN)
    data = path.read_bytes()
    first_end = data.index(b"\n") + 1
    whole = read_pack_run(path)
    for cut in range(first_end, len(data), 997):
        path.write_bytes(data[:cut])
        record = read_pack_run(path)
        assert record.cells == whole.cells[: len(record.cells)]
        assert record.unreadable_lines == 0
        assert record.end is PackRunEnd.CUT
        with PackRunLog.reopen(path) as log:
            log.append(ResumeLine(utc=UTC))
            for cell in whole.cells[len(record.cells) :]:
                log.append(CellLine(cell=stored(cell)))
        again = read_pack_run(path)
        assert [cell.key for cell in again.cells] == [cell.key for cell in whole.cells]
        assert again.unreadable_lines == 0


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x00\xff nonsense\n",
        b"{}\n",
        b'{"line":"cell"}\n',
        b'{"line":"grade","key":{"letter":"A","item_id":"nothing"},"grade":{}}\n',
        b'{"line":"tomorrow","what":1}\n',
        b"[" * 5000 + b"\n",
        b'{"line":"problem","letter":"Q","error":{"kind":"killed"}}\n',
    ],
)
def test_lines_that_make_no_sense_are_counted_and_cost_nothing_else(
    garbage: bytes, tmp_path: Path
) -> None:
    path = write_run(tmp_path, PLAN)
    whole = read_pack_run(path)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join((*lines[:4], garbage, *lines[4:])))
    record = read_pack_run(path)
    assert record.cells == whole.cells
    assert record.unreadable_lines == 1
    assert list_pack_runs(tmp_path)[0].plan is not None


@pytest.mark.parametrize("score", [b"7.0", b"-0.5", b"1e999"])
def test_an_answer_with_impossible_points_makes_no_sense(score: bytes, tmp_path: Path) -> None:
    path = write_run(tmp_path, PLAN)
    whole = read_pack_run(path)
    before = path.read_bytes()
    path.write_bytes(before.replace(b'"score":1.0', b'"score":' + score, 1))
    assert path.read_bytes() != before
    record = read_pack_run(path)
    assert record.unreadable_lines == 1
    assert len(record.cells) == len(whole.cells) - 1


def test_of_two_answers_to_one_question_the_first_counts(tmp_path: Path) -> None:
    cell = make_cells(PLAN, "A")[0]
    with start(tmp_path) as log:
        log.append(SetupLine(setup=make_setup("A")))
        log.append(CellLine(cell=stored(cell)))
        log.append(CellLine(cell=stored(msgspec.structs.replace(cell, text="another"))))
        path = log.path
    record = read_pack_run(path)
    assert record.cells == (cell,)
    assert record.unreadable_lines == 0


def test_without_its_setup_an_answer_keeps_its_times(tmp_path: Path) -> None:
    cell = make_cells(PLAN, "A")[0]
    with start(tmp_path) as log:
        log.append(CellLine(cell=stored(cell)))
    (found,) = read_pack_run(log.path).cells
    assert found.timing == cell.timing
    assert found.context == SETUP_LOST


def test_probabilities_of_nothing_survive(tmp_path: Path) -> None:
    cell = msgspec.structs.replace(
        make_cells(PLAN, "A")[0],
        timing=Unavailable(reason="chosen"),
        resources=Unavailable(reason="chosen"),
        context=Unavailable(reason="chosen"),
        option_log_probabilities=(-0.1, -float("inf")),
    )
    with start(tmp_path) as log:
        log.append(CellLine(cell=stored(cell)))
    assert read_pack_run(log.path).cells == (cell,)


def test_a_second_writer_is_refused_in_this_process_and_in_another(tmp_path: Path) -> None:
    with start(tmp_path) as log:
        with pytest.raises(StoreError) as caught:
            PackRunLog.reopen(log.path)
        assert caught.value.info.kind is FailureKind.LOG_IN_USE
        program = (
            "import sys; from pathlib import Path\n"
            "from large_enough.store.pack_run_log import PackRunLog\n"
            "PackRunLog.reopen(Path(sys.argv[1]))\n"
        )
        other = subprocess.run(
            [sys.executable, "-c", program, str(log.path)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert "log_in_use" in other.stderr
    with PackRunLog.reopen(log.path) as again:
        again.append(PauseLine(utc=UTC))
    assert read_pack_run(log.path).end is PackRunEnd.STOPPED
    assert not list(tmp_path.glob("*.lock"))


def test_the_lock_of_a_writer_that_died_does_not_block(tmp_path: Path) -> None:
    path = write_run(tmp_path, PLAN)
    program = (
        "import os, sys; from pathlib import Path\n"
        "from large_enough.store.pack_run_log import PackRunLog\n"
        "log = PackRunLog.reopen(Path(sys.argv[1])); os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    assert list(tmp_path.glob("*.lock"))
    PackRunLog.reopen(path).close()


def test_a_full_disk_refuses_the_line_and_keeps_the_others(tmp_path: Path) -> None:
    written: list[Cell] = []

    def fill(log: PackRunLog) -> None:
        for cell in make_cells(PLAN, "A") * 20:
            log.append(CellLine(cell=stored(cell)))
            written.append(cell)

    log = PackRunLog.create(tmp_path, PLAN, make_machine(), UTC, open_file=on_full_disk(20_000))
    with log, pytest.raises(StoreError) as caught:
        fill(log)
    assert caught.value.info.kind is FailureKind.LOG_NOT_WRITTEN
    assert len(written) > 0
    record = read_pack_run(log.path)
    assert [cell.key for cell in record.cells] == [cell.key for cell in written[:6]]
    assert record.unreadable_lines == 0


def test_a_log_of_a_newer_version_is_refused_by_name(tmp_path: Path) -> None:
    path = write_run(tmp_path, PLAN)
    data = path.read_bytes().replace(b'"schema_version":1', b'"schema_version":99', 1)
    path.write_bytes(data)
    with pytest.raises(StoreError) as caught:
        read_pack_run(path)
    assert "99" in str(caught.value.info.facts["problem"])
    (head,) = list_pack_runs(tmp_path)
    assert head.plan is None
    assert head.error is not None


def test_a_list_tells_how_far_each_run_is(tmp_path: Path) -> None:
    path = write_run(tmp_path, PLAN)
    (head,) = list_pack_runs(tmp_path)
    assert (head.done_count, head.total_count, head.end) == (12, 12, PackRunEnd.COMPLETE)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-3]))
    (head,) = list_pack_runs(tmp_path)
    assert (head.done_count, head.end) == (10, PackRunEnd.CUT)
    assert head.plan is not None
    assert head.plan.pack.title == "Small"


def test_a_list_tells_a_run_that_goes_on_from_one_that_was_cut(tmp_path: Path) -> None:
    with start(tmp_path):
        (head,) = list_pack_runs(tmp_path)
        assert (head.end, head.is_in_use) == (PackRunEnd.CUT, True)
    (head,) = list_pack_runs(tmp_path)
    assert (head.end, head.is_in_use) == (PackRunEnd.CUT, False)


def test_no_folder_means_no_runs(tmp_path: Path) -> None:
    assert list_pack_runs(tmp_path / "nowhere") == ()


def test_grades_of_an_earlier_version_count_once_their_regrading_is_there(tmp_path: Path) -> None:
    path = write_run(tmp_path, PLAN)
    whole = read_pack_run(path)
    changes = [
        GradeLine(key=cell.key, grade=msgspec.structs.replace(cell.grade, score=0.5))
        for cell in whole.cells[:3]
    ]
    with PackRunLog.reopen(path) as log:
        for change in changes:
            log.append(change)
    record = read_pack_run(path)
    assert record.cells == whole.cells
    assert record.unreadable_lines == 0
    with PackRunLog.reopen(path) as log:
        log.append(RegradeLine(regrading=Regrading(utc=UTC, pack_sha256="ab" * 32)))
    assert [cell.grade.score for cell in read_pack_run(path).cells[:4]] == [0.5, 0.5, 0.5, 1.0]


def test_grades_that_a_crash_left_without_their_regrading_never_count(tmp_path: Path) -> None:
    path = write_run(tmp_path, PLAN)
    whole = read_pack_run(path)
    first, second = whole.cells[:2]
    half = msgspec.structs.replace(first.grade, score=0.5)
    with PackRunLog.reopen(path) as log:
        log.append(GradeLine(key=first.key, grade=half))
        grades = (NewGrade(key=second.key, grade=half),)
        regrading = Regrading(utc=UTC, pack_sha256="ab" * 32)
        log.append(RegradeLine(regrading=regrading, grades=grades))
    assert [cell.grade.score for cell in read_pack_run(path).cells[:2]] == [1.0, 0.5]


def risen_run(folder: Path) -> tuple[Path, tuple[CellKey, ...]]:
    """Write a run in which two answers are asked again, and one is answered again."""
    path = write_run(folder, PLAN)
    cells = make_cells(PLAN, "A")
    keys = (cells[0].key, cells[1].key)
    with PackRunLog.reopen(path) as log:
        log.append(ResumeLine(utc=UTC))
        log.append(RiseLine(rise=LimitRise(utc=UTC, max_tokens=999, keys=keys)))
        log.append(CellLine(cell=stored(msgspec.structs.replace(cells[0], text="longer"))))
    return path, keys


def test_answers_that_are_asked_again_are_replaced_and_kept(tmp_path: Path) -> None:
    path, keys = risen_run(tmp_path)
    record = read_pack_run(path)
    new = record.cell(keys[0])
    assert new is not None
    assert new.text == "longer"
    assert record.cell(keys[1]) is None
    assert record.replaced == tuple(make_cells(PLAN, "A")[:2])
    assert record.end is PackRunEnd.CUT
    assert record.unreadable_lines == 0
    assert [record.plan.limits(key).max_tokens for key in keys] == [999, 999]
    assert record.plan.limits(record.cells[-2].key).max_tokens == 256
    (head,) = list_pack_runs(tmp_path)
    assert (head.done_count, head.end) == (11, PackRunEnd.CUT)


def test_a_run_cut_anywhere_after_its_limits_were_raised_loses_nothing(tmp_path: Path) -> None:
    path, _keys = risen_run(tmp_path)
    data = path.read_bytes()
    rise_end = data.index(b"\n", data.index(b'"line":"rise"')) + 1
    for cut in range(rise_end - 40, len(data), 61):
        path.write_bytes(data[:cut])
        record = read_pack_run(path)
        has_risen = cut >= rise_end
        assert len(record.cells) == (10 if has_risen else 12)
        assert len(record.replaced) == (2 if has_risen else 0)
        assert len(record.plan.rises) == has_risen
        (head,) = list_pack_runs(tmp_path)
        assert head.done_count == len(record.cells)


def test_what_a_judge_said_of_a_replaced_answer_counts_no_more(tmp_path: Path) -> None:
    path = write_run(tmp_path, PLAN)
    key = make_cells(PLAN, "B")[0].key
    with PackRunLog.reopen(path) as log:
        for item_id in (key.item_id, make_cells(PLAN, "B")[1].key.item_id):
            log.append(JudgementLine(judgement=make_judgement(item_id)))
        log.append(RiseLine(rise=LimitRise(utc=UTC, max_tokens=999, keys=(key,))))
    assert [one.item_id for one in read_pack_run(path).judgements] == [PLAN.item_ids[1]]


def test_raising_limits_of_answers_that_are_not_there_is_counted_as_damage(tmp_path: Path) -> None:
    path = write_run(tmp_path, PLAN)
    with PackRunLog.reopen(path) as log:
        key = CellKey(letter="A", item_id="nothing")
        log.append(RiseLine(rise=LimitRise(utc=UTC, max_tokens=999, keys=(key,))))
    record = read_pack_run(path)
    assert len(record.cells) == 12
    assert record.unreadable_lines == 1

import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.helpers.records import (
    make_answer,
    make_cancelled,
    make_card,
    make_done,
    make_failed,
    make_machine,
    make_plan,
)

from large_enough.domain.errors import FailureKind, StoreError
from large_enough.domain.model_card import Adapter
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import RoundRecord
from large_enough.store.log_lines import SCHEMA_VERSION
from large_enough.store.run_log import RoundLog, log_name, read_round
from large_enough.wording.failures import explain

STARTED = "2026-05-04T10:00:00.250000+00:00"
FREE_BYTES = 7_300_000_000


def create(folder: Path, plan=None, **options) -> RoundLog:
    return RoundLog.create(
        folder, plan or make_plan(), make_machine(), STARTED, FREE_BYTES, **options
    )


class LimitedDisk:
    """A disk with room for so many bytes, that fills up in the middle of a line."""

    def __init__(self, room_bytes: int) -> None:
        self.room_bytes = room_bytes
        self.can_truncate = True

    def open(self, path: Path) -> io.FileIO:
        disk = self

        class File(io.FileIO):
            def write(self, data) -> int:
                room = disk.room_bytes - self.tell()
                if room <= 0:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                return super().write(bytes(data)[:room])

            def truncate(self, size=None) -> int:
                if not disk.can_truncate:
                    raise OSError(errno.EIO, os.strerror(errno.EIO))
                return super().truncate(size)

        return File(path, "xb")


def test_a_contender_keeps_its_adapter(tmp_path: Path) -> None:
    adapter = Adapter(path="/m/pirate.gguf", name="Pirate", size_bytes=7, scale=0.5, sha256="ab")
    plan = make_plan(make_card("Small"), make_card("Small").with_adapter(adapter))
    with create(tmp_path, plan) as log:
        log.finish()
    cards = [contender.card for contender in read_round(log.path).plan.contenders]
    assert [card.adapter for card in cards] == [None, adapter]
    assert [card.name for card in cards] == ["Small", "Small + Pirate"]


def test_everything_comes_back(tmp_path: Path) -> None:
    plan = make_plan(make_card("Small"), make_card("Middle"), make_card("Large"))
    results = (make_failed("B"), make_done("A"), make_cancelled("C", make_answer()))
    with create(tmp_path / "deep" / "runs", plan) as log:
        for result in results:
            log.append(result)
        log.finish()
    assert read_round(log.path) == RoundRecord(
        schema_version=SCHEMA_VERSION,
        plan=plan,
        machine=make_machine(),
        started_utc=STARTED,
        results=results,
        is_complete=True,
        available_memory_before_bytes=FREE_BYTES,
    )


def test_unavailable_numbers_stay_unavailable(tmp_path: Path) -> None:
    missing = Unavailable(reason="not read")
    log = RoundLog.create(tmp_path, make_plan(), make_machine(), STARTED, missing)
    log.append(make_done("A", needed_bytes=missing))
    log.close()
    record = read_round(log.path)
    assert record.available_memory_before_bytes == missing
    assert record.results[0].resources.memory.needed_bytes == missing


def test_each_answer_is_in_the_file_at_once(tmp_path: Path) -> None:
    with create(tmp_path) as log:
        assert read_round(log.path).results == ()
        log.append(make_done("A"))
        assert [result.letter for result in read_round(log.path).results] == ["A"]
        assert not read_round(log.path).is_complete


def test_the_version_written_is_the_records_own() -> None:
    fields = dict(zip(RoundRecord.__struct_fields__, RoundRecord.__struct_defaults__, strict=True))
    assert fields["schema_version"] == SCHEMA_VERSION


def test_each_line_is_json_of_its_own(tmp_path: Path) -> None:
    with create(tmp_path) as log:
        log.append(make_done("A"))
        log.finish()
    lines = [json.loads(line) for line in log.path.read_text("utf-8").splitlines()]
    assert [line["line"] for line in lines] == ["round", "answer", "end"]
    assert lines[0]["plan"]["contenders"][0]["card"]["sha256"] == "ab" * 32


def test_the_name_sorts_by_time_and_holds_the_id() -> None:
    assert log_name(STARTED, "ab-1") == "20260504T100000.250000Z-ab-1.jsonl"
    assert log_name("2026-05-04T12:00:00+02:00", "x") == "20260504T100000.000000Z-x.jsonl"
    assert "/" not in log_name(STARTED, "../../etc/passwd")
    assert len(log_name(STARTED, "x" * 999)) < 110


def test_a_log_is_never_overwritten(tmp_path: Path) -> None:
    with create(tmp_path) as log:
        log.append(make_done("A"))
        with pytest.raises(StoreError) as caught:
            create(tmp_path)
    assert caught.value.info.kind is FailureKind.LOG_NOT_WRITTEN
    assert "there already" in explain(caught.value.info).happened
    assert len(read_round(log.path).results) == 1


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file")
    with pytest.raises(StoreError) as caught:
        create(tmp_path / "runs")
    assert caught.value.info.kind is FailureKind.LOG_NOT_WRITTEN


def test_disk_full_at_the_start_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        create(tmp_path, open_file=LimitedDisk(10).open)
    assert caught.value.info.facts["problem"] == os.strerror(errno.ENOSPC)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("can_truncate", [True, False])
def test_disk_full_in_an_answer_loses_nothing_else(tmp_path: Path, can_truncate: bool) -> None:
    disk = LimitedDisk(10**9)
    with create(tmp_path, open_file=disk.open) as log:
        log.append(make_done("A"))
        disk.room_bytes = log.path.stat().st_size + 100
        disk.can_truncate = can_truncate
        with pytest.raises(StoreError) as caught:
            log.append(make_done("B"))
        assert str(log.path) in explain(caught.value.info).happened
        record = read_round(log.path)
        assert [result.letter for result in record.results] == ["A"]
        assert not record.is_complete


def test_writing_goes_on_when_there_is_room_again(tmp_path: Path) -> None:
    disk = LimitedDisk(10**9)
    with create(tmp_path, open_file=disk.open) as log:
        disk.room_bytes = log.path.stat().st_size + 100
        with pytest.raises(StoreError):
            log.append(make_done("A"))
        disk.room_bytes = 10**9
        log.append(make_done("B"))
        log.finish()
    record = read_round(log.path)
    assert [result.letter for result in record.results] == ["B"]
    assert record.is_complete


def test_a_torn_line_that_stays_does_not_swallow_the_next(tmp_path: Path) -> None:
    disk = LimitedDisk(10**9)
    with create(tmp_path, open_file=disk.open) as log:
        log.append(make_done("A"))
        disk.room_bytes, disk.can_truncate = log.path.stat().st_size + 100, False
        with pytest.raises(StoreError):
            log.append(make_failed("B"))
        disk.room_bytes = 10**9
        log.append(make_failed("B"))
        log.finish()
    with pytest.raises(StoreError) as caught:
        read_round(log.path)
    assert caught.value.info.facts["line"] == 3
    assert [result.letter for result in caught.value.record.results] == ["A", "B"]
    assert caught.value.record.is_complete


def test_a_closed_log_takes_no_more(tmp_path: Path) -> None:
    log = create(tmp_path)
    log.finish()
    log.close()
    with pytest.raises(StoreError):
        log.append(make_done("A"))
    assert read_round(log.path).is_complete


def test_text_that_utf8_cannot_hold_is_written_as_codes(tmp_path: Path) -> None:
    odd_name = os.fsdecode(b"caf\xe9") if os.name == "posix" else "caf\udce9"
    with create(tmp_path, make_plan(make_card(odd_name), make_card("B"))) as log:
        log.append(make_done("A"))
        log.finish()
    record = read_round(log.path)
    assert record.plan.contenders[0].card.name == "caf\\udce9"
    assert record.is_complete


KILLED_WRITER = """
import os, signal, sys
from pathlib import Path
from large_enough.store.run_log import RoundLog
from tests.helpers.records import make_done, make_machine, make_plan
log = RoundLog.create(Path(sys.argv[1]), make_plan(), make_machine(), sys.argv[2], 1)
log.append(make_done("B"))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.e2e
def test_a_killed_writer_loses_no_finished_answer(tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", KILLED_WRITER, str(tmp_path), STARTED]
    run = subprocess.run(command, cwd=root, timeout=60, check=False)
    assert run.returncode != 0
    (path,) = tmp_path.iterdir()
    assert [result.letter for result in read_round(path).results] == ["B"]

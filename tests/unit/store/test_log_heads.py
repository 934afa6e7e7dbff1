"""The beginnings of logs."""

from pathlib import Path

import msgspec
import pytest
from tests.helpers.records import make_done, make_machine, make_plan

from large_enough.domain.errors import FailureKind, StoreError
from large_enough.domain.round import Mode, Purpose, RoundPlan
from large_enough.store.log_heads import log_paths, read_head
from large_enough.store.log_lines import SCHEMA_VERSION
from large_enough.store.run_log import RoundLog


def write_log(
    folder: Path, plan: RoundPlan, started_utc: str = "2026-05-04T10:00:00+00:00"
) -> Path:
    with RoundLog.create(folder, plan, make_machine(), started_utc, 1) as log:
        log.append(make_done("A"))
        return log.path


def test_it_tells_what_the_whole_log_tells(tmp_path: Path) -> None:
    plan = msgspec.structs.replace(make_plan(mode=Mode.TOGETHER), purpose=Purpose.WARM_UP)
    head = read_head(write_log(tmp_path, plan))
    assert head.started_utc == "2026-05-04T10:00:00+00:00"
    assert head.plan.prompt == plan.prompt
    assert (head.plan.mode, head.plan.purpose) == (Mode.TOGETHER, Purpose.WARM_UP)
    cards = [(each.letter, each.card.name, each.card.path) for each in head.plan.contenders]
    assert cards == [(each.letter, each.card.name, each.card.path) for each in plan.contenders]


def test_damage_behind_the_first_line_does_not_matter(tmp_path: Path) -> None:
    path = write_log(tmp_path, make_plan())
    with path.open("ab") as stream:
        stream.write(b"\xff\xfe nonsense\n" * 100)
    assert read_head(path).plan.round_id == make_plan().round_id


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "ends before its first line"),
        (b'{"line":"round"', "ends before its first line"),
        (b"{}\n", "not the record of a round"),
        (b"[" * 100_000 + b"\n", "not the record of a round"),
        (b"\xff\n", "not the record of a round"),
        (b'{"line":"answer"}\n', "not the record of a round"),
    ],
)
def test_what_is_no_log_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        read_head(path)
    assert caught.value.info.kind is FailureKind.LOG_UNREADABLE
    assert problem in str(caught.value.info.facts["problem"])


def test_newer_versions_are_refused_by_name(tmp_path: Path) -> None:
    path = write_log(tmp_path, make_plan())
    old = f'"schema_version":{SCHEMA_VERSION}'.encode()
    path.write_bytes(path.read_bytes().replace(old, b'"schema_version":99', 1))
    with pytest.raises(StoreError) as caught:
        read_head(path)
    assert "newer version" in str(caught.value.info.facts["problem"])


def test_missing_files_and_folders(tmp_path: Path) -> None:
    for path in (tmp_path / "none.jsonl", tmp_path, tmp_path / "a\0b"):
        with pytest.raises(StoreError):
            read_head(path)


def test_paths_are_newest_first(tmp_path: Path) -> None:
    first = write_log(tmp_path, make_plan(), "2026-05-04T10:00:00+00:00")
    second = write_log(tmp_path, make_plan(), "2026-05-04T10:00:01+00:00")
    (tmp_path / "other.txt").write_text("no log")
    assert log_paths(tmp_path) == (second, first)
    assert log_paths(tmp_path / "none") == ()

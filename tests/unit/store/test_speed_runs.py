"""What is remembered of speeds."""

from pathlib import Path

import msgspec
import pytest

from large_enough.domain.errors import FailureKind, StoreError
from large_enough.domain.expected_speed import SpeedRun
from large_enough.store.speed_runs import (
    FILE_NAME,
    MOST_KEPT,
    RUNS_OF_A_KIND,
    add_speed_runs,
    load_speed_runs,
)

RUN = SpeedRun(
    machine="laptop",
    model="ab" * 32,
    name="Tiny",
    thread_count=2,
    tokens_per_s=52.0,
    read_bytes=400_000_000,
    utc="2026-05-04T10:00:00+00:00",
)


def run(tokens_per_s: float, **other: object) -> SpeedRun:
    return msgspec.structs.replace(RUN, tokens_per_s=tokens_per_s, **other)


def test_what_was_added_is_there_the_newest_last(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    add_speed_runs(folder, [run(1.0)])
    add_speed_runs(folder, [run(2.0), run(3.0, model="other")])
    assert load_speed_runs(folder) == (run(1.0), run(2.0), run(3.0, model="other"))
    assert [file.name for file in folder.iterdir()] == [FILE_NAME]


def test_of_each_kind_the_newest_few_stay(tmp_path: Path) -> None:
    for number in range(1, RUNS_OF_A_KIND + 3):
        add_speed_runs(tmp_path, [run(float(number)), run(float(number), thread_count=1)])
    kept = [each.tokens_per_s for each in load_speed_runs(tmp_path) if each.thread_count == 2]
    assert kept == [3.0, 4.0, 5.0, 6.0, 7.0]


def test_the_file_does_not_grow_for_ever(tmp_path: Path) -> None:
    add_speed_runs(tmp_path, [run(1.0, model=str(number)) for number in range(MOST_KEPT + 9)])
    kept = load_speed_runs(tmp_path)
    assert len(kept) == MOST_KEPT
    assert kept[-1].model == str(MOST_KEPT + 8)


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"\xff", b"[" * 100_000, b'{"schema_version": 2, "runs": []}', b'{"runs": 3}'],
)
def test_a_file_that_makes_no_sense_is_no_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    assert load_speed_runs(tmp_path) == ()
    add_speed_runs(tmp_path, [RUN])
    assert load_speed_runs(tmp_path) == (RUN,)


@pytest.mark.parametrize("tokens_per_s", [0.0, -1.0, 1e9])
def test_impossible_speeds_are_not_kept(tmp_path: Path, tokens_per_s: float) -> None:
    add_speed_runs(tmp_path, [run(tokens_per_s)])
    assert load_speed_runs(tmp_path) == ()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError) as refused:
        add_speed_runs(tmp_path / "file", [RUN])
    assert refused.value.info.kind is FailureKind.LOG_NOT_WRITTEN

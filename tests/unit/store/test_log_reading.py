import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.records import make_done, make_failed, make_machine, make_plan

from large_enough.domain.errors import FailureKind, StoreError
from large_enough.store.log_lines import MAX_LINE_BYTES
from large_enough.store.log_reading import DamagedLogError, list_rounds, read_round
from large_enough.store.run_log import RoundLog
from large_enough.wording.failures import explain

STARTED = "2026-05-04T10:00:00+00:00"


def write_whole(folder: Path, started_utc: str = STARTED) -> Path:
    log = RoundLog.create(folder, make_plan(), make_machine(), started_utc, 1)
    log.append(make_done("A"))
    log.append(make_failed("B"))
    log.finish()
    return log.path


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    return write_whole(tmp_path)


def lines_of(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def problem_of(error: StoreError) -> str:
    assert error.info.kind is FailureKind.LOG_UNREADABLE
    return explain(error.info).happened


def test_a_cut_at_every_byte_keeps_every_finished_answer(whole: Path, tmp_path: Path) -> None:
    content = whole.read_bytes()
    ends = [len(b"".join(lines_of(whole)[:count])) for count in range(1, 5)]
    cut = tmp_path / "cut"
    with cut.open("wb") as stream:  # grows byte by byte, as a log that is being written
        for size_bytes in range(len(content)):
            if size_bytes < ends[0]:
                with pytest.raises(StoreError, match="log_unreadable"):
                    read_round(cut)
            else:
                record = read_round(cut)
                # A line that lacks its line feed alone is whole.
                finished = sum(size_bytes >= end - 1 for end in ends[1:3])
                assert [result.letter for result in record.results] == ["A", "B"][:finished]
                assert record.is_complete is (size_bytes == len(content) - 1)
            stream.write(content[size_bytes : size_bytes + 1])
            stream.flush()
    assert read_round(cut).is_complete


def test_zeros_at_the_end_are_a_cut(whole: Path) -> None:
    """File systems may leave zeros where data was to come when the power fails."""
    whole.write_bytes(b"".join(lines_of(whole)[:2]) + b"\0" * 4096)
    record = read_round(whole)
    assert [result.letter for result in record.results] == ["A"]
    assert not record.is_complete


def test_a_newer_version_is_refused_by_name(whole: Path) -> None:
    first, *rest = lines_of(whole)
    header = json.loads(first)
    header["schema_version"] = 2
    header["plan"] = "something new"
    whole.write_bytes(json.dumps(header).encode() + b"\n" + b"".join(rest))
    with pytest.raises(StoreError) as caught:
        read_round(whole)
    assert "newer version of Large Enough (record version 2" in problem_of(caught.value)
    assert str(whole) in problem_of(caught.value)


@pytest.mark.parametrize(
    "header",
    [
        b"\n",
        b"hello\n",
        b"{}\n",
        b'{"line":"round","schema_version":"1"}\n',
        b'{"line":"round","schema_version":1}\n',
        b'{"line":"answer","schema_version":1}\n',
        b'{"a":' * 100_000 + b"\n",
        b"[" * 100_000 + b"\n",
        b'{"line":"round","schema_version":1,"plan":"\xff"}\n',
        b"\x00\x01\x02\n",
    ],
)
def test_other_files_are_refused_by_name(tmp_path: Path, header: bytes) -> None:
    path = tmp_path / "other.jsonl"
    path.write_bytes(header)
    with pytest.raises(StoreError) as caught:
        read_round(path)
    assert not isinstance(caught.value, DamagedLogError)
    assert f"{path}, line 1" in problem_of(caught.value)
    assert "not the record of a round" in problem_of(caught.value)


@pytest.mark.parametrize(
    "bad",
    [
        b"garbage\n",
        b"null\n",
        b'{"line":"answer"}\n',
        b'{"line":"later"}\n',
        b'{"line":"answer","result":{"type":"done","letter":7}}\n',
        b'{"line":"answer","result":' + b"[" * 100_000 + b"\n",
        b'{"line":"answer","x":' + b'{"a":' * 100_000 + b"\n",
        b'{"line":"answer","result":{"type":"cancelled","letter":"\xff"}}\n',
    ],
)
def test_a_damaged_line_is_named_and_the_others_are_kept(whole: Path, bad: bytes) -> None:
    lines = lines_of(whole)
    whole.write_bytes(b"".join([*lines[:2], bad, *lines[2:]]))
    with pytest.raises(DamagedLogError) as caught:
        read_round(whole)
    assert f"{whole}, line 3" in problem_of(caught.value)
    assert [result.letter for result in caught.value.record.results] == ["A", "B"]


def test_an_endless_line(whole: Path) -> None:
    with whole.open("r+b") as stream:  # a hole: takes no room on the disk
        stream.seek(0, os.SEEK_END)
        stream.truncate(stream.tell() + MAX_LINE_BYTES + 10)
    with pytest.raises(DamagedLogError) as caught:
        read_round(whole)
    assert "longer than 64 MB" in problem_of(caught.value)
    assert len(caught.value.record.results) == 2


def test_an_endless_first_line(tmp_path: Path) -> None:
    path = tmp_path / "zeros.jsonl"
    with path.open("wb") as stream:
        stream.truncate(MAX_LINE_BYTES + 10)
    with pytest.raises(StoreError) as caught:
        read_round(path)
    assert "line 1, cannot be read: it is longer than 64 MB" in problem_of(caught.value)


def test_results_that_do_not_belong(whole: Path) -> None:
    lines = lines_of(whole)
    foreign = lines[2].replace(b'"letter":"B"', b'"letter":"C"')
    for bad, word in ((foreign, "no contender C"), (lines[1], "A had its turn before")):
        whole.write_bytes(b"".join([*lines[:2], bad, *lines[2:]]))
        with pytest.raises(DamagedLogError) as caught:
            read_round(whole)
        assert word in problem_of(caught.value)
        assert len(caught.value.record.results) == 2


def test_lines_after_the_end(whole: Path) -> None:
    lines = lines_of(whole)
    whole.write_bytes(b"".join([lines[0], lines[3], lines[1]]))
    with pytest.raises(DamagedLogError) as caught:
        read_round(whole)
    assert "had ended before it" in problem_of(caught.value)
    assert caught.value.record.results == ()


@pytest.mark.parametrize("filler", [b"x\n", b"\n"])
def test_reading_gives_up_on_endless_rubbish(whole: Path, filler: bytes) -> None:
    first, *rest = lines_of(whole)
    whole.write_bytes(first + filler * 20_000 + b"".join(rest))
    (logged,) = list_rounds(whole.parent)
    assert logged.record is not None
    assert logged.record.results == ()


def test_blank_lines_do_no_harm(whole: Path) -> None:
    whole.write_bytes(b"\n\n".join(line.strip() for line in lines_of(whole)))
    assert len(read_round(whole).results) == 2


def test_what_is_no_file(tmp_path: Path) -> None:
    for path, word in (
        (tmp_path / "none.jsonl", "No such file"),
        (tmp_path, "not an ordinary file"),
        (Path("a\0b"), "null"),
    ):
        with pytest.raises(StoreError) as caught:
            read_round(path)
        assert word in problem_of(caught.value)


@settings(max_examples=60, deadline=None)
@given(
    position=st.integers(min_value=0, max_value=10**6),
    new=st.binary(min_size=1, max_size=4),
    tail=st.integers(min_value=0, max_value=10**6),
)
def test_any_damage_gives_a_record_or_a_named_error(
    tmp_path_factory: pytest.TempPathFactory, position: int, new: bytes, tail: int
) -> None:
    path = write_whole(tmp_path_factory.mktemp("logs"))
    content = bytearray(path.read_bytes())
    start = position % len(content)
    content[start : start + len(new)] = new
    path.write_bytes(bytes(content[: len(content) - tail % len(content)]))
    (logged,) = list_rounds(path.parent)
    assert logged.record is not None or logged.problem is not None
    if logged.problem is not None:
        assert str(path) in explain(logged.problem).happened


def test_list_newest_first(tmp_path: Path) -> None:
    started = [f"2026-05-0{day}T10:00:00+00:00" for day in (2, 9, 4)]
    for moment in started:
        write_whole(tmp_path, moment)
    listed = [logged.record.started_utc for logged in list_rounds(tmp_path)]
    assert listed == sorted(started, reverse=True)
    assert [logged.record.started_utc for logged in list_rounds(tmp_path, most=1)] == [started[1]]


def test_list_tolerates_bad_files(tmp_path: Path) -> None:
    good = write_whole(tmp_path)
    (tmp_path / "0.jsonl").write_bytes(b"rubbish\n")
    (tmp_path / "1.jsonl").mkdir()
    (tmp_path / "notes.txt").write_text("not a log")
    damaged = write_whole(tmp_path, "2026-06-01T10:00:00+00:00")
    damaged.write_bytes(damaged.read_bytes() + b"rubbish\n")
    listed = list_rounds(tmp_path)
    assert [Path(logged.path).name for logged in listed] == [
        damaged.name,
        good.name,
        "1.jsonl",
        "0.jsonl",
    ]
    assert [logged.record is not None for logged in listed] == [True, True, False, False]
    assert [logged.problem is not None for logged in listed] == [True, False, True, True]


def test_list_of_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert list_rounds(tmp_path / "none") == ()

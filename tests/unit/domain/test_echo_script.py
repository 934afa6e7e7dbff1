"""Scripts of make-believe models."""

import json
from pathlib import Path

import pytest

from large_enough.domain.echo_script import (
    MAX_SCRIPT_BYTES,
    EndKind,
    StartKind,
    decode_script,
    parse_end,
    read_script,
)
from large_enough.domain.errors import FailureKind, ModelFileError


def test_the_shortest_script(tmp_path: Path) -> None:
    path = tmp_path / "parrot.echo.json"
    path.write_text('{"name": "Parrot", "answers": [{"text": "{prompt}"}]}')
    script = read_script(path)
    assert script.name == "Parrot"
    assert script.start is StartKind.NORMAL
    assert script.answers[0].end == "end_of_text"


def test_ends_are_taken_apart() -> None:
    assert parse_end("crash_abort").kind is EndKind.CRASH_ABORT
    assert parse_end("failed:out_of_memory").failure is FailureKind.OUT_OF_MEMORY
    assert parse_end("exit:137").exit_code == 137


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"answers": []},
        {"nonsense": 1},
        {"answers": [{"text": 5}]},
        {"answers": [{"txt": "a"}]},
        {"answers": [{"end": "explode"}]},
        {"answers": [{"end": "failed"}]},
        {"answers": [{"end": "failed:nothing"}]},
        {"answers": [{"end": "exit:"}]},
        {"answers": [{"end": "exit:256"}]},
        {"answers": [{"end": "hang:5"}]},
        {"answers": [{"token_delay_s": -1}]},
        {"answers": [{"token_delay_s": 1e9}]},
        {"load_end": "never"},
        {"allocate_bytes": 1 << 60},
        {"start": "late"},
    ],
)
def test_a_wrong_script_is_refused_when_it_is_read(change: dict[str, object]) -> None:
    data = json.dumps({"name": "x", "answers": [{"text": "a"}], **change}).encode()
    with pytest.raises(ModelFileError) as caught:
        decode_script(data, "x.echo.json")
    assert caught.value.info.kind is FailureKind.FILE_MALFORMED


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\xff", b"[]", b"[" * 100_000, b" " * (MAX_SCRIPT_BYTES + 1)]
)
def test_what_is_no_script_is_refused(data: bytes) -> None:
    with pytest.raises(ModelFileError) as caught:
        decode_script(data, "x.echo.json")
    assert caught.value.info.kind is FailureKind.FILE_MALFORMED


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path, kind in (
        (tmp_path / "none", FailureKind.FILE_MISSING),
        (tmp_path, FailureKind.FILE_UNREADABLE),
    ):
        with pytest.raises(ModelFileError) as caught:
            read_script(path)
        assert caught.value.info.kind is kind

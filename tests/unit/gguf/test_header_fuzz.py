"""Whatever is done to a file, reading it ends quickly, and with nothing but a ModelFileError."""

import tempfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.header_fuzz import Findings, WatchedPath, examine, fuzz, originals

from large_enough.domain.clock import SystemClock
from large_enough.domain.errors import ModelFileError
from large_enough.domain.generation import LoadSettings
from large_enough.gguf.card import read_card
from large_enough.gguf.header import read_header
from large_enough.gguf.memory import estimate_memory

FILES = 500
PATIENCE_S = 20.0
"""For all of them together: some milliseconds each, on a busy machine."""


def valid_file() -> bytes:
    return originals()[0]


def read_everything(path: Path) -> None:
    try:
        header = read_header(path)
        estimate_memory(header, LoadSettings())
        read_card(path)
    except ModelFileError:
        return


def test_changed_headers_are_read_or_refused_with_a_reason(tmp_path: Path) -> None:
    clock = SystemClock()
    began_s = clock.monotonic_s()
    findings = fuzz(FILES, tmp_path)
    assert findings.faults == []
    assert findings.file_count == sum(findings.outcomes.values()) == FILES
    assert clock.monotonic_s() - began_s < PATIENCE_S
    assert findings.slowest_s < 1.0
    for expected in ("read as a model", "read as an adapter", "refused: file_truncated"):
        assert findings.outcomes[expected] > FILES // 100


def test_reading_too_far_or_taking_too_much_would_be_noticed(tmp_path: Path) -> None:
    (tmp_path / "short.gguf").write_bytes(valid_file())
    findings = Findings()

    def read_too_far(path: Path) -> str:
        with path.open("rb") as file:
            return str(len(bytes(1_000_000)) + len(file.read(1_000_000)))

    tracemalloc.start()
    try:
        examine("short", WatchedPath(tmp_path / "short.gguf"), 100, findings, read_too_far)
    finally:
        tracemalloc.stop()
    assert [fault.partition(" ")[2].split()[0] for fault in findings.faults] == ["took", "read"]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_after_the_magic(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.gguf"
        path.write_bytes(b"GGUF\3\0\0\0" + content)
        read_everything(path)


@pytest.mark.parametrize("size", [0, 3, 4, 8, 23, 24, 25])
def test_every_short_file(tmp_path: Path, size: int) -> None:
    path = tmp_path / "short.gguf"
    path.write_bytes(valid_file()[:size])
    with pytest.raises(ModelFileError):
        read_header(path)

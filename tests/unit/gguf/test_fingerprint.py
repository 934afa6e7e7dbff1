from pathlib import Path

import pytest
from tests.helpers.app_layouts import write

from large_enough.gguf.fingerprint import SAMPLE_BYTES, SAMPLE_COUNT, weights_fingerprint

HEADER_BYTES = 1000
SIZE_BYTES = 4 * SAMPLE_COUNT * SAMPLE_BYTES
CONTENT = bytes(SIZE_BYTES)


def changed(content: bytes, place: int) -> bytes:
    return content[:place] + b"\1" + content[place + 1 :]


def test_copies_have_the_same(tmp_path: Path) -> None:
    first, second = (write(tmp_path / name, CONTENT) for name in "ab")
    assert weights_fingerprint(first, HEADER_BYTES) == weights_fingerprint(second, HEADER_BYTES)


@pytest.mark.parametrize("place", [0, HEADER_BYTES - 1, HEADER_BYTES, SIZE_BYTES - 1])
def test_header_first_and_last_weights_count(tmp_path: Path, place: int) -> None:
    first = weights_fingerprint(write(tmp_path / "a", CONTENT), HEADER_BYTES)
    assert (
        weights_fingerprint(write(tmp_path / "b", changed(CONTENT, place)), HEADER_BYTES) != first
    )


def test_the_size_counts(tmp_path: Path) -> None:
    first = weights_fingerprint(write(tmp_path / "a", CONTENT), HEADER_BYTES)
    assert weights_fingerprint(write(tmp_path / "b", CONTENT[:-1]), HEADER_BYTES) != first


def test_weights_between_the_samples_are_not_looked_at(tmp_path: Path) -> None:
    between = HEADER_BYTES + SAMPLE_BYTES + SAMPLE_BYTES // 2
    first = weights_fingerprint(write(tmp_path / "a", CONTENT), HEADER_BYTES)
    assert (
        weights_fingerprint(write(tmp_path / "b", changed(CONTENT, between)), HEADER_BYTES) == first
    )


@pytest.mark.parametrize("header_bytes", [0, 3, 5_000_000, 1 << 60])
def test_any_size_of_the_header(tmp_path: Path, header_bytes: int) -> None:
    assert len(weights_fingerprint(write(tmp_path / "a", b"abc"), header_bytes)) == 32


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        weights_fingerprint(tmp_path / "no", 1)

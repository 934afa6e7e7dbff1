import hashlib
import os
from pathlib import Path

import pytest

from large_enough.catalog.identity import FileHashes
from large_enough.domain.errors import FailureKind, ModelFileError

CONTENT = b"weights" * 1000
EXPECTED = hashlib.sha256(CONTENT).hexdigest()


def never() -> bool:
    return False


def ignore(share: float) -> None:
    del share


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "model.gguf"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "hashes.json"


def test_computes_with_progress(file: Path, cache: Path) -> None:
    shares: list[float] = []
    assert FileHashes(cache).sha256_of(file, shares.append, never) == EXPECTED
    assert shares[-1] == 1.0


def test_a_second_time_nothing_is_read(file: Path, cache: Path) -> None:
    FileHashes(cache).sha256_of(file, ignore, never)
    shares: list[float] = []
    assert FileHashes(cache).sha256_of(file, shares.append, never) == EXPECTED
    assert shares == []


def test_a_file_that_changed_is_read_again(file: Path, cache: Path) -> None:
    hashes = FileHashes(cache)
    hashes.sha256_of(file, ignore, never)
    status = file.stat()
    file.write_bytes(CONTENT[::-1])
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert hashes.sha256_of(file, ignore, never) == hashlib.sha256(CONTENT[::-1]).hexdigest()


def test_what_was_verified_is_remembered(file: Path, cache: Path) -> None:
    hashes = FileHashes(cache)
    hashes.remember(file, "ab" * 32)
    assert hashes.sha256_of(file, ignore, never) == "ab" * 32


def test_remembering_a_file_that_is_gone_does_nothing(tmp_path: Path, cache: Path) -> None:
    FileHashes(cache).remember(tmp_path / "gone", "ab" * 32)
    assert not cache.exists()


def test_cancelled_is_not_remembered(file: Path, cache: Path) -> None:
    hashes = FileHashes(cache)
    assert hashes.sha256_of(file, ignore, lambda: True) is None
    assert not cache.exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"files": 3}', b"\xff", b"[" * 100_000])
def test_a_damaged_cache_is_only_slower(file: Path, cache: Path, content: bytes) -> None:
    cache.parent.mkdir()
    cache.write_bytes(content)
    assert FileHashes(cache).sha256_of(file, ignore, never) == EXPECTED
    shares: list[float] = []
    assert FileHashes(cache).sha256_of(file, shares.append, never) == EXPECTED
    assert shares == []


def test_a_cache_that_cannot_be_written_is_only_slower(file: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").touch()
    hashes = FileHashes(tmp_path / "cache" / "hashes.json")
    assert hashes.sha256_of(file, ignore, never) == EXPECTED


def test_a_missing_file_is_told(tmp_path: Path, cache: Path) -> None:
    with pytest.raises(ModelFileError) as caught:
        FileHashes(cache).sha256_of(tmp_path / "gone", ignore, never)
    assert caught.value.info.kind is FailureKind.FILE_MISSING


def test_a_folder_is_told(tmp_path: Path, cache: Path) -> None:
    with pytest.raises(ModelFileError) as caught:
        FileHashes(cache).sha256_of(tmp_path, ignore, never)
    assert caught.value.info.kind is FailureKind.FILE_UNREADABLE


def test_an_empty_file_has_a_hash(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "empty").touch()
    found = FileHashes(cache).sha256_of(tmp_path / "empty", ignore, never)
    assert found == hashlib.sha256(b"").hexdigest()

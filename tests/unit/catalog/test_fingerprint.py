"""Files are told apart by what is in them."""

from pathlib import Path

import pytest

from large_enough.catalog.fingerprint import file_fingerprint
from large_enough.domain.errors import FailureKind, ModelFileError

MIB = 1 << 20


def written(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return file_fingerprint(path)


def test_name_and_place_do_not_matter(tmp_path: Path) -> None:
    assert written(tmp_path / "a", b"model") == written(tmp_path / "b", b"model")


@pytest.mark.parametrize(
    "other", [b"b" + b"a" * 3 * MIB, b"a" * 3 * MIB + b"b", b"a" * (3 * MIB + 2), b""]
)
def test_start_end_and_size_do(tmp_path: Path, other: bytes) -> None:
    usual = written(tmp_path / "a", b"a" * (3 * MIB + 1))
    assert written(tmp_path / "b", other) != usual
    assert len(usual) == 64


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError) as missing:
        file_fingerprint(tmp_path / "none")
    assert missing.value.info.kind is FailureKind.FILE_MISSING


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError) as unreadable:
        file_fingerprint(tmp_path)
    assert unreadable.value.info.kind is FailureKind.FILE_UNREADABLE

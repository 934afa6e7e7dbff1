from pathlib import Path

import pytest
from tests.helpers.file_rules import LARGEST_BYTES, faults_of


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.gguf", b"", "weights"),
        ("a.gguf.part", b"x\n", "weights"),
        ("A.GGUF", b"x\n", "weights"),
        ("renamed.txt", b"GGUF\3\0\0\0", "weights"),
        ("large.py", b"#\n" * LARGEST_BYTES, "more than"),
        ("open.py", b"x = 1", "newline"),
    ],
)
def test_faults(tmp_path: Path, name: str, content: bytes, fault: str):
    (tmp_path / name).write_bytes(content)
    (found,) = faults_of([tmp_path / name])
    assert fault in found
    assert name in found


@pytest.mark.parametrize(("name", "content"), [("a.py", b"x\n"), ("e", b""), ("i.png", b"\0\1")])
def test_good_files(tmp_path: Path, name: str, content: bytes):
    (tmp_path / name).write_bytes(content)
    assert list(faults_of([tmp_path / name, tmp_path / "deleted"])) == []

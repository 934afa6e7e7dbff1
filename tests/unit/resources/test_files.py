from pathlib import Path

import pytest

from large_enough.resources.files import replace_file


def test_a_file_and_its_folder_are_made(tmp_path: Path) -> None:
    path = replace_file(tmp_path / "a" / "b", "c.json", b"content")
    assert path == tmp_path / "a" / "b" / "c.json"
    assert path.read_bytes() == b"content"


def test_what_was_there_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    for content in (b"a long first content", b"short"):
        replace_file(tmp_path, "c.json", content)
    assert (tmp_path / "c.json").read_bytes() == b"short"
    assert [file.name for file in tmp_path.iterdir()] == ["c.json"]


def test_a_failure_leaves_the_old_one_and_no_litter(tmp_path: Path) -> None:
    in_the_way = tmp_path / "c.json"
    in_the_way.mkdir()
    (in_the_way / "precious").write_bytes(b"")
    with pytest.raises(OSError):  # noqa: PT011 - which one depends on the system
        replace_file(tmp_path, "c.json", b"content")
    assert [file.name for file in tmp_path.iterdir()] == ["c.json"]
    assert (in_the_way / "precious").exists()

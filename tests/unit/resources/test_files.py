from pathlib import Path

import pytest

from large_enough.resources.files import bring_to_place, replace_file, synchronise_folder


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


@pytest.fixture
def unfinished(tmp_path: Path) -> Path:
    path = tmp_path / "c.part"
    path.write_bytes(b"new")
    return path


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


@pytest.mark.parametrize("may_replace", [False, True])
def test_a_finished_file_gets_its_name(unfinished: Path, *, may_replace: bool) -> None:
    bring_to_place(unfinished, unfinished.with_name("c.gguf"), may_replace=may_replace)
    assert names(unfinished.parent) == ["c.gguf"]
    assert unfinished.with_name("c.gguf").read_bytes() == b"new"


def test_a_file_in_its_place_is_left_alone(unfinished: Path) -> None:
    path = unfinished.with_name("c.gguf")
    path.write_bytes(b"old")
    with pytest.raises(FileExistsError):
        bring_to_place(unfinished, path, may_replace=False)
    assert path.read_bytes() == b"old"
    bring_to_place(unfinished, path, may_replace=True)
    assert path.read_bytes() == b"new"
    assert names(unfinished.parent) == ["c.gguf"]


def test_a_folder_that_is_gone_does_no_harm(tmp_path: Path) -> None:
    synchronise_folder(tmp_path / "nothing")

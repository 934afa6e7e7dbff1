from pathlib import Path

import pytest

from large_enough.resources.new_file import NewFile


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != "home")


def test_a_file_appears_when_it_is_finished(tmp_path: Path) -> None:
    path = tmp_path / "trace.json"
    with NewFile(path, may_replace=False) as file:
        assert not path.exists()
        file.finish(b"all of it")
    assert path.read_bytes() == b"all of it"
    assert names(tmp_path) == ["trace.json"]


def test_what_is_not_finished_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), NewFile(tmp_path / "trace.json", may_replace=False):
        raise KeyboardInterrupt
    assert names(tmp_path) == []


def test_a_file_that_exists_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "trace.json"
    path.write_text("old")
    with pytest.raises(FileExistsError):
        NewFile(path, may_replace=False)
    assert names(tmp_path) == ["trace.json"]
    assert path.read_text() == "old"


def test_a_file_that_has_come_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "trace.json"
    with NewFile(path, may_replace=False) as file:
        path.write_text("another program's")
        with pytest.raises(FileExistsError):
            file.finish(b"ours")
    assert path.read_text() == "another program's"
    assert names(tmp_path) == ["trace.json"]


def test_a_file_is_replaced_if_it_may_be(tmp_path: Path) -> None:
    path = tmp_path / "trace.json"
    path.write_text("old")
    with NewFile(path, may_replace=True) as file:
        assert path.read_text() == "old"
        file.finish(b"new")
    assert path.read_text() == "new"


@pytest.mark.parametrize("may_replace", [False, True])
def test_places_where_no_file_can_be(tmp_path: Path, may_replace: bool) -> None:
    with pytest.raises(FileNotFoundError):
        NewFile(tmp_path / "missing" / "trace.json", may_replace=may_replace)
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError):
        NewFile(tmp_path / "folder", may_replace=may_replace)
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        NewFile(tmp_path / "file" / "trace.json", may_replace=may_replace)

import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from tests.helpers.app_layouts import write

from large_enough.catalog import disk as disk_module
from large_enough.catalog.disk import Disk, Listing, Member, Unreadable


def names(found: Iterator[Member | Unreadable], folder: Path) -> list[str]:
    return [one.path.relative_to(folder).as_posix() for one in found]


def everything(_name: str) -> bool:
    return True


def test_files_come_by_name_as_deep_as_wanted(tmp_path: Path) -> None:
    for path in ("b", "a/1", "a/b/2", "a/b/c/3", ".hidden/4", "c/.5"):
        write(tmp_path / path, b"")
    assert names(Disk().files(tmp_path, 2, everything), tmp_path) == ["a/1", "a/b/2", "b", "c/.5"]
    assert names(Disk().files(tmp_path, 0, everything), tmp_path) == ["b"]


def test_each_folder_is_listed_once_however_it_is_linked(tmp_path: Path) -> None:
    write(tmp_path / "a" / "file", b"")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    disk = Disk()
    assert names(disk.files(tmp_path, 9, everything), tmp_path) == ["a/file", "loop"]
    assert names(disk.files(tmp_path / "b", 9, everything), tmp_path) == []


def test_a_link_to_nothing_is_met_without_a_status(tmp_path: Path) -> None:
    (tmp_path / "broken").symlink_to(tmp_path / "gone")
    (member,) = Disk().files(tmp_path, 0, everything)
    assert member == Member(tmp_path / "broken", None)


def refuse(folder: Path) -> disk_module.ListFolder:
    """Return a way of listing that may not list one folder, whoever runs the test."""

    def list_folder(path: str) -> AbstractContextManager[Iterator["os.DirEntry[str]"]]:
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied")
        return os.scandir(path)

    return list_folder


def test_a_folder_that_may_not_be_listed_is_told_once(tmp_path: Path) -> None:
    write(tmp_path / "open" / "file", b"")
    write(tmp_path / "shut" / "file", b"")
    disk = Disk(list_folder=refuse(tmp_path / "shut"))
    first, second = disk.files(tmp_path, 2, everything)
    assert first == Member(tmp_path / "open" / "file", (tmp_path / "open" / "file").stat())
    assert second == Unreadable(tmp_path / "shut", "Permission denied")
    assert disk.listing(tmp_path / "shut") == Listing((), ())


def test_what_goes_meanwhile_is_left_out(tmp_path: Path) -> None:
    for path in ("a", "b/1", "c/1", "d"):
        write(tmp_path / path, b"")
    found = Disk().files(tmp_path, 9, everything)
    assert next(found).path.name == "a"
    shutil.rmtree(tmp_path / "b")
    (tmp_path / "d").unlink()
    assert list(found) == [
        Member(tmp_path / "c" / "1", (tmp_path / "c" / "1").stat()),
        Member(tmp_path / "d", None),
    ]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    file = write(tmp_path / "file", b"")
    assert isinstance(Disk().listing(file), Unreadable)
    assert Disk().listing(file / "below") == Listing((), ())


def test_times_of_all_folders_are_noted(tmp_path: Path) -> None:
    write(tmp_path / "a" / "file", b"")
    disk = Disk()
    assert disk.listing(tmp_path / "no") == Listing((), ())
    list(disk.files(tmp_path, 1, everything))
    assert disk.folder_times_ns == {
        str(tmp_path / "no"): None,
        str(tmp_path): tmp_path.stat().st_mtime_ns,
        str(tmp_path / "a"): (tmp_path / "a").stat().st_mtime_ns,
    }


def test_so_many_entries_and_folders_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        write(tmp_path / f"folder{number}" / "file", b"")
    monkeypatch.setattr(disk_module, "MOST_FOLDERS", 4)
    disk = Disk()
    assert len(list(disk.files(tmp_path, 1, everything))) == 3
    disk.enter_place()
    assert len(list(disk.files(tmp_path / "folder5", 1, everything))) == 1
    monkeypatch.setattr(disk_module, "MOST_MEMBERS", 2)
    assert len(Disk().listing(tmp_path).folders) == 2  # type: ignore[union-attr]


def test_nothing_is_listed_once_it_is_cancelled(tmp_path: Path) -> None:
    write(tmp_path / "file", b"")
    assert Disk(lambda: True).listing(tmp_path) == Listing((), ())

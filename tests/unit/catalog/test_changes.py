import os
from pathlib import Path

from tests.helpers.app_layouts import model_bytes, write

from large_enough.catalog.changes import Stamps, has_changed_since
from large_enough.catalog.places.known import own_place
from large_enough.catalog.scan import Scan, scan_places

LONG_AGO_S = 1_000_000.0


def look(folder: Path) -> Scan:
    return scan_places([own_place(folder)], ())


def date_back(*paths: Path) -> None:
    """So that the next change has another time, however quick it comes."""
    for path in paths:
        os.utime(path, (LONG_AGO_S, LONG_AGO_S))


def test_nothing_changed(tmp_path: Path) -> None:
    write(tmp_path / "a" / "model.gguf", model_bytes())
    assert not has_changed_since(look(tmp_path).stamps)
    assert not has_changed_since(Stamps())


def test_a_file_that_is_added_removed_or_renamed(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    path = write(folder / "model.gguf", model_bytes())
    date_back(folder)
    stamps = look(tmp_path).stamps
    write(folder / "other.gguf", model_bytes())
    assert has_changed_since(stamps)
    date_back(folder)
    stamps = look(tmp_path).stamps
    path.rename(folder / "renamed.gguf")
    assert has_changed_since(stamps)
    date_back(folder)
    stamps = look(tmp_path).stamps
    (folder / "renamed.gguf").unlink()
    assert has_changed_since(stamps)


def test_a_folder_that_appears_or_goes(tmp_path: Path) -> None:
    stamps = look(tmp_path / "later").stamps
    assert not has_changed_since(stamps)
    (tmp_path / "later").mkdir()
    assert has_changed_since(stamps)
    stamps = look(tmp_path / "later").stamps
    (tmp_path / "later").rmdir()
    assert has_changed_since(stamps)


def test_a_copy_that_is_still_growing(tmp_path: Path) -> None:
    content = model_bytes()
    path = write(tmp_path / "model.gguf", content[:-9])
    date_back(path, tmp_path)
    scan = look(tmp_path)
    assert scan.cards == ()
    assert not has_changed_since(scan.stamps)
    with path.open("ab") as file:
        file.write(content[-9:])
    assert has_changed_since(scan.stamps)
    assert len(look(tmp_path).cards) == 1

import os
import sys
from pathlib import Path

from tests.helpers.catalogue_entries import tiny_entry
from tests.helpers.gguf_files import TINY_METADATA, write_gguf
from tests.helpers.rounds import write_script

from large_enough.catalog.scan import Scan, scan_folder
from large_enough.domain.errors import FailureKind
from large_enough.domain.found_model import WhyAside
from large_enough.domain.model_card import BackendKind


def names(scan: Scan) -> list[str]:
    return [Path(card.path).name for card in scan.cards]


def test_a_folder_that_is_not_there_holds_no_models(tmp_path: Path) -> None:
    scan = scan_folder(tmp_path / "no", ())
    assert (scan.cards, scan.set_aside, scan.apart) == ((), (), ())
    assert scan.is_complete


def test_finds_models_in_folders_below_the_smallest_first(tmp_path: Path) -> None:
    write_gguf(tmp_path / "large.gguf", TINY_METADATA, {"token_embd.weight": (64, 500)})
    write_gguf(tmp_path / "publisher" / "repository" / "small.GGUF")
    (tmp_path / "notes.txt").write_text("no model", encoding="utf-8")
    assert names(scan_folder(tmp_path, ())) == ["small.GGUF", "large.gguf"]


def test_knows_the_models_of_the_catalogue(tmp_path: Path) -> None:
    path = write_gguf(tmp_path / "tiny.gguf")
    entry = tiny_entry(size_bytes=path.stat().st_size)
    (card,) = scan_folder(tmp_path, (entry,)).cards
    assert (card.catalog_id, card.name, card.licence) == ("tiny", "Tiny Catalogue", "MIT")
    (card,) = scan_folder(tmp_path, (tiny_entry(size_bytes=1),)).cards
    assert (card.catalog_id, card.name, card.licence) == (None, "Tiny 1M", "mit")


def test_scripted_contenders_are_found(tmp_path: Path) -> None:
    write_script(tmp_path, "ant")
    (card,) = scan_folder(tmp_path, ()).cards
    assert card.backend is BackendKind.ECHO
    assert card.name == "ant"


def test_what_cannot_be_used_is_set_aside_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "page.gguf").write_text("<html>", encoding="utf-8")
    write_gguf(tmp_path / "adapter.gguf", {"general.type": "adapter"})
    cut = write_gguf(tmp_path / "cut.gguf")
    cut.write_bytes(cut.read_bytes()[:-900])
    (tmp_path / "wrong.echo.json").write_text("{", encoding="utf-8")
    (tmp_path / "broken.gguf").symlink_to(tmp_path / "gone")
    scan = scan_folder(tmp_path, ())
    assert scan.cards == ()
    kinds = {Path(error.subject).name: error.kind for error in scan.set_aside}
    assert kinds == {
        "page.gguf": FailureKind.NOT_GGUF,
        "adapter.gguf": FailureKind.NOT_A_LANGUAGE_MODEL,
        "cut.gguf": FailureKind.FILE_TRUNCATED,
        "wrong.echo.json": FailureKind.FILE_MALFORMED,
        "broken.gguf": FailureKind.FILE_MISSING,
    }


def test_unfinished_downloads_are_known_but_not_complained_about(tmp_path: Path) -> None:
    (tmp_path / "model.gguf.part").write_bytes(b"GGUF")
    scan = scan_folder(tmp_path, ())
    assert (scan.cards, scan.set_aside) == ((), ())
    assert [one.why for one in scan.apart] == [WhyAside.UNFINISHED]
    assert scan.apart[0].error.kind is FailureKind.UNFINISHED_DOWNLOAD


def test_hidden_folders_are_not_entered(tmp_path: Path) -> None:
    write_gguf(tmp_path / ".cache" / "model.gguf")
    assert scan_folder(tmp_path, ()).found == ()


def test_links_to_the_same_file_count_once(tmp_path: Path) -> None:
    path = write_gguf(tmp_path / "a.gguf")
    (tmp_path / "b.gguf").symlink_to(path)
    os.link(path, tmp_path / "c.gguf")
    assert names(scan_folder(tmp_path, ())) == ["a.gguf"]


def test_folders_that_hold_themselves_end(tmp_path: Path) -> None:
    write_gguf(tmp_path / "a" / "model.gguf")
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a" / "self")
    assert names(scan_folder(tmp_path, ())) == ["model.gguf"]


def test_goes_down_so_far_and_no_further(tmp_path: Path) -> None:
    reached = tmp_path.joinpath(*"abcd")
    write_gguf(reached / "reached.gguf")
    write_gguf(reached / "e" / "too-deep.gguf")
    assert names(scan_folder(tmp_path, ())) == ["reached.gguf"]


def test_parts_of_one_model_make_one_card(tmp_path: Path) -> None:
    for number in (1, 2):
        facts = {"split.no": number - 1, "split.count": 2}
        metadata = {**TINY_METADATA, **facts} if number == 1 else facts
        write_gguf(tmp_path / f"split-{number:05d}-of-00002.gguf", metadata, {f"t{number}": (4,)})
    scan = scan_folder(tmp_path, ())
    assert names(scan) == ["split-00001-of-00002.gguf"]
    assert scan.set_aside == ()


def test_parts_without_their_first_are_set_aside_once(tmp_path: Path) -> None:
    for number in (2, 3):
        facts = {"split.no": number - 1, "split.count": 3}
        write_gguf(tmp_path / f"split-{number:05d}-of-00003.gguf", facts, {f"t{number}": (4,)})
    (error,) = scan_folder(tmp_path, ()).set_aside
    assert error.kind is FailureKind.SPLIT_PART_MISSING
    assert error.facts["part"] == "split-00001-of-00003.gguf"


def test_a_folder_that_is_a_file_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()
    (error,) = scan_folder(path, ()).set_aside
    assert error.kind is FailureKind.FOLDER_UNREADABLE


def test_a_name_that_is_no_text_is_set_aside(tmp_path: Path) -> None:
    if sys.platform != "linux":
        return  # other systems refuse to make such a name
    path = tmp_path / os.fsdecode(b"caf\xe9.gguf")
    write_gguf(tmp_path / "fine.gguf").rename(path)
    (error,) = scan_folder(tmp_path, ()).set_aside
    assert error.kind is FailureKind.FILE_UNREADABLE
    error.subject.encode("utf-8")


def test_a_folder_of_very_many_files_is_not_read_to_its_end(tmp_path: Path) -> None:
    for number in range(5):
        write_gguf(tmp_path / f"{number}.gguf")
    assert len(scan_folder(tmp_path, (), most_files=3).found) == 3

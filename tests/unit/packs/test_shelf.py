"""The packs at hand: shipped ones, the user's own, damaged ones."""

import json
import os
from pathlib import Path

import msgspec
import pytest
from tests.helpers.pack_files import pack_file
from tests.helpers.packs import make_item, make_pack

from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.pack import Pack
from large_enough.domain.pack_fault import BadPackError
from large_enough.packs.loading import load_pack
from large_enough.packs.shelf import Shelf, file_name, pack_id


@pytest.fixture
def pack() -> Pack:
    return make_pack(make_item("text"))


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    content = json.dumps(pack_file("date", id="shipped", title="Shipped"))
    (shipped / "shipped.pack.json").write_text(content, encoding="utf-8")
    (shipped / "pack.schema.json").write_text("{}", encoding="utf-8")
    return Shelf(tmp_path / "data" / "packs", shipped)


def kind_of(caught: pytest.ExceptionInfo[RequestError]) -> FailureKind:
    return caught.value.info.kind


def test_shipped_first_then_own(shelf: Shelf, pack: Pack) -> None:
    assert [one.name for one in shelf.packs()] == ["shipped"]
    path = shelf.save(pack)
    assert load_pack(path).pack == pack
    assert [(one.name, one.is_shipped) for one in shelf.packs()] == [
        ("shipped", True),
        ("bank", False),
    ]
    assert shelf.find("bank").pack == pack


def test_saving_again_replaces(shelf: Shelf, pack: Pack) -> None:
    shelf.save(pack)
    changed = msgspec.structs.replace(pack, title="Other")
    shelf.save(changed)
    assert shelf.find("bank").pack == changed
    assert len(shelf.packs()) == 2


def test_the_users_own_goes_before_a_shipped_one_of_the_same_name(shelf: Shelf, pack: Pack) -> None:
    shelf.save(msgspec.structs.replace(pack, id="shipped"))
    assert shelf.find("shipped").is_shipped is False


def test_a_damaged_pack_is_among_them_with_its_cause(shelf: Shelf) -> None:
    shelf.own_folder.mkdir(parents=True)
    (shelf.own_folder / "bad.pack.json").write_text("{", encoding="utf-8")
    one = shelf.find("bad.pack.json")
    assert one.pack is None
    assert one.error is not None
    assert one.error.kind is FailureKind.BAD_PACK


def test_what_could_not_be_loaded_again_is_not_saved(shelf: Shelf, pack: Pack) -> None:
    with pytest.raises(BadPackError):
        shelf.save(msgspec.structs.replace(pack, items=()))
    assert not shelf.own_folder.exists()


def test_only_the_users_own_are_deleted(shelf: Shelf, pack: Pack) -> None:
    shelf.save(pack)
    shelf.delete("bank")
    with pytest.raises(RequestError) as caught:
        shelf.delete("shipped")
    assert kind_of(caught) is FailureKind.UNKNOWN_PACK
    assert [one.name for one in shelf.packs()] == ["shipped"]


def test_a_name_that_nobody_has(shelf: Shelf) -> None:
    with pytest.raises(RequestError) as caught:
        shelf.find("nope")
    assert kind_of(caught) is FailureKind.UNKNOWN_PACK
    assert caught.value.info.facts["candidates"] == "shipped"


def test_a_folder_that_cannot_be_written(tmp_path: Path, pack: Pack) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(RequestError) as caught:
        Shelf(tmp_path / "file" / "packs").save(pack)
    assert kind_of(caught) is FailureKind.PACK_NOT_KEPT


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Bank fees 2026", "bank-fees-2026"),
        ("../../etc/passwd", "etc-passwd"),
        ("Gebühren & Zölle", "gebuhren-zolle"),
        ("日本", "questions"),
        ("x" * 300, "x" * 80),
    ],
)
def test_ids(title: str, name: str) -> None:
    assert pack_id(title) == name


@pytest.mark.parametrize("name", ["con", "NUL", "../x", "a/b", "com1", "..", "x\0y", "-"])
def test_names_of_files_are_plain_on_every_system(name: str) -> None:
    made = file_name(name)
    assert made.endswith(".pack.json")
    assert os.path.basename(made) == made  # noqa: PTH119 - as a path of any system
    assert made.partition(".")[0].lower() not in {"con", "nul", "com1", ""}

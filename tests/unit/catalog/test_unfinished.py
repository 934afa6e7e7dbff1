"""What was not over the last time, and what somebody else may have written there."""

import json
from pathlib import Path

import msgspec
import pytest
from tests.helpers.catalogue_entries import tiny_entry

from large_enough.catalog.order import Order, pinned_order
from large_enough.catalog.published import PublishedFile
from large_enough.catalog.sources import HuggingFaceSource
from large_enough.catalog.unfinished import FILE_NAME, read_unfinished, write_unfinished
from large_enough.domain.quantity import Unavailable

ENTRY = tiny_entry(b"x")
IDENTIFIER = "some/one:x.gguf"


def hub_order(**more: object) -> Order:
    file = PublishedFile(
        id=IDENTIFIER,
        name="x",
        file_name="x.gguf",
        sha256="ab" * 32,
        size_bytes=7,
        sources=(HuggingFaceSource(repository="some/one", file="x.gguf", revision="c0ffee"),),
    )
    return Order(
        id=IDENTIFIER,
        name="x",
        folders=("some", "one"),
        files=(msgspec.structs.replace(file, **more),),
        licence=Unavailable(reason="the repository does not say"),
        is_pinned=False,
    )


def test_orders_are_kept(tmp_path: Path) -> None:
    pinned = pinned_order(ENTRY)
    assert pinned is not None
    write_unfinished(tmp_path, (pinned, hub_order()))
    assert read_unfinished(tmp_path, (ENTRY,)) == (pinned, hub_order())
    assert read_unfinished(tmp_path, ()) == (hub_order(),)
    write_unfinished(tmp_path, ())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    write_unfinished(tmp_path / "file", (hub_order(),))
    assert read_unfinished(tmp_path / "file", ()) == ()


@pytest.mark.parametrize(
    "text", [b"", b"[]", b"{", b"\xff", b'{"fetches": 7}', b'{"schema_version": 2}', b"[" * 9000]
)
def test_garbage_is_nothing(tmp_path: Path, text: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(text)
    assert read_unfinished(tmp_path, (ENTRY,)) == ()


@pytest.mark.parametrize(
    "trick",
    [
        hub_order(file_name="../x.gguf"),
        hub_order(file_name="sub/x.gguf"),
        hub_order(file_name="x.exe"),
        hub_order(sha256="ab"),
        hub_order(size_bytes=-1),
        hub_order(sources=()),
        hub_order(sources=(HuggingFaceSource(repository="../x", file="x.gguf"),)),
        hub_order(sources=(HuggingFaceSource(repository="a/b", file="../x.gguf"),)),
        hub_order(sources=(HuggingFaceSource(repository="a/b", file="x.gguf", revision="-x"),)),
        msgspec.structs.replace(hub_order(), folders=("..",)),
        msgspec.structs.replace(hub_order(), files=()),
        msgspec.structs.replace(hub_order(), folders=()),
        msgspec.structs.replace(hub_order(), id=ENTRY.id),
        msgspec.structs.replace(hub_order(), name="x" * 5000),
    ],
)
def test_an_order_that_leads_elsewhere_is_left_out(tmp_path: Path, trick: Order) -> None:
    write_unfinished(tmp_path, (trick, hub_order()))
    assert read_unfinished(tmp_path, (ENTRY,)) == (hub_order(),)


def test_an_entry_without_a_checksum_is_kept_as_the_hub_told_it(tmp_path: Path) -> None:
    order = hub_order(file_name=ENTRY.file_name)
    order = msgspec.structs.replace(order, id=ENTRY.id, name=ENTRY.name, folders=())
    write_unfinished(tmp_path, (order,))
    assert read_unfinished(tmp_path, (ENTRY,)) == (order,)


def test_nobody_can_pass_another_checksum_off_as_the_catalogues(tmp_path: Path) -> None:
    write_unfinished(tmp_path, (hub_order(),))
    path = tmp_path / FILE_NAME
    document = json.loads(path.read_text(encoding="utf-8"))
    document["fetches"][0]["order"]["is_pinned"] = True
    path.write_text(json.dumps(document), encoding="utf-8")
    assert read_unfinished(tmp_path, (ENTRY,)) == ()

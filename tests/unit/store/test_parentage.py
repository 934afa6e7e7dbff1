"""Keeping where quantised files come from."""

from pathlib import Path

import msgspec
import pytest
from tests.helpers.records import make_card

from large_enough.domain.errors import FailureKind, StoreError
from large_enough.domain.generation import EngineBuild
from large_enough.domain.quantising import Parentage
from large_enough.store.parentage import keep_parentage, parent_of

CONTENT = b"GGUF and so on"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "models" / "tiny.Q4_0.gguf"
    path.parent.mkdir()
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "quantised"


def parentage(file_name: str = "tiny.Q4_0.gguf", size_bytes: int = len(CONTENT)) -> Parentage:
    return Parentage(
        file_name=file_name,
        size_bytes=size_bytes,
        type_name="Q4_0",
        parent=make_card(),
        was_quantised=True,
        engine=EngineBuild(
            name="llama.cpp", bindings_version="0.3.36", engine_version="0.5.0", system_info=""
        ),
        program_version="0.1.0",
        made_utc="2026-11-28T01:02:03+00:00",
    )


def test_what_was_kept_is_found_again(folder: Path, copy: Path) -> None:
    written = keep_parentage(folder, parentage())
    assert written == folder / "tiny.Q4_0.gguf.json"
    assert parent_of(folder, copy) == parentage()


def test_the_file_may_be_moved(folder: Path, copy: Path, tmp_path: Path) -> None:
    keep_parentage(folder, parentage())
    assert parent_of(folder, copy.rename(tmp_path / copy.name)) == parentage()


def test_another_file_of_that_name_is_not_meant(folder: Path, copy: Path) -> None:
    keep_parentage(folder, parentage())
    copy.write_bytes(CONTENT + b"more")
    assert parent_of(folder, copy) is None


def test_the_newest_counts(folder: Path, copy: Path) -> None:
    keep_parentage(folder, parentage())
    newer = msgspec.structs.replace(parentage(), made_utc="2026-12-01T00:00:00+00:00")
    keep_parentage(folder, newer)
    assert parent_of(folder, copy) == newer


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        msgspec.json.encode(msgspec.structs.replace(parentage(), schema_version=99)),
        msgspec.json.encode(parentage("other.gguf")),
    ],
)
def test_what_makes_no_sense_is_nothing(folder: Path, copy: Path, content: bytes) -> None:
    folder.mkdir(parents=True)
    (folder / "tiny.Q4_0.gguf.json").write_bytes(content)
    assert parent_of(folder, copy) is None


def test_nothing_is_known_of_others(folder: Path, copy: Path) -> None:
    assert parent_of(folder, copy) is None
    assert parent_of(folder, copy.parent / "gone.gguf") is None


def test_names_of_any_encoding_are_kept(folder: Path) -> None:
    odd = msgspec.structs.replace(parentage(), parent=make_card("odd \udcff"))
    assert keep_parentage(folder, odd).exists()


def test_a_folder_that_cannot_be_made(folder: Path) -> None:
    folder.parent.parent.mkdir(exist_ok=True)
    folder.parent.write_bytes(b"a file")
    with pytest.raises(StoreError) as caught:
        keep_parentage(folder, parentage())
    assert caught.value.info.kind is FailureKind.PARENTAGE_NOT_KEPT
    assert caught.value.info.subject == "tiny.Q4_0.gguf"

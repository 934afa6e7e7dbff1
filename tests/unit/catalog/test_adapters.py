"""Naming a model with an adapter in one word."""

from pathlib import Path

import pytest
from tests.helpers.adapters import random_pair, write_adapter
from tests.helpers.gguf_files import TINY_METADATA, write_gguf
from tests.helpers.rounds import scripted_card, write_script

from large_enough.catalog.adapters import AdapterWish, adapter_wish
from large_enough.catalog.choose import resolve
from large_enough.domain.errors import FailureKind, LargeEnoughError
from large_enough.domain.model_card import ModelCard
from large_enough.gguf.card import read_card

SHAPES = {"token_embd.weight": (64, 96), "blk.0.attn_q.weight": (64, 32)}


@pytest.fixture
def base(tmp_path: Path) -> ModelCard:
    return read_card(write_gguf(tmp_path / "models" / "tiny-1m-f32.gguf", TINY_METADATA, SHAPES))


@pytest.fixture
def adapter(base: ModelCard) -> Path:
    path = Path(base.path).with_name("pirate.gguf")
    return write_adapter(path, {"blk.0.attn_q.weight": random_pair(64, 32)})


def failure(name: str, *cards: ModelCard) -> LargeEnoughError:
    with pytest.raises(LargeEnoughError) as caught:
        resolve(name, cards, ())
    return caught.value


@pytest.mark.parametrize(
    ("name", "wish"),
    [
        ("tiny+pirate.gguf", ("tiny", "pirate.gguf")),
        ("tiny+/a/b.GGUF", ("tiny", "/a/b.GGUF")),
        ("c++-7b.gguf+pirate.gguf", ("c++-7b.gguf", "pirate.gguf")),
        ("tiny", None),
        ("tiny.gguf", None),
        ("tiny+pirate", None),
        ("+pirate.gguf", None),
        ("tiny+.gguf", None),
        ("\0+x.gguf", ("\0", "x.gguf")),
    ],
)
def test_names_are_taken_apart(name: str, wish: tuple[str, str] | None) -> None:
    assert adapter_wish(name) == (AdapterWish(*wish) if wish else None)


def test_files_that_exist_decide(tmp_path: Path) -> None:
    for name in ("a+b.gguf", "c++.gguf"):
        (tmp_path / name).touch()
    assert adapter_wish(str(tmp_path / "a+b.gguf")) is None
    adapter = str(tmp_path / "c++.gguf")
    assert adapter_wish(f"tiny+{adapter}") == AdapterWish("tiny", adapter)


def test_model_and_adapter_are_a_contender_of_their_own(base: ModelCard, adapter: Path) -> None:
    found = resolve(f"tiny+{adapter}", [base], ())
    assert found.adapter is not None
    assert found.adapter.path == str(adapter)
    assert found.path == base.path
    assert found.name == "Tiny 1M + Pirate"
    assert found.catalog_id is None
    assert resolve("tiny", [base], ()).adapter is None


def test_an_adapter_beside_the_model_needs_no_folder(base: ModelCard, adapter: Path) -> None:
    assert resolve("tiny+pirate.gguf", [base], ()) == resolve(f"tiny+{adapter}", [base], ())


def test_a_contender_is_found_again_by_its_reference(base: ModelCard, adapter: Path) -> None:
    found = resolve("tiny+pirate.gguf", [base], ())
    assert found.reference == f"{base.path}+{adapter}"
    assert resolve(found.reference, (), ()) == found
    assert base.reference == base.path


def test_an_adapter_that_does_not_fit_is_refused(base: ModelCard, adapter: Path) -> None:
    write_adapter(adapter, {"blk.0.attn_q.weight": random_pair(32, 32)})
    assert failure("tiny+pirate.gguf", base).info.kind is FailureKind.ADAPTER_MISMATCH


def test_an_adapter_that_is_not_there(base: ModelCard) -> None:
    error = failure("tiny+nowhere.gguf", base).info
    assert (error.kind, error.subject) == (FailureKind.FILE_MISSING, "nowhere.gguf")


def test_a_model_that_is_not_there(base: ModelCard, adapter: Path) -> None:
    error = failure(f"nobody+{adapter}", base).info
    assert (error.kind, error.subject) == (FailureKind.UNKNOWN_MODEL, "nobody")


def test_a_script_takes_no_adapter(tmp_path: Path, adapter: Path) -> None:
    card = scripted_card(write_script(tmp_path, "ant"))
    error = failure(f"{card.path}+{adapter}", card).info
    assert error.kind is FailureKind.BAD_SETTING
    assert "scripted" in str(error.facts["problem"])

"""Which models the adapters on the disk are added to."""

from pathlib import Path

import pytest
from tests.helpers.adapters import random_pair, write_adapter
from tests.helpers.gguf_files import TINY_METADATA, write_gguf

from large_enough.catalog.scan import scan_folder
from large_enough.comparison.adapted import Adapted, with_adapters
from large_enough.domain.errors import FailureKind
from large_enough.domain.found_model import WhyAside
from large_enough.gguf.adapter import read_adapter

SHAPES = {"token_embd.weight": (64, 96), "blk.0.attn_q.weight": (64, 32)}
QUERY = "blk.0.attn_q.weight"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


def write_model(folder: Path, name: str, shapes: dict[str, tuple[int, ...]] | None = None) -> Path:
    metadata = {**TINY_METADATA, "general.name": name}
    return write_gguf(folder / f"{name}.gguf", metadata, shapes or SHAPES)


def write_pirate(folder: Path, *, rows: int = 32, base: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "pirate.gguf"
    return write_adapter(path, {QUERY: random_pair(64, rows)}, base_model=base)


def look(folder: Path) -> Adapted:
    return with_adapters(scan_folder(folder, ()))


def test_a_model_with_an_adapter_is_a_contender_of_its_own(folder: Path) -> None:
    model = write_model(folder, "Tiny 1M")
    pirate = write_pirate(folder, base="Tiny 1M")
    (adapted,), apart = look(folder)
    assert adapted.is_meant
    assert adapted.base_model == "Tiny 1M"
    assert adapted.found.card.adapter == read_adapter(pirate)
    assert adapted.found.card.reference == f"{model}+{pirate}"
    assert adapted.found.paths == (str(model), str(pirate))
    assert apart == ()


def test_the_model_it_was_made_for_comes_before_others_of_its_shapes(folder: Path) -> None:
    write_model(folder, "Tiny 1M")
    write_model(folder, "Other 1M")
    write_pirate(folder, base="Tiny-1M-F16")
    (adapted,) = look(folder).models
    assert adapted.found.card.name.startswith("Tiny 1M + ")


def test_others_of_its_shapes_are_better_than_nothing(folder: Path) -> None:
    write_model(folder, "Other 1M")
    write_pirate(folder, base="Tiny 1M")
    (adapted,) = look(folder).models
    assert not adapted.is_meant


def test_of_an_unknown_base_every_model_that_takes_it_is_offered(folder: Path) -> None:
    write_model(folder, "Tiny 1M")
    write_model(folder, "Other 1M", {**SHAPES, "output.weight": (64, 96)})
    write_model(folder, "Odd 1M", {**SHAPES, QUERY: (64, 48)})
    write_pirate(folder)
    names = {adapted.found.card.name.partition(" + ")[0] for adapted in look(folder).models}
    assert names == {"Tiny 1M", "Other 1M"}


def test_a_missing_base_is_named(folder: Path) -> None:
    pirate = write_pirate(folder, base="Tiny 1M")
    models, (aside,) = look(folder)
    assert models == ()
    assert (aside.why, aside.error.subject) == (WhyAside.ADAPTER, str(pirate))
    assert aside.error.kind is FailureKind.BASE_MODEL_MISSING
    assert aside.error.facts == {"base": "Tiny 1M"}


def test_a_base_that_does_not_take_it_is_told_with_the_reason(folder: Path) -> None:
    write_model(folder, "Tiny 1M")
    write_pirate(folder, rows=48, base="Tiny 1M")
    models, (aside,) = look(folder)
    assert models == ()
    assert aside.error.kind is FailureKind.ADAPTER_MISMATCH
    assert "other dimensions" in str(aside.error.facts["reason"])


def test_what_else_is_set_apart_stays_so(folder: Path) -> None:
    write_model(folder, "Tiny 1M")
    write_pirate(folder)
    (folder / "broken.gguf").write_bytes(b"no model")
    (aside,) = look(folder).apart
    assert aside.why is WhyAside.DAMAGED

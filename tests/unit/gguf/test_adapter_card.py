import struct
from pathlib import Path

import pytest
from tests.helpers.app_layouts import adapter_bytes, model_bytes, write
from tests.helpers.gguf_files import BOOL, F32, STRING, key, string, text_key

from large_enough.domain.quantity import Unavailable
from large_enough.gguf.adapter_card import adapter_card
from large_enough.gguf.header import read_header


def test_everything_an_adapter_says(tmp_path: Path) -> None:
    alpha = key("adapter.lora.alpha", F32, struct.pack("<f", 16.0))
    keys = [
        text_key("general.type", "adapter"),
        text_key("adapter.type", "lora"),
        text_key("general.base_model.0.name", "Llama 3 8B"),
        alpha,
    ]
    path = write(tmp_path / "pirate-lora.gguf", model_bytes("Pirate", more=keys))
    card = adapter_card(read_header(path), path)
    assert (card.path, card.size_bytes) == (str(path), path.stat().st_size)
    assert (card.architecture, card.method, card.alpha) == ("llama", "lora", 16.0)
    assert (card.name, card.base_model) == ("Pirate Lora", "Llama 3 8B")


@pytest.mark.parametrize(
    "alpha",
    [
        key("adapter.lora.alpha", F32, struct.pack("<f", float("nan"))),
        key("adapter.lora.alpha", STRING, string("16")),
        key("adapter.lora.alpha", BOOL, b"\1"),
        key("other", BOOL, b"\1"),
    ],
)
def test_what_an_adapter_does_not_say_is_not_made_up(tmp_path: Path, alpha: bytes) -> None:
    path = write(tmp_path / "a.gguf", model_bytes(architecture="\x1b", more=[alpha]))
    card = adapter_card(read_header(path), path)
    assert isinstance(card.alpha, Unavailable)
    for fact in (card.architecture, card.method, card.base_model):
        assert isinstance(fact, Unavailable)


def test_an_adapter_of_the_helpers_is_one(tmp_path: Path) -> None:
    path = write(tmp_path / "a.gguf", adapter_bytes())
    assert adapter_card(read_header(path), path).method == "lora"

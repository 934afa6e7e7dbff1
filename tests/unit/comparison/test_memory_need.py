"""What loading a contender will take."""

from pathlib import Path

import pytest
from tests.helpers.gguf_files import write_gguf
from tests.helpers.rounds import scripted_card, write_script

from large_enough.comparison.memory_need import memory_need
from large_enough.domain.errors import ModelFileError
from large_enough.domain.model_card import Adapter
from large_enough.domain.round import Contender
from large_enough.gguf.card import read_card


def test_an_adapter_adds_to_the_weights(tmp_path: Path) -> None:
    card = read_card(write_gguf(tmp_path / "tiny.gguf"))
    plain = memory_need(Contender(letter="A", card=card))
    adapter = Adapter(path="/a.gguf", name="A", size_bytes=5_000_000)
    added = memory_need(Contender(letter="B", card=card.with_adapter(adapter)))
    assert plain is not None
    assert added is not None
    assert added.needed_bytes - plain.needed_bytes == 5_000_000


def test_a_script_takes_nothing(tmp_path: Path) -> None:
    card = scripted_card(write_script(tmp_path, "ant"))
    assert memory_need(Contender(letter="A", card=card)) is None


def test_a_file_that_has_gone(tmp_path: Path) -> None:
    path = write_gguf(tmp_path / "tiny.gguf")
    card = read_card(path)
    path.unlink()
    with pytest.raises(ModelFileError):
        memory_need(Contender(letter="A", card=card))

"""Finds the adapter that a person wants added to a model: MODEL+ADAPTER.gguf.

One word names both, so that a model and the same model with an adapter can stand side by side
wherever models are named.
"""

from pathlib import Path
from typing import NamedTuple

from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.model_card import BackendKind, ModelCard
from large_enough.domain.text import to_translate
from large_enough.gguf.adapter import check_adapter, read_adapter
from large_enough.gguf.split import read_model

SEPARATOR = "+"
_SUFFIX = ".gguf"


class AdapterWish(NamedTuple):
    """A model's name with that of an adapter."""

    model: str
    """As `choose.resolve` takes it."""
    adapter: str
    """Path of its file, or the name of one beside the model."""


def adapter_wish(name: str) -> AdapterWish | None:
    """Take a name apart; None if it names a model alone.

    Files may have the separator in their names: the first place counts behind which the name of an
    existing file stands, else the last one. A name that is a file's as a whole is a model's.
    """
    if not name.lower().endswith(_SUFFIX) or _is_file(name):
        return None
    places = [index for index, character in enumerate(name) if character == SEPARATOR]
    wishes = [AdapterWish(name[:index], name[index + 1 :]) for index in places]
    wishes = [wish for wish in wishes if wish.model and wish.adapter.lower() != _SUFFIX]
    existing = [wish for wish in wishes if _is_file(wish.adapter)]
    return next(iter(existing or wishes[-1:]), None)


def add_adapter(card: ModelCard, adapter: str) -> ModelCard:
    """Return the card of a model with an adapter added.

    Args:
        card: The model.
        adapter: Path of the adapter's file, or the name of one beside the model's file.

    Raises:
        RequestError: The model is a script.
        ModelFileError: The file is no adapter, or does not fit the model.
    """
    if card.backend is not BackendKind.LLAMA:
        problem = to_translate("an adapter cannot be added to a scripted model")
        raise RequestError(FailureKind.BAD_SETTING, card.name, problem=problem)
    path = Path(adapter).expanduser()
    beside = Path(card.path).parent / adapter
    if not _is_file(adapter) and beside.is_file():
        path = beside
    check_adapter(path, read_model(Path(card.path)).header, card.name)
    return card.with_adapter(read_adapter(path))


def _is_file(name: str) -> bool:
    try:
        return Path(name).expanduser().is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False

"""Makes the card of one file, with what the catalogue knows about it."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.scripted import is_script, read_scripted_card
from large_enough.domain.model_card import ModelCard
from large_enough.domain.quantity import Unavailable
from large_enough.gguf.card import read_card


def card_of(path: Path, entries: Sequence[CatalogueEntry]) -> ModelCard:
    """Return the card of one file.

    Args:
        path: The file (of a script as well), or the first part.
        entries: The catalogue; its models are known by file name and size, or by file name and
            quantisation where it does not have the size.

    Raises:
        ModelFileError: The file cannot be used as a model.
    """
    return read_scripted_card(path) if is_script(path) else with_entry(read_card(path), entries)


def with_entry(card: ModelCard, entries: Sequence[CatalogueEntry]) -> ModelCard:
    """Return the card with name, licence and identifier of the catalogue, if it is in there."""
    name = Path(card.path).name
    entry = next((entry for entry in entries if _is_entry(card, name, entry)), None)
    if entry is None:
        return card
    return msgspec.structs.replace(
        card, catalog_id=entry.id, name=entry.name, licence=entry.licence
    )


def _is_entry(card: ModelCard, file_name: str, entry: CatalogueEntry) -> bool:
    if file_name != entry.file_name:
        return False
    if isinstance(entry.size_bytes, Unavailable):
        return card.quantisation == entry.quantisation
    return card.size_bytes == entry.size_bytes

"""Gathers the models that can be proposed: those that are here, and those of the catalogue."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.kinship import kin_of
from large_enough.domain.errors import ModelFileError
from large_enough.domain.model_card import BackendKind, ModelCard
from large_enough.domain.pairing import Candidate
from large_enough.domain.quantity import Unavailable
from large_enough.gguf.header import read_header

ReadMetadata = Callable[[str], Mapping[str, object]]


def _read_metadata(path: str) -> Mapping[str, object]:
    try:
        return read_header(Path(path)).metadata
    except ModelFileError:  # the card was made from it: it went away a moment ago
        return {}


def candidates(
    cards: Sequence[ModelCard],
    entries: Sequence[CatalogueEntry],
    *,
    read_metadata: ReadMetadata = _read_metadata,
) -> tuple[Candidate, ...]:
    """Return all models that are known by size; scripted ones are left out.

    Args:
        cards: Models that are here.
        entries: The catalogue; what is here already is not named twice.
        read_metadata: Reads a file's header; replaced in tests.
    """
    here = [
        _of_card(card, card.parameter_count, read_metadata(card.path))
        for card in cards
        if card.backend is BackendKind.LLAMA and isinstance(card.parameter_count, int)
    ]
    known = {candidate.catalog_id for candidate in here}
    could_be = (_of_entry(entry) for entry in entries if entry.id not in known)
    return (*here, *(candidate for candidate in could_be if candidate is not None))


def _of_card(card: ModelCard, parameter_count: int, metadata: Mapping[str, object]) -> Candidate:
    kin = kin_of(card.name, metadata)
    return Candidate(
        name=card.name,
        family=kin.family,
        variant=kin.variant,
        parameter_count=parameter_count,
        size_label=kin.size_label,
        quantisation=card.quantisation if isinstance(card.quantisation, str) else "",
        size_bytes=card.size_bytes,
        base=kin.base,
        path=card.path,
        catalog_id=card.catalog_id or "",
    )


def _of_entry(entry: CatalogueEntry) -> Candidate | None:
    """Return a model of the catalogue; None if that does not say how large it is."""
    if isinstance(entry.parameter_count, Unavailable) or isinstance(entry.size_bytes, Unavailable):
        return None
    kin = kin_of(entry.name)
    return Candidate(
        name=entry.name,
        family=kin.family,
        variant=kin.variant,
        parameter_count=entry.parameter_count,
        size_label=kin.size_label,
        quantisation=entry.quantisation,
        size_bytes=entry.size_bytes,
        catalog_id=entry.id,
    )

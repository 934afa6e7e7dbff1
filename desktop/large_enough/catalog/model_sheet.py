"""Brings together everything that is known about one model without loading it."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import msgspec

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.origins import Origin, Origins
from large_enough.domain.model_card import BackendKind, ModelCard
from large_enough.domain.quantity import Count, Unavailable
from large_enough.gguf.active_parameters import active_parameter_count
from large_enough.gguf.names import shown_text
from large_enough.gguf.split import read_model
from large_enough.gguf.thinking import thinks

_SCRIPTED = Unavailable(reason="scripted, not a model")
_NOT_IN_FILE = Unavailable(reason="the file does not say")
_NOT_RECORDED = Unavailable(reason="not recorded")


class ModelSheet(msgspec.Struct, frozen=True, kw_only=True):
    """What can be said about a model that is here."""

    card: ModelCard
    family: str | Unavailable
    """The catalogue's word, else the header's base name."""
    domain: str | Unavailable
    """What it is meant for; only the catalogue knows."""
    active_parameter_count: Count
    """Weights that one token uses; less than all in mixtures of experts."""
    thinks: bool | Unavailable
    """Whether its chat template knows thoughts."""
    licence_note: str
    """What its licence restricts, in English; empty if nothing is known about that."""
    publisher_url: str
    """The publisher's page; empty if it is not known."""
    origin: Origin | Unavailable
    """Where its first file came from."""
    modified_utc: str
    """When its first file was last changed, in ISO 8601."""


def sheet_of(card: ModelCard, models: Path, entries: Sequence[CatalogueEntry]) -> ModelSheet:
    """Return what is known about a model.

    Args:
        card: The model.
        models: The models folder.
        entries: The catalogue.

    Raises:
        ModelFileError: Its file cannot be read any more.
    """
    entry = next((entry for entry in entries if entry.id == card.catalog_id), None)
    family, active, thinking = _from_header(card)
    return ModelSheet(
        card=card,
        family=family if entry is None else entry.family,
        domain=Unavailable(reason="not in the catalogue") if entry is None else entry.domain,
        active_parameter_count=active,
        thinks=thinking,
        licence_note="" if entry is None else entry.licence_note,
        publisher_url="" if entry is None else entry.publisher_url,
        origin=Origins(models).of(Path(card.path)) or _NOT_RECORDED,
        modified_utc=_modified_utc(Path(card.path)),
    )


def _from_header(card: ModelCard) -> tuple[str | Unavailable, Count, bool | Unavailable]:
    """Return family, weights in use and whether it thinks."""
    if card.backend is BackendKind.ECHO:
        return _SCRIPTED, _SCRIPTED, _SCRIPTED
    header = read_model(Path(card.path)).header
    family = shown_text(header.text("general.basename") or "") or _NOT_IN_FILE
    return family, active_parameter_count(header), thinks(header)


def _modified_utc(path: Path) -> str:
    changed = datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC)
    return changed.isoformat(timespec="seconds")

"""Leaves models of another family or domain out of a list."""

import dataclasses
import re
from collections.abc import Sequence

import msgspec

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.scan import Scan
from large_enough.domain.model_card import ModelCard

_SEPARATORS = re.compile(r"[\W_]+")


@dataclasses.dataclass(frozen=True, slots=True)
class WantedKind:
    """Which models are asked for."""

    family: str = ""
    """A part of a family's name, for example "qwen"; empty for all."""
    domain: str = ""
    """A domain of the catalogue; empty for all. Models that it does not know have none."""

    def of_entries(self, entries: Sequence[CatalogueEntry]) -> tuple[CatalogueEntry, ...]:
        """Return the entries that are asked for."""
        return tuple(entry for entry in entries if self._has_entry(entry))

    def of_scan(self, scan: Scan, entries: Sequence[CatalogueEntry]) -> Scan:
        """Return the models that are asked for, without adapters and what is set aside.

        Without a filter, everything is returned.

        Args:
            scan: What is here.
            entries: The whole catalogue.
        """
        if self == ANY_KIND:
            return scan
        known = {entry.id: entry for entry in entries}
        cards = tuple(card for card in scan.cards if self._has_card(card, known))
        found = tuple(model for model in scan.found if self._has_card(model.card, known))
        return msgspec.structs.replace(
            scan, cards=cards, found=found, adapters=(), set_aside=(), apart=()
        )

    def _has_entry(self, entry: CatalogueEntry) -> bool:
        is_family = _letters(self.family) in _letters(entry.family)
        return is_family and self.domain in ("", entry.domain)

    def _has_card(self, card: ModelCard, known: dict[str, CatalogueEntry]) -> bool:
        entry = known.get(card.catalog_id or "")
        if entry is not None:
            return self._has_entry(entry)
        return not self.domain and _letters(self.family) in _letters(card.name)


ANY_KIND = WantedKind()
"""All models."""


def _letters(name: str) -> str:
    return _SEPARATORS.sub("", name).lower()

"""Says which models of the catalogue the user wants to see."""

from collections.abc import Iterable
from typing import NamedTuple

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.wording.translate import _


class CatalogueWish(NamedTuple):
    """What is left of the catalogue."""

    text: str = ""
    """Words that must all be found in what is told about a model."""
    domain: str = ""
    """A `catalogue.Domain`; empty for all."""
    family: str = ""
    """As the catalogue has it; empty for all."""
    only_fitting: bool = False
    """Whether models that are too large for the free memory are left out."""

    def admits(self, entry: CatalogueEntry) -> bool:
        """Return whether a model is wanted, wherever it fits."""
        known = _told(entry)
        return (
            self.domain in ("", entry.domain)
            and self.family in ("", entry.family)
            and all(word in known for word in self.text.casefold().split())
        )


def domain_words() -> dict[str, str]:
    """Return what each domain of the catalogue is called, general ones first."""
    return {
        "general": _("General"),
        "coding": _("Coding"),
        "finance": _("Finance"),
        "legal": _("Legal"),
        "medical": _("Medical"),
        "multilingual": _("Multilingual"),
    }


def families_of(entries: Iterable[CatalogueEntry]) -> tuple[str, ...]:
    """Return the families in the order of their names."""
    return tuple(sorted({entry.family for entry in entries}, key=str.casefold))


def _told(entry: CatalogueEntry) -> str:
    """Return everything that a word may be found in."""
    words = (
        entry.id,
        entry.name,
        entry.family,
        entry.file_name,
        entry.quantisation,
        entry.licence,
        entry.publisher_url,
        entry.domain,
        domain_words()[entry.domain],
    )
    return "\n".join(words).casefold()

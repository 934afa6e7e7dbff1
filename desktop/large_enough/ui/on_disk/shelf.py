"""Keeps the models of the last look at the disk, by what they are found again by."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from large_enough.domain.model_card import ModelCard
from large_enough.ui.library import ModelLibrary, ScanOutcome

if TYPE_CHECKING:
    from large_enough.domain.found_model import AdaptedModel, FoundModel


class Shelf(QObject):
    """All models that can take part; one with an adapter is one of its own.

    Signals:
        changed: There was another look at the disk.
    """

    changed = Signal()

    def __init__(self, library: ModelLibrary, parent: QObject) -> None:
        super().__init__(parent)
        self.outcome: ScanOutcome | None = None
        """What the last look brought; None before the first one."""
        self._found: dict[str, FoundModel] = {}
        self._adapted: dict[str, AdaptedModel] = {}
        library.scanned.connect(self._on_scanned)

    @property
    def models(self) -> "dict[str, FoundModel]":
        """The models by key (`ModelCard.reference`), each followed by itself with adapters."""
        return self._found

    @property
    def plain_cards(self) -> tuple[ModelCard, ...]:
        """The models without adapters."""
        return tuple(found.card for found in self._found.values() if found.card.adapter is None)

    @property
    def cards(self) -> tuple[ModelCard, ...]:
        """All models."""
        return tuple(found.card for found in self._found.values())

    def adapted(self, key: str) -> "AdaptedModel | None":
        """Return what is known about the adapter of a model; None if it has none."""
        return self._adapted.get(key)

    @Slot(object)
    def _on_scanned(self, outcome: ScanOutcome) -> None:
        self.outcome = outcome
        self._adapted = {one.found.card.reference: one for one in outcome.adapted}
        self._found = {}
        for found in outcome.found:
            if not found.is_repeat:
                self._found[found.card.reference] = found
                self._found.update(
                    (key, one.found)
                    for key, one in self._adapted.items()
                    if one.found.card.path == found.card.path
                )
        self.changed.emit()

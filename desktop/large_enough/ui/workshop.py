"""Makes quantised copies and removes models, for the window."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from large_enough.domain.model_card import BackendKind, ModelCard

if TYPE_CHECKING:
    from large_enough.catalog.remove import Removal
    from large_enough.comparison.quantising_plan import QuantisingOffer, QuantisingPlan
    from large_enough.comparison.workbench import Workbench
    from large_enough.domain.quantising import Parentage, QuantisedFile, QuantisingProgress


class Workshop:
    """The protocol `services.ModelMaker` over the real program, brought in when it is needed."""

    def __init__(self, open_workbench: "Callable[[], Workbench]") -> None:
        self._workbench = open_workbench

    def parents(self, cards: Sequence[ModelCard]) -> "dict[str, Parentage]":
        """Return by `reference` what models were made from here; others are left out."""
        workbench = self._workbench()
        files = [card for card in cards if card.backend is BackendKind.LLAMA]
        found = ((card.reference, workbench.parent_of(Path(card.path))) for card in files)
        return {reference: parent for reference, parent in found if parent is not None}

    def offer(self, card: ModelCard) -> "QuantisingOffer":
        """Return what can be made of a model; raises `RequestError` if nothing can."""
        from large_enough.comparison.quantising_plan import quantising_offer

        return quantising_offer(card, self._workbench().models_folder)

    def quantise(
        self,
        plan: "QuantisingPlan",
        on_progress: "Callable[[QuantisingProgress], None]",
        is_cancelled: Callable[[], bool],
    ) -> "QuantisedFile | None":
        """Make a copy; None if it was cancelled."""
        return self._workbench().quantise(plan, on_progress, is_cancelled)

    def removal_of(self, card: ModelCard) -> "Removal":
        """Return what removing a model takes away; raises `ModelFileError` if it is not ours."""
        from large_enough.catalog.remove import removal_of

        workbench = self._workbench()
        return removal_of(
            card,
            workbench.models_folder,
            workbench.entries,
            is_made_here=workbench.parent_of(Path(card.path)) is not None,
        )

    def remove(self, removal: "Removal") -> None:
        """Remove a model."""
        from large_enough.catalog.remove import remove

        remove(removal, self._workbench().models_folder)

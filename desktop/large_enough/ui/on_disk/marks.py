"""Keeps which models are favourites, which roles they have, and what they were made from."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from large_enough.domain.errors import ErrorInfo
from large_enough.ui.background import Background
from large_enough.ui.on_disk.shelf import Shelf
from large_enough.ui.services import ModelForecaster, ModelMaker
from large_enough.ui.settings_keeper import SettingsKeeper

if TYPE_CHECKING:
    from collections.abc import Callable

    from large_enough.domain.pairing import Proposal
    from large_enough.domain.quantising import Parentage
    from large_enough.resources.settings import ModelMark


class Known(NamedTuple):
    """What is known about the models on the shelf beyond their headers."""

    marks: "dict[str, ModelMark]"
    """By key: what the user chose."""
    parents: "dict[str, Parentage]"
    """By key: what they were made from here."""
    proposals: "tuple[Proposal, ...]"
    """What is good to compare, the best first."""


NOTHING = Known({}, {}, ())


class Marks(QObject):
    """Reads all that whenever models or marks change, beside the window.

    Signals:
        changed: It was read again.
        failed: It could not be read or written: `ErrorInfo`.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        shelf: Shelf,
        forecaster: ModelForecaster,
        maker: ModelMaker,
        keeper: SettingsKeeper,
        background: Background,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._forecaster = forecaster
        self._maker = maker
        self._keeper = keeper
        self._background = background
        self._known = NOTHING
        shelf.changed.connect(self.look)

    @property
    def proposals(self) -> "tuple[Proposal, ...]":
        """What is good to compare, the best first."""
        return self._known.proposals

    def is_favourite(self, key: str) -> bool:
        """Return whether the user likes a model."""
        mark = self._known.marks.get(key)
        return mark is not None and mark.is_favourite

    def role(self, key: str) -> str:
        """Return what a model is meant for: a value of `ModelRole`; empty for nothing."""
        mark = self._known.marks.get(key)
        return "" if mark is None else mark.role

    def parent_of(self, key: str) -> "Parentage | None":
        """Return what a model was made from; None if it was not made here."""
        return self._known.parents.get(key)

    @Slot()
    def look(self) -> None:
        """Read it again."""
        cards, plain_cards = self._shelf.cards, self._shelf.plain_cards
        settings = self._keeper.settings

        def work() -> Known:
            marks = self._forecaster.marks(settings, cards)
            return Known(
                marks, self._maker.parents(cards), self._forecaster.proposals(plain_cards, marks)
            )

        self._background.run("marks", work, self._on_known, self._on_failed)

    @Slot(str, bool)
    def set_favourite(self, key: str, is_on: bool) -> None:
        """Keep whether the user likes a model."""
        found = self._shelf.models.get(key)
        if found is not None:
            card, settings = found.card, self._keeper.settings
            self._keep(lambda: self._forecaster.with_favourite(settings, card, is_favourite=is_on))

    @Slot(str, str)
    def set_role(self, key: str, role: str) -> None:
        """Keep what a model is meant for."""
        found = self._shelf.models.get(key)
        if found is not None:
            card, settings = found.card, self._keeper.settings
            self._keep(lambda: self._forecaster.with_role(settings, card, role))

    def _keep(self, work: "Callable[[], tuple[ModelMark, ...]]") -> None:
        self._background.run("mark", work, self._on_marked, self._on_failed)

    def _on_marked(self, marks: "tuple[ModelMark, ...]") -> None:
        self._keeper.change(model_marks=marks)
        self.look()

    def _on_known(self, known: Known) -> None:
        self._known = known
        self.changed.emit()

    def _on_failed(self, error: ErrorInfo) -> None:
        self.failed.emit(error)

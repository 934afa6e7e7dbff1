"""Asks which quantised copies to make of a model, and tells what came of them."""

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from large_enough.domain.errors import ErrorInfo
from large_enough.domain.model_card import ModelCard
from large_enough.domain.text import harmless_line
from large_enough.ui.background import Background
from large_enough.ui.on_disk.making import Making
from large_enough.ui.on_disk.shelf import Shelf
from large_enough.ui.services import ModelMaker
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.quantise_dialog import QuantiseDialog
from large_enough.wording.numbers import bytes_text
from large_enough.wording.translate import _

if TYPE_CHECKING:
    from large_enough.comparison.quantising_plan import QuantisingOffer
    from large_enough.domain.quantising import QuantisedFile


class Copies(QObject):
    """From the button on a model's card to the copy in the table.

    Signals:
        arrived: A copy lies on the disk: look there.
        noticed: What came of it, in words.
        failed: It could not be done: `ErrorInfo`.
    """

    arrived = Signal()
    noticed = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        shelf: Shelf,
        maker: ModelMaker,
        making: Making,
        background: Background,
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._shelf = shelf
        self._maker = maker
        self._making = making
        self._background = background
        self._theme = theme
        self._window = window
        self._is_asking = False
        self.newcomer = ""
        """Path of the copy that was made last, until the table shows it; "" for none."""
        making.made.connect(self._on_made)
        making.failed.connect(self.failed)

    @Slot(str)
    def ask(self, key: str) -> None:
        """Find out what can be made of a model, and let the user choose."""
        found = self._shelf.models.get(key)
        if found is None or self._is_asking:
            return
        if self._making.hindrance:
            self.noticed.emit(self._making.hindrance)
            return
        self._is_asking = True
        work = functools.partial(self._maker.offer, found.card)
        done = functools.partial(self._on_offered, found.card)
        self._background.run("offer", work, done, self._on_failed)

    def _on_offered(self, card: ModelCard, offer: "QuantisingOffer") -> None:
        self._is_asking = False
        dialog = QuantiseDialog(self._theme, card, offer, self._window)
        dialog.wanted.connect(self._on_wanted)
        dialog.open()

    @Slot(object)
    def _on_wanted(self, plans: object) -> None:
        if self._making.hindrance:  # a round has begun while the dialog stood there
            self.noticed.emit(self._making.hindrance)
        elif isinstance(plans, tuple):
            self._making.start(plans)

    @Slot(object)
    def _on_made(self, made: "QuantisedFile") -> None:
        self.newcomer = made.path
        parentage = made.parentage
        self.noticed.emit(
            _("{type_name} of {name} is here: {size}.").format(
                type_name=parentage.type_name,
                name=harmless_line(parentage.parent.name),
                size=bytes_text(parentage.size_bytes),
            )
        )
        if made.problem is not None:
            self.failed.emit(made.problem)
        self.arrived.emit()

    def _on_failed(self, error: ErrorInfo) -> None:
        self._is_asking = False
        self.failed.emit(error)

"""The panes of all contenders, side by side."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.domain.clock import Clock
from large_enough.domain.model_card import ModelCard
from large_enough.domain.round import LETTERS
from large_enough.ui.directions import keep_order
from large_enough.ui.model_facts import which_are_large
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.contender_pane import ContenderPane
from large_enough.ui.widgets.empty_seat import EmptySeat

_GAP_PX = 12
_NARROW_FROM = 3  # with this many panes, figures stand two by two
_FEWEST = 2  # below this, a seat is empty


class PaneRow(QWidget):
    """One pane for each contender; an empty seat where there is nobody to compare with.

    Signals:
        model_chosen: letter, `ModelCard`.
        file_wanted: letter.
        removal_wanted: letter.
        retry_wanted: letter, True for settings that need less memory.
        stop_wanted: letter.
        completion_wanted: True to ask again like that at once.
    """

    model_chosen = Signal(str, object)
    file_wanted = Signal(str)
    removal_wanted = Signal(str)
    retry_wanted = Signal(str, bool)
    stop_wanted = Signal(str)
    completion_wanted = Signal(bool)

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._clock = clock
        self._is_completion = False
        self._panes: dict[str, ContenderPane] = {}
        self.seat = EmptySeat(theme)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP_PX)
        keep_order(self._row)
        self._row.addWidget(self.seat, 1)

    def sizeHint(self) -> QSize:
        """Return the least height: more comes from what the other parts leave."""
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())

    def hasHeightForWidth(self) -> bool:
        """Return no: panes are as high as there is room."""
        return False

    @property
    def panes(self) -> dict[str, ContenderPane]:
        """The panes, by letter."""
        return dict(self._panes)

    @property
    def cards(self) -> tuple[ModelCard, ...]:
        """The models of all contenders, A first."""
        return tuple(pane.card for pane in self._panes.values() if pane.card is not None)

    def show_contenders(self, cards: Sequence[ModelCard]) -> None:
        """Show these contenders; a pane whose model is another one is emptied."""
        for letter in list(self._panes)[len(cards) :]:
            pane = self._panes.pop(letter)
            self._row.removeWidget(pane)
            pane.deleteLater()
        for letter, card in zip(LETTERS, cards, strict=False):
            pane = self._panes.get(letter) or self._add(letter)
            if pane.card is None or pane.card.reference != card.reference:
                pane.reset()
            pane.show_model(card)
        for pane, is_large in zip(self._panes.values(), which_are_large(cards), strict=True):
            pane.head.animal.show_size(is_large=is_large)
            pane.set_narrow(is_narrow=len(cards) >= _NARROW_FROM)
        self.seat.setVisible(len(cards) < _FEWEST)

    def offer(self, cards: Sequence[ModelCard], starters: Sequence[CatalogueEntry]) -> None:
        """Offer these models in every pane, and starters for an empty seat."""
        for pane in self._panes.values():
            pane.head.picker.menu_of_models.offer(
                cards, pane.card, can_remove=len(self._panes) > _FEWEST
            )
        self.seat.offer(cards, starters)

    def show_style(self, *, is_completion: bool) -> None:
        """Take note whether texts are continued instead of questions answered."""
        self._is_completion = is_completion
        for pane in self._panes.values():
            pane.show_style(is_completion=is_completion)

    def set_locked(self, *, is_locked: bool) -> None:
        """Keep models from being changed while they are at work."""
        for pane in self._panes.values():
            pane.set_locked(is_locked=is_locked)
        self.seat.setEnabled(not is_locked)

    def reset(self) -> None:
        """Empty all panes."""
        for pane in self._panes.values():
            pane.reset()

    def _add(self, letter: str) -> ContenderPane:
        pane = ContenderPane(self._theme, self._clock, letter, self)
        pane.model_chosen.connect(self.model_chosen)
        pane.file_wanted.connect(self.file_wanted)
        pane.removal_wanted.connect(self.removal_wanted)
        pane.retry_wanted.connect(self.retry_wanted)
        pane.stop_wanted.connect(self.stop_wanted)
        pane.completion_wanted.connect(self.completion_wanted)
        pane.show_style(is_completion=self._is_completion)
        self._panes[letter] = pane
        self._row.insertWidget(self._row.indexOf(self.seat), pane, 1)
        return pane

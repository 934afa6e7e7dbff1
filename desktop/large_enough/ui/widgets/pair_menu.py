"""Chooses which two models of a run are compared."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from large_enough.domain.verdict import PairVerdict, RunVerdict
from large_enough.ui.safe_text import menu_text
from large_enough.ui.theme import Theme
from large_enough.ui.verdict_words import pair_words
from large_enough.ui.widgets.buttons import Button
from large_enough.wording.translate import _


class PairMenu(Button):
    """A button that is only there where there is a choice.

    Signals:
        pair_chosen: The user chose this `PairVerdict`.
    """

    pair_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme, _("Which pair"), picture="chevron-down", is_picture_behind=True, parent=parent
        )
        self.setToolTip(_("Compare two other models of this run"))
        self.pairs = QMenu(self)
        self._group = QActionGroup(self)
        self._offered: tuple[PairVerdict, ...] = ()
        self.setMenu(self.pairs)
        self.pairs.triggered.connect(self._on_triggered)
        self.hide()

    def offer(self, verdict: RunVerdict, chosen: PairVerdict | None) -> None:
        """Offer the pairs of a run."""
        self._fill(verdict, verdict.pairs, chosen)
        self.setVisible(len(verdict.pairs) > 1)

    def _fill(
        self, verdict: RunVerdict, pairs: Sequence[PairVerdict], chosen: PairVerdict | None
    ) -> None:
        for action in self.pairs.actions():
            self._group.removeAction(action)
        self.pairs.clear()
        self._offered = tuple(pairs)
        for number, pair in enumerate(pairs):
            action = self.pairs.addAction(menu_text(pair_words(verdict, pair)))
            action.setData(number)
            action.setCheckable(True)
            action.setChecked(chosen is not None and _is_same(pair, chosen))
            self._group.addAction(action)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.pair_chosen.emit(self._offered[action.data()])


def _is_same(one: PairVerdict, other: PairVerdict) -> bool:
    return (one.small, one.large) == (other.small, other.large)

"""How far down one can go: ladders of sizes and of quantisations, with the knee marked."""

import functools

from PySide6.QtWidgets import QVBoxLayout, QWidget

from large_enough.domain.text import harmless_line
from large_enough.domain.verdict import Ladder, LadderKind, RunVerdict
from large_enough.figures.primitives import Drawing
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.drawing_view import DrawingView
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.titled_card import TitledCard
from large_enough.wording.translate import _
from large_enough.wording.verdict_words import ladder_sentence


class LadderCard(TitledCard):
    """One ladder: the sentence, and its rungs drawn."""

    def __init__(
        self, theme: Theme, verdict: RunVerdict, ladder: Ladder, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, _title(ladder), parent)
        self.ladder = ladder
        self.sentence = Label(theme, Type.SOFT, ladder_sentence(verdict, ladder), wraps=True)
        self.view = DrawingView(theme)
        self.column.addWidget(self.sentence)
        self.column.addWidget(self.view)
        self.view.show_drawing(functools.partial(_drawing, verdict, ladder))


class Ladders(QWidget):
    """All ladders of a run, one below the other; none takes no room."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.cards: tuple[LadderCard, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def show_verdict(self, verdict: RunVerdict) -> None:
        """Show the ladders of a run."""
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = tuple(LadderCard(self._theme, verdict, one) for one in verdict.ladders)
        for card in self.cards:
            self._column.addWidget(card)
        self.setVisible(bool(self.cards))


def _title(ladder: Ladder) -> str:
    if ladder.kind is LadderKind.SIZE:
        return _("The size ladder")
    return _("The quantisation ladder of {name}").format(name=harmless_line(ladder.name))


def _drawing(verdict: RunVerdict, ladder: Ladder, width: float) -> Drawing:
    from large_enough.report.verdict_charts import ladder_drawing

    return ladder_drawing(verdict, ladder, width)

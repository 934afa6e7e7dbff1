"""The verdict in one sentence, on what it rests, and the interval drawn."""

import functools

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import PairVerdict, RunVerdict
from large_enough.figures.primitives import Drawing
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.drawing_view import DrawingView
from large_enough.ui.widgets.labels import Label
from large_enough.wording.verdict_words import VerdictSentence, headline_of, method_text

_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse


class SentenceCard(QFrame):
    """The most important thing of the screen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("kind", "card")
        self.headline = Label(theme, Type.VERDICT, wraps=True)
        self.detail = Label(theme, Type.LEAD, tone="soft", wraps=True)
        self.interval = DrawingView(theme)
        self.method = Label(theme, Type.SMALL, tone="soft", wraps=True)
        for label in (self.headline, self.detail, self.method):
            label.setTextInteractionFlags(_SELECTABLE)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(6)
        for widget in (self.headline, self.detail, self.interval, self.method):
            column.addWidget(widget)
        theme.changed.connect(self._renew)

    def show_pair(self, verdict: RunVerdict, pair: PairVerdict) -> None:
        """Show what a pair comes to."""
        self._say(headline_of(verdict, pair))
        is_decided = not isinstance(pair.decision, Unavailable)
        self.interval.setVisible(is_decided)
        self.method.setText(method_text(pair) if is_decided else "")
        self._renew()
        if is_decided:
            self.interval.show_drawing(functools.partial(_interval, verdict, pair))

    def show_reason(self, sentence: VerdictSentence) -> None:
        """Say why there is no verdict."""
        self._say(sentence)
        self.interval.hide()
        self.method.setText("")
        self._renew()

    def _say(self, sentence: VerdictSentence) -> None:
        self.headline.setText(sentence.headline)
        self.detail.setText(sentence.detail)
        self.detail.setVisible(bool(sentence.detail))

    @Slot()
    def _renew(self) -> None:
        """Leave the small print out where a room looks at it from afar."""
        self.method.setVisible(bool(self.method.text()) and not self._theme.is_projector)


def _interval(verdict: RunVerdict, pair: PairVerdict, width: float) -> Drawing:
    from large_enough.report.verdict_charts import interval_drawing

    return interval_drawing(verdict, pair, width)

"""What asking the small model first would come to, and whether it knows when it is wrong."""

import functools

from PySide6.QtWidgets import QWidget

from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import RunVerdict
from large_enough.figures.primitives import Drawing
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import line
from large_enough.ui.widgets.drawing_view import DrawingView
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.titled_card import TitledCard
from large_enough.wording.translate import _
from large_enough.wording.verdict_words import cascade_sentence


class CascadeCard(TitledCard):
    """A sentence, the curve, and what each signal tells."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("Small first, large when unsure"), parent)
        self.sentence = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self.curve = DrawingView(theme)
        self.line = line()
        self.signals = DrawingView(theme)
        for widget in (self.sentence, self.curve, self.line, self.signals):
            self.column.addWidget(widget)

    def show_verdict(self, verdict: RunVerdict) -> None:
        """Show what a run comes to; only the reason where there is nothing to show."""
        self.sentence.setText(cascade_sentence(verdict))
        has_curve = not isinstance(verdict.cascade, Unavailable)
        for widget in (self.curve, self.line, self.signals):
            widget.setVisible(has_curve)
        if has_curve:
            self.curve.show_drawing(functools.partial(_curve, verdict))
            self.signals.show_drawing(functools.partial(_signals, verdict))


def _curve(verdict: RunVerdict, width: float) -> Drawing:
    from large_enough.report.verdict_charts import cascade_drawing

    return cascade_drawing(verdict, width)


def _signals(verdict: RunVerdict, width: float) -> Drawing:
    from large_enough.report.verdict_charts import signals_drawing

    return signals_drawing(verdict, width)

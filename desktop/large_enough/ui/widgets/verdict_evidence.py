"""The evidence so far, while a run goes on: it may be watched at will."""

import functools

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import EvidenceTrack
from large_enough.figures.primitives import Drawing
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.drawing_view import DrawingView
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.titled_card import TitledCard
from large_enough.wording.translate import _
from large_enough.wording.verdict_words import evidence_sentence


class EvidenceCard(TitledCard):
    """A dial, and what it says in words.

    Signals:
        run_wanted: The user wants to see the run that goes on.
    """

    run_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("The evidence so far"), parent)
        self.track: EvidenceTrack | Unavailable | None = None
        self.run_button = Button(theme, _("See the run"), kind="small")
        self.head.addWidget(self.run_button, 0, Qt.AlignmentFlag.AlignTop)
        self.view = DrawingView(theme)
        self.words = Label(theme, Type.SOFT, wraps=True)
        self.hint = Label(
            theme,
            Type.SMALL,
            _(
                "You may look at this as often as you like: it cannot be fooled by looking. The "
                "interval waits for the end of the run."
            ),
            tone="soft",
            wraps=True,
        )
        for widget in (self.view, self.words, self.hint):
            self.column.addWidget(widget)
        self.run_button.clicked.connect(self.run_wanted)

    def show_track(self, title: str, track: EvidenceTrack | Unavailable) -> None:
        """Show how strong the evidence of the run with that title is."""
        self.track = track
        self.title.setText(_("The evidence so far: {title}").format(title=title))
        self.words.setText(evidence_sentence(track))
        has_dial = isinstance(track, EvidenceTrack) and bool(track.enough)
        self.view.setVisible(has_dial)
        if isinstance(track, EvidenceTrack) and has_dial:
            self.view.show_drawing(functools.partial(_drawing, track))


def _drawing(track: EvidenceTrack, width: float) -> Drawing:
    from large_enough.report.verdict_charts import evidence_drawing

    return evidence_drawing(track, width)

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
    """A dial, and what it says in words; the words alone where something else matters more.

    Signals:
        run_wanted: The user wants to see the run that goes on.
        watch_wanted: The user wants to watch the dial.
    """

    run_wanted = Signal()
    watch_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("The evidence so far"), parent)
        self.track: EvidenceTrack | Unavailable | None = None
        self._is_compact = False
        self.watch_button = Button(theme, _("Watch"), picture="gauge", kind="small")
        self.run_button = Button(theme, _("See the run"), kind="small")
        for button in (self.watch_button, self.run_button):
            self.head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
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
        self.watch_button.clicked.connect(self.watch_wanted)
        self.show_compact(is_compact=False)

    def show_compact(self, *, is_compact: bool) -> None:
        """Show the words alone, or the dial as well."""
        self._is_compact = is_compact
        self.watch_button.setVisible(is_compact)
        self.hint.setVisible(not is_compact)
        self._show_dial()

    def show_track(self, title: str, track: EvidenceTrack | Unavailable) -> None:
        """Show how strong the evidence of the run with that title is."""
        self.track = track
        self.title.setText(_("The evidence so far: {title}").format(title=title))
        self.words.setText(evidence_sentence(track))
        self._show_dial()

    def _show_dial(self) -> None:
        track = self.track
        has_dial = isinstance(track, EvidenceTrack) and bool(track.enough)
        self.view.setVisible(has_dial and not self._is_compact)
        if isinstance(track, EvidenceTrack) and has_dial and not self._is_compact:
            self.view.show_drawing(functools.partial(_drawing, track))


def _drawing(track: EvidenceTrack, width: float) -> Drawing:
    from large_enough.report.verdict_charts import evidence_drawing

    return evidence_drawing(track, width)

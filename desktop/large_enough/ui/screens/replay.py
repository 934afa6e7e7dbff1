"""The replay: a recorded round side by side, at the speed at which it happened."""

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from large_enough.domain.clock import Clock
from large_enough.domain.round import RoundRecord
from large_enough.ui.replay_view import KEY_FRACTION, ReplayView
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import CARD_RADIUS, Type
from large_enough.ui.widgets.buttons import Button, card
from large_enough.ui.widgets.labels import ElidedLabel, Label
from large_enough.ui.widgets.player_bar import PlayerBar
from large_enough.ui.widgets.question_text import MOST_LINES, QuestionText
from large_enough.ui.widgets.recorded_panes import RecordedPanes
from large_enough.wording.replay_words import race_note, recorded_text
from large_enough.wording.translate import _

_LOW_HEIGHT_PX = 720
_FRAME_PX = 2.0
_DASHES = [5.0, 3.0]
_MOVES = {Qt.Key.Key_Left: -KEY_FRACTION, Qt.Key.Key_Right: KEY_FRACTION}


class _Tag(QFrame):
    """Says that this is a recording: in words, for as long as it is in view."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "notice")
        self.words = Label(theme, Type.STRONG, _("Recorded, replayed"))
        self.origin = ElidedLabel(theme, Type.SOFT)
        self.close_button = Button(theme, _("Back"), picture="chevron-left")
        self.close_button.setToolTip(_("Leave the replay (Esc)"))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 6, 6)
        row.setSpacing(14)
        row.addWidget(self.words)
        row.addWidget(self.origin, 1)
        row.addWidget(self.close_button)


class ReplayScreen(QWidget):
    """Tag, question, panes, sentence, controls, and a dashed frame around all of it.

    Signals:
        closed: The user wants to go back to where the replay was opened.
    """

    closed = Signal()

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.tag = _Tag(theme)
        self.question = QuestionText(theme)
        self.note = ElidedLabel(theme, Type.SMALL, tone="soft")
        self.panes = RecordedPanes(theme, clock)
        self.panes.show_feet(is_shown=False)  # the history has them
        self.sentence = Label(theme, Type.NAME, wraps=True)
        self.bar = PlayerBar(theme)
        self.view = ReplayView(self.panes, self.bar, clock, self)
        self._arrange()
        self.view.told.connect(self.sentence.setText)
        self.tag.close_button.clicked.connect(self.closed)
        theme.changed.connect(self.update)

    def play(self, record: RoundRecord) -> None:
        """Play a round from its start."""
        self.tag.origin.setText(recorded_text(record))
        self.question.show_question(record.plan.prompt)
        self.note.setText(race_note(record))
        self.view.play(record)

    @Slot()
    def focus_first(self) -> None:
        """Give the keyboard to the play button."""
        self.bar.play_button.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep room for the answers in a low window."""
        super().resizeEvent(event)
        is_low = self.height() < _LOW_HEIGHT_PX * self._theme.scale
        self.question.limit_lines(1 if is_low else MOST_LINES)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stand still while nobody looks."""
        super().hideEvent(event)
        self.view.pause()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take space and arrows from wherever nothing else does."""
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_Space:
            self.view.toggle()
        elif key in _MOVES:
            self.view.move_by(_MOVES[key])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the frame that no live round has."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(self._theme.tokens.warning), _FRAME_PX)
        pen.setDashPattern(_DASHES)
        painter.setPen(pen)
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(7, 7, -7, -7), CARD_RADIUS, CARD_RADIUS
        )
        painter.end()

    def _arrange(self) -> None:
        head = card()
        words = QVBoxLayout(head)
        words.setContentsMargins(16, 10, 16, 10)
        words.setSpacing(4)
        words.addWidget(self.question)
        words.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 18, 18, 18)
        column.setSpacing(10)
        column.addWidget(self.tag)
        column.addWidget(head)
        column.addWidget(self.panes, 1)
        column.addWidget(self.sentence)
        column.addWidget(self.bar)

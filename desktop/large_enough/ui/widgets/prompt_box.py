"""The box the question is written in; it grows a little with the text."""

import math

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.wording.translate import _

LEAST_LINES = 2
MOST_LINES = 7
"""Longer questions scroll."""

_ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def asks(event: QKeyEvent) -> bool:
    """Return whether somebody pressed Ctrl+Enter."""
    is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return event.key() in _ENTER_KEYS and is_control


class PromptBox(QPlainTextEdit):
    """Several lines of text; Ctrl+Enter asks.

    Signals:
        asked: The user pressed Ctrl+Enter.
    """

    asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._most_lines = MOST_LINES
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setAccessibleName(_("Question for all models"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.setProperty("ringGap", 4)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.changed.connect(self._renew)
        self._renew()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask on Ctrl+Enter, write otherwise."""
        if asks(event):
            self.asked.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the new width."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """Return room for the lines there are, within limits."""
        return QSize(super().sizeHint().width(), self._wanted_height())

    def minimumSizeHint(self) -> QSize:
        """Return room for the fewest lines."""
        return QSize(100, self._height_of(LEAST_LINES))

    def show_hint(self, words: str) -> None:
        """Say in the empty box what belongs into it."""
        self.setPlaceholderText(words)

    def limit_lines(self, most_lines: int) -> None:
        """Grow to this many lines at most."""
        self._most_lines = most_lines
        self._fit()

    def _wanted_height(self) -> int:
        # A plain text document counts its height in lines.
        lines = round(self.document().documentLayout().documentSize().height())
        return self._height_of(min(self._most_lines, max(LEAST_LINES, lines)))

    def _height_of(self, line_count: int) -> int:
        return line_count * math.ceil(QFontMetricsF(self.font()).lineSpacing()) + 1

    @Slot()
    def _fit(self) -> None:
        if self.height() != self._wanted_height():
            self.setFixedHeight(self._wanted_height())

    @Slot()
    def _renew(self) -> None:
        for widget in (self, self.viewport()):  # the viewport's own is the hint's
            widget.setFont(self._theme.font(Type.PROMPT))
        self._fit()

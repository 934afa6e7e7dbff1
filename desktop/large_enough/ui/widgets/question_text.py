"""Shows a question that was asked, as high as it needs to be."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from large_enough.domain.text import harmless
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.wording.translate import _

MOST_LINES = 3


class QuestionText(QPlainTextEdit):
    """Text that can be read, selected and scrolled, not changed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._most_lines = MOST_LINES
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("The question"))
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        theme.changed.connect(self._renew)
        self._renew()

    def show_question(self, text: str) -> None:
        """Show another question."""
        self.setPlainText(harmless(text).strip())
        self._fit()

    def limit_lines(self, most: int) -> None:
        """Take at most so many lines; what is longer scrolls."""
        if most != self._most_lines:
            self._most_lines = most
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many lines as the text needs at the new width."""
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _renew(self) -> None:
        self.setFont(self._theme.font(Type.NAME))
        self._fit()

    def _fit(self) -> None:
        line_count = max(1, round(self.document().size().height()))
        spacing = QFontMetrics(self.font()).lineSpacing()
        self.setFixedHeight(min(line_count, self._most_lines) * spacing + 4)

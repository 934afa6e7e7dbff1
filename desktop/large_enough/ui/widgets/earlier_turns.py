"""Shows what was said earlier in a conversation, above the answer of now."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from large_enough.domain.generation import Message, Role
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.markdown_pieces import for_plain_view
from large_enough.wording.translate import _

_MOST_LINES = 6
_LEAST_LINES = 1
_PADDING_PX = 18  # above and below the text together, as the style sheet has it
_LONGEST_TURN = 8_000  # characters of each turn that are shown here


class _Turns(QPlainTextEdit):
    """The turns as plain text, as high as they need within limits."""

    def __init__(self, theme: Theme, letter: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setProperty("kind", "earlier")
        self.setAccessibleName(_("Earlier in the conversation with {letter}").format(letter=letter))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        theme.changed.connect(self._renew)
        self._renew()

    def sizeHint(self) -> QSize:
        """Return room for all lines, or for as many as leave the answer its place."""
        # A plain text document counts its height in lines.
        lines = round(self.document().documentLayout().documentSize().height())
        return QSize(100, self._height_of(min(max(lines, _LEAST_LINES), _MOST_LINES)))

    def minimumSizeHint(self) -> QSize:
        """Return room for the last question."""
        return QSize(60, self._height_of(_LEAST_LINES))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the last question in view."""
        super().resizeEvent(event)
        self.show_end()

    def show_end(self) -> None:
        """Bring the last question into view."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _height_of(self, line_count: int) -> int:
        return line_count * QFontMetrics(self.font()).lineSpacing() + _PADDING_PX

    @Slot()
    def _on_size_changed(self) -> None:
        self.updateGeometry()

    @Slot()
    def _renew(self) -> None:
        self.setFont(self._theme.font(Type.SOFT))
        self.updateGeometry()


class EarlierTurns(QWidget):
    """A quiet box with earlier questions and answers, and the question of now at its end."""

    def __init__(self, theme: Theme, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter = letter
        self.box = _Turns(theme, letter, self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 0)
        column.addWidget(self.box)
        self.hide()

    @property
    def words(self) -> str:
        """All that is shown."""
        return self.box.toPlainText()

    def show_turns(self, turns: Sequence[Message]) -> None:
        """Show these turns, the last one in view; nothing where there are none."""
        self.box.clear()
        cursor = QTextCursor(self.box.document())
        for index, turn in enumerate(turns):
            if index:
                cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
            self._write(cursor, turn)
        self.setVisible(bool(turns))
        self.box.show_end()

    def _write(self, cursor: QTextCursor, turn: Message) -> None:
        is_question = turn.role is Role.USER
        speaker = QTextCharFormat()
        speaker.setFontWeight(QFont.Weight.DemiBold)
        cursor.insertText(_("You:") if is_question else f"{self._letter}:", speaker)
        plain = QTextCharFormat()
        plain.setFontWeight(QFont.Weight.Normal)
        cursor.insertText(f" {for_plain_view(_shortened(turn.content.strip()))}", plain)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_TURN else f"{text[:_LONGEST_TURN]}…"

"""Shows a growing Markdown text in a document, piece by piece."""

from PySide6.QtGui import (
    QBrush,
    QColor,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from large_enough.ui.widgets.answer_style import AnswerStyle
from large_enough.ui.widgets.markdown_pieces import for_view, safe_cut

FEATURES = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)
"""Both, always: without NoHTML tags vanish or act; NoHTML alone loses tables."""

_CARET = "\u258d"


class MarkdownStream:
    """Keeps the finished pieces of a text in the document and renews only its unfinished end."""

    def __init__(self, document: QTextDocument, style: AnswerStyle) -> None:
        self._document = document
        self.style = style
        self.caret_colour: str | None = None
        """Colour of the mark at the end while more is to come; None for no mark."""
        self._committed = 0  # offset in the text: what lies before it is shown for good
        self._tail = self._tail_at(0)  # in the document: what lies after it is renewed

    def clear(self) -> None:
        """Forget the text and empty the document."""
        self._committed = 0
        self._document.clear()
        self._tail = self._tail_at(0)

    def update(self, text: str) -> None:
        """Show the text, which begins with all that was shown before."""
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        cursor.setPosition(self._tail.position())
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        renewed = self._tail.position()
        cut = safe_cut(text, self._committed)
        if cut > self._committed:
            _insert(cursor, text[self._committed : cut])
            self._committed, self._tail = cut, self._tail_at(cursor.position())
        _insert(cursor, text[cut:])
        cursor.endEditBlock()  # only now the document knows its tables
        cursor.joinPreviousEditBlock()
        self.style.apply(self._document, renewed)
        if self.caret_colour is not None:
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(_CARET, _caret_format(self.caret_colour))
        cursor.endEditBlock()

    def show_whole(self, text: str) -> None:
        """Show a text that is complete, in one go: gaps and lists come out as they should."""
        self._document.setMarkdown(for_view(text), FEATURES)
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        self.style.apply(self._document, 0)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.endEditBlock()
        self._committed, self._tail = len(text), self._tail_at(cursor.position())

    def _tail_at(self, position: int) -> QTextCursor:
        """Return a mark at `position` that moves along when text before it changes."""
        mark = QTextCursor(self._document)
        mark.setPosition(position)
        mark.setKeepPositionOnInsert(True)
        return mark


def _insert(cursor: QTextCursor, piece: str) -> None:
    if not piece.strip():
        return
    if cursor.position() > 0:
        cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
    cursor.insertMarkdown(for_view(piece), FEATURES)


def _caret_format(colour: str) -> QTextCharFormat:
    caret = QTextCharFormat()
    caret.setForeground(QBrush(QColor(colour)))
    return caret

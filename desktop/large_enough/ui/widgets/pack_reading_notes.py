"""Says what became of questions that were pasted or read from a file."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from large_enough.domain.text import harmless_line
from large_enough.ui.pack_understanding import Understanding
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.labels import Label
from large_enough.wording.numbers import count_text
from large_enough.wording.translate import _, ngettext

_MOST_LINES = 6


class ReadingNotes(QFrame):
    """A sentence, and on demand everything that was noticed, row by row.

    Signals:
        text_wanted: The user wants to change the text that was read.
    """

    text_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("kind", "hint")
        self.sentence = Label(theme, Type.BASE, wraps=True)
        self.text_button = Button(theme, _("Change the text"), kind="small")
        self.list_button = Button(theme, _("What was noticed"), kind="small")
        self.list_button.setCheckable(True)
        self.list = QPlainTextEdit()
        self.list.setReadOnly(True)
        self.list.setTabChangesFocus(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName(_("What was noticed"))
        self.list.document().setDocumentMargin(0)
        self.list.viewport().setAutoFillBackground(False)
        self._arrange()
        self.list_button.toggled.connect(self.list.setVisible)
        self.text_button.clicked.connect(self.text_wanted)
        theme.changed.connect(self._renew)
        self._renew()
        self.list.hide()

    def show_understanding(self, understanding: Understanding) -> None:
        """Say what became of the questions."""
        self.sentence.setText(_sentence(understanding))
        lines = [harmless_line(line) for line in understanding.lines]
        self.list.setPlainText("\n".join(lines))
        self._renew()
        self.list_button.setVisible(bool(lines))
        self.list_button.setText(
            _("What was noticed ({count})").format(count=count_text(len(lines)))
        )
        self.list_button.setChecked(bool(understanding.lost_count))
        self.list.setVisible(self.list_button.isChecked())
        self.text_button.setVisible(understanding.is_text)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.list_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 10)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.list)

    @Slot()
    def _renew(self) -> None:
        self.list.setFont(self._theme.font(Type.SOFT))
        lines = min(self.list.document().blockCount(), _MOST_LINES)
        self.list.setFixedHeight(lines * self.list.fontMetrics().lineSpacing() + 4)


def _sentence(understanding: Understanding) -> str:
    pack, open_count = understanding.pack, len(understanding.unfinished)
    good_count = len(pack.items) - open_count if pack is not None else 0
    parts = [
        ngettext(
            "{count} question was understood.", "{count} questions were understood.", good_count
        ).format(count=count_text(good_count))
    ]
    if open_count:
        words = ngettext(
            "{count} needs your help: it is marked below.",
            "{count} need your help: they are marked below.",
            open_count,
        )
        parts.append(words.format(count=count_text(open_count)))
    if understanding.lost_count:
        words = ngettext(
            "{count} row could not be read.",
            "{count} rows could not be read.",
            understanding.lost_count,
        )
        parts.append(words.format(count=count_text(understanding.lost_count)))
    if understanding.unread:
        parts.append(understanding.unread)
    parts.append(_("Give the pack a name, look the questions over, and save it."))
    return " ".join(parts)

"""Takes questions as text: pasted from a spreadsheet, or written here."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from large_enough.domain.text import harmless
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button, card
from large_enough.ui.widgets.labels import Label
from large_enough.wording.translate import _

MOST_CHARACTERS = 4_000_000
"""More is no longer a text that somebody copied by hand."""
_SIDE_WIDTH_PX = 340


class PastePage(QWidget):
    """A box for the text at the left, at the right how it should look.

    Signals:
        reading_wanted: The user wants the questions in this text.
        file_wanted: The user would rather open a file.
        closed: The user wants to leave the page.
    """

    reading_wanted = Signal(str)
    file_wanted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.box = QPlainTextEdit()
        self.box.setProperty("kind", "field")
        self.box.setFrameShape(QFrame.Shape.NoFrame)
        self.box.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.box.setTabChangesFocus(True)
        self.box.setAccessibleName(_("Questions as text"))
        self.box.setPlaceholderText(_("Paste here what you copied from your spreadsheet (Ctrl+V)."))
        self.problems = Label(theme, Type.SOFT, tone="warning", wraps=True)
        self.problems.hide()
        self.close_button = Button(theme, _("Cancel"))
        self.file_button = Button(theme, _("Open a file…"), picture="folder")
        self.read_button = Button(theme, _("Read these questions"), kind="primary")
        self._side = card()
        self._arrange()
        self.box.textChanged.connect(self._on_text_changed)
        self.read_button.clicked.connect(self._on_read_clicked)
        self.file_button.clicked.connect(self.file_wanted)
        self.close_button.clicked.connect(self.closed)
        theme.changed.connect(self._renew)
        self._renew()
        self._on_text_changed()

    @property
    def text(self) -> str:
        """What is to be read."""
        return self.box.toPlainText()

    def show_text(self, text: str, problems: str = "") -> None:
        """Show a text, and why no question was found in it."""
        self.box.setPlainText(harmless(text[:MOST_CHARACTERS]))
        self.problems.setText(problems)
        self.problems.setVisible(bool(problems))

    def focus_first(self) -> None:
        """Give the keyboard to the box."""
        self.box.setFocus()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(self._theme, Type.SENTENCE, _("Paste questions")), 1)
        for button in (self.close_button, self.file_button, self.read_button):
            head.addWidget(button)
        left = card()
        inner = QVBoxLayout(left)
        inner.setContentsMargins(12, 12, 12, 12)
        inner.setSpacing(8)
        inner.addWidget(self.problems)
        inner.addWidget(self.box, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(left, 1)
        row.addWidget(self._side)
        self._explain()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(row, 1)

    def _explain(self) -> None:
        column = QVBoxLayout(self._side)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        sentences = (
            (Type.STRONG, _("Two columns are enough"), "ink"),
            (
                Type.BASE,
                _(
                    "Write the question in the first column and the right answer in the second. "
                    "Select both in your spreadsheet, copy, and paste here."
                ),
                "ink",
            ),
            (
                Type.BASE,
                _(
                    "A heading is welcome: question, answer, type, options, context, group, level. "
                    "Options may also stand in columns A to F."
                ),
                "ink",
            ),
            (
                Type.SOFT,
                _(
                    "What type of answer it is, is guessed: numbers with their unit, dates, one of "
                    "several options, short texts. You can change it before you save."
                ),
                "soft",
            ),
            (
                Type.SOFT,
                _(
                    "20 questions can only show large differences. With 100 you learn much more: "
                    "“Health” of the pack says how much."
                ),
                "soft",
            ),
        )
        for kind, words, tone in sentences:
            column.addWidget(Label(self._theme, kind, words, tone=tone, wraps=True))
        column.addStretch(1)
        self._side.setAccessibleName(_("How the text should look"))

    @Slot()
    def _on_text_changed(self) -> None:
        self.read_button.setEnabled(bool(self.text.strip()))

    @Slot()
    def _on_read_clicked(self) -> None:
        self.reading_wanted.emit(self.text[:MOST_CHARACTERS])

    @Slot()
    def _renew(self) -> None:
        for widget in (self.box, self.box.viewport()):
            widget.setFont(self._theme.code_font())
        self._side.setFixedWidth(round(_SIDE_WIDTH_PX * self._theme.scale))

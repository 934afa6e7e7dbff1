"""Asks which model files a repository of the Hugging Face Hub holds, and lists them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from large_enough.ui.model_rows import ModelRow
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.labels import Label
from large_enough.ui.widgets.model_table import ModelTable
from large_enough.ui.widgets.text_field import TextField
from large_enough.wording.translate import _

_LONGEST_NAME = 250


class RepositoryFinder(QWidget):
    """A field for OWNER/NAME, a button that asks, and a table of what there is.

    Signals:
        asked: The user wants to know what the repository of that name holds.
        stopped: The user does not want to wait for that any longer.
    """

    asked = Signal(str)
    stopped = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_asking = False
        self.field = TextField(
            theme,
            _("Repository on Hugging Face"),
            longest=_LONGEST_NAME,
            hint=_("owner/name, for example Qwen/Qwen3-4B-GGUF"),
        )
        self.ask_button = Button(theme, _("List its files"))
        self.note = Label(theme, Type.SOFT, tone="soft", wraps=True)
        self.answer = Label(theme, Type.BASE, wraps=True)
        headings = (_("file"), _("format"), _("size"), _("state"))
        self._headings = headings
        self.table = ModelTable(theme, _("Model files of the repository"), headings)
        self._arrange()
        self.field.returnPressed.connect(self._on_return_pressed)
        self.ask_button.clicked.connect(self._on_button_clicked)
        self.show_files((), "")

    def show_note(self, words: str) -> None:
        """Say what pressing the button does."""
        self.note.setText(words)

    def show_asking(self) -> None:
        """Show that the hub is being asked."""
        self._is_asking = True
        self.ask_button.setText(_("Stop asking"))
        self._say(_("asking…"), is_wrong=False)

    def show_files(self, rows: Sequence[ModelRow], words: str) -> None:
        """Show these files, and what there is to say about all of them."""
        self._end()
        self._say(words, is_wrong=False)
        self.table.setVisible(bool(rows))
        self.table.show_rows(rows, self._headings)

    def show_refusal(self, words: str, *, is_name_wrong: bool = False) -> None:
        """Say why there are no files to show."""
        self.show_files((), "")
        self._say(words, is_wrong=True)
        self.field.mark_wrong(is_wrong=is_name_wrong)

    def _end(self) -> None:
        self._is_asking = False
        self.ask_button.setText(_("List its files"))

    def _say(self, words: str, *, is_wrong: bool) -> None:
        self.field.mark_wrong(is_wrong=False)
        self.answer.set_tone("warning" if is_wrong else "ink")
        self.answer.setText(words)
        self.answer.setVisible(bool(words))
        self.field.setAccessibleDescription(words)

    def _arrange(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.field, 1)
        first.addWidget(self.ask_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(first)
        column.addWidget(self.note)
        column.addWidget(self.answer)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)

    @Slot()
    def _on_return_pressed(self) -> None:
        if not self._is_asking:
            self.asked.emit(self.field.text())

    @Slot()
    def _on_button_clicked(self) -> None:
        if self._is_asking:
            self.stopped.emit()
        else:
            self.asked.emit(self.field.text())

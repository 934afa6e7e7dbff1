"""Chooses the language of the window."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.choice_switch import ChoiceSwitch
from large_enough.ui.widgets.labels import Label
from large_enough.wording.translate import LANGUAGE_NAMES, _

_CODES = ("", *LANGUAGE_NAMES)


class LanguageSetting(QWidget):
    """The languages side by side, under their own names.

    Signals:
        chosen: The user chose another one: its code, or "" for the system's.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        names = (_("As the system"), *LANGUAGE_NAMES.values())
        self.switch = ChoiceSwitch(theme, _("Language"), names)
        self.note = Label(theme, Type.SOFT, "", tone="soft", wraps=True)
        self.note.hide()
        row = QHBoxLayout()
        row.addWidget(self.switch)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.note)
        self.switch.chosen.connect(self._on_chosen)

    def show_choice(self, code: str | None) -> None:
        """Show what holds, without telling anybody; None stands for the system's language."""
        self.switch.choose(_CODES.index(code) if code in LANGUAGE_NAMES else 0)

    def say_later(self) -> None:
        """Say that the language cannot be another one while something runs."""
        self.note.setText(_("Something is running: the language changes with the next start."))
        self.note.show()

    def say_unsaved(self) -> None:
        """Say that the language waits because something would be lost."""
        self.note.setText(
            _("A pack has changes that are not saved: the language changes with the next start.")
        )
        self.note.show()

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        self.note.hide()
        self.chosen.emit(_CODES[index])

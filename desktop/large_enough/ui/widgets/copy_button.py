"""Copies a text, and says that it has."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.widgets.buttons import Button
from large_enough.wording.translate import _

SAYS_COPIED_MS = 2_000
"""How long the button says that the text is copied."""


class CopyButton(Button):
    """A small button that puts a text into the clipboard."""

    def __init__(
        self, theme: Theme, text: Callable[[], str], what: str, parent: QWidget | None = None
    ) -> None:
        """Make the button.

        Args:
            theme: Colours and type.
            text: Returns what is to be copied.
            what: Tells screen readers what the button does.
            parent: What it lies in.
        """
        super().__init__(theme, _("Copied"), picture="check", kind="small", parent=parent)
        self.setMinimumWidth(self.sizeHint().width())  # nothing moves when it says so
        self._copied_text = text
        self._what = what
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAYS_COPIED_MS)
        self._timer.timeout.connect(self._on_told)
        self.clicked.connect(self._on_clicked)
        self._on_told()

    @Slot()
    def _on_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._copied_text())
        self.setText(_("Copied"))
        self.setAccessibleName(_("Copied"))
        self.show_picture("check")
        self._timer.start()

    @Slot()
    def _on_told(self) -> None:
        self.setText(_("Copy"))
        self.setAccessibleName(self._what)
        self.show_picture("copy")

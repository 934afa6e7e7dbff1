"""Asks before a link in a model's answer is opened."""

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from large_enough.ui.widgets.markdown_pieces import for_view
from large_enough.wording.translate import _

OPENED_SCHEMES = frozenset({"http", "https", "mailto"})
"""Links of other kinds (files, programs) can be copied but not opened."""

_LONGEST_SHOWN = 600


class LinkQuestion(QMessageBox):
    """Shows the whole address in plain text and lets the user copy or open it."""

    def __init__(self, url: QUrl, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._url = url
        self.setWindowTitle(_("A link in the answer"))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(_("The model wrote this link. Nothing has been opened."))
        self.setInformativeText(for_view(url.toString()[:_LONGEST_SHOWN]))
        copy = self.addButton(_("Copy"), QMessageBox.ButtonRole.AcceptRole)
        self._copy_button: QPushButton = copy
        self._open_button: QPushButton | None = None
        if url.scheme().lower() in OPENED_SCHEMES:
            self._open_button = self.addButton(
                _("Open in the browser"), QMessageBox.ButtonRole.ActionRole
            )
        cancel = self.addButton(QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(copy)
        self.setEscapeButton(cancel)
        self.finished.connect(self._on_finished)

    @property
    def can_open(self) -> bool:
        """Whether opening is offered."""
        return self._open_button is not None

    @Slot(int)
    def _on_finished(self) -> None:
        clicked = self.clickedButton()
        if clicked is self._copy_button:
            QGuiApplication.clipboard().setText(self._url.toString())
        elif self._open_button is not None and clicked is self._open_button:
            QDesktopServices.openUrl(self._url)

"""Asks what to do with changes that are not saved."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from large_enough.domain.text import harmless_line
from large_enough.wording.translate import _


class SaveQuestion(QMessageBox):
    """Save, throw away, or go on editing.

    Signals:
        saving_wanted: Keep the changes.
        dropping_wanted: Forget them.
    """

    saving_wanted = Signal()
    dropping_wanted = Signal()

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWindowTitle(_("Changes are not saved"))
        self.setText(
            _("“{title}” has changes that are not saved.").format(title=harmless_line(title))
        )
        self.setInformativeText(_("Save them, or throw them away?"))
        self.save_button = self.addButton(_("Save"), QMessageBox.ButtonRole.AcceptRole)
        self.drop_button = self.addButton(_("Throw away"), QMessageBox.ButtonRole.DestructiveRole)
        self.keep_button = self.addButton(_("Go on editing"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(self.save_button)
        self.setEscapeButton(self.keep_button)
        self.buttonClicked.connect(self._on_clicked)

    @Slot(QAbstractButton)
    def _on_clicked(self, button: QAbstractButton) -> None:
        if button is self.save_button:
            self.saving_wanted.emit()
        elif button is self.drop_button:
            self.dropping_wanted.emit()

"""Asks what only a dialog can ask about packs: files, and things that cannot be undone."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from large_enough.domain.text import harmless_line
from large_enough.ui.dropped_files import QUESTION_SUFFIXES
from large_enough.ui.pack_forms import PackForm
from large_enough.ui.save_dialog import save_dialog
from large_enough.ui.widgets.save_question import SaveQuestion
from large_enough.wording.translate import _


class PackDialogs:
    """Opens dialogs over a window; what the user decides is called back."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def ask_to_save(
        self,
        title: str,
        on_save: Callable[[], None],
        on_drop: Callable[[], None],
        on_stay: Callable[[], None],
    ) -> None:
        """Ask what to do with changes that are not saved."""
        box = SaveQuestion(title, self._window)
        box.saving_wanted.connect(on_save)
        box.dropping_wanted.connect(on_drop)
        box.rejected.connect(on_stay)
        box.open()

    def ask_to_delete(self, title: str, on_delete: Callable[[], None]) -> None:
        """Ask whether a pack may go."""
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(_("Delete this pack"))
        box.setText(_("Delete “{title}”?").format(title=harmless_line(title)))
        box.setInformativeText(
            _("Its file is deleted. Runs that were made with it keep a copy of their own.")
        )
        box.addButton(_("Delete"), QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton(_("Keep"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.accepted.connect(on_delete)
        box.open()

    def ask_to_drop(self, on_drop: Callable[[], None]) -> None:
        """Ask whether corrections of pasted questions may go."""
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(_("Change the text"))
        box.setText(_("What you have corrected here will be lost."))
        box.setInformativeText(_("The text is read again as it was pasted."))
        box.addButton(_("Change the text"), QMessageBox.ButtonRole.AcceptRole)
        keep = box.addButton(_("Go on editing"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.accepted.connect(on_drop)
        box.open()

    def ask_for_file(self, on_chosen: Callable[[str], None]) -> None:
        """Ask for a file with questions."""
        dialog = QFileDialog(self._window, _("Open a file with questions"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        patterns = " ".join(f"*{suffix}" for suffix in QUESTION_SUFFIXES)
        dialog.setNameFilters([f"{_('Questions')} ({patterns})", f"{_('All files')} (*)"])
        dialog.fileSelected.connect(on_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_where(self, name: str, form: PackForm, on_chosen: Callable[[str], None]) -> None:
        """Ask where to write a pack."""
        file_name = f"{name}.{form.value}"
        dialog = save_dialog(self._window, _("Save the pack"), file_name, form.value)
        dialog.fileSelected.connect(on_chosen)
        dialog.open()

"""The dialog that asks where something is to be written."""

from PySide6.QtWidgets import QFileDialog, QWidget


def save_dialog(window: QWidget, title: str, name: str, ending: str = "") -> QFileDialog:
    """Return the dialog, not opened yet; it is gone once it is closed.

    Args:
        window: What it stands above.
        title: What it says.
        name: Of the file, as it is offered.
        ending: What a name without one gets; empty for that of the name offered.
    """
    dialog = QFileDialog(window, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(ending or name.rpartition(".")[2])
    dialog.selectFile(name)
    dialog.finished.connect(dialog.deleteLater)
    return dialog

"""Adds files and folders of models that lie elsewhere."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from large_enough.ui.settings_keeper import SettingsKeeper
from large_enough.wording.translate import _


class Adding(QObject):
    """Keeps their paths in the settings; the files stay where they are.

    Signals:
        added: There is more to look at.
    """

    added = Signal()

    def __init__(self, keeper: SettingsKeeper, window: QWidget) -> None:
        super().__init__(window)
        self._keeper = keeper
        self._window = window
        self.newcomer = ""
        """Path of a file that was added and is to be shown once it was looked at; "" for none."""

    @Slot()
    def ask(self) -> None:
        """Let the user choose a folder."""
        dialog = QFileDialog(self._window, _("Add a folder of models"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.add_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def add_folder(self, path: str) -> None:
        """Look for models in one more folder from now on."""
        self._add([path])

    def add_files(self, paths: Sequence[str]) -> None:
        """Offer these model files from now on, and show the first of them."""
        self.newcomer = str(Path(paths[0]).absolute())
        self._add(paths)

    def _add(self, paths: Sequence[str]) -> None:
        for path in paths:
            self._keeper.add_models(path)
        self.added.emit()

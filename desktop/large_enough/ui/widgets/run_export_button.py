"""Offers to write a run into a file."""

import enum

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.widgets.buttons import Button
from large_enough.wording.translate import _


class RunFormat(enum.Enum):
    """What a run can be written as; the value is the file's ending."""

    CSV = "csv"
    JSON = "json"
    COMPARATOR = "comparator.json"


class RunExportButton(Button):
    """A button with a menu of formats.

    Signals:
        format_chosen: The user wants the run as a `RunFormat`.
    """

    format_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("Export"), picture="download", parent=parent)
        self.setToolTip(_("Write this run into a file"))
        self.formats = QMenu(self)
        for form, words in (
            (RunFormat.CSV, _("A table for spreadsheets (CSV)")),
            (RunFormat.JSON, _("Everything, for programs (JSON)")),
            (RunFormat.COMPARATOR, _("For LLM Comparator, two contenders (JSON)")),
        ):
            self.formats.addAction(words).setData(form)
        self.setMenu(self.formats)
        self.formats.triggered.connect(self._on_triggered)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.format_chosen.emit(action.data())

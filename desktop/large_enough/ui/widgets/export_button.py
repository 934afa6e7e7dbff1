"""Offers to write a round into a file."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from large_enough.ui.archive import Format
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.buttons import Button
from large_enough.wording.translate import _


class ExportButton(Button):
    """A button with a menu of formats.

    Signals:
        format_chosen: The user wants the round as a `Format`.
    """

    format_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("Export"), picture="download", parent=parent)
        self.setToolTip(_("Write this round into a file"))
        self.formats = QMenu(self)
        for form, words in (
            (Format.HTML, _("A page to read and print (HTML)")),
            (Format.MARKDOWN, _("Text for notes and wikis (Markdown)")),
            (Format.CSV, _("A table for spreadsheets (CSV)")),
            (Format.JSON, _("Everything, for programs (JSON)")),
        ):
            self.formats.addAction(words).setData(form)
        self.setMenu(self.formats)
        self.formats.triggered.connect(self._on_triggered)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.format_chosen.emit(action.data())

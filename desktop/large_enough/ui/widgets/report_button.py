"""Offers to write a verdict into a file, or to copy it."""

import enum

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.widgets.buttons import Button
from large_enough.wording.translate import _


class ReportForm(enum.Enum):
    """What a verdict can be written as; the value is the ending of the file's name."""

    HTML = "html"
    PDF = "pdf"
    MARKDOWN = "md"
    CSV = "csv"
    JSON = "json"
    CARD = ""
    """A few lines for the clipboard; no file."""


class ReportButton(Button):
    """A button with a menu of formats.

    Signals:
        form_chosen: The user wants the verdict as a `ReportForm`.
    """

    form_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme, _("Export report"), picture="download", kind="primary", parent=parent
        )
        self.setToolTip(_("Write this verdict, and all that it rests on, into a file"))
        self.forms = QMenu(self)
        for form, words in (
            (ReportForm.HTML, _("A page to read and send (HTML)")),
            (ReportForm.PDF, _("To print (PDF)")),
            (ReportForm.MARKDOWN, _("Text for notes and wikis (Markdown)")),
            (ReportForm.CSV, _("A table for spreadsheets (CSV)")),
            (ReportForm.JSON, _("Everything, for programs (JSON)")),
        ):
            self.forms.addAction(words).setData(form)
        self.forms.addSeparator()
        self.forms.addAction(_("Copy a short card as text")).setData(ReportForm.CARD)
        self.setMenu(self.forms)
        self.forms.triggered.connect(self._on_triggered)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.form_chosen.emit(action.data())

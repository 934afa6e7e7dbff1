"""Offers to write a pack into a file."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from large_enough.ui.pack_forms import PackForm
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.buttons import Button
from large_enough.wording.translate import _


class PackExportButton(Button):
    """A button with a menu of formats.

    Signals:
        form_chosen: The user wants the pack as a `PackForm`.
    """

    form_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("Export"), picture="download", parent=parent)
        self.setToolTip(_("Write this pack into a file"))
        self.forms = QMenu(self)
        for form, words in (
            (PackForm.JSON, _("The whole pack, to pass on (JSON)")),
            (PackForm.CSV, _("A table for spreadsheets (CSV)")),
            (PackForm.INSPECT, _("For Inspect (JSONL)")),
            (PackForm.PROMPTFOO, _("For promptfoo (CSV)")),
            (PackForm.LM_EVAL, _("For lm-evaluation-harness (YAML and JSONL)")),
        ):
            self.forms.addAction(words).setData(form)
        self.setMenu(self.forms)
        self.forms.triggered.connect(self._on_triggered)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.form_chosen.emit(action.data())

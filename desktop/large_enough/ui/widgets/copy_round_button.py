"""Copies a round as text, as a table or as a picture, and says that it has."""

import enum
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QMimeData, QTimer, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from large_enough.domain.costing import Costing
from large_enough.domain.round import RoundRecord
from large_enough.ui.drawing_files import drawing_image
from large_enough.ui.figures_text import figures_html, figures_tabbed, figures_text
from large_enough.ui.round_drawings import figures_drawing
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.buttons import Button
from large_enough.ui.widgets.copy_button import SAYS_COPIED_MS
from large_enough.ui.widgets.drawing_view import FILE_WIDTH
from large_enough.wording.translate import _


class CopyForm(enum.Enum):
    """What a round is copied as."""

    TEXT = enum.auto()
    TABLE = enum.auto()
    PICTURE = enum.auto()


class Copied(NamedTuple):
    """What is to be copied."""

    record: RoundRecord
    sentence: str
    """What came out, in words."""
    costing: Costing


def mime_data(copied: Copied, form: CopyForm) -> QMimeData:
    """Return a round for the clipboard; a table also as tabbed text, for those who take no HTML."""
    data = QMimeData()
    match form:
        case CopyForm.TEXT:
            data.setText(figures_text(*copied))
        case CopyForm.TABLE:
            data.setText(figures_tabbed(*copied))
            data.setHtml(figures_html(*copied))
        case CopyForm.PICTURE:
            chart = figures_drawing(copied.record, copied.costing, FILE_WIDTH)
            data.setImageData(drawing_image(chart))
    return data


class CopyRoundButton(Button):
    """A button with a menu of forms."""

    def __init__(
        self, theme: Theme, copied: Callable[[], Copied | None], parent: QWidget | None = None
    ) -> None:
        """Make the button.

        Args:
            theme: Colours and type.
            copied: Returns what is to be copied, if there is anything.
            parent: What it lies in.
        """
        super().__init__(theme, _("Copied"), picture="check", parent=parent)
        self.setMinimumWidth(self.sizeHint().width())  # nothing moves when it says so
        self._copied = copied
        self.forms = QMenu(self)
        for form, words in (
            (CopyForm.TEXT, _("As text")),
            (CopyForm.TABLE, _("As a table")),
            (CopyForm.PICTURE, _("As a picture")),
        ):
            self.forms.addAction(words).setData(form)
        self.setMenu(self.forms)
        self.setToolTip(_("Copy the sentence and all figures"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAYS_COPIED_MS)
        self._timer.timeout.connect(self._on_told)
        self.forms.triggered.connect(self._on_triggered)
        self._on_told()

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        copied = self._copied()
        if copied is None:
            return
        QGuiApplication.clipboard().setMimeData(mime_data(copied, action.data()))
        self.setText(_("Copied"))
        self.show_picture("check")
        self._timer.start()

    @Slot()
    def _on_told(self) -> None:
        self.setText(_("Copy"))
        self.show_picture("copy")

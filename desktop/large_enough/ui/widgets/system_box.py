"""The box for a message that tells models how to behave."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from large_enough.comparison.asking_settings import LONGEST_SYSTEM
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.wording.translate import _

_HEIGHT_PX = 84


class SystemBox(QPlainTextEdit):
    """A few lines of text; what is too long is cut."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("kind", "field")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setAccessibleName(_("System message"))
        self.setPlaceholderText(_("For example: Answer in one sentence."))
        self.document().setDocumentMargin(0)
        theme.changed.connect(self._renew)
        self._renew()

    @property
    def message(self) -> str:
        """The message; empty where only spaces were written."""
        text = self.toPlainText()
        return text[:LONGEST_SYSTEM] if text.strip() else ""

    @Slot()
    def _renew(self) -> None:
        for widget in (self, self.viewport()):  # the viewport's own is the hint's
            widget.setFont(self._theme.font(Type.BASE))
        self.setFixedHeight(round(_HEIGHT_PX * self._theme.scale))

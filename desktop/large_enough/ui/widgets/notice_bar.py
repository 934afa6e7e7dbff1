"""A line above the screens for what the user should know but need not act on at once."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from large_enough.domain.errors import ErrorInfo
from large_enough.domain.text import harmless_line
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type
from large_enough.ui.widgets.buttons import IconButton
from large_enough.ui.widgets.labels import Label
from large_enough.wording.failures import explain
from large_enough.wording.translate import _


class NoticeBar(QWidget):
    """One message at a time; the user can close it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        frame = QFrame()
        frame.setProperty("kind", "notice")
        self._text = Label(theme, Type.SOFT, wraps=True)
        close = IconButton(theme, "close", _("Close this message"))
        place = QHBoxLayout(self)
        place.setContentsMargins(18, 12, 18, 0)
        place.addWidget(frame)
        row = QHBoxLayout(frame)
        row.setContentsMargins(14, 8, 8, 8)
        row.addWidget(self._text, 1)
        row.addWidget(close)
        close.clicked.connect(self.hide)
        self.hide()

    @property
    def words(self) -> str:
        """What the bar says."""
        return self._text.text()

    @Slot(str)
    def say(self, words: str) -> None:
        """Show a message."""
        self._text.setText(harmless_line(words))
        self.show()

    @Slot(object)
    def show_error(self, error: ErrorInfo) -> None:
        """Put a failure into words."""
        explanation = explain(error)
        self.say(f"{explanation.happened} {explanation.next_step}")

"""Shows a command for a terminal, whole, so that it can be read and copied."""

import math

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QFontMetricsF, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from large_enough.ui.theme import Theme
from large_enough.wording.translate import _

_PADDING_PX = 8  # above and below, as in the style sheet


class CommandField(QPlainTextEdit):
    """One line of code; where it is too long for the field it goes on below."""

    def __init__(self, theme: Theme, command: str, parent: QWidget | None = None) -> None:
        super().__init__(command, parent)
        self._theme = theme
        self.setProperty("kind", "code")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setAccessibleName(_("Command to copy"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.changed.connect(self._renew)
        self._renew()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the new width."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """Return room for the whole command."""
        return QSize(super().sizeHint().width(), self._wanted_height())

    def minimumSizeHint(self) -> QSize:
        """Return room for one line; it asks for more once its width is known."""
        return QSize(100, self._height_of(1))

    def _wanted_height(self) -> int:
        # A plain text document counts its height in lines.
        return self._height_of(
            max(1, round(self.document().documentLayout().documentSize().height()))
        )

    def _height_of(self, line_count: int) -> int:
        spacing = math.ceil(QFontMetricsF(self.font()).lineSpacing())
        return line_count * spacing + 2 * _PADDING_PX + 2

    @Slot()
    def _fit(self) -> None:
        if self.height() != self._wanted_height():
            self.setFixedHeight(self._wanted_height())

    @Slot()
    def _renew(self) -> None:
        self.setFont(self._theme.code_font())
        self._fit()

"""A field for several lines of text; it grows a little with them."""

import math

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QFontMetricsF, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Type

_FRAME_PX = 18  # the style sheet's padding and border, above and below


class LinesBox(QPlainTextEdit):
    """Plain text that the user writes; Tab leads out of it."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        hint: str = "",
        least_lines: int = 2,
        most_lines: int = 6,
        is_code: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Make an empty field.

        Args:
            theme: Colours and type.
            name: Tells screen readers what belongs into it.
            hint: Shown while the field is empty.
            least_lines: Height of the empty field.
            most_lines: Height up to which it grows; longer text scrolls.
            is_code: Whether it is for program text.
            parent: What it lies in.
        """
        super().__init__(parent)
        self._theme = theme
        self._least_lines, self._most_lines = least_lines, most_lines
        self._is_code = is_code
        self.setProperty("kind", "field")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.changed.connect(self._renew)
        self._renew()

    def mark_wrong(self, *, is_wrong: bool) -> None:
        """Show whether what stands there cannot be used; why must be said beside it."""
        self.setProperty("isWrong", is_wrong)
        self.style().unpolish(self)
        self.style().polish(self)
        self._renew()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the new width."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """Return room for the lines there are, within limits."""
        return QSize(super().sizeHint().width(), self._wanted_height())

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(60, self._wanted_height())

    def _wanted_height(self) -> int:
        # A plain text document counts its height in lines.
        lines = round(self.document().documentLayout().documentSize().height())
        count = min(self._most_lines, max(self._least_lines, lines))
        return count * math.ceil(QFontMetricsF(self.font()).lineSpacing()) + _FRAME_PX

    @Slot()
    def _fit(self) -> None:
        if self.height() != self._wanted_height():
            self.setFixedHeight(self._wanted_height())

    @Slot()
    def _renew(self) -> None:
        font = self._theme.code_font() if self._is_code else self._theme.font(Type.BASE)
        for widget in (self, self.viewport()):  # the viewport's own is the hint's
            widget.setFont(font)
        self._fit()

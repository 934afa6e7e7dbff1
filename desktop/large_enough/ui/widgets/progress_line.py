"""Shows progress as a thin line."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from large_enough.ui.theme import Theme

_STEPS = 1000  # QProgressBar counts in whole numbers


class ProgressLine(QProgressBar):
    """A line that fills up; nothing but a hair line while there is no progress to show."""

    def __init__(
        self,
        theme: Theme,
        *,
        letter: str | None = None,
        height_px: int = 3,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._letter = letter
        self._height_px = height_px
        self._fraction: float | None = None
        self.setRange(0, _STEPS)
        self.setTextVisible(False)
        self.setFixedHeight(height_px)
        theme.changed.connect(self.update)

    @property
    def fraction(self) -> float | None:
        """How far it is, 0 to 1; None while there is nothing to show."""
        return self._fraction

    def show_fraction(self, fraction: float | None) -> None:
        """Show how far it is, 0 to 1, or nothing."""
        self._fraction = fraction
        self.setValue(round(min(1.0, max(0.0, fraction or 0.0)) * _STEPS))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a thin line."""
        return QSize(60, self._height_px)

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(0, self._height_px)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the line."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        if self._fraction is None:
            painter.fillRect(box.adjusted(0, box.height() - 1, 0, 0), QColor(tokens.line))
            painter.end()
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = box.height() / 2 if self._letter is None else 0.0
        painter.setBrush(QBrush(QColor(tokens.chip)))
        painter.drawRoundedRect(box, radius, radius)
        colour = tokens.accent if self._letter is None else tokens.contender(self._letter)
        painter.setBrush(QBrush(QColor(colour)))
        box.setWidth(box.width() * self.value() / _STEPS)
        painter.drawRoundedRect(box, radius, radius)
        painter.end()

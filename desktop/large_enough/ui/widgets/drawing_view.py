"""Shows a drawing, as wide as there is room for it."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from large_enough.figures.primitives import Drawing
from large_enough.ui.drawing_painter import paint_drawing
from large_enough.ui.theme import Theme

FILE_WIDTH = 800.0
"""Of drawings that are written into files, whatever the window's width is."""
_LEAST_WIDTH_PX = 220

MakeDrawing = Callable[[float], Drawing]
"""Takes the width there is, in logical units."""


class DrawingView(QLabel):
    """Paints a drawing; its summary is there for screen readers."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._make: MakeDrawing | None = None
        self.drawing: Drawing | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # to be read aloud
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    def show_drawing(self, make: MakeDrawing) -> None:
        """Show another drawing."""
        self._make = make
        self._renew()

    def file_drawing(self) -> Drawing | None:
        """Return the drawing in the width that files have; None if there is none."""
        return self._make(FILE_WIDTH) if self._make is not None else None

    def sizeHint(self) -> QSize:
        """Return the height of the drawing."""
        height = self.drawing.height if self.drawing is not None else 0
        return QSize(_LEAST_WIDTH_PX, round(height * self._theme.scale))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew for another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._renew()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the drawing."""
        if self.drawing is None:
            return
        painter = QPainter(self)
        painter.scale(self._theme.scale, self._theme.scale)
        paint_drawing(painter, self.drawing, self._theme.tokens)
        painter.end()

    @Slot()
    def _renew(self) -> None:
        if self._make is None:
            return
        height = self.drawing.height if self.drawing is not None else 0.0
        self.drawing = self._make(max(_LEAST_WIDTH_PX, self.width() / self._theme.scale))
        self.setAccessibleName(self.drawing.title)
        self.setAccessibleDescription(self.drawing.summary)
        if self.drawing.height != height:
            self.updateGeometry()  # lays out all of the screen, which takes its time
        self.update()

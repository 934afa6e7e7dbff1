"""Shows one of the program's pictures beside words that say the same."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from large_enough.ui import icons
from large_enough.ui.theme import Theme


class Picture(QWidget):
    """A picture without words of its own: what it means must stand beside it."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        edge_px: int,
        tone: str = "ink",
        parent: QWidget | None = None,
    ) -> None:
        """Make the picture.

        Args:
            theme: Colours and type.
            name: Of a file under `assets/icons`, without its ending.
            edge_px: Edge length in logical pixels.
            tone: "ink", "soft", "good" or "warning", as of a label.
            parent: What it lies in.
        """
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._edge_px = edge_px
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_picture(self, name: str, tone: str) -> None:
        """Show another picture, in another tone."""
        self._name, self._tone = name, tone
        self.update()

    def sizeHint(self) -> QSize:
        """Return a square."""
        edge = round(self._edge_px * self._theme.scale)
        return QSize(edge, edge)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the picture."""
        tokens = self._theme.tokens
        colour = {
            "ink": tokens.ink,
            "soft": tokens.soft_ink,
            "good": tokens.good,
            "warning": tokens.warning,
        }[self._tone]
        painter = QPainter(self)
        icons.paint_picture(painter, self._name, QRectF(self.rect()), colour)
        painter.end()

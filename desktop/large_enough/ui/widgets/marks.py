"""Draws the letter, shape and colour by which a contender is known everywhere."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLabel, QWidget

from large_enough.ui import icons
from large_enough.ui.theme import Theme
from large_enough.ui.tokens import Filling, Shape, Tokens, Type, filling_of, shape_of
from large_enough.wording.translate import _

BADGE_PX = 26
_OUTLINES = {Filling.FULL: 0.0, Filling.OPEN: 0.12, Filling.TINTED: 0.05}
"""Width of a mark's outline, as a share of its own."""


_FADED_OUTLINE = 0.06


def paint_mark(
    painter: QPainter, letter: str, area: QRectF, tokens: Tokens, *, is_faded: bool = False
) -> None:
    """Paint a contender's shape into an area, with its letter in the painter's font.

    Args:
        painter: Has the font.
        letter: The contender's.
        area: A square.
        tokens: The colours.
        is_faded: Whether it stands back: an outline in soft ink, whatever the letter.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = QColor(tokens.soft_ink if is_faded else tokens.contender(letter))
    filling = Filling.OPEN if is_faded else filling_of(letter)
    grounds = {Filling.FULL: colour.name(), Filling.OPEN: tokens.card}
    painter.setBrush(QBrush(QColor(grounds.get(filling, tokens.tint(letter)))))
    width = area.width() * (_FADED_OUTLINE if is_faded else _OUTLINES[filling])
    painter.setPen(QPen(colour, width) if width else Qt.PenStyle.NoPen)
    inset = width / 2
    _paint_shape(painter, shape_of(letter), area.adjusted(inset, inset, -inset, -inset))
    painter.setPen(QColor(tokens.accent_ink) if filling is Filling.FULL else colour)
    sinks_by = area.height() * 0.13 if shape_of(letter) is Shape.TRIANGLE else 0.0
    painter.drawText(area.translated(0, sinks_by), Qt.AlignmentFlag.AlignCenter.value, letter)


def _paint_shape(painter: QPainter, shape: Shape, area: QRectF) -> None:
    inset = area.width() * 0.04
    box = area.adjusted(inset, inset, -inset, -inset)
    match shape:
        case Shape.CIRCLE:
            painter.drawEllipse(box)
        case Shape.DIAMOND:
            middle = area.center()
            corners = [
                QPointF(middle.x(), area.top()),
                QPointF(area.right(), middle.y()),
                QPointF(middle.x(), area.bottom()),
                QPointF(area.left(), middle.y()),
            ]
            painter.drawPolygon(QPolygonF(corners))
        case Shape.TRIANGLE:
            corners = [
                QPointF(area.center().x(), area.top()),
                QPointF(area.right(), box.bottom()),
                QPointF(area.left(), box.bottom()),
            ]
            painter.drawPolygon(QPolygonF(corners))
        case Shape.SQUARE:
            square = box.adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(square, 3, 3)


class Badge(QLabel):
    """A contender's mark."""

    def __init__(self, theme: Theme, letter: str, parent: QWidget | None = None) -> None:
        super().__init__(letter, parent)
        self._theme = theme
        self._letter = letter
        self.setAccessibleName(_("Contender {letter}").format(letter=letter))
        theme.changed.connect(self._renew)
        self._renew()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the mark."""
        painter = QPainter(self)
        painter.setFont(self.font())
        paint_mark(painter, self._letter, QRectF(self.rect()), self._theme.tokens)
        painter.end()

    @Slot()
    def _renew(self) -> None:
        edge = round(BADGE_PX * self._theme.scale)
        self.setFixedSize(edge, edge)
        self.setFont(self._theme.font(Type.SOFT_STRONG))
        self.update()


class Animal(QLabel):
    """The ant for a small model or the dinosaur for a large one, in the contender's colour."""

    def __init__(
        self, theme: Theme, letter: str, edge_px: int = 32, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._letter = letter
        self._edge_px = edge_px
        self._picture = "ant"
        theme.changed.connect(self.update)
        self.show_size(is_large=False)

    @property
    def animal_name(self) -> str:
        """Name of the picture that is shown."""
        return self._picture

    def show_size(self, *, is_large: bool) -> None:
        """Show the dinosaur if the model is a large one, else the ant."""
        self._picture = "dinosaur" if is_large else "ant"
        words = _("the larger model") if is_large else _("the smaller model")
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the picture."""
        edge = round(self._edge_px * self._theme.scale)
        return QSize(edge, edge)

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the animal."""
        tokens = self._theme.tokens
        edge = min(self.width(), self.height())
        area = QRectF((self.width() - edge) / 2, (self.height() - edge) / 2, edge, edge)
        painter = QPainter(self)
        icons.paint_picture(
            painter, self._picture, area, tokens.contender(self._letter), tokens.tint(self._letter)
        )
        painter.end()

"""Paints a drawing with Qt: the same figure that `report.svg` writes into files."""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import assert_never

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen

from large_enough.figures.primitives import (
    Anchor,
    ColourRole,
    Drawing,
    Line,
    Marker,
    Point,
    Polyline,
    Primitive,
    Rectangle,
    Text,
)
from large_enough.ui.fonts import font
from large_enough.ui.tokens import Tokens, Type
from large_enough.ui.widgets.marks import paint_mark

_SHORTEST_PIECE = 0.01

Colours = Mapping[ColourRole, str]
"""A colour for each role, as "#rrggbb"."""


def colours_of(tokens: Tokens) -> Colours:
    """Return the colours of a drawing in the window."""
    return {
        ColourRole.INK: tokens.ink,
        ColourRole.SOFT_INK: tokens.soft_ink,
        ColourRole.GRID: tokens.line,
        ColourRole.GROUND: tokens.card,
        ColourRole.BAND: tokens.tint("A"),
        ColourRole.MARGIN: tokens.warning,
        ColourRole.CONTENDER_A: tokens.contender("A"),
        ColourRole.CONTENDER_B: tokens.contender("B"),
        ColourRole.CONTENDER_C: tokens.contender("C"),
        ColourRole.CONTENDER_D: tokens.contender("D"),
        ColourRole.TINT_A: tokens.tint("A"),
        ColourRole.TINT_B: tokens.tint("B"),
        ColourRole.TINT_C: tokens.tint("C"),
        ColourRole.TINT_D: tokens.tint("D"),
        ColourRole.ON_CONTENDER: tokens.accent_ink,
    }


def paint_drawing(painter: QPainter, drawing: Drawing, tokens: Tokens) -> None:
    """Paint all of a drawing; its units are those of the painter."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for primitive in drawing.primitives:
        _paint(painter, primitive, tokens)


def _paint(painter: QPainter, primitive: Primitive, tokens: Tokens) -> None:
    colours = colours_of(tokens)
    match primitive:
        case Line(start=start, end=end, role=role, width=width):
            painter.setPen(QPen(QColor(colours[role]), width))
            painter.drawLine(_point(start), _point(end))
        case Polyline():
            _paint_polyline(painter, primitive, colours)
        case Rectangle():
            _paint_rectangle(painter, primitive, colours)
        case Text():
            _paint_text(painter, primitive, colours)
        case Marker():
            _paint_marker(painter, primitive, tokens)
        case _:
            assert_never(primitive)


def _paint_polyline(painter: QPainter, polyline: Polyline, colours: Colours) -> None:
    """Paint a line piece by piece: Qt takes ten times as long over a jagged line as a whole."""
    pen = QPen(QColor(colours[polyline.role]), polyline.width)
    is_dashed = bool(polyline.dashes)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if is_dashed else Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    pieces = itertools.pairwise(_point(place) for place in polyline.points)
    lines = [QLineF(start, end) for start, end in pieces]
    painter.drawLines(list(_dashed(lines, polyline.dashes)) if is_dashed else lines)


def _dashed(lines: Iterable[QLineF], dashes: Sequence[float]) -> Iterator[QLineF]:
    """Cut lines that follow each other into dashes; the pattern goes on from line to line."""
    lengths = itertools.cycle(enumerate(dashes))
    number, left = next(lengths)
    for line in lines:
        length, done = line.length(), 0.0
        while length - done > _SHORTEST_PIECE:
            step = min(left, length - done)
            if number % 2 == 0:
                yield QLineF(line.pointAt(done / length), line.pointAt((done + step) / length))
            done, left = done + step, left - step
            if left <= _SHORTEST_PIECE:
                number, left = next(lengths)


def _paint_rectangle(painter: QPainter, rectangle: Rectangle, colours: Colours) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(QColor(colours[rectangle.role])))
    area = QRectF(*rectangle.corner, rectangle.width, rectangle.height)
    painter.drawRoundedRect(area, rectangle.radius, rectangle.radius)


def _paint_text(painter: QPainter, text: Text, colours: Colours) -> None:
    painter.setFont(_font(text))
    painter.setPen(QColor(colours[text.role]))
    width = painter.fontMetrics().horizontalAdvance(text.text)
    shift = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: float(width)}[text.anchor]
    painter.drawText(QPointF(text.place.x - shift, text.place.y), text.text)


def _paint_marker(painter: QPainter, marker: Marker, tokens: Tokens) -> None:
    painter.setFont(_scaled(font(Type.SMALL_STRONG, 1.0), marker.size * 0.64))
    x, y = marker.middle.x - marker.size / 2, marker.middle.y - marker.size / 2
    area = QRectF(x, y, marker.size, marker.size)
    paint_mark(painter, marker.letter, area, tokens, is_faded=marker.is_faded)


def _font(text: Text) -> QFont:
    return _scaled(font(Type.SOFT_STRONG if text.is_strong else Type.SOFT, 1.0), text.size)


def _scaled(base: QFont, size: float) -> QFont:
    result = QFont(base)
    result.setPixelSize(max(1, round(size)))
    return result


def _point(place: Point) -> QPointF:
    return QPointF(place.x, place.y)

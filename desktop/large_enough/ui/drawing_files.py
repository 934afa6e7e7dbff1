"""Writes a drawing as a file: PNG for slides, SVG for editing, PDF for print."""

import enum

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from large_enough.figures.primitives import Drawing
from large_enough.ui.drawing_painter import paint_drawing
from large_enough.ui.tokens import LIGHT

_PIXELS_PER_UNIT = 3  # sharp on paper and on large screens
_POINTS_PER_UNIT = 0.75  # a unit is a CSS pixel: 96 of them are an inch, as 72 points are
_UNITS_PER_INCH = 96


class Picture(enum.Enum):
    """What a drawing can be written as; the value is the ending of the file's name."""

    PNG = "png"
    SVG = "svg"
    PDF = "pdf"


def drawing_bytes(drawing: Drawing, picture: Picture) -> bytes:
    """Return the content of a file with this drawing, in light colours: it is for paper and pages.

    Must be called on the main thread.
    """
    match picture:
        case Picture.PNG:
            return _png(drawing)
        case Picture.SVG:
            from large_enough.report.svg import svg_text

            return svg_text(drawing).encode()
        case Picture.PDF:
            return _pdf(drawing)


def drawing_image(drawing: Drawing) -> QImage:
    """Return the drawing in light colours, large enough to stay sharp on a slide."""
    width, height = round(drawing.width), round(drawing.height)
    image = QImage(width * _PIXELS_PER_UNIT, height * _PIXELS_PER_UNIT, QImage.Format.Format_ARGB32)
    image.fill(QColor(LIGHT.card))
    image.setText("Title", drawing.title)
    image.setText("Description", drawing.summary)
    painter = QPainter(image)
    painter.scale(_PIXELS_PER_UNIT, _PIXELS_PER_UNIT)
    paint_drawing(painter, drawing, LIGHT)
    painter.end()
    return image


def _png(drawing: Drawing) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    drawing_image(drawing).save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt wants text
    return bytes(buffer.data().data())


def _pdf(drawing: Drawing) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(drawing.title)
    writer.setResolution(_UNITS_PER_INCH * 10)
    size = QSizeF(drawing.width * _POINTS_PER_UNIT, drawing.height * _POINTS_PER_UNIT)
    page = QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    none = QMarginsF(0, 0, 0, 0)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, none))
    painter = QPainter(writer)
    painter.scale(10, 10)
    paint_drawing(painter, drawing, LIGHT)
    painter.end()
    return bytes(buffer.data().data())

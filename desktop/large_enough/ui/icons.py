"""Draws the program's own pictures in the colours of the moment."""

import functools
import re

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from large_enough.resources.locate import asset_path
from large_enough.ui.tokens import LIGHT, Tokens

_LINE = "currentColor"  # what stands in the files for the colour of lines
_TINT = "#f0f0f0"  # ... and of filled shapes
_LINE_WIDTH = re.compile(r'stroke-width="([0-9.]+)"')
_PIXEL_RATIOS = (1, 2, 3)  # screens that pictures are drawn for


def icon(
    name: str,
    colour: str,
    *,
    checked: str | None = None,
    size_px: int = 20,
    gap_before_px: int = 0,
    gap_behind_px: int = 0,
) -> QIcon:
    """Return a picture as an icon.

    Args:
        name: Name of a file under `assets/icons`, without its ending.
        colour: Of its lines, as "#rrggbb".
        checked: The colour while the button is on; the same if not given.
        size_px: Edge length in logical pixels.
        gap_before_px: Empty space to its left, as a part of the picture.
        gap_behind_px: The same to its right: Qt sets pictures close to words.
    """
    area = QRectF(gap_before_px, 0, size_px, size_px)
    size = QSize(gap_before_px + size_px + gap_behind_px, size_px)
    result = QIcon()
    for ratio in _PIXEL_RATIOS:
        off = _pixmap(name, colour, size, area, ratio)
        on = off if checked is None else _pixmap(name, checked, size, area, ratio)
        result.addPixmap(off, QIcon.Mode.Normal, QIcon.State.Off)
        result.addPixmap(on, QIcon.Mode.Normal, QIcon.State.On)
    return result


def paint_picture(
    painter: QPainter,
    name: str,
    area: QRectF,
    colour: str,
    tint: str = "none",
    *,
    line_share: float = 1.0,
) -> None:
    """Paint a picture into an area.

    Args:
        painter: Where to paint.
        name: Name of a file under `assets/icons`, without its ending.
        area: Square to fill.
        colour: Of its lines, as "#rrggbb".
        tint: Of its filled shapes; none leaves them open.
        line_share: Makes lines thinner: a picture shown large needs no thick ones.
    """
    source = _source(name).replace(_LINE, colour).replace(_TINT, tint)
    if line_share != 1.0:
        source = _LINE_WIDTH.sub(functools.partial(_thinner, line_share), source)
    QSvgRenderer(QByteArray(source.encode())).render(painter, area)


def _thinner(share: float, match: re.Match[str]) -> str:
    return f'stroke-width="{float(match[1]) * share:.3f}"'


def paint_logo(painter: QPainter, area: QRectF, tokens: Tokens) -> None:
    """Paint the program's mark, in the colours of contenders A and B."""
    source = _source("logo")
    for letter in "AB":
        source = source.replace(LIGHT.contender(letter), tokens.contender(letter))
    QSvgRenderer(QByteArray(source.encode())).render(painter, area)


def logo_icon() -> QIcon:
    """Return the program's mark for the window's frame and the task bar."""
    result = QIcon()
    for edge_px in (16, 24, 32, 48, 64, 128, 256):
        pixmap = _empty(QSize(edge_px, edge_px), 1)
        painter = QPainter(pixmap)
        paint_logo(painter, QRectF(0, 0, edge_px, edge_px), LIGHT)
        painter.end()
        result.addPixmap(pixmap)
    return result


def _pixmap(name: str, colour: str, size: QSize, area: QRectF, ratio: int) -> QPixmap:
    pixmap = _empty(size, ratio)
    painter = QPainter(pixmap)
    paint_picture(painter, name, area, colour)
    painter.end()
    return pixmap


def _empty(size: QSize, ratio: int) -> QPixmap:
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(Qt.GlobalColor.transparent))
    return pixmap


@functools.lru_cache(maxsize=64)
def _source(name: str) -> str:
    return asset_path("icons", f"{name}.svg").read_text("utf-8")

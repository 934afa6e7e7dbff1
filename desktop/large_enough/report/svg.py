"""Writes a drawing as SVG: the same figure as in the window, for files and pages."""

import html
import math
from collections.abc import Mapping
from typing import assert_never

from large_enough.domain.text import harmless_line
from large_enough.figures.primitives import (
    ColourRole,
    Drawing,
    Line,
    Marker,
    MarkerFilling,
    MarkerShape,
    Point,
    Polyline,
    Primitive,
    Rectangle,
    Text,
    tint_of,
)

Palette = Mapping[ColourRole, str]
"""A colour for each role, as CSS writes it."""

LIGHT: Palette = {
    ColourRole.INK: "#1e2326",
    ColourRole.SOFT_INK: "#5c666b",
    ColourRole.GRID: "#e2ded5",
    ColourRole.GROUND: "#ffffff",
    ColourRole.BAND: "#e6f1f8",
    ColourRole.MARGIN: "#8a6100",
    ColourRole.CONTENDER_A: "#0072b2",
    ColourRole.CONTENDER_B: "#c2500a",
    ColourRole.CONTENDER_C: "#00805e",
    ColourRole.CONTENDER_D: "#a5518a",
    ColourRole.TINT_A: "#e6f1f8",
    ColourRole.TINT_B: "#fbede3",
    ColourRole.TINT_C: "#e3f3ec",
    ColourRole.TINT_D: "#f6e9f2",
    ColourRole.ON_CONTENDER: "#ffffff",
}
DARK: Palette = {
    ColourRole.INK: "#ecefef",
    ColourRole.SOFT_INK: "#9faaae",
    ColourRole.GRID: "#2e373b",
    ColourRole.GROUND: "#1d2326",
    ColourRole.BAND: "#17303e",
    ColourRole.MARGIN: "#ebc25e",
    ColourRole.CONTENDER_A: "#5cb6ea",
    ColourRole.CONTENDER_B: "#f2935a",
    ColourRole.CONTENDER_C: "#4fc79e",
    ColourRole.CONTENDER_D: "#de92c3",
    ColourRole.TINT_A: "#17303e",
    ColourRole.TINT_B: "#3a261a",
    ColourRole.TINT_C: "#16332a",
    ColourRole.TINT_D: "#3a2435",
    ColourRole.ON_CONTENDER: "#0e1513",
}
VARIABLES: Palette = {role: f"var(--{role.value.replace('_', '-')})" for role in ColourRole}
"""For pages that define these variables, and may change them between light and dark."""

_FONTS = "Inter, system-ui, sans-serif"
_WIDE_SHAPES = frozenset({MarkerShape.CIRCLE, MarkerShape.SQUARE})
_CORNERS: dict[MarkerShape, tuple[tuple[float, float], ...]] = {
    MarkerShape.DIAMOND: ((0, -0.5), (0.5, 0), (0, 0.5), (-0.5, 0)),
    MarkerShape.TRIANGLE: ((0, -0.5), (0.5, 0.46), (-0.5, 0.46)),
}


def svg_text(
    drawing: Drawing, palette: Palette = LIGHT, *, key: str = "figure", with_ground: bool = True
) -> str:
    """Return the drawing as an SVG element that stands alone, in a file or in a page.

    Args:
        drawing: What to write; its texts may come from anywhere.
        palette: The colours.
        key: Letters and digits that are unique within the page, for the names of title and summary.
        with_ground: Whether to paint what it is drawn upon; off in pages that have a ground.
    """
    title_id, summary_id = f"{key}-title", f"{key}-summary"
    size = f'width="{_number(drawing.width)}" height="{_number(drawing.height)}"'
    box = f'viewBox="0 0 {_number(drawing.width)} {_number(drawing.height)}"'
    names, fonts = f'aria-labelledby="{title_id} {summary_id}"', f'font-family="{_FONTS}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size} {box} {names} {fonts}>',
        f'<title id="{title_id}">{_escaped(drawing.title)}</title>',
        f'<desc id="{summary_id}">{_escaped(drawing.summary)}</desc>',
    ]
    if with_ground:
        lines.append(f'<rect width="100%" height="100%" {_fill(palette, ColourRole.GROUND)}/>')
    lines += [_element(primitive, palette) for primitive in drawing.primitives]
    return "\n".join([*lines, "</svg>"]) + "\n"


def _element(primitive: Primitive, palette: Palette) -> str:
    match primitive:
        case Line():
            return _line(primitive, palette)
        case Polyline():
            return _polyline(primitive, palette)
        case Rectangle():
            return _rectangle(primitive, palette)
        case Text():
            return _text(primitive, palette)
        case Marker():
            return _marker(primitive, palette)
        case _:
            assert_never(primitive)


def _line(line: Line, palette: Palette) -> str:
    start, end = line.start, line.end
    return (
        f'<line x1="{_number(start.x)}" y1="{_number(start.y)}" x2="{_number(end.x)}" '
        f'y2="{_number(end.y)}" stroke-width="{_number(line.width)}" '
        f"{_stroke(palette, line.role)}/>"
    )


def _polyline(polyline: Polyline, palette: Palette) -> str:
    dashes = " ".join(_number(length) for length in polyline.dashes)
    return (
        f'<polyline points="{_points(polyline.points)}" fill="none" '
        f'stroke-width="{_number(polyline.width)}" stroke-linejoin="round" '
        + (f'stroke-dasharray="{dashes}" ' if dashes else "")
        + f"{_stroke(palette, polyline.role)}/>"
    )


def _rectangle(rectangle: Rectangle, palette: Palette) -> str:
    return (
        f'<rect x="{_number(rectangle.corner.x)}" y="{_number(rectangle.corner.y)}" '
        f'width="{_number(rectangle.width)}" height="{_number(rectangle.height)}" '
        f'rx="{_number(rectangle.radius)}" {_fill(palette, rectangle.role)}/>'
    )


def _text(text: Text, palette: Palette) -> str:
    weight = ' font-weight="600"' if text.is_strong else ""
    return (
        f'<text x="{_number(text.place.x)}" y="{_number(text.place.y)}" '
        f'font-size="{_number(text.size)}" text-anchor="{text.anchor.value}"{weight} '
        f"{_fill(palette, text.role)}>{_escaped(text.text)}</text>"
    )


def _marker(marker: Marker, palette: Palette) -> str:
    (x, y), size = marker.middle, marker.size
    sinks_by = size * 0.13 if marker.shape is MarkerShape.TRIANGLE else 0.0
    letter_size = size * (0.68 if marker.shape in _WIDE_SHAPES else 0.58)
    letter = (
        f'<text x="{_number(x)}" y="{_number(y + letter_size * 0.36 + sinks_by)}" '
        f'font-size="{_number(letter_size)}" font-weight="600" text-anchor="middle" '
        f"{_fill(palette, _letter_role(marker))}>{_escaped(marker.letter)}</text>"
    )
    return f"<g>{_shape(marker, _body(marker, palette))}{letter}</g>"


def _letter_role(marker: Marker) -> ColourRole:
    is_full = marker.filling is MarkerFilling.FULL
    return ColourRole.ON_CONTENDER if is_full else marker.role


def _body(marker: Marker, palette: Palette) -> str:
    """Return the style of a marker's shape: full, or an outline upon its ground."""
    if marker.filling is MarkerFilling.FULL:
        return _fill(palette, marker.role)
    is_open = marker.filling is MarkerFilling.OPEN
    ground = palette[ColourRole.GROUND if is_open else tint_of(marker.letter)]
    width = _number(marker.outline)
    return f'style="fill:{ground};stroke:{palette[marker.role]};stroke-width:{width}"'


def _shape(marker: Marker, fill: str) -> str:
    (x, y), size = marker.middle, marker.size - marker.outline
    if marker.shape is MarkerShape.CIRCLE:
        return f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(size / 2)}" {fill}/>'
    if marker.shape is MarkerShape.SQUARE:
        edge = size * 0.92
        return (
            f'<rect x="{_number(x - edge / 2)}" y="{_number(y - edge / 2)}" '
            f'width="{_number(edge)}" height="{_number(edge)}" rx="2" {fill}/>'
        )
    corners = tuple(Point(x + dx * size, y + dy * size) for dx, dy in _CORNERS[marker.shape])
    return f'<polygon points="{_points(corners)}" {fill}/>'


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _fill(palette: Palette, role: ColourRole) -> str:
    return f'style="fill:{palette[role]}"'


def _stroke(palette: Palette, role: ColourRole) -> str:
    return f'style="stroke:{palette[role]}"'


def _number(value: float) -> str:
    """Return a coordinate with two decimals at most.

    Raises:
        ValueError: It is infinite or not a number.
    """
    if not math.isfinite(value):
        message = f"{value} is no coordinate"
        raise ValueError(message)
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _escaped(text: str) -> str:
    return html.escape(harmless_line(text))

"""Defines what a drawing is made of: a few shapes in logical units, with roles for colours.

The origin is at the top left, x grows to the right, y downwards. Shapes are drawn in their order.
"""

import enum
import math
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from large_enough.domain.round import LETTERS


class ColourRole(enum.StrEnum):
    """What a colour is for; the painter knows which one it is, light or dark."""

    INK = "ink"
    SOFT_INK = "soft_ink"
    GRID = "grid"
    """Lines that help the eye and mean nothing."""
    GROUND = "ground"
    """What is drawn upon."""
    CONTENDER_A = "contender_a"
    CONTENDER_B = "contender_b"
    CONTENDER_C = "contender_c"
    CONTENDER_D = "contender_d"
    ON_CONTENDER = "on_contender"
    """A letter upon the colour of a contender."""


class MarkerShape(enum.StrEnum):
    """What marks a contender beside its letter and its colour."""

    CIRCLE = "circle"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    SQUARE = "square"


class Anchor(enum.StrEnum):
    """Which part of a text lies at its x."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


class Point(NamedTuple):
    """A place in the drawing."""

    x: float
    y: float


class Line(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A straight line."""

    start: Point
    end: Point
    role: ColourRole
    width: float = 1.0


class Polyline(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Straight lines from point to point, not closed."""

    points: tuple[Point, ...]
    """Two or more."""
    role: ColourRole
    width: float = 2.0
    dashes: tuple[float, ...] = ()
    """Lengths of dash and gap in turn; empty for a solid line."""


class Rectangle(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A filled rectangle."""

    corner: Point
    """Top left."""
    width: float
    height: float
    role: ColourRole
    radius: float = 0.0
    """Of its corners."""


class Text(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """One line of text."""

    place: Point
    """On the base line."""
    text: str
    role: ColourRole = ColourRole.INK
    size: float = 12.0
    """Height of the type."""
    anchor: Anchor = Anchor.START
    is_strong: bool = False


class Marker(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A contender's mark: its shape in its colour, with its letter."""

    middle: Point
    letter: str
    size: float = 16.0
    """Width and height."""

    @property
    def shape(self) -> MarkerShape:
        """The shape that belongs to the letter."""
        return shape_of(self.letter)

    @property
    def role(self) -> ColourRole:
        """The colour that belongs to the letter."""
        return role_of(self.letter)


Primitive = Line | Polyline | Rectangle | Text | Marker


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """A whole figure."""

    width: float
    height: float
    primitives: tuple[Primitive, ...]
    title: str
    """Its name, for people who see it and for those who hear it."""
    summary: str
    """What it shows in words, for those who cannot see it."""


_SHAPES = dict(zip(LETTERS, MarkerShape, strict=True))
_ROLES = dict(
    zip(
        LETTERS,
        (
            ColourRole.CONTENDER_A,
            ColourRole.CONTENDER_B,
            ColourRole.CONTENDER_C,
            ColourRole.CONTENDER_D,
        ),
        strict=True,
    )
)
_DASHES: dict[str, tuple[float, ...]] = dict(
    zip(LETTERS, ((), (7.0, 4.0), (2.0, 3.0), (9.0, 3.0, 2.0, 3.0)), strict=True)
)


def shape_of(letter: str) -> MarkerShape:
    """Return the shape of a contender."""
    return _SHAPES[letter]


def role_of(letter: str) -> ColourRole:
    """Return the role of a contender's colour; ink for the empty letter, which is nobody's."""
    return _ROLES[letter] if letter else ColourRole.INK


def dashes_of(letter: str) -> tuple[float, ...]:
    """Return the dashes of a contender's line; solid for the empty letter."""
    return _DASHES[letter] if letter else ()


def refuse_non_finite(values: Iterable[float]) -> None:
    """Refuse what cannot be drawn: whoever has no number leaves a gap instead.

    Raises:
        ValueError: One of the values is infinite or not a number.
    """
    for value in values:
        if not math.isfinite(value):
            message = f"{value} cannot be drawn"
            raise ValueError(message)

"""Defines what a drawing is made of: a few shapes in logical units, with roles for colours.

The origin is at the top left, x grows to the right, y downwards. Shapes are drawn in their order.
"""

import enum
import math
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from large_enough.domain.pack_run import RUN_LETTERS
from large_enough.domain.round import LETTERS


class ColourRole(enum.StrEnum):
    """What a colour is for; the painter knows which one it is, light or dark."""

    INK = "ink"
    SOFT_INK = "soft_ink"
    GRID = "grid"
    """Lines that help the eye and mean nothing."""
    GROUND = "ground"
    """What is drawn upon."""
    BAND = "band"
    """A pale ground for what lies within a margin."""
    MARGIN = "margin"
    """The margin's own line and words."""
    CONTENDER_A = "contender_a"
    CONTENDER_B = "contender_b"
    CONTENDER_C = "contender_c"
    CONTENDER_D = "contender_d"
    TINT_A = "tint_a"
    """Pale ground of A; E and I share it."""
    TINT_B = "tint_b"
    TINT_C = "tint_c"
    TINT_D = "tint_d"
    ON_CONTENDER = "on_contender"
    """A letter upon the colour of a contender."""


class MarkerShape(enum.StrEnum):
    """What marks a contender beside its letter and its colour."""

    CIRCLE = "circle"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    SQUARE = "square"


class MarkerFilling(enum.StrEnum):
    """What tells contenders apart that share a shape and a colour: runs have more than four."""

    FULL = "full"
    """A to D."""
    OPEN = "open"
    """E to H: a thick outline."""
    TINTED = "tinted"
    """I to L: a thin outline on a pale ground."""


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
    is_faded: bool = False
    """Whether it stands back: an outline in soft ink, whatever the letter."""

    @property
    def shape(self) -> MarkerShape:
        """The shape that belongs to the letter."""
        return shape_of(self.letter)

    @property
    def filling(self) -> MarkerFilling:
        """How the shape is filled."""
        return MarkerFilling.OPEN if self.is_faded else filling_of(self.letter)

    @property
    def role(self) -> ColourRole:
        """The colour that belongs to the letter."""
        return ColourRole.SOFT_INK if self.is_faded else role_of(self.letter)

    @property
    def outline(self) -> float:
        """Width of its outline; 0 for none."""
        return self.size * (_FADED_OUTLINE if self.is_faded else _OUTLINES[self.filling])


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


_SHAPES = tuple(MarkerShape)
_FILLINGS = tuple(MarkerFilling)
_ROLES = tuple(ColourRole(f"contender_{letter.lower()}") for letter in LETTERS)
_TINTS = tuple(ColourRole(f"tint_{letter.lower()}") for letter in LETTERS)
_DASHES: tuple[tuple[float, ...], ...] = ((), (7.0, 4.0), (2.0, 3.0), (9.0, 3.0, 2.0, 3.0))
_OUTLINES = {MarkerFilling.FULL: 0.0, MarkerFilling.OPEN: 0.12, MarkerFilling.TINTED: 0.05}
_FADED_OUTLINE = 0.06


def shape_of(letter: str) -> MarkerShape:
    """Return the shape of a contender; E has that of A, and so on."""
    return _SHAPES[RUN_LETTERS.index(letter) % len(_SHAPES)]


def filling_of(letter: str) -> MarkerFilling:
    """Return how the shape of a contender is filled."""
    return _FILLINGS[RUN_LETTERS.index(letter) // len(_SHAPES)]


def role_of(letter: str) -> ColourRole:
    """Return the role of a contender's colour; ink for the empty letter, which is nobody's."""
    return _ROLES[RUN_LETTERS.index(letter) % len(_ROLES)] if letter else ColourRole.INK


def tint_of(letter: str) -> ColourRole:
    """Return the role of a contender's pale ground."""
    return _TINTS[RUN_LETTERS.index(letter) % len(_TINTS)]


def dashes_of(letter: str) -> tuple[float, ...]:
    """Return the dashes of a contender's line; solid for the empty letter.

    Letters that share a colour have different ones.
    """
    if not letter:
        return ()
    place = RUN_LETTERS.index(letter)
    return _DASHES[(place + place // len(_ROLES)) % len(_DASHES)]


def refuse_non_finite(values: Iterable[float]) -> None:
    """Refuse what cannot be drawn: whoever has no number leaves a gap instead.

    Raises:
        ValueError: One of the values is infinite or not a number.
    """
    for value in values:
        if not math.isfinite(value):
            message = f"{value} cannot be drawn"
            raise ValueError(message)

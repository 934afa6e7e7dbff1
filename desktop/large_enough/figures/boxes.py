"""Tells where texts and marks lie in a drawing, so that none hides another."""

from typing import NamedTuple

from large_enough.figures.primitives import Anchor, Marker, Point, Text
from large_enough.figures.text_width import guessed_width

_ASCENT = 0.80
"""Of a text above its base line, as a part of the type's height."""
_DESCENT = 0.24
_SHIFTS = {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}


class Box(NamedTuple):
    """An upright rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Return whether the two have any room in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, place: Point) -> bool:
        """Return whether a place lies in it."""
        return self.left <= place.x <= self.right and self.top <= place.y <= self.bottom

    def is_within(self, other: "Box") -> bool:
        """Return whether nothing of this one lies outside the other."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


def text_box(text: Text) -> Box:
    """Return the room that a text takes, on the wide side."""
    width = guessed_width(text.text, text.size)
    left = text.place.x - _SHIFTS[text.anchor] * width
    top = text.place.y - _ASCENT * text.size
    return Box(left, top, left + width, text.place.y + _DESCENT * text.size)


def marker_box(marker: Marker) -> Box:
    """Return the room that a mark takes."""
    (x, y), half = marker.middle, marker.size / 2
    return Box(x - half, y - half, x + half, y + half)

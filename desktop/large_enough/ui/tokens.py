"""The colours, sizes and spaces that the window is made of."""

import dataclasses
import enum

from large_enough.domain.pack_run import RUN_LETTERS
from large_enough.domain.round import LETTERS

SPACE = 4
"""Step of all distances, in logical pixels."""
CARD_RADIUS = 12
CONTROL_RADIUS = 9
PROJECTOR_SCALE = 1.6
"""How much larger everything is for a room that looks at a projector."""
RING_WIDTH = 2
"""Width of the ring around what has the keyboard's attention."""


class Shape(enum.Enum):
    """What marks a contender beside its letter and its colour."""

    CIRCLE = "circle"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    SQUARE = "square"


class Filling(enum.Enum):
    """What tells contenders apart that share a shape and a colour: runs have more than four."""

    FULL = "full"
    """A to D."""
    OPEN = "open"
    """E to H: a thick outline."""
    TINTED = "tinted"
    """I to L: a thin outline on a pale ground."""


_SHAPES = tuple(Shape)
_FILLINGS = tuple(Filling)


def shape_of(letter: str) -> Shape:
    """Return the shape of the contender with that letter."""
    return _SHAPES[RUN_LETTERS.index(letter) % len(_SHAPES)]


def filling_of(letter: str) -> Filling:
    """Return how the shape of the contender with that letter is filled."""
    return _FILLINGS[RUN_LETTERS.index(letter) // len(_SHAPES)]


class Type(enum.Enum):
    """The kinds of text: height in logical pixels, is it semibold, are its digits equally wide."""

    BASE = (14, False, False)
    STRONG = (14, True, False)
    CONTROL = (13.5, True, False)
    PROMPT = (15, False, False)
    LEAD = (16, False, False)
    NAME = (15, True, False)
    SOFT = (12.5, False, True)
    SOFT_STRONG = (12.5, True, True)
    SMALL = (11.5, False, False)
    SMALL_STRONG = (11.5, True, False)
    FIGURE = (18, True, True)
    SENTENCE = (19, True, True)
    VERDICT = (23, True, True)
    TITLE = (28, True, False)

    def __init__(self, size_px: float, is_strong: bool, is_tabular: bool) -> None:
        self.size_px = size_px
        self.is_strong = is_strong
        self.is_tabular = is_tabular


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """One set of colours, as "#rrggbb"."""

    is_dark: bool
    background: str
    card: str
    ink: str
    soft_ink: str
    line: str
    rail: str
    chip: str
    accent: str
    accent_ink: str
    """Text on the accent colour."""
    good: str
    warning: str
    warning_tint: str
    code_ground: str
    contenders: tuple[str, str, str, str]
    """Of A, B, C and D."""
    tints: tuple[str, str, str, str]
    """Pale grounds of A, B, C and D."""

    def contender(self, letter: str) -> str:
        """Return the colour of the contender with that letter; E is as A, and so on."""
        return self.contenders[RUN_LETTERS.index(letter) % len(LETTERS)]

    def tint(self, letter: str) -> str:
        """Return the pale ground of the contender with that letter; E is as A, and so on."""
        return self.tints[RUN_LETTERS.index(letter) % len(LETTERS)]


LIGHT = Tokens(
    is_dark=False,
    background="#f6f4ef",
    card="#ffffff",
    ink="#1e2326",
    soft_ink="#5c666b",
    line="#e2ded5",
    rail="#efece4",
    chip="#edeae1",
    accent="#2f5d50",
    accent_ink="#ffffff",
    good="#2f7d4f",
    warning="#8a6100",
    warning_tint="#fff3d6",
    code_ground="#f3f1ea",
    contenders=("#0072b2", "#c2500a", "#00805e", "#a5518a"),
    tints=("#e6f1f8", "#fbede3", "#e3f3ec", "#f6e9f2"),
)

DARK = Tokens(
    is_dark=True,
    background="#15191b",
    card="#1d2326",
    ink="#ecefef",
    soft_ink="#9faaae",
    line="#2e373b",
    rail="#111517",
    chip="#283135",
    accent="#7cc3a9",
    accent_ink="#0e1513",
    good="#79ce9a",
    warning="#ebc25e",
    warning_tint="#3a3115",
    code_ground="#262e31",
    contenders=("#5cb6ea", "#f2935a", "#4fc79e", "#de92c3"),
    tints=("#17303e", "#3a261a", "#16332a", "#3a2435"),
)

LIGHT_PROJECTOR = dataclasses.replace(
    LIGHT,
    background="#ffffff",
    ink="#000000",
    soft_ink="#33393d",
    line="#7d858a",
    rail="#ffffff",
    chip="#e9e9e3",
    accent="#1b4438",
    good="#1c5a37",
    warning="#5c4100",
    contenders=("#004c7a", "#863000", "#00523c", "#742c63"),
)
"""For a projector, which washes colours out: text has a contrast of at least 7:1."""

DARK_PROJECTOR = dataclasses.replace(
    DARK,
    background="#000000",
    card="#0a0c0d",
    ink="#ffffff",
    soft_ink="#d3dadd",
    line="#7d888d",
    rail="#000000",
    chip="#20272a",
    accent="#a4e3cc",
    accent_ink="#000000",
    good="#9fe3b8",
    warning="#f5d68a",
    contenders=("#8fd0f5", "#f9b387", "#86e0bf", "#efbadb"),
)

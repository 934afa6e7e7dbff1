"""What a printed document is made of; free of Qt. All texts must be harmless already."""

from typing import NamedTuple

from large_enough.figures.primitives import Drawing


class Title(NamedTuple):
    """The document's name, large, at its top."""

    text: str


class Heading(NamedTuple):
    """Begins a part; never stands alone at the foot of a page."""

    text: str


class Subheading(NamedTuple):
    """Begins a smaller part, or names a table."""

    text: str


class Sentence(NamedTuple):
    """What matters most: larger than the rest."""

    text: str


class Paragraph(NamedTuple):
    """Running text; line breaks are kept."""

    text: str
    is_soft: bool = False
    """Small print."""
    keeps_next: bool = False
    """Whether it stays on the page of what follows it."""


class Bullets(NamedTuple):
    """Short texts, one below the other."""

    texts: tuple[str, ...]


class Table(NamedTuple):
    """Lines of cells; the headings are repeated on each page."""

    headings: tuple[str, ...]
    """All of them empty for none."""
    rows: tuple[tuple[str, ...], ...]
    words: frozenset[int] = frozenset()
    """Columns that hold words, besides the first one; numbers stand at the end of theirs."""
    shares: tuple[float, ...] = ()
    """Of the width, for each column; empty to go by what stands in them."""


class Figure(NamedTuple):
    """A drawing as wide as the text, or as it is where it is narrower."""

    drawing: Drawing


Block = Title | Heading | Subheading | Sentence | Paragraph | Bullets | Table | Figure
CONTENT_WIDTH = 674.0
"""Between the margins of a page, in the units of drawings; a unit is 1/96 of an inch."""

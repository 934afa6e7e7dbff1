"""What the health view says of a pack: lines with a mark, and in words what questions can show."""

import enum
from typing import NamedTuple


class Mark(enum.Enum):
    """How a line is meant."""

    GOOD = "good"
    WARNING = "warning"
    PLAIN = "plain"


class HealthLine(NamedTuple):
    """One finding."""

    mark: Mark
    text: str
    detail: str = ""
    """More about it: which questions are concerned."""
    places: tuple[int, ...] = ()
    """Questions that one may want to look at, from 0."""


class HealthWords(NamedTuple):
    """All that is said of a pack."""

    sentence: str
    explanation: str
    question_count: int
    """How many questions it counts like."""
    lines: tuple[HealthLine, ...]

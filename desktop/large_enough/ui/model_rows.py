"""What one line of a list of models says, whoever found it."""

import enum
from typing import NamedTuple


class Room(enum.Enum):
    """How a model stands to the memory there is."""

    FITS = "fits"
    TIGHT = "tight"
    TOO_LARGE = "too_large"
    NOT_KNOWN = "not_known"


class ModelRow(NamedTuple):
    """One model in a list."""

    key: str
    """Its path, or its name in the catalogue."""
    name: str
    facts: str
    """Size, format, licence."""
    place: str
    """Who keeps it, or who publishes it."""
    room: Room = Room.NOT_KNOWN
    share: float = 0.0
    """Of the memory that it can have, what it needs: 0 to 1; more is shown as 1."""
    memory: str = ""
    """What it needs and what comes of it, in words."""
    speed: str = ""
    """Tokens per second that are to be expected, or a dash."""
    note: str = ""
    """Why something of it is not known."""
    is_favourite: bool = False
    role: str = ""
    """What it is meant for, in a word; empty for nothing."""

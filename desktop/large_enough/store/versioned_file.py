"""Reads small JSON files that say which version they are."""

from pathlib import Path
from typing import Protocol, TypeVar

import msgspec


class Versioned(Protocol):
    """The content of such a file."""

    @property
    def schema_version(self) -> int:
        """Which version it is."""
        ...


_Content = TypeVar("_Content", bound=Versioned)


def load_versioned(
    path: Path, content: type[_Content], version: int, *, longest_bytes: int
) -> _Content | None:
    """Return what a file holds; None if it is missing, damaged or of another version.

    Args:
        path: The file.
        content: What it should hold.
        version: The one that is understood.
        longest_bytes: Longer files are damaged.
    """
    try:
        with path.open("rb") as file:
            found = msgspec.json.decode(file.read(longest_bytes), type=content)
    except (OSError, msgspec.MsgspecError, RecursionError, ValueError):
        return None
    return found if found.schema_version == version else None

"""Reads questions from files of other programs, from spreadsheets, and from the clipboard."""

from pathlib import Path

import msgspec

from large_enough.domain.pack import Pack
from large_enough.domain.pack_fault import Fault


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """What became of somebody's questions."""

    pack: Pack | None
    """Made of the rows without faults; None if there are none."""
    faults: tuple[Fault, ...] = ()
    """Rows that are not in the pack, and why."""
    notes: tuple[Fault, ...] = ()
    """What was changed, guessed or left out on the way, and what looks damaged."""


def read_questions(source: Path | str, *, title: str = "") -> Imported:
    """Read questions; never raises for what they hold.

    Args:
        source: A file, or pasted text.
        title: Of the pack; by default made of the file's name.
    """
    raise NotImplementedError

"""What became of questions that somebody pasted or read from a file, ready to be looked over."""

from typing import TYPE_CHECKING, NamedTuple

from large_enough.domain.pack import Pack
from large_enough.ui.pack_draft import Unfinished
from large_enough.wording.pack_words import fault_text

if TYPE_CHECKING:
    from large_enough.packs.importing import Imported


class Understanding(NamedTuple):
    """Questions that were understood, and others that need help."""

    pack: Pack | None
    """All of them; None if there is nothing to show."""
    unfinished: dict[str, Unfinished]
    """By id, the questions that are not understood to their end."""
    lines: tuple[str, ...]
    """What was noticed, row by row, in words."""
    lost_count: int = 0
    """Rows of which there is nothing to show."""
    is_text: bool = False
    """Whether it was pasted, and so can be changed."""


def understanding_of(imported: "Imported", *, is_text: bool = False) -> Understanding:
    """Return what an importer found, ready to be looked over."""
    lines = (*map(fault_text, imported.faults), *map(fault_text, imported.notes))
    lost = {fault.row for fault in imported.faults if fault.row is not None}
    return Understanding(imported.pack, {}, lines, len(lost), is_text)

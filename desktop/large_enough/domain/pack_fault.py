"""What is wrong with a pack, as data that window, command line and use cases share."""

from collections.abc import Iterable

import msgspec

from large_enough.domain.errors import FailureKind, RequestError


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong with a pack, or worth a look."""

    row: int | None = None
    """Row of the table, or place of the item in its list, from 1; None if it is the whole pack."""
    item: str = ""
    """Id of the item; empty if it has none, or if it is the whole pack."""
    field: str = ""
    """Name of the field as the file has it, with a dot before what lies inside; empty if it is the
    whole item."""
    problem: str
    """What is wrong, in the user's language, as a part of a sentence."""


class BadPackError(RequestError):
    """A pack cannot be used as it is; carries every fault that was found."""

    def __init__(self, subject: str, faults: Iterable[Fault], sentences: Iterable[str]) -> None:
        """Gather the faults.

        Args:
            subject: The file, or the pack's id.
            faults: All of them, at least one.
            sentences: The same in the user's language, as parts of a sentence, in the same order.
        """
        self.faults = tuple(faults)
        lines = tuple(sentences)
        facts: dict[str, str | int] = {"problem": lines[0], "fault_count": len(lines)}
        if len(lines) > 1:
            rest = ("…",) if len(lines) > MOST_SPOKEN_FAULTS else ()
            facts["faults"] = "; ".join((*lines[:MOST_SPOKEN_FAULTS], *rest))
        super().__init__(FailureKind.BAD_PACK, subject, detail="\n".join(lines), **facts)


MOST_SPOKEN_FAULTS = 3
"""More do not fit a sentence; the detail of the error lists all."""

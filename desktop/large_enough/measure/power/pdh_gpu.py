"""Reads the graphics memory of processes on Windows, whoever made the card.

Source: the performance counters "GPU Process Memory" (since Windows 10 1709; the same numbers as
in the Task Manager). "Dedicated Usage" is memory of a card's own that is committed, "Local Usage"
what of it is resident (systeminformer#2971). A graphics chip without memory of its own has a
"Dedicated Usage" of about 0: what it uses is counted with the working memory.
"""

import re
from collections.abc import Iterator, Mapping

import msgspec

from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.pdh import PdhError, PdhLibrary, PdhQuery

DEDICATED = r"\GPU Process Memory(*)\Dedicated Usage"
LOCAL = r"\GPU Process Memory(*)\Local Usage"

NOT_LISTED = Unavailable(reason="Windows lists no graphics memory of this process")

_INSTANCE = re.compile(r"pid_(\d+)_luid_0x[0-9a-f]+_0x[0-9a-f]+_phys_\d+", re.IGNORECASE)


class GpuProcessMemory(msgspec.Struct, frozen=True, kw_only=True):
    """Graphics memory of one process, on all cards together."""

    dedicated_bytes: int
    """Memory of the cards' own that is committed."""
    resident_bytes: int | Unavailable
    """What of the memory near to the graphics chip is in use now."""


class PdhGpuMemory:
    """Asks for the graphics memory of processes.

    Counters are opened by the first reading, not before: loading them takes about 0.2 s, on some
    machines seconds (unsloth PR 9362, omr#7569); later readings take less than a millisecond.
    """

    def __init__(self, library: PdhLibrary | Unavailable) -> None:
        self._library = library
        self._query: PdhQuery | Unavailable | None = None

    def read(self, process_id: int) -> GpuProcessMemory | Unavailable:
        """Return the graphics memory of a process. Never raises."""
        query = self._opened()
        if isinstance(query, Unavailable):
            return query
        try:
            values = query.collect()
        except PdhError as error:
            return Unavailable(reason=f"Windows' counters answer with an error: {error.code:#010x}")
        dedicated_bytes = _sum_bytes(values.get(DEDICATED, {}), process_id)
        if isinstance(dedicated_bytes, Unavailable):
            return dedicated_bytes
        return GpuProcessMemory(
            dedicated_bytes=dedicated_bytes,
            resident_bytes=_sum_bytes(values.get(LOCAL, {}), process_id),
        )

    def close(self) -> None:
        """Close the counters. Safe to call twice; the next reading opens them again."""
        if isinstance(self._query, PdhQuery):
            self._query.close()
        self._query = None

    def _opened(self) -> PdhQuery | Unavailable:
        if isinstance(self._library, Unavailable):
            return self._library
        if self._query is None:
            try:
                self._query = PdhQuery(self._library, (DEDICATED, LOCAL))
            except PdhError:
                self._query = Unavailable(reason="this Windows counts no graphics memory")
        return self._query


def process_of(instance: str) -> int | None:
    """Return the process that an instance belongs to; None if its name is of another form."""
    match = _INSTANCE.fullmatch(instance)
    return None if match is None else int(match[1])


def _sum_bytes(values: Mapping[str, int], process_id: int) -> int | Unavailable:
    own = list(_values_of(values, process_id))
    if not own:
        return NOT_LISTED
    if min(own) < 0:
        return Unavailable(reason="Windows tells a negative size")
    return sum(own)


def _values_of(values: Mapping[str, int], process_id: int) -> Iterator[int]:
    return (value for instance, value in values.items() if process_of(instance) == process_id)

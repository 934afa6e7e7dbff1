"""Finds the child processes of a process."""

from collections.abc import Callable, Sequence

import psutil

from large_enough.domain.clock import Clock

REFRESH_PERIOD_S = 2.0
"""Looking through all processes costs milliseconds, and workers hardly ever start any."""


def find_children(process_id: int) -> Sequence[int]:
    """Return the ids of all processes below that one; none if it is gone or may not be seen."""
    try:
        children = psutil.Process(process_id).children(recursive=True)
    except (psutil.Error, OSError):
        return ()
    return [child.pid for child in children]


class ProcessTree:
    """Remembers for a while which processes belong to which."""

    def __init__(self, clock: Clock, find: Callable[[int], Sequence[int]] = find_children) -> None:
        self._clock = clock
        self._find = find
        self._known: dict[int, tuple[float, tuple[int, ...]]] = {}

    def members(self, process_id: int) -> tuple[int, ...]:
        """Return the process itself, then its children, theirs, and so on."""
        now_s = self._clock.monotonic_s()
        read_s, members = self._known.get(process_id, (float("-inf"), ()))
        if now_s - read_s >= REFRESH_PERIOD_S:
            members = (process_id, *self._find(process_id))
            self._known[process_id] = now_s, members
        return members

    def forget(self, process_id: int) -> None:
        """Drop what is remembered of a process that is gone."""
        self._known.pop(process_id, None)

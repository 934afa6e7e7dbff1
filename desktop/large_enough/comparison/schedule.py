"""Decides which contender may load or answer next.

Pure: it sees only in which phase each contender is. Two rules hold everywhere. Models are loaded
one after the other, so that loading times and automatic GPU splits do not depend on each other. And
nobody answers while another one loads, so that loading never disturbs a measurement.
"""

import enum
from collections.abc import Mapping

from large_enough.domain.round import Mode


class Phase(enum.Enum):
    """Where a contender's turn stands."""

    WAITING = enum.auto()
    """No worker yet."""
    LOADING = enum.auto()
    """A worker is starting or loading."""
    READY = enum.auto()
    """Loaded, may be asked."""
    ANSWERING = enum.auto()
    ENDED = enum.auto()


def letters_to_load(phases: Mapping[str, Phase], *, fit_together: bool) -> list[str]:
    """Return the contender that may load now, if there is one.

    Args:
        phases: By letter, in the order of the plan.
        fit_together: Whether all of them fit into memory at the same time. If not, each one has
            loaded, answered and ended before the next one loads.
    """
    busy = {Phase.LOADING, Phase.ANSWERING} | (set() if fit_together else {Phase.READY})
    if any(phase in busy for phase in phases.values()):
        return []
    return [letter for letter, phase in phases.items() if phase is Phase.WAITING][:1]


def letters_to_ask(
    phases: Mapping[str, Phase], *, mode: Mode, fit_together: bool, seat_count: int
) -> list[str]:
    """Return the contenders that may begin to answer now.

    Args:
        phases: By letter, in the order of the plan.
        mode: One at a time, or all at once.
        fit_together: As for `letters_to_load`.
        seat_count: How many may answer at the same time in together mode: the shares of cores.
    """
    if any(phase is Phase.LOADING for phase in phases.values()):
        return []
    if fit_together and any(phase is Phase.WAITING for phase in phases.values()):
        return []
    answering = sum(phase is Phase.ANSWERING for phase in phases.values())
    free_seats = (seat_count if mode is Mode.TOGETHER and fit_together else 1) - answering
    ready = [letter for letter, phase in phases.items() if phase is Phase.READY]
    return ready[: max(0, free_seats)]

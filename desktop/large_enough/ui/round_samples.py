"""Keeps the readings of memory and power of the last rounds: records hold their sums only."""

import collections
import dataclasses
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Slot

from large_enough.comparison.events import MemorySampled, PowerSampled, RoundEvent, RoundStarted
from large_enough.domain.clock import Clock
from large_enough.domain.power_now import PowerNow
from large_enough.domain.resource_use import MemorySample

KEPT_ROUNDS = 30
"""As many rounds are remembered while the window is open."""
MOST_READINGS = 20_000
"""Of a round; later ones are not kept."""


class PowerReading(NamedTuple):
    """What the machine drew at a moment."""

    t_s: float
    """Since the round began."""
    letters: tuple[str, ...]
    power: PowerNow


@dataclasses.dataclass(slots=True)
class Readings:
    """What was read during a round."""

    start_ns: int
    """When it began, on the monotonic clock."""
    memory: dict[str, list[MemorySample]] = dataclasses.field(default_factory=dict)
    """By letter."""
    power: list[PowerReading] = dataclasses.field(default_factory=list)


ReadingsOf = Callable[[str], Readings | None]
"""Returns what was read during the round with that id; None if it is not known any more."""


class RoundSamples(QObject):
    """Follows every round, whoever shows it."""

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._rounds: collections.OrderedDict[str, Readings] = collections.OrderedDict()
        self._now: Readings | None = None

    def of_round(self, round_id: str) -> Readings | None:
        """Return the readings of a round; None if it was not in this window, or long ago."""
        return self._rounds.get(round_id)

    @Slot(object)
    def take(self, event: RoundEvent) -> None:
        """Keep what is worth keeping of an event."""
        match event:
            case RoundStarted(plan=plan):
                self._begin(plan.round_id)
            case MemorySampled(letter=letter, sample=sample) if self._now is not None:
                kept = self._now.memory.setdefault(letter, [])
                if len(kept) < MOST_READINGS:
                    kept.append(sample)
            case PowerSampled(letters=letters, power=power) if self._now is not None:
                if len(self._now.power) < MOST_READINGS:
                    self._now.power.append(PowerReading(self._since_start_s(), letters, power))
            case _:
                pass

    def _begin(self, round_id: str) -> None:
        self._now = self._rounds[round_id] = Readings(self._clock.monotonic_ns())
        while len(self._rounds) > KEPT_ROUNDS:
            self._rounds.popitem(last=False)

    def _since_start_s(self) -> float:
        start_ns = self._now.start_ns if self._now is not None else 0
        return (self._clock.monotonic_ns() - start_ns) / 1e9

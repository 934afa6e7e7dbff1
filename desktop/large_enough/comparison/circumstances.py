"""Notes what else the machine does before an answer and after it."""

from dataclasses import dataclass
from typing import Self

import msgspec

from large_enough.comparison.instruments import Surroundings
from large_enough.domain.energy import PowerConditions
from large_enough.domain.quantity import Count, Unavailable
from large_enough.domain.round import AnswerContext
from large_enough.measure.swapping import swapped_between
from large_enough.measure.throttling import ThrottleReading, was_throttled


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """One look at the machine."""

    conditions: PowerConditions
    throttling: ThrottleReading | Unavailable
    swapped_out_bytes: Count

    @classmethod
    def now(cls, surroundings: Surroundings) -> Self:
        """Look at the machine."""
        return cls(
            conditions=surroundings.conditions(),
            throttling=surroundings.throttling(),
            swapped_out_bytes=surroundings.swapped_out_bytes(),
        )

    def until(self, after: "Circumstances", context: AnswerContext) -> AnswerContext:
        """Return the context of an answer with what happened between two looks."""
        return msgspec.structs.replace(
            context,
            conditions=self.conditions,
            was_throttled=was_throttled(self.throttling, after.throttling),
            swapped_out_bytes=swapped_between(self.swapped_out_bytes, after.swapped_out_bytes),
        )

"""Tells how far a copy is and how long it will take."""

from collections.abc import Callable

from large_enough.domain.clock import Clock
from large_enough.domain.quantising import QuantisingProgress, QuantisingStage
from large_enough.domain.quantity import Quantity, Unavailable

_SHORTEST_SPAN_S = 2.0
_SMALLEST_FRACTION = 0.02
_TOO_SOON = Unavailable(reason="only just begun")


class ProgressTeller:
    """Turns fractions of a stage into `QuantisingProgress`."""

    def __init__(
        self, type_name: str, on_progress: Callable[[QuantisingProgress], None], clock: Clock
    ) -> None:
        """Prepare.

        Args:
            type_name: What is being made.
            on_progress: Takes the readings.
            clock: For the time that is left.
        """
        self._type_name = type_name
        self._on_progress = on_progress
        self._clock = clock
        self._stage = QuantisingStage.CHECKING
        self._start_s = clock.monotonic_s()

    def enter(self, stage: QuantisingStage) -> None:
        """Begin a stage; harmless if it has begun already."""
        if stage is not self._stage:
            self._stage, self._start_s = stage, self._clock.monotonic_s()
        self.tell(0.0)

    def tell(self, fraction: float) -> None:
        """Tell how much of the stage is done, 0 to 1."""
        self._on_progress(
            QuantisingProgress(
                type_name=self._type_name,
                stage=self._stage,
                fraction=fraction,
                left_s=self._left_s(fraction),
            )
        )

    def _left_s(self, fraction: float) -> Quantity:
        span_s = self._clock.monotonic_s() - self._start_s
        if span_s < _SHORTEST_SPAN_S or fraction < _SMALLEST_FRACTION:
            return _TOO_SOON
        return span_s * (1 - fraction) / fraction

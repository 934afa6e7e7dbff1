"""Makes readings out of raw values."""

from large_enough.domain.clock import Clock
from large_enough.domain.power import PowerReading, ReadOutcome
from large_enough.domain.quantity import Unavailable

LOWEST_CHIP_W = 0.3
"""Less than this no running chip or card draws; what says so is broken (MangoHud#1874: 12 mW)."""
LOWEST_MACHINE_W = 0.5
"""Less than this no running laptop draws (powertop#81: 0.368 W)."""
HIGHEST_MACHINE_W = 300.0
"""More than this no laptop and no chip in one draws."""
HIGHEST_CARD_W = 1000.0
"""More than this no graphics card draws; kernels have shown error codes as 4294 W."""

CLOSED = Unavailable(reason="the instrument has been closed")


class Stopwatch:
    """Tells the middle of the time that a reading takes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._start_ns = clock.monotonic_ns()

    def middle_ns(self) -> int:
        """Return the moment half-way between the start and now."""
        return (self._start_ns + self._clock.monotonic_ns()) // 2


def power_reading(t_ns: int, power_w: float, lowest_w: float, highest_w: float) -> ReadOutcome:
    """Return the reading, or what is wrong with a number that cannot be true."""
    if lowest_w <= power_w <= highest_w:
        return PowerReading(t_ns, power_w)
    return Unavailable(reason=f"it says what cannot be true: {power_w:.3f} W")

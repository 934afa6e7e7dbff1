"""Reads one number of one graphics device through Linux hwmon.

Reading wakes a sleeping device on most kernels, so its `runtime_status` is looked at before each
reading; a sleeping one is "not available".
"""

from collections.abc import Callable
from pathlib import Path

from large_enough.domain.clock import Clock
from large_enough.domain.power import PowerReading, ReadOutcome, Scope, SourceIdentity, SourceKind
from large_enough.domain.quantity import Unavailable
from large_enough.measure.power.pci import is_awake
from large_enough.measure.power.reading import (
    CLOSED,
    HIGHEST_CARD_W,
    HIGHEST_MACHINE_W,
    LOWEST_CHIP_W,
    Stopwatch,
    power_reading,
)
from large_enough.measure.power.sysfs import ReadText, read_number

ASLEEP = Unavailable(reason="the graphics device sleeps, and reading would wake it")
NOT_IN_USE = Unavailable(reason="no model runs on the graphics card")

_MICRO = 1e-6  # hwmon counts in microwatts and microjoules


class HwmonSource:
    """One number of one graphics device."""

    def __init__(
        self,
        identity: SourceIdentity,
        file: Path,
        clock: Clock,
        read_text: ReadText,
        is_in_use: Callable[[], bool],
    ) -> None:
        self._identity = identity
        self._file = file
        self._clock = clock
        self._read_text = read_text
        self._is_in_use = is_in_use
        self._is_closed = False

    @property
    def identity(self) -> SourceIdentity:
        """What the instrument is."""
        return self._identity

    def read(self) -> ReadOutcome:
        """Return watts or joules; nothing while the device sleeps."""
        if self._is_closed:
            return CLOSED
        if not self._is_in_use():
            return NOT_IN_USE
        if not is_awake(self._file.parent / "device", self._read_text):
            return ASLEEP
        stopwatch = Stopwatch(self._clock)
        raw = read_number(self._file, self._read_text)
        if isinstance(raw, Unavailable):
            return raw
        return self._checked(stopwatch.middle_ns(), raw * _MICRO)

    def close(self) -> None:
        """End reading, so that the device can sleep."""
        self._is_closed = True

    def _checked(self, t_ns: int, value: float) -> ReadOutcome:
        if self._identity.kind is SourceKind.POWER:
            is_card = self._identity.scope is Scope.GPU_BOARD
            highest_w = HIGHEST_CARD_W if is_card else HIGHEST_MACHINE_W
            return power_reading(t_ns, value, LOWEST_CHIP_W, highest_w)
        if value < 0:
            return Unavailable(reason="the counter is negative")
        return PowerReading(t_ns, value)


def always() -> bool:
    """Say yes: a device that is not asked about counts as in use."""
    return True

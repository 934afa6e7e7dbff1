"""Estimates energy from processor time where there is no sensor, if the user asks for it.

    P = P_floor + busy cores * (PL1 - P_floor) / physical cores, at most PL1

with PL1 the long-term power limit that Linux tells for this machine's processor
(`constraint_0_power_limit_uw`, Documentation/power/powercap/powercap.rst). It may be wrong by a
factor of two either way: a processor sold as 15 W may be set to 15 or 28 W. There is no table of
processors, and memory chips and screen are left out. Where the machine was calibrated with its own
battery gauge (`calibration`), that is used in its place.
"""

import math
from collections.abc import Callable
from pathlib import Path

import msgspec

from large_enough.domain.calibration import Calibration
from large_enough.domain.clock import Clock
from large_enough.domain.power import (
    Absent,
    PowerReading,
    ReadOutcome,
    Scope,
    SourceIdentity,
    SourceKind,
)
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.domain.text import to_translate
from large_enough.measure.power.reading import CLOSED, HIGHEST_MACHINE_W, Stopwatch
from large_enough.measure.power.source import Found
from large_enough.measure.power.sysfs import ReadText, read_file, read_number

INSTRUMENT = to_translate("Estimate from processor time")
CALIBRATED_INSTRUMENT = to_translate(
    "Estimate from processor time, calibrated with this laptop's battery"
)

LIMIT_UNCERTAINTY = 0.5
"""Of an estimate from the power limit: it may be half or double."""
CALIBRATED_UNCERTAINTY = 0.25
"""Of a calibrated estimate, at least; judgement. Cores that wait for memory, as they do while a
model generates, draw less than those that were calibrated, and gauges are off by 5 %."""
FLOOR_SHARE = 0.1
"""Of the power limit, what a processor draws with no core busy; judgement."""

NOT_ASKED_FOR = to_translate("estimates are switched off")
HOW_TO_ASK = to_translate("switch on estimates in the settings, or compare with --estimate-energy")
NO_LIMIT = to_translate("the system does not tell the processor's power limit")
HOW_TO_CALIBRATE = to_translate("on a laptop, unplug the charger for three minutes and calibrate")

_LIMIT = Path("sys/class/powercap/intel-rapl:0/constraint_0_power_limit_uw")
_LEAST_LIMIT_W = 2.0
_TICK_S = 0.0156
"""The coarsest step in which systems count processor time (Windows)."""
_UW_PER_W = 1e6


class PowerModel(msgspec.Struct, frozen=True, kw_only=True):
    """Power as a function of busy cores."""

    floor_w: float
    watts_per_core: tuple[float, ...]
    """For each kind of core."""
    most_w: float

    def energy_j(self, duration_s: float, busy_s: tuple[float, ...]) -> float:
        """Return joules of a stretch of time in which cores were busy for so many seconds."""
        active_j = math.fsum(
            watts * busy for watts, busy in zip(self.watts_per_core, busy_s, strict=True)
        )
        return min(self.floor_w * duration_s + active_j, self.most_w * duration_s)


class EstimateSource:
    """A counter that adds up what the model says of the processor time since it was made."""

    def __init__(
        self,
        identity: SourceIdentity,
        model: PowerModel,
        read_busy_s: Callable[[], tuple[float, ...]],
        clock: Clock,
    ) -> None:
        self._identity = identity
        self._model = model
        self._read_busy_s = read_busy_s
        self._clock = clock
        self._energy_j = 0.0
        self._last: tuple[int, tuple[float, ...]] | None = None
        self._is_closed = False

    @property
    def identity(self) -> SourceIdentity:
        """What the instrument is."""
        return self._identity

    def read(self) -> ReadOutcome:
        """Return the joules so far."""
        if self._is_closed:
            return CLOSED
        stopwatch = Stopwatch(self._clock)
        try:
            busy_s = self._read_busy_s()
        except OSError:
            return Unavailable(reason="the system does not tell its processor time")
        t_ns = stopwatch.middle_ns()
        if self._last is not None:
            self._energy_j += self._step_j(t_ns, busy_s, *self._last)
        self._last = (t_ns, busy_s)
        return PowerReading(t_ns, self._energy_j)

    def close(self) -> None:
        """Read no more."""
        self._is_closed = True

    def _step_j(
        self, t_ns: int, busy_s: tuple[float, ...], last_ns: int, last_busy_s: tuple[float, ...]
    ) -> float:
        """Return the joules since the last reading; time that went back counts as none."""
        steps_s = (max(0.0, now - last) for now, last in zip(busy_s, last_busy_s, strict=True))
        return self._model.energy_j((t_ns - last_ns) / 1e9, tuple(steps_s))


def find_estimate(
    root: Path,
    clock: Clock,
    read_busy_s: Callable[[], tuple[float, ...]],
    physical_core_count: int,
    *,
    is_wanted: bool,
    calibration: Calibration | None = None,
    read_text: ReadText = read_file,
) -> Found:
    """Make an estimate, if the user asked for it and the machine tells enough.

    Args:
        root: Folder that holds `sys`.
        clock: For the times of readings.
        read_busy_s: Processor time of the whole machine in use since it was started: one number,
            or one for each kind of core of the calibration.
        physical_core_count: Of the machine.
        is_wanted: Whether the user switched estimates on.
        calibration: Of this machine with its battery, if there is one; not used if it tells other
            kinds of cores apart than `read_busy_s`.
        read_text: Reads a file.
    """
    is_calibrated = calibration is not None
    if not is_wanted and (is_calibrated or _limit_w(root, read_text) is not None):
        return _absent(NOT_ASKED_FOR, HOW_TO_ASK)
    if calibration is not None and len(calibration.watts_per_core) == len(read_busy_s()):
        model, identity = _calibrated(calibration, physical_core_count)
        return (EstimateSource(identity, model, read_busy_s, clock),)
    limit_w = _limit_w(root, read_text)
    if limit_w is None:
        return _absent(NO_LIMIT, HOW_TO_CALIBRATE)
    model, identity = _limited(limit_w, physical_core_count)
    return (EstimateSource(identity, model, read_busy_s, clock),)


def _calibrated(
    calibration: Calibration, physical_core_count: int
) -> tuple[PowerModel, SourceIdentity]:
    most_w = calibration.idle_w + physical_core_count * max(calibration.watts_per_core)
    model = PowerModel(
        floor_w=calibration.idle_w, watts_per_core=calibration.watts_per_core, most_w=most_w
    )
    uncertainty = math.hypot(CALIBRATED_UNCERTAINTY, calibration.relative_residual)
    identity = _identity(CALIBRATED_INSTRUMENT, Scope.WHOLE_MACHINE, uncertainty, model)
    return model, identity


def _limited(limit_w: float, physical_core_count: int) -> tuple[PowerModel, SourceIdentity]:
    floor_w = FLOOR_SHARE * limit_w
    model = PowerModel(
        floor_w=floor_w,
        watts_per_core=((limit_w - floor_w) / physical_core_count,),
        most_w=limit_w,
    )
    return model, _identity(INSTRUMENT, Scope.CPU_PACKAGE, LIMIT_UNCERTAINTY, model)


def _identity(
    instrument: str, scope: Scope, uncertainty: float, model: PowerModel
) -> SourceIdentity:
    return SourceIdentity(
        key="estimate",
        instrument=instrument,
        scope=scope,
        kind=SourceKind.COUNTER,
        gain_uncertainty=uncertainty,
        resolution=max(model.watts_per_core) * _TICK_S,
        nominal_period_s=_TICK_S,
        quality=NumberQuality.ESTIMATED,
        is_vendor_model=False,
        needs=to_translate("nothing; it is a guess from processor time"),
    )


def _limit_w(root: Path, read_text: ReadText) -> float | None:
    """Return the long-term limit; None where there is none or it stands for "unlimited"."""
    limit_uw = read_number(root / _LIMIT, read_text)
    if isinstance(limit_uw, Unavailable):
        return None
    limit_w = limit_uw / _UW_PER_W
    return limit_w if _LEAST_LIMIT_W <= limit_w <= HIGHEST_MACHINE_W else None


def _absent(reason: str, unlock: str) -> Absent:
    return Absent(instrument=INSTRUMENT, scope=Scope.CPU_PACKAGE, reason=reason, unlock=unlock)

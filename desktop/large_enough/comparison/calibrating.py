"""Calibrates the estimate of energy: this laptop's battery is read under a few known loads.

The load is hashing, on threads: Python lets other threads run while it hashes. It is integer work
on data that stays in the cache, so that cores draw what busy cores draw; while a model generates
they wait for memory more often, which the estimate's uncertainty allows for.
"""

import hashlib
import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

import msgspec
import psutil

from large_enough.domain.calibration import Calibration
from large_enough.domain.clock import Clock
from large_enough.domain.energy import PowerConditions
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.power import Absent, Scope
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import to_translate
from large_enough.measure.energy import gross_energy
from large_enough.measure.footing import FEWEST_UPDATES
from large_enough.measure.load import processor_times
from large_enough.measure.power.calibration import LoadPoint, fit_calibration
from large_enough.measure.power.source import Found, PowerSource
from large_enough.measure.probe_all import ProbeEnvironment, probe_instruments
from large_enough.measure.recorder import Recorder
from large_enough.measure.windows import NS_PER_S, Series, Window

OBSERVE_S = 20.0
"""Longest time in which the gauge shows how often it is renewed."""
SHORTEST_LOAD_S = 30.0
SETTLE_S = 5.0
"""Left out at the start of each load."""
LONGEST_PERIOD_S = 15.0
"""Slower gauges would need more than ten minutes."""

_BLOCK = bytes(1 << 16)
_TICK_S = 0.5


class CalibrationProgress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a calibration is."""

    busy_cores: int
    """Cores that are kept busy now; 0 while the machine is idle."""
    left_s: float
    """Time until it ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laptop:
    """What a calibration needs of a machine."""

    clock: Clock
    probe: Callable[[], tuple[Found, ...]]
    conditions: Callable[[], PowerConditions]
    busy_s: Callable[[], float]
    """Processor time in use since the machine was started."""
    core_count: int
    wait: Callable[[float], None]
    """Lets time pass."""
    make_recorder: Callable[[PowerSource, Clock], Recorder]


def this_laptop(clock: Clock, conditions: Callable[[], PowerConditions]) -> Laptop:
    """Return the machine this program runs on."""
    environment = ProbeEnvironment(clock=clock, is_gpu_in_use=lambda: False)
    return Laptop(
        clock=clock,
        probe=lambda: probe_instruments(environment),
        conditions=conditions,
        busy_s=lambda: processor_times().busy_s,
        core_count=psutil.cpu_count(logical=False) or 1,
        wait=_let_pass,
        make_recorder=lambda source, clock_: Recorder([source], clock_),
    )


def _let_pass(duration_s: float) -> None:
    threading.Event().wait(duration_s)


def load_steps(core_count: int) -> tuple[int, ...]:
    """Return how many cores are kept busy, step by step: idle, 1, 2, half of them, all."""
    return tuple(sorted({0, 1, min(2, core_count), max(1, core_count // 2), core_count}))


def calibrate(
    laptop: Laptop,
    on_progress: Callable[[CalibrationProgress], None],
    is_cancelled: Callable[[], bool],
) -> Calibration | None:
    """Read the battery under each load, and fit.

    Returns:
        The calibration; None if it was cancelled.

    Raises:
        RequestError: There is no such battery, or what it told makes no sense.
    """
    source = _battery(laptop)
    recorder = laptop.make_recorder(source, laptop.clock)
    try:
        recorder.start()
        return _Calibrating(laptop, recorder, source.identity.key, on_progress, is_cancelled).run()
    except _CancelledError:
        return None
    finally:
        recorder.close()


def _battery(laptop: Laptop) -> PowerSource:
    """Return the source that covers the whole machine; others are closed."""
    on_battery = laptop.conditions().on_battery
    if isinstance(on_battery, Unavailable):
        _refuse(on_battery.reason)
    if not on_battery:
        _refuse(to_translate("the charger is plugged in"))
    sources = [
        source for found in laptop.probe() if not isinstance(found, Absent) for source in found
    ]
    whole = [source for source in sources if source.identity.scope is Scope.WHOLE_MACHINE]
    for source in sources:
        if source not in whole[:1]:
            source.close()
    if not whole:
        _refuse(to_translate("the battery does not tell its power"))
    return whole[0]


def _refuse(problem: str) -> NoReturn:
    raise RequestError(FailureKind.CANNOT_CALIBRATE, problem=problem)


class _CancelledError(Exception):
    """The user wants no more of it."""


class _Calibrating:
    """One calibration. Used once."""

    def __init__(
        self,
        laptop: Laptop,
        recorder: Recorder,
        key: str,
        on_progress: Callable[[CalibrationProgress], None],
        is_cancelled: Callable[[], bool],
    ) -> None:
        self._laptop = laptop
        self._recorder = recorder
        self._key = key
        self._on_progress = on_progress
        self._is_cancelled = is_cancelled
        self._steps = load_steps(laptop.core_count)
        self._load_s = SHORTEST_LOAD_S
        self._left_s = OBSERVE_S + len(self._steps) * (SETTLE_S + SHORTEST_LOAD_S)

    def run(self) -> Calibration:
        """Go through all steps."""
        conditions = self._laptop.conditions()
        self._observe()
        points = [self._point(count) for count in self._steps]
        if self._laptop.conditions() != conditions:
            _refuse(to_translate("the power source or the power plan changed meanwhile"))
        fitted = fit_calibration(
            points, conditions, self._laptop.clock.utc_now().isoformat(timespec="seconds")
        )
        if isinstance(fitted, Unavailable):
            _refuse(fitted.reason)
        return fitted

    def _observe(self) -> None:
        """See how often the gauge is renewed, and make the loads long enough for it."""
        self._wait(OBSERVE_S, busy_cores=0)
        period_s = self._series().update_period_s
        if isinstance(period_s, Unavailable) or period_s > LONGEST_PERIOD_S:
            _refuse(to_translate("the battery is read too seldom for a calibration"))
        self._load_s = max(SHORTEST_LOAD_S, (FEWEST_UPDATES + 2) * period_s)
        self._left_s = len(self._steps) * (SETTLE_S + self._load_s)

    def _point(self, count: int) -> LoadPoint:
        with _busy(count):
            self._wait(SETTLE_S, busy_cores=count)
            start_ns, busy_s = self._laptop.clock.monotonic_ns(), self._laptop.busy_s()
            self._wait(self._load_s, busy_cores=count)
            window = Window(start_ns, self._laptop.clock.monotonic_ns())
            busy_s = self._laptop.busy_s() - busy_s
        past_s = self._load_s / FEWEST_UPDATES * 2
        self._recorder.wait_past(window, past_s)
        energy = gross_energy(self._series(), window, self._laptop.conditions())
        if isinstance(energy, Unavailable):
            _refuse(energy.reason)
        return LoadPoint(busy_cores=(busy_s / window.duration_s,), power_w=energy.mean_power_w)

    def _series(self) -> Series:
        series = self._recorder.series(self._key)
        if isinstance(series, Unavailable):
            _refuse(series.reason)
        return series

    def _wait(self, duration_s: float, *, busy_cores: int) -> None:
        until_ns = self._laptop.clock.monotonic_ns() + round(duration_s * NS_PER_S)
        while (left_ns := until_ns - self._laptop.clock.monotonic_ns()) > 0:
            if self._is_cancelled():
                raise _CancelledError
            self._on_progress(
                CalibrationProgress(busy_cores=busy_cores, left_s=math.ceil(self._left_s))
            )
            step_s = min(_TICK_S, left_ns / NS_PER_S)
            self._laptop.wait(step_s)
            self._left_s = max(0.0, self._left_s - step_s)


@contextmanager
def _busy(count: int) -> Iterator[None]:
    """Keep so many cores busy meanwhile."""
    is_over = threading.Event()

    def hash_on() -> None:
        while not is_over.is_set():
            hashlib.sha512(_BLOCK)

    threads = [threading.Thread(target=hash_on, name="load", daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        is_over.set()
        for thread in threads:
            thread.join()

"""Cuts the time in which several models answer into slices, with who was busy in each.

A slice ends when an answer begins or ends, and after half a second at the latest. Activity is
processor time; on Apple Silicon, where the kernel accounts energy to processes, it is that energy.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass

import psutil

from large_enough.domain.clock import Clock
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.measure.attribution import ActivitySlice, SharingRule
from large_enough.measure.load import processor_times
from large_enough.measure.memory_macos import ProcessLibrary
from large_enough.measure.power.rusage import process_energy_j
from large_enough.measure.windows import NS_PER_S, Window

SLICE_S = 0.5
"""Longest slice; processor time is counted in steps of 10 to 16 ms, which is 3 % of it."""

_GONE = Unavailable(reason="the process is gone")


class ActivityReader:
    """Processor time of processes and of the whole machine."""

    rule = SharingRule.CPU_TIME

    def of_process(self, process_id: int) -> Quantity:
        """Return the processor seconds of a process with all its threads, or why not."""
        try:
            times = psutil.Process(process_id).cpu_times()
        except (psutil.Error, OSError):
            return _GONE
        return float(times.user + times.system)

    def of_machine(self) -> float:
        """Return the processor seconds in use of the whole machine."""
        return processor_times().busy_s


class KernelEnergyReader(ActivityReader):
    """Energy that the kernel accounts to processes.

    It does not tell the energy of all programs together, so that what other programs use counts to
    the contenders; the uncertainty of the rule covers that on a quiet machine.
    """

    rule = SharingRule.KERNEL_ENERGY

    def __init__(self, read_energy_j: Callable[[int], Quantity]) -> None:
        self._read_energy_j = read_energy_j

    def of_process(self, process_id: int) -> Quantity:
        """Return the joules of a process since it was started, or why they are not known."""
        return self._read_energy_j(process_id)

    def of_machine(self) -> float:
        """Return nothing: the sum of the contenders stands for it."""
        return 0.0


def activity_reader(library: ProcessLibrary | Unavailable) -> ActivityReader:
    """Return the best reader of this system: kernel energy where it is accounted.

    Args:
        library: macOS' libproc, or why there is none.
    """
    if isinstance(library, Unavailable):
        return ActivityReader()
    if isinstance(process_energy_j(library, os.getpid()), Unavailable):
        return ActivityReader()
    return KernelEnergyReader(lambda process_id: process_energy_j(library, process_id))


@dataclass(slots=True)
class _Busy:
    """One contender that is answering."""

    process_id: int
    last: Quantity


class ActivityLog:
    """Slices since it was made. Only the round's thread touches it."""

    def __init__(self, clock: Clock, reader: ActivityReader) -> None:
        self._clock = clock
        self._reader = reader
        self._busy: dict[str, _Busy] = {}
        self._slices: list[ActivitySlice] = []
        self._cut_ns = clock.monotonic_ns()
        self._machine = reader.of_machine()

    @property
    def slices(self) -> tuple[ActivitySlice, ...]:
        """What has been cut so far; adjoining."""
        return tuple(self._slices)

    @property
    def rule(self) -> SharingRule:
        """What the activity is."""
        return self._reader.rule

    def begin(self, letter: str, process_id: int) -> None:
        """Take note that a contender begins to answer."""
        self._cut(is_anybody_busy=bool(self._busy))
        self._busy[letter] = _Busy(process_id, self._reader.of_process(process_id))

    def end(self, letter: str) -> None:
        """Take note that a contender has ended; harmless if it had not begun."""
        if letter in self._busy:
            self._cut(is_anybody_busy=True)
            del self._busy[letter]

    def tick(self) -> None:
        """End the slice if it is long enough; to be called often."""
        elapsed_s = (self._clock.monotonic_ns() - self._cut_ns) / NS_PER_S
        if self._busy and elapsed_s >= SLICE_S:
            self._cut(is_anybody_busy=True)

    def _cut(self, *, is_anybody_busy: bool) -> None:
        now_ns, machine = self._clock.monotonic_ns(), self._reader.of_machine()
        if (is_anybody_busy or self._slices) and now_ns > self._cut_ns:
            self._slices.append(
                ActivitySlice(
                    window=Window(self._cut_ns, now_ns),
                    activity={letter: self._step(busy) for letter, busy in self._busy.items()},
                    total_activity=max(0.0, machine - self._machine),
                )
            )
        self._cut_ns, self._machine = now_ns, machine

    def _step(self, busy: _Busy) -> float:
        """Return the activity since the last cut; a process that is gone adds nothing."""
        now = self._reader.of_process(busy.process_id)
        if isinstance(now, Unavailable) or isinstance(busy.last, Unavailable):
            return 0.0
        step, busy.last = max(0.0, now - busy.last), now
        return step

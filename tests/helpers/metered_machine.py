"""A machine whose true power is known, with an energy meter that reads its instruments."""

import functools
from collections.abc import Callable, Hashable, Sequence

import msgspec
from tests.helpers.fake_clock import FakeClock
from tests.helpers.manual_waiter import ManualWaiter
from tests.helpers.power_sources import CONDITIONS, FakeSource, make_identity
from tests.helpers.records import make_timing

from large_enough.domain.energy import Energy
from large_enough.domain.energy_use import EnergyUse, PartUse
from large_enough.domain.power import Absent, SourceIdentity
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.measure.activity import ActivityReader
from large_enough.measure.meter import EnergyMeter
from large_enough.measure.power.source import Found
from large_enough.measure.recorder import Recorder

Load = tuple[float, float, float]
"""Start, end, watts."""


def only_part(use: EnergyUse) -> PartUse:
    """Return the one part of the machine that has an instrument."""
    (part,) = use.parts
    return part


def known(energy: Energy | Unavailable) -> Energy:
    """Return the energy; fail with the reason if there is none."""
    assert isinstance(energy, Energy), energy
    return energy


def _found(absent: Absent) -> Found:
    return absent


class ScriptedActivity(ActivityReader):
    """Processor time that grows as a test says."""

    def __init__(self) -> None:
        self.processes: dict[int, float] = {}
        self.others_s = 0.0

    def of_process(self, process_id: int) -> Quantity:
        """Return the processor time of a process, if there is such a process."""
        return self.processes.get(process_id, Unavailable(reason="gone"))

    def of_machine(self) -> float:
        """Return the processor time of all processes and other programs."""
        return sum(self.processes.values()) + self.others_s


class MeteredMachine:
    """Draws `idle_w`, and more while it answers. Close it when done."""

    def __init__(self, idle_w: float = 5.0) -> None:
        self.clock = FakeClock(1000.0)
        self.waiter = ManualWaiter(self.clock)
        self.idle_w = idle_w
        self.loads: list[Load] = []
        self.conditions = CONDITIONS
        self.activity = ScriptedActivity()
        self.found: list[Callable[[], Found]] = []
        """What the probe finds, each time anew."""
        self.sources: list[FakeSource] = []
        """All that were made."""
        self.busy_cores = 0.0
        """Kept busy by other programs all the time."""
        self.is_recording = False
        self.meter = EnergyMeter(
            lambda: tuple(find() for find in self.found),
            self.clock,
            lambda: self.conditions,
            lambda: self.activity,
            lambda clock: Recorder((), clock, self.waiter),
            lambda: self.busy_cores * self.clock.now_s,
        )

    def total_j(self, t_s: float) -> float:
        """Return the joules since 0."""
        loads_j = (
            watts * max(0.0, min(t_s, end_s) - start_s) for start_s, end_s, watts in self.loads
        )
        return self.idle_w * t_s + sum(loads_j)

    def power_w(self, t_s: float) -> float:
        """Return the watts of a moment."""
        return self.idle_w + sum(watts for start, end, watts in self.loads if start <= t_s < end)

    def add_counter(
        self, key: str = "rapl:package-0", *, share: float = 1.0, period_s: float = 0.1
    ) -> None:
        """Give the machine a counter that tells a share of the true energy."""
        self.add(
            make_identity(key, period_s=period_s), lambda t_s: share * self.total_j(t_s), period_s
        )

    def add(
        self, identity: SourceIdentity, value_at: Callable[[float], float], period_s: float = 0.1
    ) -> None:
        """Give the machine an instrument."""

        def find() -> Found:
            source = FakeSource(self.clock, value_at, identity, period_s=period_s)
            self.sources.append(source)
            return (source,)

        self.found.append(find)

    def add_absent(self, *absent: Absent) -> None:
        """Let the probe miss instruments."""
        self.found.extend(functools.partial(_found, each) for each in absent)

    def wake(self, state: Hashable = "models") -> None:
        """Look for instruments; nobody computes."""
        self.meter.wake()
        self.is_recording = bool(self.sources)
        self.meter.be_quiet(state)

    def rest(self, duration_s: float) -> None:
        """Let time pass."""
        end_s = self.clock.now_s + duration_s
        if self.is_recording:
            self.waiter.run_until(end_s)
        self.clock.now_s = end_s

    def answer(
        self,
        letter: str,
        duration_s: float,
        watts: float,
        *,
        is_on_processor: bool = True,
        first_token_s: float | None = None,
    ) -> float:
        """Let a contender answer alone.

        Returns:
            The joules that the machine has really used meanwhile.
        """
        start_s = self.clock.now_s
        self.loads.append((start_s, start_s + duration_s, watts))
        self.meter.be_busy()
        self.meter.begin(letter, 1, is_shared=False)
        self.rest(duration_s)
        timing = make_timing(total_s=duration_s)
        if first_token_s is not None:
            timing = msgspec.structs.replace(timing, first_token_s=first_token_s)
        self.meter.end(letter, timing, is_on_processor=is_on_processor)
        self.meter.be_quiet("models")
        return self.total_j(start_s + duration_s) - self.total_j(start_s)

    def answer_together(
        self, answers: Sequence[tuple[str, int, float]], duration_s: float, watts: float
    ) -> float:
        """Let contenders answer at the same time.

        Args:
            answers: Letter, process id and processor seconds in every second.
            duration_s: For all of them.
            watts: Of all of them together.

        Returns:
            The joules that the machine has really used meanwhile.
        """
        start_s = self.clock.now_s
        self.loads.append((start_s, start_s + duration_s, watts))
        self.meter.be_busy()
        for letter, process_id, _share in answers:
            self.activity.processes.setdefault(process_id, 0.0)
            self.meter.begin(letter, process_id, is_shared=True)
        step_s = 0.25
        for _ in range(round(duration_s / step_s)):
            self.rest(step_s)
            for _letter, process_id, share in answers:
                self.activity.processes[process_id] += share * step_s
            self.meter.tick()
        for letter, _process_id, _share in answers:
            timing = make_timing(total_s=duration_s)
            self.meter.end(letter, timing, is_on_processor=True)
        self.meter.be_quiet("models")
        return self.total_j(start_s + duration_s) - self.total_j(start_s)

    def collected(self) -> dict[str, EnergyUse]:
        """Let time pass until energies are known; return them."""
        for _ in range(100):
            found = self.meter.collect()
            if found:
                return found
            self.rest(0.1)
        raise AssertionError("no energy came")

    def close(self) -> None:
        """End the recorder."""
        self.meter.close()

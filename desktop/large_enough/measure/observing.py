"""Looks at every power instrument of a machine for a few seconds.

That is what the recorder does when a program starts; here its findings are the purpose.
"""

import threading
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from large_enough.domain.clock import Clock
from large_enough.domain.doctor import InstrumentReport, InstrumentVerdict
from large_enough.domain.power import Absent
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.domain.text import to_translate
from large_enough.measure.channel import SourceState
from large_enough.measure.machine import NO_BATTERY, on_battery
from large_enough.measure.power.estimate import INSTRUMENT as ESTIMATE
from large_enough.measure.power.pci import nvidia_cards
from large_enough.measure.power.rapl_absence import UNLOCK, UNLOCK_COST
from large_enough.measure.power.source import Found, PowerSource
from large_enough.measure.probe_all import ProbeEnvironment, probe_instruments
from large_enough.measure.recorder import Recorder

PATIENCE_S = 4.0
"""An instrument that works is known after three seconds."""
UNPLUG = to_translate("unplug the charger")
CHARGER_IS_IN = frozenset(
    {
        "the charger is connected",
        "the battery is being charged",
        "the laptop does not run on its battery",
    }
)
"""What batteries say while something else feeds the machine."""

MakeRecorder = Callable[[Sequence[PowerSource], Clock], Recorder]
"""Makes what reads the instruments."""


def pause(duration_s: float) -> None:
    """Let time pass."""
    threading.Event().wait(duration_s)


class Observation:
    """Instruments that are being read, from the construction until `close`."""

    def __init__(
        self,
        environment: ProbeEnvironment,
        *,
        make_recorder: MakeRecorder = Recorder,
        pause: Callable[[float], None] = pause,
    ) -> None:
        """Look for instruments, and begin to read those that were found.

        Args:
            environment: Of the probes.
            make_recorder: Makes what reads the instruments.
            pause: Lets time pass.
        """
        self._clock = environment.clock
        self._pause = pause
        self._begun_s = self._clock.monotonic_s()
        self._found = probe_instruments(environment)
        sources = [source for found in self._found for source in _sources(found)]
        self._is_empty = not sources
        self._recorder = make_recorder(sources, self._clock)
        if sources:
            self._recorder.start()

    def __enter__(self) -> Self:
        """Begin a block at whose end it is closed."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def reports(
        self, least_s: float = 0.0, patience_s: float = PATIENCE_S
    ) -> tuple[InstrumentReport, ...]:
        """Wait until the instruments are known; return one report for each, best first.

        Where there are none, nothing is waited for.

        Args:
            least_s: How long they are to be read at least.
            patience_s: How long is waited for those that are not known by then.
        """
        if not self._is_empty:
            self._recorder.wait_observed(patience_s)
            self._pause(max(0.0, self._begun_s + least_s - self._clock.monotonic_s()))
        states = {state.identity.key: state for state in self._recorder.states()}
        preferred = self._recorder.preferred_keys()
        return tuple(
            report for found in self._found for report in _reports(found, states, preferred)
        )

    def close(self) -> None:
        """Let go of the instruments. Safe to call twice."""
        self._recorder.close()


def may_ask_cards(
    environment: ProbeEnvironment,
    on_battery: Callable[[], bool | Unavailable] = on_battery,
) -> bool:
    """Return whether NVIDIA cards can be asked without waking one that sleeps.

    Where the bus tells which cards are awake (Linux), it is asked before each reading, so those
    that sleep stay asleep. Elsewhere (Windows, WSL) nobody can tell; but only laptops put their
    cards to sleep, and a laptop has a battery.

    Args:
        environment: Of the probes.
        on_battery: Whether the machine runs on its battery, or that it has none.
    """
    if nvidia_cards(environment.root, environment.read_text) is not None:
        return True
    return on_battery() == NO_BATTERY


def _sources(found: Found) -> tuple[PowerSource, ...]:
    return () if isinstance(found, Absent) else found


def _reports(
    found: Found, states: dict[str, SourceState], preferred: Sequence[str]
) -> Sequence[InstrumentReport]:
    if isinstance(found, Absent):
        return [_of_absent(found)]
    keys = dict.fromkeys(source.identity.key for source in found)
    return [_of_state(states[key], is_preferred=key in preferred) for key in keys]


def _of_absent(absent: Absent) -> InstrumentReport:
    nothing = Unavailable(reason=absent.reason)
    is_estimate = absent.instrument == ESTIMATE
    return InstrumentReport(
        key="",
        instrument=absent.instrument,
        scope=absent.scope,
        verdict=InstrumentVerdict.NOT_AVAILABLE,
        reason=absent.reason,
        unlock=absent.unlock,
        unlock_note=UNLOCK_COST if absent.unlock.startswith(UNLOCK) else "",
        quality=NumberQuality.ESTIMATED if is_estimate else NumberQuality.NOT_AVAILABLE,
        is_vendor_model=False,
        is_verified=False,
        update_period_s=nothing,
        power_w=nothing,
        is_preferred=False,
    )


def _of_state(state: SourceState, *, is_preferred: bool) -> InstrumentReport:
    identity = state.identity
    return InstrumentReport(
        key=identity.key,
        instrument=identity.instrument,
        scope=identity.scope,
        verdict=InstrumentVerdict(state.verdict.value),
        reason=state.reason,
        unlock=UNPLUG if state.reason in CHARGER_IS_IN else "",
        unlock_note="",
        quality=identity.quality,
        is_vendor_model=identity.is_vendor_model,
        is_verified=identity.is_verified,
        update_period_s=state.update_period_s,
        power_w=state.power_w,
        is_preferred=is_preferred,
    )

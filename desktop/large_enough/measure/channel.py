"""Keeps the readings of one instrument, with what was learned about it on the way.

An instrument is observed before it is used: it is read fast for three seconds, which shows how
often it is really renewed and whether its power is one that such an instrument can show. After
that it is read 5 to 10 times a second, and more seldom if a reading takes long.
"""

import enum
import itertools
import logging
import statistics
from collections import deque

import msgspec

from large_enough.domain.clock import Clock
from large_enough.domain.power import PowerReading, ReadOutcome, SourceIdentity, SourceKind
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.text import to_translate
from large_enough.measure.curve import energy_curve
from large_enough.measure.footing import is_long_enough, read_past_s
from large_enough.measure.plausible import least_w, why_not_plausible
from large_enough.measure.power.source import PowerSource
from large_enough.measure.windows import NS_PER_S, PERIOD_NOT_OBSERVED, Series, Window

OBSERVATION_S = 3.0
"""How long an instrument is read fast."""
FASTEST_PERIOD_S = 0.1
SLOWEST_PERIOD_S = 0.2
"""5 to 10 readings a second."""
CAPACITY = 12_000
"""Readings kept: 20 minutes at the fastest rate."""

DOES_NOT_ADVANCE = to_translate("its counter does not advance")
READING_FAILED = to_translate("reading it failed")
NOT_READ_YET = "it was not read yet"

_OBSERVING_PERIOD_S = 0.01
_RESTING_PERIOD_S = 1.0
_RESTS_AFTER_S = 2.0
_PATIENCE_PERIODS = 10
_COST_RATIO = 100
"""A reading may take this part of the time until the next: 1 % of a core at the most."""
_OBSERVING_COST_RATIO = 5
"""While it is observed, for three seconds, it may take more."""
_COSTS_KEPT = 8
_GAPS_KEPT = 64
_FEWEST_GAPS = 2
_RECENT_S = 1.0

_log = logging.getLogger(__name__)


class Verdict(enum.StrEnum):
    """What the recorder does with an instrument."""

    OBSERVING = "observing"
    """It is being read, but not known well enough to be used."""
    IN_USE = "in_use"
    """It is read, and energies are computed from it."""
    RESTING = "resting"
    """It says nothing for now; it is asked once a second whether that has changed."""
    OUT = "out"
    """It failed or is not sane, and is left alone."""


class SourceState(msgspec.Struct, frozen=True, kw_only=True):
    """One instrument as the recorder sees it."""

    identity: SourceIdentity
    verdict: Verdict
    reason: str
    """Why it is resting or out, or not in use yet; empty if it is in use."""
    update_period_s: Quantity
    """Time between two updates, as observed."""
    power_w: Quantity
    """Mean of the last second or, for slow instruments, of the last two updates."""


class Channel:
    """One instrument and its readings. Not locked: the recorder does that."""

    def __init__(self, source: PowerSource, clock: Clock, capacity: int = CAPACITY) -> None:
        self.source = source
        self.identity = source.identity
        self.verdict = Verdict.OBSERVING
        self.due_ns = clock.monotonic_ns()
        self._clock = clock
        self._reason = NOT_READ_YET
        self._readings: deque[PowerReading] = deque(maxlen=capacity)
        self._gaps_s: deque[float] = deque(maxlen=_GAPS_KEPT)
        self._costs_s: deque[float] = deque([0.0], maxlen=_COSTS_KEPT)
        self._period_s: Quantity = PERIOD_NOT_OBSERVED
        self._last_change_ns: int | None = None
        self._observed_since_ns: int | None = None
        self._silent_since_ns: int | None = None
        self._was_in_use = False

    @property
    def update_period_s(self) -> Quantity:
        """Time between two updates, as observed."""
        return self._period_s

    def read(self) -> ReadOutcome | None:
        """Read the instrument; None if it broke the promise never to raise."""
        started_ns = self._clock.monotonic_ns()
        try:
            return self.source.read()
        except Exception:  # noqa: BLE001 - one broken instrument must not end the others' thread
            _log.exception("reading %s failed", self.identity.key)
            return None
        finally:
            self._costs_s.append((self._clock.monotonic_ns() - started_ns) / NS_PER_S)

    def accept(self, outcome: ReadOutcome | None) -> None:
        """Keep what was read, learn from it, and set when the next reading is due."""
        now_ns = self._clock.monotonic_ns()
        if outcome is None:
            self.put_out(READING_FAILED)
        elif isinstance(outcome, Unavailable):
            self._miss(outcome.reason, now_ns)
        else:
            self._keep(outcome)
        self.due_ns = now_ns + round(self._pause_s(now_ns) * NS_PER_S)

    def put_out(self, reason: str) -> None:
        """Use it no more."""
        self.verdict = Verdict.OUT
        self._reason = reason

    def series(self, since_ns: int = 0) -> Series:
        """Return the readings from that moment on."""
        return Series(
            identity=self.identity,
            readings=self._readings_since(since_ns),
            update_period_s=self.update_period_s,
        )

    def is_past(self, window: Window) -> bool:
        """Return whether it was read far enough past the end, or could not tell anyhow."""
        if not is_long_enough(self.series(window.end_ns), window) or not self._readings:
            return True
        period_s = self.update_period_s
        if isinstance(period_s, Unavailable):
            return True
        past_ns = round(read_past_s(self.identity, period_s) * NS_PER_S)
        return self._readings[-1].t_ns >= window.end_ns + past_ns

    def state(self) -> SourceState:
        """Return what is known about the instrument."""
        return SourceState(
            identity=self.identity,
            verdict=self.verdict,
            reason="" if self.verdict is Verdict.IN_USE else self._reason,
            update_period_s=self.update_period_s,
            power_w=self._recent_power_w(),
        )

    def _keep(self, reading: PowerReading) -> None:
        last = self._readings[-1] if self._readings else None
        if last is not None and reading.t_ns <= last.t_ns:
            return
        if self._silent_since_ns is not None:
            self._last_change_ns = last = None
            self._silent_since_ns = None
        if self.verdict is Verdict.RESTING:
            self._wake_up()
        if self._observed_since_ns is None:
            self._observed_since_ns = reading.t_ns
        self._readings.append(reading)
        if last is not None and reading.value != last.value:
            self._note_change(reading.t_ns, (reading.t_ns - last.t_ns) / NS_PER_S)
        if self.verdict is Verdict.OBSERVING:
            self._judge(reading.t_ns)

    def _wake_up(self) -> None:
        """Use it again; one that was never in use is observed from the start."""
        self.verdict = Verdict.IN_USE if self._was_in_use else Verdict.OBSERVING
        if not self._was_in_use:
            self._start_anew()

    def _start_anew(self) -> None:
        self._observed_since_ns = self._last_change_ns = None
        self._gaps_s.clear()
        self._period_s = PERIOD_NOT_OBSERVED
        self._readings.clear()

    def _note_change(self, t_ns: int, since_last_reading_s: float) -> None:
        """Learn the update period from the time since the last change.

        Once it is read slowly, a change tells something only if there were readings without one
        before; as long as nothing better is known, it tells an upper bound.
        """
        if self._last_change_ns is not None:
            gap_s = (t_ns - self._last_change_ns) / NS_PER_S
            is_seen_fully = self._is_read_fast(t_ns) or gap_s > 1.5 * since_last_reading_s
            has_slept = self._has_slept(gap_s, since_last_reading_s)
            if not has_slept and (is_seen_fully or len(self._gaps_s) < _FEWEST_GAPS):
                self._gaps_s.append(gap_s)
                self._learn_period()
        self._last_change_ns = t_ns

    def _learn_period(self) -> None:
        if len(self._gaps_s) >= _FEWEST_GAPS:
            self._period_s = statistics.median(self._gaps_s)

    def _has_slept(self, gap_s: float, since_last_reading_s: float) -> bool:
        """Return whether it did not change for so long because there was nothing to count.

        No change is seen sooner than the next reading, however quickly the counter is renewed.
        """
        may_sleep = least_w(self.identity.scope) == 0
        shortest_s = max(self.identity.nominal_period_s, since_last_reading_s)
        return may_sleep and gap_s > _PATIENCE_PERIODS * shortest_s

    def _judge(self, t_ns: int) -> None:
        """End the observation if enough was seen."""
        self._reason = PERIOD_NOT_OBSERVED.reason
        if self._is_read_fast(t_ns):
            return
        period_s = self.update_period_s
        if isinstance(period_s, Unavailable):
            self._lose_patience(t_ns)
            return
        power_w = self._mean_power_w(self._observed_for_s(t_ns), period_s)
        if isinstance(power_w, Unavailable):
            self._start_anew()
            return
        wrong = why_not_plausible(self.identity.scope, power_w)
        if wrong is not None:
            self.put_out(wrong.reason)
            return
        self.verdict = Verdict.IN_USE
        self._was_in_use = True

    def _lose_patience(self, t_ns: int) -> None:
        """Put out a counter that stands still although what it counts cannot be off.

        A power may stay the same for long; then it is observed for longer.
        """
        if self.identity.kind is SourceKind.POWER or least_w(self.identity.scope) == 0:
            return
        if self._observed_for_s(t_ns) > _PATIENCE_PERIODS * self.identity.nominal_period_s:
            self.put_out(DOES_NOT_ADVANCE)

    def _miss(self, reason: str, now_ns: int) -> None:
        if self._silent_since_ns is None:
            self._silent_since_ns = now_ns
        has_nothing = not self._readings
        if has_nothing or now_ns - self._silent_since_ns >= _RESTS_AFTER_S * NS_PER_S:
            self.verdict = Verdict.RESTING
            self._reason = reason

    def _pause_s(self, now_ns: int) -> float:
        if self.verdict is Verdict.RESTING:
            return _RESTING_PERIOD_S
        # The least of the last costs: the others hold time in which other programs ran.
        cost_s = min(self._costs_s)
        if self.verdict is Verdict.OBSERVING and self._is_read_fast(now_ns):
            return max(_OBSERVING_PERIOD_S, _OBSERVING_COST_RATIO * cost_s)
        return max(self._wanted_period_s(), _COST_RATIO * cost_s)

    def _wanted_period_s(self) -> float:
        period_s = self.update_period_s
        if isinstance(period_s, Unavailable):
            return SLOWEST_PERIOD_S
        return min(max(period_s / 2, FASTEST_PERIOD_S), SLOWEST_PERIOD_S)

    def _is_read_fast(self, t_ns: int) -> bool:
        return self._observed_for_s(t_ns) < OBSERVATION_S

    def _observed_for_s(self, t_ns: int) -> float:
        since_ns = self._observed_since_ns
        return 0.0 if since_ns is None else (t_ns - since_ns) / NS_PER_S

    def _recent_power_w(self) -> Quantity:
        period_s = self.update_period_s
        if self.verdict in (Verdict.RESTING, Verdict.OUT):
            return Unavailable(reason=self._reason)
        if isinstance(period_s, Unavailable):
            return period_s
        return self._mean_power_w(max(_RECENT_S, 2 * period_s), period_s)

    def _mean_power_w(self, duration_s: float, period_s: float) -> Quantity:
        """Return the mean power of the last seconds."""
        if not self._readings:
            return Unavailable(reason=NOT_READ_YET)
        last_ns = self._readings[-1].t_ns
        recent = self._readings_since(last_ns - round(duration_s * NS_PER_S))
        curve = energy_curve(self.identity, recent, period_s, last_ns)
        if isinstance(curve, Unavailable):
            return curve
        power_w = curve.mean_power_w(curve.times_s[0], curve.times_s[-1])
        return PERIOD_NOT_OBSERVED if power_w is None else power_w

    def _readings_since(self, since_ns: int) -> tuple[PowerReading, ...]:
        late = itertools.takewhile(
            lambda reading: reading.t_ns >= since_ns, reversed(self._readings)
        )
        return tuple(late)[::-1]

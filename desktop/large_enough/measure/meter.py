"""Reads the power instruments around the answers of a round, and knows the idle power between.

Every stretch of ten seconds and more in which no model computes gives the idle power of each
instrument, for as long as the same models stay loaded. An answer's energy is known a little after
its end: instruments have to be read past it.
"""

from collections.abc import Callable, Hashable, Sequence

import msgspec

from large_enough.domain.clock import Clock
from large_enough.domain.energy import IdlePower, PowerConditions
from large_enough.domain.energy_use import NO_INSTRUMENT, EnergyUse
from large_enough.domain.generation import Timing
from large_enough.domain.power import Absent, Scope
from large_enough.domain.power_now import PowerNow, no_power
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.measure.activity import ActivityLog, ActivityReader
from large_enough.measure.answer_energy import (
    AnswerWindow,
    missing_energy,
    shares_of_answers,
    use_of_answer,
)
from large_enough.measure.baseline import idle_power
from large_enough.measure.channel import Verdict
from large_enough.measure.footing import covered_until_ns
from large_enough.measure.live_power import live_power
from large_enough.measure.load import processor_times
from large_enough.measure.power.estimate import INSTRUMENT as ESTIMATE
from large_enough.measure.power.source import Found, PowerSource
from large_enough.measure.recorder import Recorder
from large_enough.measure.windows import NS_PER_S, Series, Window, span

OBSERVING_PATIENCE_S = 4.0
"""How long after its end an answer waits for an instrument that is still being looked at, which
takes three seconds."""
PATIENCE_S = 12.0
"""How long it waits for instruments to be read past its end: two update periods."""
IDLE_BUSY_CORES = 0.3
"""Cores that are busy on average from which on a machine does not count as idle: our choice, above
what a desktop with its window needs."""
SETTLING_S = 2.0
"""What is left out of a quiet stretch at its start: caches are written, fans run on."""
LONGEST_IDLE_S = 60.0
"""Only the last part of a long quiet stretch counts."""
BEFORE_S = 15.0
"""Readings before a window that are looked at; its edges need a few update periods."""

_REASON_FIRST = (Scope.CPU_PACKAGE, Scope.SOC, Scope.WHOLE_MACHINE)


class EnergyMeter:
    """The instruments of this machine, for one round after the other.

    All methods are called on the thread that runs the rounds; close it there, too.
    """

    def __init__(
        self,
        probe: Callable[[], tuple[Found, ...]],
        clock: Clock,
        conditions: Callable[[], PowerConditions],
        activity: Callable[[], ActivityReader] = ActivityReader,
        make_recorder: Callable[[Clock], Recorder] = lambda clock: Recorder((), clock),
        busy_s: Callable[[], float] = lambda: processor_times().busy_s,
    ) -> None:
        """Touch nothing yet.

        Args:
            probe: Looks for instruments; asked again when models move to a graphics card.
            clock: The machine's.
            conditions: The state of the machine that decides what may be compared.
            activity: Makes what tells processor time.
            make_recorder: Makes a recorder without instruments.
            busy_s: Processor time in use since the machine was started.
        """
        self._probe = probe
        self._clock = clock
        self._conditions = conditions
        self._make_activity = activity
        self._make_recorder = make_recorder
        self._busy_s = busy_s
        self._recorder: Recorder | None = None
        self._absent: tuple[Absent, ...] = ()
        self._has_sources = False
        self._state: Hashable = None
        self._quiet_since_ns: int | None = None
        self._busy_before_s = 0.0
        self._idle: dict[str, IdlePower] = {}
        self._begun: dict[str, tuple[int, PowerConditions]] = {}
        self._ended: dict[str, AnswerWindow] = {}
        self._activity: ActivityLog | None = None
        self._on_processor: set[str] = set()
        self._idle_window: Window | None = None

    def wake(self) -> None:
        """Look for instruments, and begin to read those there are.

        To be called when a round begins and whenever a model has been loaded: a graphics card is
        looked at only while a model is on it.
        """
        found = self._probe()
        self._absent = tuple(each for each in found if isinstance(each, Absent))
        sources = [source for each in found if not isinstance(each, Absent) for source in each]
        if self._recorder is None:
            self._recorder = self._make_recorder(self._clock)
        self._drop_estimates(sources)
        self._recorder.add(sources)
        self._has_sources = self._has_sources or bool(sources)
        if self._has_sources:
            self._recorder.start()

    def _drop_estimates(self, sources: Sequence[PowerSource]) -> None:
        """Let go of an estimate that the user has switched off, or that has been calibrated."""
        wanted = {source.identity.key: source.identity for source in sources}
        for state in () if self._recorder is None else self._recorder.states():
            identity = state.identity
            is_estimate = identity.quality is NumberQuality.ESTIMATED
            if is_estimate and wanted.get(identity.key) != identity and self._recorder is not None:
                self._recorder.remove(identity.key)

    # --- quiet and busy

    def be_quiet(self, state: Hashable) -> None:
        """Take note that no model computes from now on.

        Args:
            state: What is loaded; idle powers of another state do not hold any more.
        """
        if state != self._state:
            self._idle.clear()
            self._quiet_since_ns = self._idle_window = None
        self._state = state
        if self._quiet_since_ns is None:
            self._quiet_since_ns = self._clock.monotonic_ns()
            self._busy_before_s = self._busy_s()

    def be_busy(self) -> None:
        """Take note that a model begins to load or to answer; learn the idle power until now."""
        self.learn_idle()
        self._quiet_since_ns = None

    def learn_idle(self) -> dict[str, IdlePower]:
        """Learn the idle powers from the quiet stretch so far, if it is long enough.

        Returns:
            By key of the source, those that this stretch gave.
        """
        since_ns = self._quiet_since_ns
        if since_ns is None or not self._has_sources:
            return {}
        conditions = self._conditions()
        is_disturbed = self._is_anything_running(since_ns)
        learnt = {
            series.identity.key: msgspec.structs.replace(known, is_disturbed=is_disturbed)
            for series in self._series(
                max(since_ns, self._clock.monotonic_ns() - _ns(LONGEST_IDLE_S))
            )
            if isinstance(
                known := idle_power(series, self._quiet_window(series, since_ns), conditions),
                IdlePower,
            )
        }
        if learnt:
            now_ns = self._clock.monotonic_ns()
            start_ns = max(since_ns + _ns(SETTLING_S), now_ns - _ns(LONGEST_IDLE_S))
            self._idle_window = Window(start_ns, now_ns)
        self._idle.update(learnt)
        return learnt

    def _is_anything_running(self, since_ns: int) -> bool:
        """Return whether other programs kept the processor busy in a quiet stretch."""
        duration_s = (self._clock.monotonic_ns() - since_ns) / NS_PER_S
        return self._busy_s() - self._busy_before_s > IDLE_BUSY_CORES * duration_s

    @property
    def has_instruments(self) -> bool:
        """Whether any instrument is in use, or is still being looked at."""
        if self._recorder is None:
            return False
        working = (Verdict.IN_USE, Verdict.OBSERVING)
        return any(state.verdict in working for state in self._recorder.states())

    @property
    def idle(self) -> tuple[IdlePower, ...]:
        """The idle powers that hold now."""
        return tuple(self._idle.values())

    # --- answers

    def begin(self, letter: str, process_id: int, *, is_shared: bool) -> None:
        """Take note that a contender is asked now.

        Args:
            letter: Its letter.
            process_id: Of its worker.
            is_shared: Whether others may answer at the same time.
        """
        if is_shared:
            if self._activity is None:
                self._activity = ActivityLog(self._clock, self._make_activity())
            self._activity.begin(letter, process_id)
        conditions = self._conditions()
        self._begun[letter] = (self._clock.monotonic_ns(), conditions)
        self._mark()

    def end(self, letter: str, timing: Timing, *, is_on_processor: bool) -> None:
        """Take note that a contender has just answered.

        Args:
            letter: Its letter.
            timing: The worker's own.
            is_on_processor: Whether it computed on the processor alone: an instrument that covers
                the processor and did not show that is not used any more.
        """
        if letter not in self._begun:
            return
        self._end_activity(letter)
        start_ns, conditions = self._begun.pop(letter)
        first_token_s = timing.first_token_s
        self._ended[letter] = AnswerWindow(
            letter=letter,
            window=Window(
                start_ns, min(start_ns + _ns(timing.total_s), self._clock.monotonic_ns())
            ),
            first_token_ns=first_token_s
            if isinstance(first_token_s, Unavailable)
            else start_ns + _ns(first_token_s),
            conditions=conditions,
        )
        if is_on_processor and self._activity is None:
            self._on_processor.add(letter)
        self._mark()

    def drop(self, letter: str) -> None:
        """Forget a contender that gave no whole answer."""
        self._end_activity(letter)
        self._begun.pop(letter, None)
        self._ended.pop(letter, None)
        self._on_processor.discard(letter)
        if not self._begun and not self._ended:
            self._activity = None

    def tick(self) -> None:
        """Note who is busy; to be called often while contenders answer together."""
        if self._activity is not None:
            self._activity.tick()

    @property
    def is_waiting(self) -> bool:
        """Whether energies of ended answers are still to be collected."""
        return bool(self._ended)

    def collect(self, *, must_end: bool = False) -> dict[str, EnergyUse]:
        """Return by letter the energies that have become known; each one once.

        Args:
            must_end: Do not wait for instruments any longer.
        """
        if self._activity is not None:
            return self._collect_shared(must_end=must_end)
        ready = [
            answer for answer in self._ended.values() if must_end or self._is_known(answer.window)
        ]
        return {answer.letter: self._use(self._ended.pop(answer.letter)) for answer in ready}

    def now(self) -> PowerNow:
        """Return what the machine draws at this moment, as far as instruments tell."""
        if self._recorder is None:
            return no_power(NO_INSTRUMENT.reason)
        states = self._recorder.states()
        if not states:
            return no_power(self._why_nothing())
        return live_power(states, self._recorder.preferred_keys())

    def close(self) -> None:
        """Let go of the instruments; may be repeated."""
        if self._recorder is not None:
            self._recorder.close()

    # --- inside

    def _mark(self) -> None:
        if self._recorder is not None and self._has_sources:
            self._recorder.mark()

    def _end_activity(self, letter: str) -> None:
        if self._activity is not None:
            self._activity.end(letter)

    def _quiet_window(self, series: Series, since_ns: int) -> Window:
        """Return the part of a quiet stretch that the readings tell of already."""
        end_ns = covered_until_ns(series)
        start_ns = since_ns + _ns(SETTLING_S)
        return Window(max(start_ns, end_ns - _ns(LONGEST_IDLE_S)), end_ns)

    def _is_known(self, window: Window) -> bool:
        if self._recorder is None or not self._has_sources:
            return True
        waited_s = (self._clock.monotonic_ns() - window.end_ns) / NS_PER_S
        if not self._recorder.wait_observed(0.0):
            return waited_s >= OBSERVING_PATIENCE_S
        return waited_s >= PATIENCE_S or self._recorder.wait_past(window, 0.0)

    def _collect_shared(self, *, must_end: bool) -> dict[str, EnergyUse]:
        """Divide what was used once nobody answers any more."""
        if not self._ended or (self._begun and not must_end):
            return {}
        answers = list(self._ended.values())
        whole = span([answer.window for answer in answers])
        if not (must_end or self._is_known(whole)):
            return {}
        activity = self._activity
        if not self._begun:  # else they shared the machine with these, whatever they end with
            self._activity = None
        self._ended.clear()
        if activity is None or not activity.slices:
            return {answer.letter: self._nothing() for answer in answers}
        parts = shares_of_answers(
            self._series(activity.slices[0].window.start_ns),
            activity.slices,
            answers[0].conditions,
            self._idle,
            activity.rule,
        )
        return {
            answer.letter: EnergyUse(parts=parts[answer.letter])
            if parts.get(answer.letter)
            else self._nothing()
            for answer in answers
        }

    def _use(self, answer: AnswerWindow) -> EnergyUse:
        self._check_reaction(answer)
        series = self._series(answer.window.start_ns)
        if not series:
            return self._nothing()
        return EnergyUse(parts=use_of_answer(series, answer, self._idle))

    def _check_reaction(self, answer: AnswerWindow) -> None:
        if answer.letter in self._on_processor:
            self._on_processor.discard(answer.letter)
            if self._recorder is not None and self._idle_window is not None:
                self._recorder.check_reaction(self._idle_window, answer.window)

    def _series(self, start_ns: int) -> list[Series]:
        """Return the readings from before a moment on, of the instruments that are to be shown."""
        if self._recorder is None:
            return []
        from_ns = start_ns - _ns(BEFORE_S)
        found = [self._recorder.series(key, from_ns) for key in self._recorder.preferred_keys()]
        return [series for series in found if isinstance(series, Series)]

    def _nothing(self) -> EnergyUse:
        return missing_energy(self._why_nothing())

    def _why_nothing(self) -> str:
        """Return why no instrument tells the energy: that of the one that came closest.

        One that failed comes before one that could be unlocked, and that before one that rests.
        """
        states = () if self._recorder is None else self._recorder.states()
        failed = [state.reason for state in states if state.verdict is not Verdict.RESTING]
        resting = [state.reason for state in states if state.verdict is Verdict.RESTING]
        reasons = (
            *failed,
            *_reasons(self._absent, has_unlock=True),
            *resting,
            *_reasons(self._absent, has_unlock=False),
            NO_INSTRUMENT.reason,
        )
        return next(reason for reason in reasons if reason)


def _reasons(absent: Sequence[Absent], *, has_unlock: bool) -> list[str]:
    """Return why instruments are missing, those first that most people would have."""
    return [
        each.reason
        for scope in _REASON_FIRST
        for each in absent
        if each.scope is scope and bool(each.unlock) is has_unlock and each.instrument != ESTIMATE
    ]


def _ns(duration_s: float) -> int:
    return round(duration_s * NS_PER_S)

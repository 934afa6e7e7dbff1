"""Runs the measured protocol: warm-up, settle, idle, passes in turned order, idle again."""

import math
from typing import Protocol

import msgspec

from large_enough.comparison.events import Listener
from large_enough.comparison.plans import new_id
from large_enough.comparison.thorough_figures import thorough_figures
from large_enough.domain.clock import Clock
from large_enough.domain.energy import IdlePower
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.prompt import Prompt
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.round import (
    Cancelled,
    Failed,
    Purpose,
    RoundPlan,
    RoundRecord,
)
from large_enough.domain.thorough import (
    ThoroughEnd,
    ThoroughPlan,
    ThoroughProgress,
    ThoroughRecord,
    ThoroughStep,
)

NO_PASS_YET = Unavailable(reason="not known before the first pass has ended")
TICK_S = 1.0
"""How often the time left is told during a pause."""


class ThoroughListener(Listener, Protocol):
    """Follows the rounds, and how far the whole is."""

    def on_progress(self, progress: ThoroughProgress) -> None:
        """Take note of how far it is."""
        ...


class Bench(Protocol):
    """What a thorough measurement works with; `comparison.workbench.Workbench` has it."""

    def run_round(self, plan: RoundPlan, listener: Listener) -> RoundRecord:
        """Run one round."""
        ...

    def pause(self, duration_s: float) -> bool:
        """Let time pass; False if the user wants it to stop."""
        ...

    @property
    def has_instruments(self) -> bool:
        """Whether any power instrument is in use."""
        ...

    def idle_powers(self) -> tuple[IdlePower, ...]:
        """Return the idle powers of the quiet stretch that is on."""
        ...


def run_thorough(
    plan: ThoroughPlan, listener: ThoroughListener, *, bench: Bench, clock: Clock
) -> ThoroughRecord:
    """Measure to the end, on the caller's thread.

    Returns:
        The record, whatever the end was; every round of it is in its own log already.
    """
    return _Measurement(plan, listener, bench, clock).run()


class _StopError(Exception):
    """The user wants no more of it."""


class _FailureError(Exception):
    """A contender could not answer."""

    def __init__(self, error: ErrorInfo) -> None:
        super().__init__(error.kind)
        self.error = error


class _Measurement:
    """One measurement. Used once."""

    def __init__(
        self, plan: ThoroughPlan, listener: ThoroughListener, bench: Bench, clock: Clock
    ) -> None:
        self._plan = plan
        self._listener = listener
        self._bench = bench
        self._clock = clock
        self._started_s = clock.monotonic_s()
        self._pass_number = 0
        self._longest_pass_s = 0.0
        self._record = ThoroughRecord(
            session_id=plan.template.session_id,
            started_utc=clock.utc_now().isoformat(timespec="milliseconds"),
            plan=plan,
            rounds=(),
            end=ThoroughEnd.STOPPED,
        )

    def run(self) -> ThoroughRecord:
        """Go through all steps."""
        try:
            self._prepare()
            end = self._repeat()
            self._finish()
        except _StopError:
            return self._ended(end=ThoroughEnd.STOPPED)
        except _FailureError as failure:
            return self._ended(end=ThoroughEnd.FAILED, error=failure.error)
        return self._ended(end=end)

    def _ended(self, **changes: object) -> ThoroughRecord:
        return msgspec.structs.replace(self._record, **changes)

    def _prepare(self) -> None:
        """Warm up, settle, and learn the idle power."""
        settings = self._plan.settings
        self._tell(ThoroughStep.WARM_UP)
        template = self._plan.template
        short = msgspec.structs.replace(
            template.settings, max_tokens=min(settings.warm_up_tokens, template.settings.max_tokens)
        )
        warm_up = msgspec.structs.replace(template, settings=short)
        self._ask(warm_up, self._plan.prompts[0], Purpose.WARM_UP)
        self._pause(ThoroughStep.SETTLE, settings.settle_s)
        if self._bench.has_instruments:
            self._pause(ThoroughStep.IDLE, settings.idle_s)
        self._record = self._ended(idle_before=self._bench.idle_powers())

    def _repeat(self) -> ThoroughEnd:
        """Make passes until the intervals are narrow enough or the time is up."""
        while True:
            self._make_pass()
            if self._is_good():
                return ThoroughEnd.NARROW_ENOUGH
            if self._is_time_up():
                return ThoroughEnd.TIME_UP
            self._pause(ThoroughStep.COOL_DOWN, self._pause_s)

    def _make_pass(self) -> None:
        self._pass_number += 1
        self._tell(ThoroughStep.PASS)
        began_s = self._clock.monotonic_s()
        letters = self._plan.template.letters_in_turn
        is_turned = self._pass_number % 2 == 0
        ordered = msgspec.structs.replace(
            self._plan.template, ask_order=tuple(reversed(letters)) if is_turned else letters
        )
        for prompt in self._plan.prompts:
            record = self._ask(ordered, prompt, Purpose.PROTOCOL)
            self._record = self._ended(rounds=(*self._record.rounds, record))
        took_s = self._clock.monotonic_s() - began_s
        self._longest_pass_s = max(self._longest_pass_s, took_s)

    def _finish(self) -> None:
        """Learn the idle power once more: has anything changed?"""
        if self._bench.has_instruments:
            self._pause(ThoroughStep.IDLE_AGAIN, self._plan.settings.idle_s)
            self._record = self._ended(idle_after=self._bench.idle_powers())

    def _ask(self, template: RoundPlan, prompt: Prompt, purpose: Purpose) -> RoundRecord:
        plan = msgspec.structs.replace(
            template,
            round_id=new_id(),
            prompt=prompt.text,
            system=prompt.system or template.system,
            purpose=purpose,
        )
        record = self._bench.run_round(plan, self._listener)
        for result in record.results:
            if isinstance(result, Failed):
                raise _FailureError(result.error)
            if isinstance(result, Cancelled):
                raise _StopError
        return record

    def _pause(self, step: ThoroughStep, duration_s: float) -> None:
        """Let time pass, second by second."""
        until_s = self._clock.monotonic_s() + duration_s
        while (left_s := until_s - self._clock.monotonic_s()) > 0:
            self._tell(step)
            if not self._bench.pause(min(TICK_S, left_s)):
                raise _StopError

    @property
    def _pause_s(self) -> float:
        settings = self._plan.settings
        return settings.idle_s if self._bench.has_instruments else settings.cool_down_s

    @property
    def _fewest_passes(self) -> int:
        """An even number, so that each contender comes first as often as last."""
        passes = math.ceil(self._plan.settings.fewest_pairs / len(self._plan.prompts))
        return passes + passes % 2

    @property
    def _left_s(self) -> float:
        spent_s = self._clock.monotonic_s() - self._started_s
        return max(0.0, self._plan.settings.longest_s - spent_s)

    def _is_good(self) -> bool:
        if self._pass_number < self._fewest_passes or self._pass_number % 2:
            return False
        figures = thorough_figures(self._record)
        return figures.widest <= self._plan.settings.wanted_width

    def _is_time_up(self) -> bool:
        """Return whether what comes next would take too long.

        Passes come in pairs, A B and B A: a first one is not begun if there is no time for both.
        """
        if self._pass_number >= self._plan.settings.most_passes:
            return True
        passes = 2 - self._pass_number % 2
        return self._left_s < passes * (self._pause_s + self._longest_pass_s)

    def _tell(self, step: ThoroughStep) -> None:
        self._listener.on_progress(
            ThoroughProgress(
                step=step,
                pass_number=self._pass_number,
                fewest_passes=self._fewest_passes,
                most_left_s=self._most_left_s,
            )
        )

    @property
    def _most_left_s(self) -> Quantity:
        """Return the time until the limit and the closing baseline; it holds once a pass is known.

        The first pass may take longer than the limit, and nobody knows by how much.
        """
        if not self._longest_pass_s:
            return NO_PASS_YET
        closing_s = self._plan.settings.idle_s if self._bench.has_instruments else 0.0
        return self._left_s + closing_s

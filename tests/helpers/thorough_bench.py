"""A bench for thorough measurements whose answers take as long as a test says."""

import itertools
from collections.abc import Callable, Sequence

import msgspec
from tests.helpers.energy_uses import done_with, make_part
from tests.helpers.fake_clock import FakeClock
from tests.helpers.power_sources import make_idle
from tests.helpers.records import (
    make_answer,
    make_cancelled,
    make_done,
    make_failed,
    make_plan,
    make_record,
    make_timing,
)

from large_enough.comparison.events import Listener, RoundEvent
from large_enough.comparison.thorough import run_thorough
from large_enough.domain.energy import IdlePower
from large_enough.domain.energy_use import PartUse
from large_enough.domain.prompt import Prompt
from large_enough.domain.round import AnswerResult, Done, Purpose, RoundPlan, RoundRecord
from large_enough.domain.thorough import (
    ThoroughEnd,
    ThoroughPlan,
    ThoroughProgress,
    ThoroughRecord,
    ThoroughSettings,
    ThoroughStep,
)

Parts = Callable[[str, int], Sequence[PartUse]]
"""What a contender used in its answer of that number, counted from 0."""


def make_prompt(text: str = "Why?", system: str = "") -> Prompt:
    """Return a prompt."""
    return Prompt(id=text, domain="", text=text, system=system)


def thorough_plan(
    *texts: str, settings: ThoroughSettings | None = None, template: RoundPlan | None = None
) -> ThoroughPlan:
    """Return a plan with these prompts, one if none is given."""
    return ThoroughPlan(
        template=template or make_plan(),
        prompts=tuple(make_prompt(text) for text in texts or ("Why?",)),
        settings=settings or ThoroughSettings(),
    )


def answer_of(letter: str, total_s: float, parts: Sequence[PartUse] = ()) -> Done:
    """Return an answer that took so long and used so much."""
    done = make_done(letter, make_answer(make_timing(total_s=total_s)))
    return done_with(letter, *parts, done=done) if parts else done


def passes(
    times_s: Sequence[tuple[float, float]], parts: Parts = lambda letter, number: ()
) -> tuple[RoundRecord, ...]:
    """Return a round for each pair of times of A and B."""
    return tuple(
        make_record(
            [
                answer_of(letter, time_s, parts(letter, number))
                for letter, time_s in zip("AB", pair, strict=True)
            ]
        )
        for number, pair in enumerate(times_s)
    )


def thorough_record(rounds: Sequence[RoundRecord], **changes: object) -> ThoroughRecord:
    """Return the record of a measurement with these rounds."""
    record = ThoroughRecord(
        session_id="session",
        started_utc="2026-05-04T10:00:00+00:00",
        plan=thorough_plan(),
        rounds=tuple(rounds),
        end=ThoroughEnd.NARROW_ENOUGH,
    )
    return msgspec.structs.replace(record, **changes)


class FakeBench:
    """Answers at once, as far as real time goes."""

    def __init__(
        self,
        clock: FakeClock,
        time_s: Callable[[str, int], float] = lambda letter, number: {"A": 1.0, "B": 2.0}[letter],
        *,
        parts: Parts = lambda letter, number: (make_part(),),
        has_instruments: bool = False,
    ) -> None:
        self.clock = clock
        self.has_instruments = has_instruments
        self.plans: list[RoundPlan] = []
        """Every round that was asked for."""
        self.pauses_s: list[float] = []
        self.idle_w = itertools.repeat(5.0)
        """What is read each time the idle power is asked for."""
        self.fails_at: int | None = None
        """Number of the round, the warm-up being 0, in which B fails."""
        self.stopped_at: int | None = None
        """Number of the round in which the user stops A."""
        self.stopped_after_s: float | None = None
        """So long after the beginning, a pause ends because the user wants no more."""
        self._began_s = clock.now_s
        self._time_s = time_s
        self._parts = parts

    def run_round(self, plan: RoundPlan, listener: Listener) -> RoundRecord:
        """Return a record with the answers in the order in which they were asked for."""
        del listener
        number = len(self.plans)
        self.plans.append(plan)
        results: list[AnswerResult] = []
        for letter in plan.letters_in_turn:
            time_s = self._time_s(letter, number)
            self.clock.advance(time_s)
            results.append(answer_of(letter, time_s, self._parts(letter, number)))
        if number == self.fails_at:
            results = [make_failed(each.letter) if each.letter == "B" else each for each in results]
        if number == self.stopped_at:
            results = [make_cancelled(each.letter) for each in results]
        return make_record(results, plan)

    def pause(self, duration_s: float) -> bool:
        """Let time pass."""
        self.pauses_s.append(duration_s)
        self.clock.advance(duration_s)
        spent_s = self.clock.now_s - self._began_s
        return self.stopped_after_s is None or spent_s < self.stopped_after_s

    def idle_powers(self) -> tuple[IdlePower, ...]:
        """Return one, if there are instruments."""
        return (make_idle(next(self.idle_w)),) if self.has_instruments else ()

    @property
    def orders(self) -> list[str]:
        """Who was asked in which order in each round of a pass."""
        return [
            "".join(plan.letters_in_turn) for plan in self.plans if plan.purpose is Purpose.PROTOCOL
        ]


class Follower:
    """Keeps what it is told, with the time."""

    def __init__(self, clock: FakeClock) -> None:
        self.told: list[tuple[float, ThoroughProgress]] = []
        self._clock = clock

    def on_event(self, event: RoundEvent) -> None:
        """Ignore it."""

    def on_progress(self, progress: ThoroughProgress) -> None:
        """Keep it."""
        self.told.append((self._clock.now_s, progress))

    @property
    def steps(self) -> list[ThoroughStep]:
        """Steps in their order, repeats folded."""
        return [step for step, _same in itertools.groupby(each.step for _at, each in self.told)]


def measure(bench: FakeBench, plan: ThoroughPlan | None = None) -> tuple[ThoroughRecord, Follower]:
    """Run a thorough measurement on the bench."""
    follower = Follower(bench.clock)
    plan = plan or thorough_plan()
    return run_thorough(plan, follower, bench=bench, clock=bench.clock), follower

"""A machine whose true power is known, with instruments that show it the way real ones do."""

import bisect
import itertools
import math
import random
from dataclasses import dataclass

from tests.helpers.fake_clock import FakeClock

from large_enough.domain.power import PowerReading, ReadOutcome, SourceIdentity, SourceKind

_GRID_S = 0.01


@dataclass(frozen=True)
class Answer:
    """When the model worked."""

    start_s: float
    end_s: float


class TruePower:
    """Watts of a machine: idle with its noise, and one answer on top of it.

    Idle power wanders, and now and then another program runs for a moment. An answer rises within
    50 ms, draws more while it reads the prompt, wanders with a drift while it generates, and fades
    within 80 ms after its end.
    """

    def __init__(
        self, rng: random.Random, idle_w: float, load_w: float, answer: Answer, length_s: float
    ) -> None:
        self.answer = answer
        count = math.ceil(length_s / _GRID_S) + 1
        idle = _idle(rng, count, idle_w)
        load = _load(rng, count, load_w, answer)
        self._load_j = _cumulative(load)
        self._total_j = _cumulative([a + b for a, b in zip(idle, load, strict=True)])

    def total_j(self, t_s: float) -> float:
        """Return joules of everything since 0."""
        return _at(self._total_j, t_s)

    def gross_j(self) -> float:
        """Return what the machine used during the answer."""
        return self.total_j(self.answer.end_s) - self.total_j(self.answer.start_s)

    def net_j(self) -> float:
        """Return what the model used during the answer."""
        return _at(self._load_j, self.answer.end_s) - _at(self._load_j, self.answer.start_s)

    def power_w(self, t_s: float, averaging_s: float) -> float:
        """Return the mean power of the time before (at least one step of the grid)."""
        width_s = max(averaging_s, _GRID_S)
        return (self.total_j(t_s) - self.total_j(t_s - width_s)) / width_s


def _idle(rng: random.Random, count: int, idle_w: float) -> list[float]:
    """Return idle watts: a wandering level, and bursts of about a watt for half a second."""
    powers_w = [idle_w + noise_w for noise_w in _wander(rng, count, deviation_w=0.25, memory_s=1.0)]
    t_s = rng.expovariate(1 / 20)
    while t_s < count * _GRID_S:
        first = int(t_s / _GRID_S)
        for index in range(first, min(first + int(0.5 / _GRID_S), count)):
            powers_w[index] += 1.0
        t_s += rng.expovariate(1 / 20)
    return powers_w


def _load(rng: random.Random, count: int, load_w: float, answer: Answer) -> list[float]:
    noise_w = _wander(rng, count, deviation_w=0.04 * load_w, memory_s=0.3)
    length_s = answer.end_s - answer.start_s
    first_token_s = answer.start_s + rng.uniform(0.05, 0.2) * length_s
    powers_w: list[float] = []
    for index in range(count):
        t_s = index * _GRID_S
        since_s = t_s - answer.start_s
        if since_s <= 0:
            powers_w.append(0.0)
            continue
        level_w = load_w * (
            1.15 if t_s < first_token_s else 1.0 - 0.05 * min(since_s / length_s, 1)
        )
        shape = 1 - math.exp(-since_s / 0.05)
        if t_s > answer.end_s:
            shape *= math.exp(-(t_s - answer.end_s) / 0.08)
        powers_w.append(max(0.0, (level_w + noise_w[index]) * shape))
    return powers_w


def _wander(rng: random.Random, count: int, *, deviation_w: float, memory_s: float) -> list[float]:
    """Return a random walk that is pulled back to 0."""
    keep = math.exp(-_GRID_S / memory_s)
    push_w = deviation_w * math.sqrt(1 - keep * keep)
    value_w = rng.gauss(0, deviation_w)
    values_w: list[float] = []
    for _ in range(count):
        values_w.append(value_w)
        value_w = keep * value_w + rng.gauss(0, push_w)
    return values_w


def _cumulative(powers_w: list[float]) -> list[float]:
    return list(itertools.accumulate((power_w * _GRID_S for power_w in powers_w), initial=0.0))


def _at(cumulative_j: list[float], t_s: float) -> float:
    position = min(max(t_s / _GRID_S, 0.0), len(cumulative_j) - 1.000001)
    left = int(position)
    right_j, left_j = cumulative_j[left + 1], cumulative_j[left]
    return left_j + (right_j - left_j) * (position - left)


@dataclass(frozen=True)
class Behaviour:
    """How a kind of instrument really behaves, whatever its adapter says of it."""

    identity: SourceIdentity
    period_s: float
    """Time between two updates."""
    averaging_s: float = 0.0
    """Watts only: length of the moving average."""
    lag_s: float = 0.0
    """How late an update shows what it is about."""
    jitter: float = 0.02
    """Relative standard deviation of the time between updates."""
    start_j: float = 0.0
    """Counters only: value at the beginning."""


class SimulatedSource:
    """An instrument of the machine."""

    def __init__(
        self,
        behaviour: Behaviour,
        truth: TruePower,
        gain: float,
        rng: random.Random,
        clock: FakeClock,
        length_s: float,
    ) -> None:
        self._behaviour = behaviour
        self._truth = truth
        self._gain = gain
        self._clock = clock
        self._updates_s = _update_times(behaviour, rng, length_s)

    @property
    def identity(self) -> SourceIdentity:
        """What its adapter says of it."""
        return self._behaviour.identity

    def read(self) -> ReadOutcome:
        """Return what the last update said."""
        now_s = self._clock.monotonic_s()
        updated_s = self._updates_s[bisect.bisect_right(self._updates_s, now_s) - 1]
        return PowerReading(self._clock.monotonic_ns(), self._shown(updated_s))

    def close(self) -> None:
        """Do nothing."""

    def _shown(self, updated_s: float) -> float:
        behaviour, identity = self._behaviour, self._behaviour.identity
        seen_s = updated_s - behaviour.lag_s
        if identity.kind is SourceKind.POWER:
            return self._rounded(self._gain * self._truth.power_w(seen_s, behaviour.averaging_s))
        value_j = self._rounded(behaviour.start_j + self._gain * self._truth.total_j(seen_s))
        return value_j if identity.wrap_j is None else value_j % identity.wrap_j

    def _rounded(self, value: float) -> float:
        step = self._behaviour.identity.resolution
        return math.floor(value / step) * step if step else value


def _update_times(behaviour: Behaviour, rng: random.Random, length_s: float) -> list[float]:
    period_s = max(behaviour.period_s, 0.005)  # finer than any reading: makes no difference
    times_s = [-rng.uniform(0, period_s)]
    while times_s[-1] < length_s:
        times_s.append(times_s[-1] + period_s * max(0.2, rng.gauss(1, behaviour.jitter)))
    return times_s

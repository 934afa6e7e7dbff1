"""Replays answers of known energy through simulated instruments, the recorder and the integrator.

`python -m tests.helpers.power_replay` runs it at full size and prints the table.
"""

import random
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.helpers.fake_clock import FakeClock
from tests.helpers.power_world import Answer, Behaviour, SimulatedSource, TruePower

from large_enough.domain.energy import Energy, PowerConditions
from large_enough.domain.power import Scope, SourceIdentity, SourceKind
from large_enough.domain.quantity import Unavailable
from large_enough.measure.baseline import idle_power
from large_enough.measure.channel import Channel
from large_enough.measure.energy import gross_energy, net_energy
from large_enough.measure.footing import FEWEST_UPDATES, read_past_s
from large_enough.measure.windows import NS_PER_S, Window

CONDITIONS = PowerConditions(machine="simulated", on_battery=False, power_plan="balanced")
ANSWERS_S = (2.0, 5.0, 10.0, 30.0)
JUST_CLAIMED = 1.1
"""An answer that is longer by this factor than the shortest that is claimed is tried as well."""
CAMPAIGN_RUNS = 400
MOST_BIAS = 0.05
LEAST_COVERAGE, MOST_COVERAGE = 0.90, 0.97

_REFUSED_RUNS = 20
"""Runs with answers that are far too short for the instrument."""
_OBSERVATION_S = 3.5
_IDLE_S = 12.0
_SETTLE_S = 1.0


def _behaviour(
    name: str,
    kind: SourceKind,
    period_s: float,
    gain: float,
    *,
    averaging_s: float = 0.0,
    lag_s: float = 0.0,
    wrap_j: float | None = None,
    start_j: float = 0.0,
) -> Behaviour:
    identity = SourceIdentity(
        key=name,
        instrument=name,
        scope=Scope.WHOLE_MACHINE,
        kind=kind,
        gain_uncertainty=gain,
        resolution=0.001,
        nominal_period_s=period_s,
        averaging_s=averaging_s,
        wrap_j=wrap_j,
    )
    return Behaviour(
        identity=identity,
        period_s=period_s,
        averaging_s=averaging_s,
        lag_s=lag_s,
        start_j=start_j,
    )


_COUNTER, _POWER = SourceKind.COUNTER, SourceKind.POWER
INSTRUMENTS = (
    _behaviour("RAPL, EMI (Intel)", _COUNTER, 0.001, 0.04, wrap_j=262_143.33, start_j=262_000),
    _behaviour("RAPL, EMI (AMD)", _COUNTER, 0.001, 0.10, wrap_j=65_532.61, start_j=65_400),
    _behaviour("NVML counter", _COUNTER, 0.1, 0.05, lag_s=0.02),
    _behaviour("NVML power now", _POWER, 0.1, 0.05, lag_s=0.02),
    _behaviour("NVML power, 1 s mean", _POWER, 0.1, 0.05, averaging_s=1.0),
    _behaviour("amdgpu, 1 s mean", _POWER, 1.0, 0.10, averaging_s=1.0),
    _behaviour("PSTR, each second", _POWER, 1.0, 0.05, lag_s=0.05),
    _behaviour("IOReport, 0.1 s", _COUNTER, 0.1, 0.125),
    _behaviour("IOReport, 2.1 s batches", _COUNTER, 2.1, 0.125),
    _behaviour("battery gauge, 1 s", _POWER, 1.0, 0.05),
    _behaviour("battery gauge, 5 s", _POWER, 5.0, 0.05),
    _behaviour("battery gauge, 30 s", _POWER, 30.0, 0.05),
)


@dataclass
class Cell:
    """All runs of one instrument with answers of one length."""

    name: str
    answer_s: float
    run_count: int = 0
    refusals: list[str] = field(default_factory=list)
    gross: list[tuple[Energy, float]] = field(default_factory=list)
    """Claimed energies with the true joules."""
    net: list[tuple[Energy, float]] = field(default_factory=list)

    def row(self) -> str:
        """Return the line of the table."""
        claimed = f"{len(self.net) / self.run_count:7.0%}"
        start = f"{self.name:25} {self.answer_s:5.0f} s {claimed}"
        if not self.net:
            return f"{start}   {statistics.mode(self.refusals)}"
        return (
            f"{start} {bias(self.gross):+8.1%} {coverage(self.gross):6.1%}"
            f" {bias(self.net):+8.1%} {coverage(self.net):6.1%} {width(self.net):6.0%}"
        )


HEADING = f"{'':25} {'answer':>7} claimed {'gross':>8} {'cover':>6} {'net':>8} {'cover':>6} +-2u"


def bias(pairs: Sequence[tuple[Energy, float]]) -> float:
    """Return the mean error over the mean of the truth."""
    error_j = statistics.fmean(energy.energy_j - true_j for energy, true_j in pairs)
    return error_j / statistics.fmean(true_j for _, true_j in pairs)


def coverage(pairs: Sequence[tuple[Energy, float]]) -> float:
    """Return how often the interval held the truth."""
    return statistics.fmean(energy.low_j <= true_j <= energy.high_j for energy, true_j in pairs)


def width(pairs: Sequence[tuple[Energy, float]]) -> float:
    """Return the mean half width of the interval, relative to the energy."""
    return statistics.fmean(
        (energy.high_j - energy.low_j) / 2 / energy.energy_j for energy, _ in pairs
    )


def simulate(behaviour: Behaviour, answer_s: float, run_count: int, seed: int = 1) -> Cell:
    """Return the runs of one instrument; the errors of its scale are spread evenly over them."""
    rng = random.Random(f"{seed} {behaviour.identity.key} {answer_s}")
    deviations = [statistics.NormalDist().inv_cdf((i + 0.5) / run_count) for i in range(run_count)]
    cell = Cell(behaviour.identity.key, answer_s, run_count)
    for deviation in deviations:
        gain = 1 + behaviour.identity.gain_uncertainty * deviation
        _run(behaviour, answer_s, gain, rng, cell)
    return cell


def answers_s(behaviour: Behaviour) -> tuple[float, ...]:
    """Return the lengths to try: the usual ones, and for slow instruments one just claimed."""
    shortest_s = _shortest_s(behaviour)
    usual = set(ANSWERS_S)
    return tuple(sorted(usual if shortest_s < 2 else usual | {JUST_CLAIMED * shortest_s}))


def campaign(run_count: int = CAMPAIGN_RUNS, seed: int = 1) -> Iterator[Cell]:
    """Yield the cells of the whole table, each as soon as it is done."""
    for behaviour in INSTRUMENTS:
        for answer_s in answers_s(behaviour):
            is_hopeless = answer_s < 0.9 * _shortest_s(behaviour)
            yield simulate(behaviour, answer_s, _REFUSED_RUNS if is_hopeless else run_count, seed)


def _shortest_s(behaviour: Behaviour) -> float:
    """Return the length from which answers are claimed."""
    return FEWEST_UPDATES * max(behaviour.period_s, behaviour.averaging_s)


def _run(
    behaviour: Behaviour, answer_s: float, gain: float, rng: random.Random, cell: Cell
) -> None:
    slowest_s = max(behaviour.period_s, behaviour.averaging_s)
    idle_s = max(_IDLE_S, 1.2 * FEWEST_UPDATES * slowest_s)
    first_s = _OBSERVATION_S + 4 * slowest_s
    start_s = first_s + idle_s + _SETTLE_S + read_past_s(behaviour.identity, slowest_s)
    end_s = start_s + answer_s
    length_s = end_s + 2 * read_past_s(behaviour.identity, slowest_s) + 2.0
    truth = TruePower(rng, rng.uniform(4, 8), rng.uniform(12, 22), Answer(start_s, end_s), length_s)
    clock = FakeClock(0.0)
    source = SimulatedSource(behaviour, truth, gain, rng, clock, length_s)
    channel = Channel(source, clock)
    _record(channel, clock, rng, (start_s, end_s), length_s)
    series = channel.series()
    idle = idle_power(series, _window(first_s, first_s + idle_s), CONDITIONS)
    answer = _window(start_s, end_s)
    gross = gross_energy(series, answer, CONDITIONS)
    net = idle if isinstance(idle, Unavailable) else net_energy(series, answer, CONDITIONS, idle)
    if isinstance(gross, Unavailable):
        cell.refusals.append(gross.reason)
        return
    if isinstance(net, Unavailable):
        cell.refusals.append(net.reason)
        return
    cell.gross.append((gross, truth.gross_j()))
    cell.net.append((net, truth.net_j()))


def _record(
    channel: Channel,
    clock: FakeClock,
    rng: random.Random,
    marks_s: tuple[float, float],
    length_s: float,
) -> None:
    """Read when the recorder would: when it is due, and at the marks, always a little late."""
    marks = [*marks_s, length_s]
    while clock.now_s < length_s:
        channel.accept(channel.read())
        next_s = max(channel.due_ns / NS_PER_S, clock.now_s)
        if marks and marks[0] <= next_s:
            next_s = marks.pop(0)
        is_busy = marks_s[0] <= next_s <= marks_s[1]
        clock.now_s = max(next_s, clock.now_s) + rng.expovariate(1 / (0.008 if is_busy else 0.002))


def _window(start_s: float, end_s: float) -> Window:
    return Window(round(start_s * NS_PER_S), round(end_s * NS_PER_S))


def main() -> None:
    """Print the table at full size."""
    sys.stdout.write(HEADING + "\n")
    for cell in campaign():
        sys.stdout.write(cell.row() + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

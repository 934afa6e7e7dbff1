import math

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.helpers.power_sources import (
    CONDITIONS,
    make_identity,
    make_idle,
    make_series,
    window_s,
)

from large_enough.domain.energy import Energy, EnergyFlag, EnergyKind, PowerConditions
from large_enough.domain.power import Scope, SourceKind
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.measure.energy import (
    NOT_ABOVE_IDLE,
    OTHER_IDLE_STATE,
    TOO_SLOW_TO_SPLIT,
    energy_of_answers,
    gross_energy,
    net_energy,
    split_energy,
)
from large_enough.measure.footing import NOT_READ_AFTER, WINDOW_TOO_SHORT
from large_enough.measure.windows import Series

unhurried = settings(deadline=None)  # other programs may hold the processor for long

POWER = make_identity("psu", kind=SourceKind.POWER, scope=Scope.WHOLE_MACHINE)


def step(t_s: float, start_s: float, end_s: float, idle_w: float, busy_w: float) -> float:
    """Return the joules until then of a machine that is busy in between."""
    return idle_w * t_s + (busy_w - idle_w) * (min(max(t_s, start_s), end_s) - start_s)


def counter(
    *, idle_w: float = 4.0, busy_w: float = 25.0, identity=None, period_s: float = 0.1
) -> Series:
    """Read ten times a second for 40 s; busy from 10 to 22 s."""
    points = [(i / 10, step(i / 10, 10, 22, idle_w, busy_w)) for i in range(400)]
    return make_series(points, identity, period_s)


def claimed(outcome: Energy | Unavailable) -> Energy:
    assert isinstance(outcome, Energy), outcome
    return outcome


def test_gross_energy_of_a_counter() -> None:
    energy = claimed(gross_energy(counter(period_s=0.002), window_s(10, 22), CONDITIONS))
    assert energy.energy_j == pytest.approx(300.0, rel=1e-3)
    assert energy.kind is EnergyKind.GROSS
    assert energy.quality is NumberQuality.MEASURED
    assert energy.scopes == (Scope.CPU_PACKAGE,)
    assert energy.source_keys == ("rapl:package-0",)
    assert energy.duration_s == pytest.approx(12.0)
    assert energy.reading_count == 121
    assert isinstance(energy.idle_w, Unavailable)
    assert energy.flags == ()


def test_the_example_of_the_design() -> None:
    """RAPL, 12 s at 25 W, idle 4 +- 0.5 W: 252 J, u about 11 J (its 9 J are 3.5 %)."""
    series = counter(identity=make_identity(gain=0.035), period_s=0.001)
    energy = claimed(net_energy(series, window_s(10, 22), CONDITIONS, make_idle(4.0, 0.5)))
    assert energy.energy_j == pytest.approx(252.0, rel=1e-3)
    assert energy.terms.gain_j == pytest.approx(8.8, abs=0.1)
    assert energy.terms.idle_j == pytest.approx(6.0)
    assert energy.standard_uncertainty_j == pytest.approx(11.0, abs=0.5)
    assert energy.idle_w == 4.0


def test_each_term_is_that_of_the_formula() -> None:
    identity = make_identity(gain=0.05, resolution=0.25)
    energy = claimed(
        net_energy(counter(identity=identity), window_s(10, 22), CONDITIONS, make_idle())
    )
    assert energy.terms.gain_j == pytest.approx(0.05 * energy.energy_j)
    assert energy.edge_step_w == pytest.approx(21.0, rel=0.01)
    assert energy.terms.edge_j == pytest.approx(21.0 * 0.1 * math.sqrt(2 / 12), rel=0.01)
    assert energy.terms.resolution_j == 0.25
    assert energy.terms.idle_j == pytest.approx(12 * 0.5)
    assert energy.terms.attribution_j == 0.0


def test_the_resolution_of_watts_counts_over_the_whole_window() -> None:
    identity = make_identity(
        "psu", kind=SourceKind.POWER, scope=Scope.WHOLE_MACHINE, resolution=0.5
    )
    series = make_series([(i / 10, 20.0) for i in range(400)], identity)
    energy = claimed(gross_energy(series, window_s(10, 20), CONDITIONS))
    assert energy.terms.resolution_j == pytest.approx(5.0)
    assert energy.edge_step_w == pytest.approx(0.0, abs=1e-9)


def test_watts_become_joules() -> None:
    points = [(i / 10, 25.0 if 10 <= i / 10 < 22 else 4.0) for i in range(400)]
    energy = claimed(gross_energy(make_series(points, POWER), window_s(10, 22), CONDITIONS))
    assert energy.energy_j == pytest.approx(300.0, rel=0.01)


@pytest.mark.parametrize("shown_as", [SourceKind.COUNTER, SourceKind.POWER])
def test_no_readings_are_never_nothing_used(shown_as: SourceKind) -> None:
    series = make_series([], make_identity(kind=shown_as))
    assert isinstance(gross_energy(series, window_s(10, 22), CONDITIONS), Unavailable)


def test_a_missing_half_is_not_filled_up() -> None:
    points = [(i / 10, 20.0) for i in range(400) if not 120 < i < 180]
    energy = gross_energy(make_series(points, POWER), window_s(10, 22), CONDITIONS)
    assert energy == WINDOW_TOO_SHORT


def test_a_counter_goes_on_while_it_is_not_read() -> None:
    points = [(i / 10, 5.0 * i / 10) for i in range(400) if not 120 < i < 180]
    energy = claimed(gross_energy(make_series(points), window_s(10, 22), CONDITIONS))
    assert energy.energy_j == pytest.approx(60.0, rel=1e-3)


def test_net_energy_needs_the_idle_power_of_the_same_state() -> None:
    on_battery = msgspec.structs.replace(CONDITIONS, on_battery=True)
    for idle in (make_idle(key="emi:0"), make_idle(conditions=on_battery)):
        assert net_energy(counter(), window_s(10, 22), CONDITIONS, idle) == OTHER_IDLE_STATE


def test_nothing_above_idle_is_not_shown_as_nothing() -> None:
    outcome = net_energy(counter(), window_s(10, 22), CONDITIONS, make_idle(25.1))
    assert outcome == NOT_ABOVE_IDLE


def test_flags_come_from_conditions_and_idle_power() -> None:
    conditions = PowerConditions(machine="m", on_battery=True, power_plan="saver")
    idle = make_idle(conditions=conditions, is_disturbed=True)
    energy = claimed(net_energy(counter(), window_s(10, 22), conditions, idle))
    assert energy.flags == (EnergyFlag.ON_BATTERY, EnergyFlag.BACKGROUND_ACTIVITY)


def test_unknown_conditions_are_no_battery() -> None:
    conditions = PowerConditions(
        machine="m",
        on_battery=Unavailable(reason="no battery"),
        power_plan=Unavailable(reason="not told"),
    )
    assert claimed(gross_energy(counter(), window_s(10, 22), conditions)).flags == ()


ANSWERS = [window_s(10, 10.8), window_s(12, 12.8), window_s(14, 14.8), window_s(21, 21.8)]


def test_answers_too_short_alone_are_claimed_together() -> None:
    points, energy_j = [], 0.0
    for i in range(4000):
        t_s = i / 100
        points.append((t_s, energy_j))
        is_busy = any(a.start_ns <= t_s * 1e9 < a.end_ns for a in ANSWERS)
        energy_j += (25.0 if is_busy else 4.0) / 100
    series = make_series(points, period_s=0.1)
    for answer in ANSWERS:
        assert gross_energy(series, answer, CONDITIONS) == WINDOW_TOO_SHORT
    idle = make_idle(4.0, 0.1)
    net = claimed(energy_of_answers(series, ANSWERS, CONDITIONS, idle, EnergyKind.NET))
    gross = claimed(energy_of_answers(series, ANSWERS, CONDITIONS, idle, EnergyKind.GROSS))
    assert net.energy_j == pytest.approx(4 * 0.8 * 21, rel=0.02)
    assert gross.energy_j == pytest.approx(4 * 0.8 * 25, rel=0.02)
    assert net.terms.idle_j == pytest.approx(11.8 * 0.1)
    assert gross.terms.idle_j == pytest.approx((11.8 - 3.2) * 0.1)
    assert net.duration_s == pytest.approx(3.2)
    assert net.mean_power_w == pytest.approx(21, rel=0.02)
    assert net.flags == (EnergyFlag.PAUSES_INCLUDED,)


def test_an_answer_is_split_at_its_first_token() -> None:
    points = [
        (i / 10, step(i / 10, 10, 13, 4, 30) + step(i / 10, 13, 22, 0, 20)) for i in range(400)
    ]
    series = make_series(points, period_s=0.1)
    split = split_energy(series, window_s(10, 22), round(13e9), CONDITIONS)
    assert claimed(split.prompt).energy_j == pytest.approx(90.0, rel=0.02)
    assert claimed(split.generation).energy_j == pytest.approx(9 * 24.0, rel=0.02)
    whole = claimed(gross_energy(series, window_s(10, 22), CONDITIONS))
    parts_j = claimed(split.prompt).energy_j + claimed(split.generation).energy_j
    assert parts_j == pytest.approx(whole.energy_j)
    net = split_energy(series, window_s(10, 22), round(13e9), CONDITIONS, make_idle())
    assert claimed(net.prompt).energy_j == pytest.approx(78.0, rel=0.02)


def test_a_short_prompt_is_not_claimed() -> None:
    split = split_energy(counter(), window_s(10, 22), round(10.4e9), CONDITIONS)
    assert split.prompt == WINDOW_TOO_SHORT
    assert isinstance(split.generation, Energy)


@pytest.mark.parametrize(
    "series",
    [
        counter(period_s=0.2),
        counter(identity=make_identity(kind=SourceKind.POWER, averaging_s=1.0)),
        msgspec.structs.replace(counter(), update_period_s=Unavailable(reason="unknown")),
    ],
)
def test_a_slow_instrument_does_not_split(series: Series) -> None:
    split = split_energy(series, window_s(10, 22), round(15e9), CONDITIONS)
    assert split.prompt == split.generation == TOO_SLOW_TO_SPLIT


def test_an_answer_that_has_just_ended_is_not_covered_yet() -> None:
    short = make_series([(i / 10, 4.0 * i / 10) for i in range(221)])
    assert gross_energy(short, window_s(10, 22), CONDITIONS) == NOT_READ_AFTER


# Properties. Readings every 0.1 s for 60 s, of any powers; windows anywhere inside.

READINGS_PER_LEVEL = 24
POWERS_W = st.lists(st.floats(1.0, 80.0), min_size=25, max_size=25)
MOMENTS_S = st.floats(3.0, 55.0)


def series_of(powers_w: list[float], kind: SourceKind, scale: float = 1.0) -> Series:
    identity = make_identity(kind=kind)
    points: list[tuple[float, float]] = []
    energy_j = 0.0
    for index in range(len(powers_w) * READINGS_PER_LEVEL):
        power_w = powers_w[index // READINGS_PER_LEVEL] + index % 3
        points.append((index / 10, scale * (energy_j if kind is SourceKind.COUNTER else power_w)))
        energy_j += power_w / 10
    return make_series(points, identity)


@unhurried
@given(POWERS_W, MOMENTS_S, MOMENTS_S, MOMENTS_S, st.sampled_from(list(SourceKind)))
def test_energies_of_adjoining_windows_add_up(
    powers_w: list[float], a: float, b: float, c: float, kind: SourceKind
) -> None:
    a, b, c = sorted((a, b, c))
    assume(b - a > 1.01)
    assume(c - b > 1.01)
    series = series_of(powers_w, kind)
    first, second, whole = (
        claimed(gross_energy(series, window, CONDITIONS))
        for window in (window_s(a, b), window_s(b, c), window_s(a, c))
    )
    assert first.energy_j + second.energy_j == pytest.approx(whole.energy_j, abs=1e-6)


@unhurried
@given(POWERS_W, MOMENTS_S, st.floats(1.1, 4.0), st.floats(0.0, 80.0), st.floats(0.0, 2.0))
def test_net_is_at_most_gross(
    powers_w: list[float], start_s: float, length_s: float, idle_w: float, u_w: float
) -> None:
    series = series_of(powers_w, SourceKind.COUNTER)
    window = window_s(start_s, start_s + length_s)
    gross = claimed(gross_energy(series, window, CONDITIONS))
    net = net_energy(series, window, CONDITIONS, make_idle(idle_w, u_w))
    if isinstance(net, Energy):
        assert 0 < net.energy_j <= gross.energy_j
        assert net.terms.idle_j >= gross.terms.idle_j == 0
    else:
        assert net == NOT_ABOVE_IDLE


@pytest.mark.parametrize(
    "unit_j", [1e-3, 1e-6, 1e-9, 3.6e-9], ids=["millijoule", "microjoule", "nanojoule", "pWh"]
)
@unhurried
@given(powers_w=POWERS_W, start_s=MOMENTS_S)
def test_units_make_no_difference(unit_j: float, powers_w: list[float], start_s: float) -> None:
    """A counter of whole units, brought to joules as its adapter does."""
    window = window_s(start_s, start_s + 3)
    exact = series_of(powers_w, SourceKind.COUNTER)
    counted = make_series(
        [(r.t_ns / 1e9, int(r.value / unit_j) * unit_j) for r in exact.readings],
        make_identity(resolution=unit_j),
    )
    energy = claimed(gross_energy(counted, window, CONDITIONS))
    expected = claimed(gross_energy(exact, window, CONDITIONS))
    assert energy.energy_j == pytest.approx(expected.energy_j, abs=3 * unit_j + 1e-9)


@unhurried
@given(POWERS_W, MOMENTS_S, st.floats(1.5, 3.0), st.sampled_from(list(SourceKind)))
def test_twice_the_readings_are_twice_the_energy(
    powers_w: list[float], start_s: float, scale: float, kind: SourceKind
) -> None:
    window = window_s(start_s, start_s + 3)
    energy = claimed(gross_energy(series_of(powers_w, kind), window, CONDITIONS))
    scaled = claimed(gross_energy(series_of(powers_w, kind, scale), window, CONDITIONS))
    assert scaled.energy_j == pytest.approx(scale * energy.energy_j)
    assert scaled.standard_uncertainty_j == pytest.approx(scale * energy.standard_uncertainty_j)


@unhurried
@given(
    st.lists(st.tuples(st.floats(0, 30), st.floats(0, 100)), max_size=40),
    st.floats(-5, 35),
    st.floats(-1, 30),
    st.floats(0.001, 10),
    st.sampled_from(list(SourceKind)),
)
def test_whatever_was_read_there_is_a_number_or_a_reason(
    points: list[tuple[float, float]],
    start_s: float,
    length_s: float,
    period_s: float,
    kind: SourceKind,
) -> None:
    series = make_series(sorted(points), make_identity(kind=kind), period_s)
    outcome = gross_energy(series, window_s(start_s, start_s + length_s), CONDITIONS)
    if isinstance(outcome, Energy):
        assert outcome.energy_j > 0
        assert outcome.reading_count >= 0
        assert length_s >= 10 * outcome.update_period_s - 1e-6
        assert outcome.low_j <= outcome.energy_j <= outcome.high_j
    else:
        assert outcome.reason

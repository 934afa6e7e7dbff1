import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.power_sources import (
    CONDITIONS,
    make_idle,
    make_series,
    window_s,
)

from large_enough.domain.energy import Energy, EnergyFlag, EnergyKind
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.measure.attribution import (
    NOTHING_ATTRIBUTED,
    RULE_UNCERTAINTY,
    ActivitySlice,
    SharingRule,
    attribute,
    shares,
)
from large_enough.measure.energy import OTHER_IDLE_STATE
from large_enough.measure.footing import WINDOW_TOO_SHORT
from large_enough.measure.windows import Series

unhurried = settings(deadline=None)  # other programs may hold the processor for long

IDLE = make_idle(4.0, 0.1)


def machine(busy_w: float = 24.0) -> Series:
    """Return a fast counter: 4 W, and more from 10 to 20 s."""
    points = [
        (i / 10, 4.0 * i / 10 + (busy_w - 4.0) * (min(max(i / 10, 10), 20) - 10))
        for i in range(300)
    ]
    return make_series(points, period_s=0.001)


def slices(activity: dict[str, float], total: float, count: int = 10) -> list[ActivitySlice]:
    return [
        ActivitySlice(
            window=window_s(10 + index, 11 + index), activity=activity, total_activity=total
        )
        for index in range(count)
    ]


def divided(parts, *, rule=SharingRule.CPU_TIME, kind=EnergyKind.NET, idle=IDLE):
    return attribute(machine(), parts, CONDITIONS, idle, rule=rule, kind=kind)


def claimed(outcome: Energy | Unavailable) -> Energy:
    assert isinstance(outcome, Energy), outcome
    return outcome


def test_energy_above_idle_is_divided_by_processor_time() -> None:
    result = divided(slices({"A": 2.0, "B": 1.0}, total=4.0))
    assert claimed(result["A"]).energy_j == pytest.approx(100.0, rel=1e-3)
    assert claimed(result["B"]).energy_j == pytest.approx(50.0, rel=1e-3)
    assert claimed(result["A"]).quality is NumberQuality.ATTRIBUTED
    assert claimed(result["A"]).kind is EnergyKind.NET
    assert claimed(result["A"]).duration_s == pytest.approx(10.0)
    assert claimed(result["A"]).idle_w == 4.0


def test_idle_power_is_shared_equally_in_gross_energy() -> None:
    result = divided(slices({"A": 2.0, "B": 1.0}, total=4.0), kind=EnergyKind.GROSS)
    assert claimed(result["A"]).energy_j == pytest.approx(120.0, rel=1e-3)
    assert claimed(result["B"]).energy_j == pytest.approx(70.0, rel=1e-3)
    assert claimed(result["A"]).terms.idle_j == 0.0


def test_who_is_alone_in_a_slice_gets_its_idle_power_alone() -> None:
    parts = slices({"A": 1.0, "B": 1.0}, total=2.0, count=5)
    alone = [
        ActivitySlice(window=window_s(15 + i, 16 + i), activity={"A": 1.0}, total_activity=1.0)
        for i in range(5)
    ]
    result = divided([*parts, *alone], kind=EnergyKind.GROSS)
    assert claimed(result["A"]).energy_j == pytest.approx(5 * 12 + 5 * 24, rel=1e-3)
    assert claimed(result["B"]).energy_j == pytest.approx(5 * 12, rel=1e-3)
    assert claimed(result["B"]).duration_s == pytest.approx(5.0)


@pytest.mark.parametrize("rule", list(SharingRule))
def test_the_uncertainty_of_the_division_is_part_of_it(rule: SharingRule) -> None:
    energy = claimed(divided(slices({"A": 1.0, "B": 1.0}, total=2.0), rule=rule)["A"])
    assert energy.terms.attribution_j == pytest.approx(RULE_UNCERTAINTY[rule] * energy.energy_j)
    assert energy.terms.gain_j == pytest.approx(0.05 * energy.energy_j)
    assert energy.terms.idle_j == pytest.approx(10 * 0.5 * 0.1)
    assert (EnergyFlag.SPLIT_EQUALLY in energy.flags) is (rule is SharingRule.EQUAL_PARTS)


def test_background_activity_is_passed_on() -> None:
    idle = make_idle(4.0, 0.1, is_disturbed=True)
    energy = claimed(divided(slices({"A": 1.0}, total=1.0), idle=idle)["A"])
    assert EnergyFlag.BACKGROUND_ACTIVITY in energy.flags


def test_who_used_nothing_gets_no_number() -> None:
    result = divided(slices({"A": 1.0, "B": 0.0}, total=1.0))
    assert isinstance(result["A"], Energy)
    assert result["B"] == NOTHING_ATTRIBUTED


def test_reasons_hold_for_all() -> None:
    assert divided(slices({"A": 1.0}, 1.0), idle=make_idle(key="emi:0"))["A"] == OTHER_IDLE_STATE
    short = [ActivitySlice(window=window_s(10, 10.005), activity={"A": 1.0}, total_activity=1.0)]
    assert divided(short) == {"A": WINDOW_TOO_SHORT}


ACTIVITIES = st.dictionaries(st.sampled_from("ABCD"), st.floats(0, 1e6), min_size=1)


@unhurried
@given(ACTIVITIES, st.floats(0, 1e6))
def test_shares_never_exceed_the_whole(activity: dict[str, float], total: float) -> None:
    parts = shares(activity, total)
    assert parts.keys() == activity.keys()
    assert all(0 <= part <= 1 for part in parts.values())
    assert math.fsum(parts.values()) <= 1 + 1e-9


@unhurried
@given(st.lists(st.tuples(ACTIVITIES, st.floats(0, 1e3)), min_size=10, max_size=10))
def test_attributed_energies_never_exceed_the_measured(parts) -> None:
    row = [
        ActivitySlice(
            window=window_s(10 + index, 11 + index), activity=activity, total_activity=total
        )
        for index, (activity, total) in enumerate(parts)
    ]
    for kind, most_j in ((EnergyKind.NET, 200.0), (EnergyKind.GROSS, 240.0)):
        outcomes = divided(row, kind=kind).values()
        total_j = math.fsum(e.energy_j for e in outcomes if isinstance(e, Energy))
        assert total_j <= most_j * 1.001

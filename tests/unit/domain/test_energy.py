import math

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers.power_sources import CONDITIONS, make_energy

from large_enough.domain.energy import (
    Energy,
    EnergyFlag,
    EnergyKind,
    EnergyTerms,
    add_scopes,
    is_clearly_different,
    per_token_j,
    why_not_comparable,
    worst_quality,
)
from large_enough.domain.power import CONTAINED_IN, Scope
from large_enough.domain.quantity import NumberQuality, Unavailable

BATTERY = msgspec.structs.replace(CONDITIONS, on_battery=True)
QUALITIES = st.sampled_from(
    [NumberQuality.MEASURED, NumberQuality.ATTRIBUTED, NumberQuality.ESTIMATED]
)


def test_the_interval_has_two_standard_uncertainties_to_each_side() -> None:
    energy = make_energy(100.0, gain_j=3.0, edge_j=4.0)
    assert energy.standard_uncertainty_j == pytest.approx(5.0)
    assert (energy.low_j, energy.high_j) == pytest.approx((90.0, 110.0))
    assert energy.mean_power_w == pytest.approx(10.0)


def test_an_interval_never_goes_below_nothing() -> None:
    assert make_energy(4.0).low_j == 0.0


def test_all_five_terms_count() -> None:
    terms = EnergyTerms(gain_j=1, edge_j=2, resolution_j=3, idle_j=4, attribution_j=5)
    assert terms.standard_j == pytest.approx(math.sqrt(1 + 4 + 9 + 16 + 25))
    assert terms.scaled(2).standard_j == pytest.approx(2 * terms.standard_j)


@pytest.mark.parametrize("outcome", [make_energy(), Unavailable(reason="window too short")])
def test_energies_survive_json(outcome: Energy | Unavailable) -> None:
    content = msgspec.json.encode(outcome)
    assert msgspec.json.decode(content, type=Energy | Unavailable) == outcome


def test_flags_are_kept_once_and_in_order() -> None:
    energy = (
        make_energy()
        .with_flags([EnergyFlag.SWAPPING])
        .with_flags([EnergyFlag.ON_BATTERY, EnergyFlag.SWAPPING])
    )
    assert energy.flags == (EnergyFlag.ON_BATTERY, EnergyFlag.SWAPPING)


def test_processor_and_graphics_card_add_up() -> None:
    card = make_energy(50.0, key="nvml:0", scope=Scope.GPU_BOARD)
    both = add_scopes([make_energy(100.0), card.with_flags([EnergyFlag.THROTTLED])])
    assert isinstance(both, Energy)
    assert both.energy_j == pytest.approx(150.0)
    assert both.scopes == (Scope.CPU_PACKAGE, Scope.GPU_BOARD)
    assert both.standard_uncertainty_j == pytest.approx(5 * math.sqrt(2))
    assert both.idle_w == pytest.approx(8.0)
    assert both.flags == (EnergyFlag.THROTTLED,)
    assert both.source_keys == ("rapl:package-0", "nvml:0")


def test_two_packages_of_one_instrument_add_up() -> None:
    both = add_scopes([make_energy(), make_energy(key="rapl:package-1")])
    assert isinstance(both, Energy)
    assert both.energy_j == pytest.approx(200.0)
    assert both.scopes == (Scope.CPU_PACKAGE,)


def test_one_part_is_its_own_sum() -> None:
    assert add_scopes([make_energy()]) == make_energy()


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (make_energy(key="emi:0"), "two instruments cover the same part"),
        (make_energy(), "the same instrument twice"),
        (
            make_energy(key="battery", scope=Scope.WHOLE_MACHINE),
            "one instrument covers what the other covers",
        ),
        (
            make_energy(key="x", scope=Scope.PROCESS_CPU),
            "one instrument covers what the other covers",
        ),
        (
            make_energy(key="nvml:0", scope=Scope.GPU_BOARD, kind=EnergyKind.GROSS),
            "one is with and the other without idle power",
        ),
        (
            make_energy(key="nvml:0", scope=Scope.GPU_BOARD, conditions=BATTERY),
            "they come from different machines or power states",
        ),
        (
            make_energy(key="nvml:0", scope=Scope.GPU_BOARD, duration_s=9.0),
            "they are of different windows",
        ),
    ],
)
def test_what_overlaps_or_differs_is_not_added(other: Energy, reason: str) -> None:
    assert add_scopes([make_energy(), other]) == Unavailable(reason=reason)


def test_a_missing_part_makes_the_sum_missing() -> None:
    missing = Unavailable(reason="window too short")
    assert add_scopes([make_energy(), missing]) == missing


@given(st.sampled_from(list(Scope)), st.sampled_from(list(Scope)))
def test_scopes_of_which_one_holds_the_other_never_add(one: Scope, other: Scope) -> None:
    total = add_scopes([make_energy(key="a:0", scope=one), make_energy(key="b:0", scope=other)])
    overlap = one == other or one in CONTAINED_IN[other] or other in CONTAINED_IN[one]
    assert isinstance(total, Unavailable) is overlap


@given(QUALITIES, QUALITIES)
def test_a_sum_is_as_good_as_its_worst_part(one: NumberQuality, other: NumberQuality) -> None:
    total = add_scopes(
        [
            make_energy(quality=one),
            make_energy(key="nvml:0", scope=Scope.GPU_BOARD, quality=other),
        ]
    )
    assert isinstance(total, Energy)
    assert total.quality == worst_quality([one, other])
    assert total.quality in (one, other)


def test_qualities_have_an_order() -> None:
    assert worst_quality(list(NumberQuality)) is NumberQuality.NOT_AVAILABLE
    best = [NumberQuality.MEASURED, NumberQuality.ATTRIBUTED]
    assert worst_quality(best) is NumberQuality.ATTRIBUTED


def test_energy_per_token() -> None:
    missing = Unavailable(reason="window too short")
    assert per_token_j(make_energy(100.0), 50) == pytest.approx(2.0)
    assert per_token_j(missing, 50) == missing
    assert isinstance(per_token_j(make_energy(), 0), Unavailable)


def test_what_may_be_compared() -> None:
    assert why_not_comparable(make_energy(), make_energy(5.0)) is None


@pytest.mark.parametrize(
    ("other", "part_of_reason"),
    [
        (make_energy(scope=Scope.SOC), "different parts"),
        (make_energy(quality=NumberQuality.ATTRIBUTED), "one of them is a firmer number"),
        (make_energy(kind=EnergyKind.GROSS), "idle power"),
        (
            make_energy(conditions=msgspec.structs.replace(CONDITIONS, machine="other")),
            "different machines",
        ),
        (make_energy(conditions=BATTERY), "power states"),
        (
            make_energy(conditions=msgspec.structs.replace(CONDITIONS, power_plan="saver")),
            "power states",
        ),
    ],
)
def test_what_may_not_be_compared(other: Energy, part_of_reason: str) -> None:
    reason = why_not_comparable(make_energy(), other)
    assert reason is not None
    assert part_of_reason in reason


def test_the_scale_of_one_instrument_does_not_blur_a_difference() -> None:
    """Two standard uncertainties of the difference: 2 x sqrt(4^2 + 4^2) = 11.3 J."""
    first = make_energy(100.0, gain_j=30.0, edge_j=4.0)
    assert not is_clearly_different(first, make_energy(111.0, gain_j=30.0, edge_j=4.0))
    assert is_clearly_different(first, make_energy(112.0, gain_j=30.0, edge_j=4.0))


def test_the_scales_of_two_instruments_do() -> None:
    """2 x sqrt(3^2 + 4^2 + 3^2 + 4^2) = 14.1 J."""
    first = make_energy(100.0, gain_j=3.0, edge_j=4.0)
    other = [
        make_energy(energy_j, key="emi:0", gain_j=3.0, edge_j=4.0) for energy_j in (114.0, 115.0)
    ]
    assert [is_clearly_different(first, each) for each in other] == [False, True]


@given(
    st.floats(0.1, 1e4), st.floats(0.1, 1e4), st.floats(0, 100), st.sampled_from(["rapl:0", "emi"])
)
def test_a_difference_has_no_direction(
    first_j: float, second_j: float, edge_j: float, key: str
) -> None:
    first, second = make_energy(first_j, edge_j=edge_j), make_energy(second_j, key=key)
    assert is_clearly_different(first, second) is is_clearly_different(second, first)
    assert not is_clearly_different(first, first)

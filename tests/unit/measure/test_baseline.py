import msgspec
import pytest
from tests.helpers.power_sources import (
    CONDITIONS,
    make_identity,
    make_idle,
    make_series,
    window_s,
)

from large_enough.domain.energy import IdlePower
from large_enough.domain.power import Scope, SourceKind
from large_enough.domain.quantity import Unavailable
from large_enough.measure.baseline import IDLE_TOO_SHORT, before_and_after, idle_power
from large_enough.measure.footing import WINDOW_TOO_SHORT
from large_enough.measure.windows import Series


def machine(powers_w: list[float], period_s: float = 0.1) -> Series:
    """Return a counter of a machine with one power for each second."""
    points, energy_j = [], 0.0
    for index in range(10 * len(powers_w)):
        points.append((index / 10, energy_j))
        energy_j += powers_w[index // 10] / 10
    return make_series(points, period_s=period_s)


def known(outcome: IdlePower | Unavailable) -> IdlePower:
    assert isinstance(outcome, IdlePower), outcome
    return outcome


def test_a_burst_does_not_count() -> None:
    powers_w = [4.0] * 20
    powers_w[6] = powers_w[7] = 30.0
    idle = known(idle_power(machine(powers_w, 0.001), window_s(2, 14), CONDITIONS))
    assert idle.power_w == pytest.approx(4.0, rel=1e-3)
    assert idle.uncertainty_w > 1.0
    assert (idle.block_s, idle.block_count) == (1.0, 12)
    assert idle.source_key == "rapl:package-0"
    assert not idle.is_disturbed


def test_the_uncertainty_is_that_of_a_median() -> None:
    powers_w = [4.0, 5.0] * 10
    idle = known(idle_power(machine(powers_w, 0.001), window_s(2, 12), CONDITIONS))
    assert idle.uncertainty_w == pytest.approx(1.2533 * 0.527 / 10**0.5, rel=0.01)


def test_less_than_ten_seconds_are_not_enough() -> None:
    assert idle_power(machine([4.0] * 20), window_s(2, 11.9), CONDITIONS) == IDLE_TOO_SHORT


def test_a_slow_instrument_takes_longer() -> None:
    identity = make_identity("battery", kind=SourceKind.POWER, scope=Scope.WHOLE_MACHINE)
    points = [(index / 5, 8.0 + index // 25 % 2) for index in range(600)]
    series = make_series(points, identity, period_s=5.0)
    assert idle_power(series, window_s(20, 35), CONDITIONS) == WINDOW_TOO_SHORT
    idle = known(idle_power(series, window_s(20, 75), CONDITIONS))
    assert idle.block_s == 5.0
    assert idle.block_count == 11


def test_before_and_after() -> None:
    both = known(before_and_after(make_idle(4.0, 0.2), make_idle(4.2, 0.2)))
    assert both.power_w == pytest.approx(4.1)
    assert both.uncertainty_w == pytest.approx((0.1**2 + 0.1**2 + 0.2**2 / 12) ** 0.5)
    assert both.block_count == 20
    assert not both.is_disturbed


@pytest.mark.parametrize(
    ("before_w", "after_w", "is_disturbed"),
    [
        (4.0, 4.45, False),
        (4.0, 4.6, True),
        (4.6, 4.0, True),
        (20.0, 21.9, False),
        (20.0, 22.1, True),
    ],
)
def test_a_changed_idle_power_is_flagged(before_w, after_w, is_disturbed) -> None:
    both = known(before_and_after(make_idle(before_w), make_idle(after_w)))
    assert both.is_disturbed is is_disturbed


def test_idle_powers_of_other_states_are_not_mixed() -> None:
    on_battery = msgspec.structs.replace(CONDITIONS, on_battery=True)
    for other in (make_idle(key="emi:0"), make_idle(conditions=on_battery)):
        assert isinstance(before_and_after(make_idle(), other), Unavailable)

import pytest
from tests.helpers.power_sources import make_identity

from large_enough.domain.power import Scope
from large_enough.domain.power_now import PowerNow
from large_enough.domain.quantity import NumberQuality, Quantity, Unavailable
from large_enough.measure.channel import SourceState, Verdict
from large_enough.measure.live_power import live_power


def state(
    scope: Scope,
    power_w: Quantity = 10.0,
    *,
    quality: NumberQuality = NumberQuality.MEASURED,
    period_s: Quantity = 0.1,
    verdict: Verdict = Verdict.IN_USE,
    reason: str = "",
) -> SourceState:
    return SourceState(
        identity=make_identity(scope.value, scope=scope, quality=quality),
        verdict=verdict,
        reason=reason,
        update_period_s=period_s,
        power_w=power_w,
    )


def shown(*states: SourceState) -> PowerNow:
    return live_power(
        states, [each.identity.key for each in states if each.verdict is Verdict.IN_USE]
    )


def test_the_whole_machine_comes_first() -> None:
    power = shown(state(Scope.CPU_PACKAGE), state(Scope.WHOLE_MACHINE, 30.0))
    assert (power.power_w, power.scopes) == (30.0, (Scope.WHOLE_MACHINE,))


def test_chips_are_added() -> None:
    power = shown(state(Scope.CPU_PACKAGE, 15.0), state(Scope.GPU_BOARD, 120.0))
    assert power.power_w == 135.0
    assert set(power.scopes) == {Scope.CPU_PACKAGE, Scope.GPU_BOARD}
    assert power.instruments == ("instrument cpu_package", "instrument gpu_board")


def test_what_is_measured_comes_before_an_estimate_of_the_whole() -> None:
    whole = state(Scope.WHOLE_MACHINE, 30.0, quality=NumberQuality.ESTIMATED)
    power = shown(whole, state(Scope.CPU_PACKAGE, 15.0))
    assert (power.power_w, power.quality) == (15.0, NumberQuality.MEASURED)
    assert shown(whole).quality is NumberQuality.ESTIMATED


def test_graphics_on_the_chip_are_not_counted_twice() -> None:
    power = shown(state(Scope.SOC, 20.0), state(Scope.GPU, 8.0), state(Scope.MEMORY, 2.0))
    assert power.power_w == 22.0
    assert set(power.scopes) == {Scope.SOC, Scope.MEMORY}


def test_a_slow_whole_leaves_the_moment_to_the_chips() -> None:
    power = shown(state(Scope.WHOLE_MACHINE, 30.0, period_s=10.0), state(Scope.CPU_PACKAGE, 15.0))
    assert power.power_w == 15.0


NOT_IN_USE = state(Scope.CPU_PACKAGE, verdict=Verdict.OUT, reason="its counter does not advance")


@pytest.mark.parametrize(
    ("states", "part_of_reason"),
    [
        ((state(Scope.WHOLE_MACHINE, period_s=10.0),), "renewed too seldom"),
        ((NOT_IN_USE,), "does not advance"),
        ((NOT_IN_USE, state(Scope.PROCESS_CPU)), "does not advance"),
        ((state(Scope.PROCESS_CPU),), "not read yet"),
    ],
)
def test_why_there_is_nothing(states: tuple[SourceState, ...], part_of_reason: str) -> None:
    power = shown(*states)
    assert isinstance(power.power_w, Unavailable)
    assert part_of_reason in power.power_w.reason
    assert power.quality is NumberQuality.NOT_AVAILABLE


def test_one_part_that_is_missing_makes_the_sum_missing() -> None:
    gap = Unavailable(reason="the counter was reset")
    power = shown(state(Scope.CPU_PACKAGE, gap), state(Scope.GPU_BOARD, 120.0))
    assert power.power_w == gap

import pytest
from tests.helpers.fake_clock import FakeClock
from tests.helpers.power_sources import FakeSource, make_identity, window_s

from large_enough.domain.power import Scope, SourceKind
from large_enough.domain.quantity import Unavailable
from large_enough.measure.channel import (
    DOES_NOT_ADVANCE,
    NOT_READ_YET,
    READING_FAILED,
    Channel,
    Verdict,
)
from large_enough.measure.plausible import TOO_LITTLE, TOO_MUCH
from large_enough.measure.windows import PERIOD_NOT_OBSERVED


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(100.0)


def run_until(channel: Channel, clock: FakeClock, end_s: float) -> list[float]:
    """Read whenever it is due; return the times between readings."""
    pauses_s = []
    while clock.now_s < end_s:
        channel.accept(channel.read())
        pauses_s.append(channel.due_ns / 1e9 - clock.now_s)
        clock.now_s = max(channel.due_ns / 1e9, clock.now_s)
    return pauses_s


def counter(clock: FakeClock, power_w: float = 15.0, **changes) -> FakeSource:
    return FakeSource(clock, lambda t_s: power_w * t_s, **changes)


def test_it_is_observed_then_used(clock) -> None:
    channel = Channel(counter(clock, period_s=0.05), clock)
    assert channel.state().verdict is Verdict.OBSERVING
    assert channel.state().reason == NOT_READ_YET
    pauses_s = run_until(channel, clock, 102.9)
    assert channel.verdict is Verdict.OBSERVING
    assert max(pauses_s) < 0.02
    pauses_s = run_until(channel, clock, 110.0)
    state = channel.state()
    assert state.verdict is Verdict.IN_USE
    assert state.reason == ""
    assert state.update_period_s == pytest.approx(0.05, abs=0.011)
    assert state.power_w == pytest.approx(15.0, rel=0.02)
    assert pauses_s[-1] == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("period_s", "pause_s"), [(0.001, 0.1), (0.1, 0.1), (0.3, 0.15), (1.0, 0.2), (5.0, 0.2)]
)
def test_it_is_read_five_to_ten_times_a_second(clock, period_s, pause_s) -> None:
    channel = Channel(counter(clock, period_s=period_s), clock)
    pauses_s = run_until(channel, clock, 130.0)
    assert pauses_s[-1] == pytest.approx(pause_s, rel=0.1)
    assert channel.verdict is Verdict.IN_USE
    assert channel.update_period_s == pytest.approx(max(period_s, 0.01), rel=0.1)


def test_a_slow_gauge_is_observed_for_longer(clock) -> None:
    identity = make_identity("b", kind=SourceKind.POWER, scope=Scope.WHOLE_MACHINE, period_s=30.0)
    source = FakeSource(clock, lambda t_s: 8.0 + t_s % 7, identity, period_s=30.0)
    channel = Channel(source, clock)
    run_until(channel, clock, 150.0)
    assert channel.state().reason == PERIOD_NOT_OBSERVED.reason
    assert channel.state().power_w == PERIOD_NOT_OBSERVED
    run_until(channel, clock, 250.0)
    assert channel.verdict is Verdict.IN_USE
    assert channel.update_period_s == pytest.approx(30.0, abs=0.3)


def test_costly_readings_are_taken_more_seldom(clock) -> None:
    channel = Channel(counter(clock, cost_s=0.004), clock)
    run_until(channel, clock, 115.0)
    pauses_s = run_until(channel, clock, 130.0)
    assert pauses_s[-1] == pytest.approx(0.4, abs=0.01)
    assert channel.update_period_s == pytest.approx(0.1, abs=0.03)


def test_one_slow_reading_changes_nothing(clock) -> None:
    source = counter(clock)
    channel = Channel(source, clock)
    run_until(channel, clock, 105.0)
    source.cost_s = 0.5
    channel.accept(channel.read())
    assert channel.due_ns / 1e9 - clock.now_s == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("power_w", "reason"), [(0.012, TOO_LITTLE.reason), (3000.0, TOO_MUCH.reason)]
)
def test_what_cannot_be_true_is_out(clock, power_w, reason) -> None:
    identity = make_identity("apu", kind=SourceKind.POWER, scope=Scope.SOC)
    source = FakeSource(clock, lambda t_s: power_w + t_s % 0.001, identity)
    channel = Channel(source, clock)
    run_until(channel, clock, 104.0)
    assert channel.verdict is Verdict.OUT
    assert channel.state().reason == reason
    assert channel.state().power_w == Unavailable(reason=reason)


def test_a_counter_that_stands_still_is_out(clock) -> None:
    channel = Channel(counter(clock, power_w=0.0), clock)
    run_until(channel, clock, 104.0)
    assert channel.state().reason == DOES_NOT_ADVANCE


@pytest.mark.parametrize("scope", [Scope.GPU, Scope.PROCESS_CPU])
def test_what_may_sleep_may_stand_still(clock, scope) -> None:
    source = FakeSource(
        clock, lambda t_s: 20.0 * max(0.0, t_s - 200), make_identity("x", scope=scope)
    )
    channel = Channel(source, clock)
    run_until(channel, clock, 199.0)
    assert channel.verdict is Verdict.OBSERVING
    run_until(channel, clock, 205.0)
    assert channel.verdict is Verdict.IN_USE
    assert channel.update_period_s == pytest.approx(0.2, abs=0.01)


def test_sleeping_is_not_taken_for_a_long_update_period(clock) -> None:
    def energy_j(t_s: float) -> float:
        return 20.0 * (t_s if t_s < 110 else 110 + max(0.0, t_s - 150))

    channel = Channel(FakeSource(clock, energy_j, make_identity("x", scope=Scope.GPU)), clock)
    run_until(channel, clock, 160.0)
    assert channel.update_period_s == pytest.approx(0.1, abs=0.02)


def test_a_steady_power_is_observed_until_it_changes(clock) -> None:
    identity = make_identity("psu", kind=SourceKind.POWER)
    source = FakeSource(clock, lambda t_s: 6.0 if t_s < 120 else 20 + t_s % 1, identity)
    channel = Channel(source, clock)
    run_until(channel, clock, 119.0)
    assert channel.verdict is Verdict.OBSERVING
    run_until(channel, clock, 122.0)
    assert channel.verdict is Verdict.IN_USE


def test_silence_is_a_rest_and_no_zero(clock) -> None:
    source = counter(clock)
    channel = Channel(source, clock)
    run_until(channel, clock, 105.0)
    source.silence = "on mains power"
    run_until(channel, clock, 106.0)
    assert channel.verdict is Verdict.IN_USE
    pauses_s = run_until(channel, clock, 110.0)
    assert channel.state().verdict is Verdict.RESTING
    assert channel.state().reason == "on mains power"
    assert channel.state().power_w == Unavailable(reason="on mains power")
    assert pauses_s[-1] == pytest.approx(1.0)
    source.silence = None
    run_until(channel, clock, 115.0)
    assert channel.verdict is Verdict.IN_USE
    assert channel.update_period_s == pytest.approx(0.1, abs=0.02)


def test_what_says_nothing_at_first_is_observed_when_it_does(clock) -> None:
    source = counter(clock)
    source.silence = "asleep"
    channel = Channel(source, clock)
    run_until(channel, clock, 110.0)
    assert channel.state().reason == "asleep"
    source.silence = None
    run_until(channel, clock, 112.0)
    assert channel.verdict is Verdict.OBSERVING
    run_until(channel, clock, 115.0)
    assert channel.verdict is Verdict.IN_USE


def test_an_observation_that_was_broken_off_starts_anew(clock) -> None:
    source = counter(clock)
    channel = Channel(source, clock)
    run_until(channel, clock, 101.0)
    source.silence = "asleep"
    run_until(channel, clock, 105.0)
    source.silence = None
    pauses_s = run_until(channel, clock, 107.0)
    assert pauses_s[-1] == pytest.approx(0.01)
    run_until(channel, clock, 110.0)
    assert channel.verdict is Verdict.IN_USE


def test_a_reset_during_the_observation_starts_it_anew(clock) -> None:
    source = FakeSource(clock, lambda t_s: 15.0 * (t_s if t_s < 101.5 else t_s - 101.5))
    channel = Channel(source, clock)
    run_until(channel, clock, 103.5)
    assert channel.verdict is Verdict.OBSERVING
    run_until(channel, clock, 107.0)
    assert channel.verdict is Verdict.IN_USE


def test_breaking_the_promise_never_to_raise_is_the_end(clock, expected_warnings) -> None:
    expected_warnings.allow("reading rapl:package-0 failed")
    source = counter(clock)
    source.error = RuntimeError("strange")
    channel = Channel(source, clock)
    channel.accept(channel.read())
    assert channel.verdict is Verdict.OUT
    assert channel.state().reason == READING_FAILED


def test_a_reading_of_the_same_moment_is_left_out(clock) -> None:
    channel = Channel(counter(clock), clock)
    channel.accept(channel.read())
    channel.accept(channel.read())
    assert len(channel.series().readings) == 1


def test_only_so_many_readings_are_kept(clock) -> None:
    channel = Channel(counter(clock), clock, capacity=50)
    run_until(channel, clock, 120.0)
    assert len(channel.series().readings) == 50
    assert len(channel.series(since_ns=round(119.05e9)).readings) == 9


def test_whether_a_window_can_be_computed_yet(clock) -> None:
    channel = Channel(counter(clock), clock)
    run_until(channel, clock, 105.0)
    assert not channel.is_past(window_s(102, 105))
    assert channel.is_past(window_s(102, 104))
    assert channel.is_past(window_s(104.9, 105))  # too short: waiting changes nothing
    run_until(channel, clock, 105.5)
    assert channel.is_past(window_s(102, 105))


def test_a_counter_that_is_renewed_faster_than_it_is_read_is_not_asleep(clock) -> None:
    """Memory chips' counter: every millisecond, read every ten, and it may stand still."""
    identity = make_identity("rapl:package-0/dram", scope=Scope.MEMORY, period_s=0.001)
    source = FakeSource(clock, lambda t_s: 2.0 * t_s, identity, period_s=0.001, cost_s=0.0005)
    channel = Channel(source, clock)
    run_until(channel, clock, 105.0)
    assert channel.verdict is Verdict.IN_USE
    assert channel.update_period_s == pytest.approx(0.0105, abs=0.002)

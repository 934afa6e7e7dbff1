import queue
import threading
from collections.abc import Callable, Iterator

import pytest
from tests.helpers.fake_clock import FakeClock
from tests.helpers.manual_waiter import PATIENCE_S, ManualWaiter
from tests.helpers.power_sources import CONDITIONS, FakeSource, make_identity, window_s

from large_enough.domain.energy import Energy
from large_enough.domain.power import Scope, SourceKind
from large_enough.domain.quantity import Unavailable
from large_enough.measure.baseline import idle_power
from large_enough.measure.channel import Verdict
from large_enough.measure.energy import net_energy
from large_enough.measure.power.source import PowerSource
from large_enough.measure.recorder import DOES_NOT_REACT, NOT_KNOWN, PauseWaiter, Recorder
from large_enough.measure.windows import Series, Window


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(100.0)


@pytest.fixture
def waiter(clock) -> ManualWaiter:
    return ManualWaiter(clock)


Make = Callable[..., Recorder]


@pytest.fixture
def make_recorder(clock, waiter) -> Iterator[Make]:
    made: list[Recorder] = []

    def make(*sources: PowerSource) -> Recorder:
        recorder = Recorder(sources, clock, waiter)
        made.append(recorder)
        recorder.start()
        return recorder

    yield make
    for recorder in made:
        recorder.close()


def counter(clock: FakeClock, power_w: float = 15.0, key: str = "rapl:package-0") -> FakeSource:
    return FakeSource(clock, lambda t_s: power_w * t_s, make_identity(key))


def verdicts(recorder: Recorder) -> dict[str, Verdict]:
    return {state.identity.key: state.verdict for state in recorder.states()}


def test_one_thread_reads_all_sources(clock, waiter, make_recorder) -> None:
    before = threading.active_count()
    sources = [counter(clock, key=f"rapl:package-{number}") for number in range(3)]
    recorder = make_recorder(*sources)
    recorder.start()
    waiter.run_until(105.0)
    assert threading.active_count() == before + 1
    assert set(verdicts(recorder).values()) == {Verdict.IN_USE}
    assert recorder.wait_observed(0.0)
    assert all(source.read_count > 250 for source in sources)


def test_after_the_observation_it_reads_ten_times_a_second(clock, waiter, make_recorder) -> None:
    source = counter(clock)
    make_recorder(source)
    waiter.run_until(105.0)
    before = source.read_count
    waiter.run_until(115.0)
    assert source.read_count - before == pytest.approx(100, abs=3)


def test_an_answer_from_readings_to_net_energy(clock, waiter, make_recorder) -> None:
    source = FakeSource(
        clock, lambda t_s: 4.0 * t_s + 16.0 * (min(max(t_s, 120), 125) - 120), period_s=0.1
    )
    recorder = make_recorder(source)
    waiter.run_until(127.0)
    series = recorder.series("rapl:package-0")
    assert isinstance(series, Series)
    idle = idle_power(series, window_s(105, 116), CONDITIONS)
    assert not isinstance(idle, Unavailable)
    energy = net_energy(series, window_s(120, 125), CONDITIONS, idle)
    assert isinstance(energy, Energy)
    assert energy.low_j <= 80.0 <= energy.high_j
    assert energy.energy_j == pytest.approx(80.0, rel=0.03)


def test_a_mark_is_a_reading_there_and_then(clock, waiter, make_recorder) -> None:
    recorder = make_recorder(counter(clock))
    waiter.run_until(110.0)
    clock.advance(0.003)
    recorder.mark()
    marked_ns = clock.monotonic_ns()
    waiter.run_until(110.1)
    series = recorder.series("rapl:package-0", since_ns=marked_ns)
    assert isinstance(series, Series)
    assert series.readings[0].t_ns - marked_ns < 1e6


def test_a_source_that_fails_stays_out_and_the_others_go_on(
    clock, waiter, make_recorder, expected_warnings
) -> None:
    expected_warnings.allow("reading emi:0 failed")
    broken = counter(clock, key="emi:0")
    broken.error = RuntimeError("strange")
    still = counter(clock, power_w=0.0, key="rapl:package-1")
    recorder = make_recorder(broken, still, counter(clock))
    waiter.run_until(110.0)
    assert verdicts(recorder) == {
        "emi:0": Verdict.OUT,
        "rapl:package-1": Verdict.OUT,
        "rapl:package-0": Verdict.IN_USE,
    }
    assert recorder.series("emi:0") == Unavailable(reason="reading it failed")
    assert recorder.preferred_keys() == ("rapl:package-0",)
    assert broken.read_count == 1
    assert broken.close_count == 1


def test_what_is_not_known_or_not_observed_has_no_series(clock, waiter, make_recorder) -> None:
    recorder = make_recorder(counter(clock))
    waiter.run_until(101.0)
    assert isinstance(recorder.series("rapl:package-0"), Unavailable)
    assert recorder.series("nobody") == NOT_KNOWN
    assert not recorder.wait_observed(0.0)


def test_sources_may_come_later(clock, waiter, make_recorder) -> None:
    recorder = make_recorder()
    late, twin = counter(clock), counter(clock)
    recorder.add([late])
    recorder.add([twin])
    assert twin.close_count == 1
    waiter.run_until(110.0)
    assert verdicts(recorder) == {"rapl:package-0": Verdict.IN_USE}
    recorder.close()
    too_late = counter(clock, key="emi:0")
    recorder.add([too_late])
    assert too_late.close_count == 1


def test_closing_lets_go_of_the_instruments(clock, waiter, make_recorder) -> None:
    source = counter(clock)
    recorder = make_recorder(source)
    waiter.run_until(101.0)
    recorder.close()
    recorder.close()
    recorder.start()
    assert source.close_count >= 1
    assert recorder.wait_past(window_s(100, 200), 0.0)
    assert recorder.wait_observed(0.0)


def test_a_recorder_that_never_began_can_be_closed(clock) -> None:
    source = counter(clock)
    Recorder([source], clock).close()
    assert source.close_count == 1


def test_waiting_until_an_answer_is_covered(clock, waiter, make_recorder) -> None:
    recorder = make_recorder(counter(clock))
    waiter.run_until(110.0)
    assert not recorder.wait_past(window_s(105, 110), 0.0)
    answers: queue.Queue[bool] = queue.Queue()
    waiting = threading.Thread(
        target=lambda: answers.put(recorder.wait_past(window_s(105, 110), PATIENCE_S))
    )
    waiting.start()
    waiter.run_until(112.0)
    assert answers.get(timeout=PATIENCE_S)
    waiting.join(PATIENCE_S)


def test_what_covers_the_processor_must_show_it_busy(clock, waiter, make_recorder) -> None:
    def busy_w(t_s: float) -> float:
        return 20.0 if 115 <= t_s < 120 else 5.0

    power = SourceKind.POWER
    soc = make_identity("amdgpu:0", kind=power, scope=Scope.SOC)
    whole = make_identity("battery", kind=power, scope=Scope.WHOLE_MACHINE)
    card = make_identity("nvml:0", kind=power, scope=Scope.GPU_BOARD)
    recorder = make_recorder(
        FakeSource(clock, lambda t_s: 17.0 - t_s / 1e3, soc),
        FakeSource(clock, lambda t_s: busy_w(t_s) + t_s / 1e3, whole),
        FakeSource(clock, lambda t_s: 30.0 - t_s / 1e3, card),
    )
    waiter.run_until(122.0)
    recorder.check_reaction(window_s(106, 112), window_s(116, 119))
    assert verdicts(recorder) == {
        "amdgpu:0": Verdict.OUT,
        "battery": Verdict.IN_USE,
        "nvml:0": Verdict.IN_USE,
    }
    assert recorder.series("amdgpu:0") == Unavailable(reason=DOES_NOT_REACT)


def test_too_short_a_warm_up_puts_nothing_out(clock, waiter, make_recorder) -> None:
    recorder = make_recorder(counter(clock))
    waiter.run_until(110.0)
    recorder.check_reaction(Window(0, 1), Window(1, 2))
    assert verdicts(recorder) == {"rapl:package-0": Verdict.IN_USE}


def test_the_real_waiter() -> None:
    waiter = PauseWaiter()
    assert waiter.wait(0.0)
    waiter.wake()
    assert waiter.wait(PATIENCE_S)
    waiter.close()
    assert not waiter.wait(PATIENCE_S)

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.fake_clock import FakeClock
from tests.helpers.records import make_plan
from tests.helpers.thorough_bench import FakeBench, make_prompt, measure, thorough_plan

from large_enough.domain.errors import FailureKind
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import Done, Purpose
from large_enough.domain.thorough import ThoroughEnd, ThoroughPlan, ThoroughSettings, ThoroughStep


@pytest.fixture
def bench() -> FakeBench:
    return FakeBench(FakeClock())


@pytest.fixture
def metered() -> FakeBench:
    return FakeBench(FakeClock(), has_instruments=True)


def noisy() -> FakeBench:
    """Return a bench whose answers take anything between a half and four seconds."""
    rng = random.Random(7)
    return FakeBench(FakeClock(), lambda _letter, _number: rng.uniform(0.5, 4))


def with_settings(**changes: object) -> ThoroughPlan:
    return thorough_plan(settings=msgspec.structs.replace(ThoroughSettings(), **changes))


def test_the_order_is_turned_in_every_second_pass(bench: FakeBench) -> None:
    measure(bench)
    assert bench.orders == ["AB", "BA", "AB", "BA", "AB", "BA"]


def test_a_wished_order_is_turned_as_well(bench: FakeBench) -> None:
    template = msgspec.structs.replace(make_plan(), ask_order=("B", "A"))
    measure(bench, thorough_plan(template=template))
    assert bench.orders[:2] == ["BA", "AB"]


def test_the_warm_up_is_short_and_does_not_count(bench: FakeBench) -> None:
    record, _follower = measure(bench)
    warm_up, *counted = bench.plans
    assert warm_up.purpose is Purpose.WARM_UP
    assert warm_up.settings.max_tokens == 32
    assert {plan.purpose for plan in counted} == {Purpose.PROTOCOL}
    assert {plan.settings.max_tokens for plan in counted} == {make_plan().settings.max_tokens}
    assert [each.plan for each in record.rounds] == counted


def test_a_warm_up_is_never_longer_than_the_answers(bench: FakeBench) -> None:
    plan = make_plan()
    template = msgspec.structs.replace(
        plan, settings=msgspec.structs.replace(plan.settings, max_tokens=5)
    )
    measure(bench, thorough_plan(template=template))
    assert bench.plans[0].settings.max_tokens == 5


def test_every_round_is_one_of_its_own_in_the_same_session(bench: FakeBench) -> None:
    measure(bench)
    assert len({plan.round_id for plan in bench.plans}) == len(bench.plans)
    assert {plan.session_id for plan in bench.plans} == {"session"}


def test_it_ends_as_soon_as_the_intervals_are_narrow(bench: FakeBench) -> None:
    record, _follower = measure(bench)
    assert record.end is ThoroughEnd.NARROW_ENOUGH
    assert len(record.rounds) == ThoroughSettings().fewest_pairs
    assert record.error is None


def test_it_goes_on_while_they_are_wide(bench: FakeBench) -> None:
    record, _follower = measure(noisy(), with_settings(longest_s=200.0))
    assert record.end is ThoroughEnd.TIME_UP
    assert len(record.rounds) > ThoroughSettings().fewest_pairs
    assert len(record.rounds) % 2 == 0


def test_it_ends_when_the_time_is_up(bench: FakeBench) -> None:
    began_s = bench.clock.now_s
    record, _follower = measure(bench, with_settings(longest_s=25.0))
    assert record.end is ThoroughEnd.TIME_UP
    assert len(record.rounds) == 2  # a third would fit, but not the fourth that belongs to it
    assert bench.clock.now_s - began_s == 8 + 3 + 3 + 3


def test_there_is_an_end_to_passes_too(bench: FakeBench) -> None:
    record, _follower = measure(noisy(), with_settings(longest_s=36_000.0, wanted_width=0.0))
    assert record.end is ThoroughEnd.TIME_UP
    assert len(record.rounds) == ThoroughSettings().most_passes


def test_one_pass_is_made_even_if_there_is_no_time(bench: FakeBench) -> None:
    record, _follower = measure(bench, with_settings(longest_s=0.0))
    assert (record.end, len(record.rounds)) == (ThoroughEnd.TIME_UP, 1)


@pytest.mark.parametrize(("prompts", "fewest"), [(1, 6), (2, 4), (3, 2), (6, 2), (20, 2)])
def test_a_pass_asks_every_prompt_and_passes_come_in_pairs(
    bench: FakeBench, prompts: int, fewest: int
) -> None:
    texts = [f"Question {number}?" for number in range(prompts)]
    record, follower = measure(bench, thorough_plan(*texts))
    assert {progress.fewest_passes for _at, progress in follower.told} == {fewest}
    asked = [each.plan.prompt for each in record.rounds]
    assert asked == texts * fewest
    assert bench.orders == [order for order in ("AB", "BA") * (fewest // 2) for _ in texts]


def test_a_prompt_may_bring_its_own_system_message(bench: FakeBench) -> None:
    template = msgspec.structs.replace(make_plan(), system="Be brief.")
    prompts = (make_prompt("One?"), make_prompt("Two?", system="Be long."))
    measure(bench, ThoroughPlan(template=template, prompts=prompts))
    assert {(plan.prompt, plan.system) for plan in bench.plans} == {
        ("One?", "Be brief."),
        ("Two?", "Be long."),
    }


def test_without_instruments_nobody_waits_for_idle_power(bench: FakeBench) -> None:
    record, follower = measure(bench)
    assert follower.steps[:3] == [ThoroughStep.WARM_UP, ThoroughStep.SETTLE, ThoroughStep.PASS]
    assert ThoroughStep.IDLE not in follower.steps
    assert ThoroughStep.IDLE_AGAIN not in follower.steps
    assert sum(bench.pauses_s) == pytest.approx(5 + 5 * 3)
    assert record.idle_before == record.idle_after == ()


def test_with_instruments_idle_power_is_read_before_between_and_after(
    metered: FakeBench,
) -> None:
    metered.idle_w = iter([5.0, 5.2])
    record, follower = measure(metered)
    assert follower.steps == [
        ThoroughStep.WARM_UP,
        ThoroughStep.SETTLE,
        ThoroughStep.IDLE,
        *[ThoroughStep.PASS, ThoroughStep.COOL_DOWN] * 5,
        ThoroughStep.PASS,
        ThoroughStep.IDLE_AGAIN,
    ]
    assert sum(metered.pauses_s) == pytest.approx(5 + 16 + 5 * 16 + 16)
    assert [idle.power_w for idle in (*record.idle_before, *record.idle_after)] == [5.0, 5.2]


def test_progress_is_told_every_second_of_a_pause(bench: FakeBench) -> None:
    _record, follower = measure(bench)
    assert max(bench.pauses_s) <= 1.0
    settling = [at for at, each in follower.told if each.step is ThoroughStep.SETTLE]
    assert len(settling) == 5
    numbers = [each.pass_number for _at, each in follower.told]
    assert numbers == sorted(numbers)
    assert (numbers[0], numbers[-1]) == (0, 6)


@given(
    pass_s=st.floats(0.2, 16),
    longest_s=st.floats(1, 400),  # room for the warm-up, all pauses and one pass
    has_instruments=st.booleans(),
    is_noisy=st.booleans(),
)
@settings(deadline=None, max_examples=40)
def test_it_never_takes_longer_than_it_promises(
    pass_s: float, longest_s: float, has_instruments: bool, is_noisy: bool
) -> None:
    """Every pass takes the same time; only how it is divided between A and B changes."""
    rng = random.Random(3)
    of_a = {number: rng.uniform(0.2, 0.8) if is_noisy else 0.4 for number in range(100)}
    bench = FakeBench(
        FakeClock(),
        lambda letter, number: pass_s * (of_a[number] if letter == "A" else 1 - of_a[number]),
        has_instruments=has_instruments,
    )
    record, follower = measure(bench, with_settings(longest_s=longest_s))
    for at_s, progress in follower.told:
        if not isinstance(progress.most_left_s, Unavailable):
            assert bench.clock.now_s - at_s <= progress.most_left_s + 1e-6
    assert len(record.rounds) == 1 or len(record.rounds) % 2 == 0


def test_a_stop_in_a_pause_keeps_what_was_measured(bench: FakeBench) -> None:
    bench.stopped_after_s = 20.0
    record, _follower = measure(bench)
    assert record.end is ThoroughEnd.STOPPED
    assert len(record.rounds) == 2
    assert bench.clock.now_s - 100.0 <= 21.0


def test_a_stop_while_it_settles(bench: FakeBench) -> None:
    bench.stopped_after_s = 1.0
    record, _follower = measure(bench)
    assert (record.end, record.rounds) == (ThoroughEnd.STOPPED, ())


def test_a_stop_in_a_round_drops_that_round_only(bench: FakeBench) -> None:
    bench.stopped_at = 4
    record, _follower = measure(bench)
    assert record.end is ThoroughEnd.STOPPED
    assert len(record.rounds) == 3
    assert all(isinstance(result, Done) for each in record.rounds for result in each.results)


@pytest.mark.parametrize(("fails_at", "kept"), [(0, 0), (3, 2)])
def test_a_contender_that_fails_ends_it_with_the_reason(
    bench: FakeBench, fails_at: int, kept: int
) -> None:
    bench.fails_at = fails_at
    record, _follower = measure(bench)
    assert record.end is ThoroughEnd.FAILED
    assert record.error is not None
    assert record.error.kind is FailureKind.OUT_OF_MEMORY
    assert len(record.rounds) == kept
    assert len(bench.plans) == fails_at + 1

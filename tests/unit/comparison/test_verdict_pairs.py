"""Pairs: which questions count, by which method, and when times and energies compare."""

from collections.abc import Callable

import msgspec
import pytest
from tests.helpers.energy_uses import make_part, make_use
from tests.helpers.verdicts import example_record, example_verdict, patterns

from large_enough.comparison.verdict import verdict
from large_enough.domain.energy import PowerConditions
from large_enough.domain.generation import Buffer, BufferKind, LoadSettings
from large_enough.domain.interval import MedianInterval, RatioInterval
from large_enough.domain.pack_run import NO_TIMES, Cell, PackRunRecord, PackRunSettings
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.domain.round import AnswerContext
from large_enough.domain.verdict import Decision, Method, Outcome, PairVerdict
from large_enough.stats.mcnemar import mcnemar_p
from large_enough.stats.tango import tango_limits


def only_pair(record: PackRunRecord) -> PairVerdict:
    (pair,) = verdict(record).pairs
    return pair


def pair_of(*by_contender, **how) -> PairVerdict:
    return only_pair(example_record(*by_contender, **how))


def decision_of(pair: PairVerdict) -> Decision:
    assert isinstance(pair.decision, Decision), pair.decision
    return pair.decision


def in_context(letter: str, **fields: object) -> Callable[[Cell], Cell]:
    """Return what gives all answers of one contender another context."""

    def change(cell: Cell) -> Cell:
        if cell.key.letter != letter or not isinstance(cell.context, AnswerContext):
            return cell
        context = msgspec.structs.replace(cell.context, **fields)
        return msgspec.structs.replace(cell, context=context)

    return change


# --- which questions count


def test_the_example_of_the_design() -> None:
    pair = pair_of(*patterns(both=73, only_small=8, only_large=11, neither=8))
    decision = decision_of(pair)
    assert (len(pair.both), len(pair.only_small), len(pair.only_large)) == (73, 8, 11)
    assert len(pair.neither) == 8
    assert (pair.small, pair.large, pair.method) == ("A", "B", Method.SINGLE)
    assert decision.limits == tango_limits(8, 11, 100)
    assert decision.outcome is Outcome.NOT_SETTLED
    assert 130 <= decision.more_questions <= 150
    assert pair.mcnemar_p == mcnemar_p(8, 11)
    assert not pair.is_grouped


@pytest.mark.parametrize("sign", [".", "?"])
def test_questions_that_one_has_not_answered_or_that_wait_for_people_are_left_out(
    sign: str,
) -> None:
    """Also where the other one's answer is there."""
    pair = pair_of("+" * 30 + sign * 3 + "-" * 3, "+" * 30 + "---" + sign * 3)
    assert pair.question_count == 30
    assert pair.neither == ()
    assert decision_of(pair).limits == tango_limits(0, 0, 30)


@pytest.mark.parametrize("sign", "ntlr0oxs")
def test_every_failure_counts_as_wrong(sign: str) -> None:
    pair = pair_of("+" * 20 + sign * 10, "+" * 30)
    assert len(pair.only_large) == 10
    assert decision_of(pair).limits == tango_limits(0, 10, 30)


def test_nothing_in_common_is_no_decision() -> None:
    pair = pair_of("++..", "..++")
    assert pair.decision == Unavailable(reason="no question was answered by both")
    assert (pair.question_count, pair.group_count, pair.effective_count) == (0, 0, 0)


def test_where_people_must_judge_first_that_is_the_reason() -> None:
    assert pair_of("????", "++++").decision == Unavailable(
        reason="people must judge the answers first"
    )


def test_the_margin_is_that_of_the_run() -> None:
    small, large = patterns(both=80, only_small=4, only_large=9, neither=7)
    outcomes = [
        decision_of(pair_of(small, large, settings=PackRunSettings(margin=margin))).outcome
        for margin in (0.05, 0.15)
    ]
    assert outcomes == [Outcome.NOT_SETTLED, Outcome.LARGE_ENOUGH]


@pytest.mark.parametrize("margin", [0.0, -0.1, 1.0, float("nan")])
def test_a_margin_that_makes_no_sense_gives_no_decision(margin: float) -> None:
    found = pair_of("++--", "+++-", settings=PackRunSettings(margin=margin))
    assert found.decision == Unavailable(reason="the run has no margin to judge by")


# --- groups, parts and repeats


def test_questions_that_go_together_count_as_what_they_are_worth() -> None:
    small, large = "+++++-----" * 10, "----------" * 5 + "+++++-----" * 5
    alone, grouped = pair_of(small, large), pair_of(small, large, group_size=5)
    assert grouped.method is Method.GROUPED
    assert (grouped.question_count, grouped.group_count) == (100, 20)
    assert grouped.is_grouped
    assert grouped.effective_count < 30
    one, other = decision_of(alone).limits, decision_of(grouped).limits
    assert other.difference == pytest.approx(one.difference)
    assert other.low < one.low
    assert (grouped.only_small, grouped.mcnemar_p) == (alone.only_small, alone.mcnemar_p)


def test_groups_need_more_further_questions() -> None:
    """As many as questions of these kinds would be needed, not as unrelated ones."""
    small, large = "+++++" * 12 + "-----" * 8, "+++++" * 11 + "-----" * 8 + "+++++"
    alone, grouped = pair_of(small, large), pair_of(small, large, group_size=5)
    assert isinstance(more := decision_of(grouped).more_questions, int)
    assert not isinstance(decision_of(alone).more_questions, int) or (
        more > decision_of(alone).more_questions
    )
    assert more > 100


def test_parts_of_points_are_judged_as_such() -> None:
    few = pair_of("+h-h" * 5, "+hh+" * 5)
    many = pair_of("+h-h" * 15, "+hh+" * 15)
    assert (few.method, many.method) == (Method.BETTING, Method.PARTIAL)
    for pair in (few, many):
        assert decision_of(pair).limits.difference == pytest.approx(-0.25)
    assert len(few.only_large) == 5  # half a point is not right
    assert len(few.neither) == 10
    narrow, wide = decision_of(many).limits, decision_of(few).limits
    assert wide.low < narrow.low < -0.25 < narrow.high < wide.high


def test_a_question_with_repeats_counts_once_with_its_mean() -> None:
    pair = pair_of(["+" * 20, "+" * 10 + "-" * 10], ["+" * 20, "+" * 20])
    assert pair.question_count == 20
    assert decision_of(pair).limits.difference == pytest.approx(-0.25)
    assert len(pair.only_large) == 10  # right means right each time


def test_only_repeats_that_both_have_count() -> None:
    """Else who stopped early would be right each time more easily."""
    pair = pair_of(["+" * 20, "." * 20], ["+" * 20, "-" * 20])
    assert len(pair.both) == 20
    assert decision_of(pair).limits.difference == 0


# --- all pairs


def test_all_pairs_are_there_the_smaller_first_with_adjusted_p_values() -> None:
    found = example_verdict()
    assert [(pair.small, pair.large) for pair in found.pairs] == [
        ("A", "B"),
        ("A", "C"),
        ("B", "C"),
    ]
    by_p = sorted(found.pairs, key=lambda pair: pair.mcnemar_p)
    assert by_p[0].holm_p == pytest.approx(3 * by_p[0].mcnemar_p)
    assert all(pair.holm_p >= pair.mcnemar_p for pair in found.pairs)


def test_swapping_the_answers_turns_the_limits_round() -> None:
    small, large = patterns(both=60, only_small=9, only_large=17, neither=14)
    one, other = pair_of(small, large), pair_of(large, small)
    ahead, behind = decision_of(one).limits, decision_of(other).limits
    assert ahead.low == pytest.approx(-behind.high, abs=1e-9)
    assert (one.only_small, one.only_large) == (other.only_large, other.only_small)
    assert one.mcnemar_p == other.mcnemar_p


# --- times and energies


def test_ratios_are_of_the_same_questions() -> None:
    pair = pair_of("+" * 30 + "." * 10, "+" * 40, seconds=(2.0, 6.0), joules=(10.0, 40.0))
    assert isinstance(pair.time_ratio, RatioInterval)
    assert pair.time_ratio.count == 30
    assert pair.time_ratio.ratio == pytest.approx(3.0, rel=0.01)
    assert isinstance(pair.median_time_ratio, MedianInterval)
    assert pair.median_time_ratio.low <= 3.3 <= pair.median_time_ratio.high * 1.2
    assert isinstance(pair.energy_ratio, RatioInterval)
    assert pair.energy_ratio.ratio == pytest.approx(4.0, rel=0.01)
    assert isinstance(pair.median_energy_ratio, MedianInterval)


def test_crashed_answers_took_nothing_that_could_be_compared() -> None:
    pair = pair_of("+" * 30 + "x" * 10, "+" * 40)
    assert isinstance(pair.time_ratio, RatioInterval)
    assert pair.time_ratio.count == 30
    assert pair.question_count == 40


def test_in_groups_the_units_of_the_ratios_are_groups() -> None:
    pair = pair_of("+" * 100, "+" * 100, group_size=5)
    assert isinstance(pair.time_ratio, RatioInterval)
    assert isinstance(pair.median_time_ratio, MedianInterval)
    assert pair.time_ratio.count == pair.median_time_ratio.count == 20


def test_few_questions_have_a_median_but_no_ratio_of_sums() -> None:
    pair = pair_of("+" * 8, "+" * 8)
    assert isinstance(pair.time_ratio, Unavailable)
    assert isinstance(pair.median_time_ratio, MedianInterval)
    assert isinstance(pair_of("+" * 4, "+" * 4).median_time_ratio, Unavailable)


ENGINE = example_record("+").cells[0].context.engine
LOADED = example_record("+").cells[0].context.loaded
PLACEMENT = example_record("+").cells[0].context.placement
ON_BATTERY = PowerConditions(machine="laptop", on_battery=True, power_plan="balanced")
ELSEWHERE = PowerConditions(machine="another", on_battery=False, power_plan="balanced")
CARD = Buffer(kind=BufferKind.WEIGHTS, device="CUDA0", size_bytes=1)
UNEQUAL = {
    "the engine was another build": {
        "engine": msgspec.structs.replace(ENGINE, engine_version="b2")
    },
    "they computed with different numbers of threads": {
        "placement": msgspec.structs.replace(PLACEMENT, thread_count=7)
    },
    "one computed on a graphics card, the other did not": {
        "loaded": msgspec.structs.replace(LOADED, buffers=(CARD,))
    },
    "their contexts were of different sizes": {
        "loaded": msgspec.structs.replace(LOADED, context_tokens=8192)
    },
    "they shared the processor with other models": {"is_contended": True},
    "only one of them was kept on its processors": {"is_pinned": False},
    "they come from different machines": {"conditions": ELSEWHERE},
    "the machine was in different power states": {"conditions": ON_BATTERY},
}


@pytest.mark.parametrize("reason", UNEQUAL)
def test_unequal_conditions_are_refused_with_the_reason(reason: str) -> None:
    change = in_context("B", **UNEQUAL[reason])
    pair = pair_of("+" * 30, "+" * 30, change=change)
    refused = Unavailable(reason=reason)
    assert pair.time_ratio == pair.median_time_ratio == refused
    assert pair.energy_ratio == pair.median_energy_ratio == refused
    assert decision_of(pair).outcome is Outcome.LARGE_ENOUGH  # grades stay comparable


def test_what_is_the_same_for_both_is_no_obstacle() -> None:
    def change(cell: Cell) -> Cell:
        return in_context(cell.key.letter, conditions=ON_BATTERY, is_pinned=False)(cell)

    assert isinstance(pair_of("+" * 30, "+" * 30, change=change).time_ratio, RatioInterval)


def test_another_number_of_layers_on_the_card_is_refused() -> None:
    record = example_record("+" * 30, "+" * 30)
    small, large = record.plan.contenders
    moved = msgspec.structs.replace(large, load=LoadSettings(gpu_layers=20))
    plan = msgspec.structs.replace(record.plan, contenders=(small, moved))
    pair = only_pair(msgspec.structs.replace(record, plan=plan))
    assert pair.time_ratio == Unavailable(
        reason="they kept different numbers of layers on the graphics card"
    )


def test_a_few_answers_under_other_conditions_are_left_out() -> None:
    """Somebody pulled the plug towards the end."""
    late = {f"fee-{number:03}" for number in range(31, 41)}

    def change(cell: Cell) -> Cell:
        is_late = cell.key.letter == "B" and cell.key.item_id in late
        return in_context("B", conditions=ON_BATTERY)(cell) if is_late else cell

    pair = pair_of("+" * 40, "+" * 40, change=change)
    assert isinstance(pair.time_ratio, RatioInterval)
    assert pair.time_ratio.count == 30


def test_several_answers_at_once_have_no_times() -> None:
    def change(cell: Cell) -> Cell:
        return msgspec.structs.replace(cell, timing=NO_TIMES, resources=NO_TIMES, context=NO_TIMES)

    pair = pair_of("+" * 30, "+" * 30, change=change)
    assert pair.time_ratio == pair.energy_ratio == NO_TIMES
    assert decision_of(pair).outcome is Outcome.LARGE_ENOUGH


def test_without_instruments_there_is_no_energy_and_the_reason_is_kept() -> None:
    pair = pair_of("+" * 30, "+" * 30, joules=None)
    assert pair.energy_ratio == Unavailable(reason="no instrument was read")
    assert isinstance(pair.time_ratio, RatioInterval)


def test_firmer_and_softer_energies_do_not_compare() -> None:
    def change(cell: Cell) -> Cell:
        if cell.key.letter == "A":
            return cell
        use = make_use(make_part(quality=NumberQuality.ESTIMATED))
        resources = msgspec.structs.replace(cell.resources, energy=use)
        return msgspec.structs.replace(cell, resources=resources)

    pair = pair_of("+" * 30, "+" * 30, change=change)
    assert pair.energy_ratio == Unavailable(reason="one of them is a firmer number than the other")
    assert isinstance(pair.time_ratio, RatioInterval)

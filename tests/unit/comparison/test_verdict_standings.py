"""How each contender did, and what its answers cost."""

import msgspec
import pytest
from tests.helpers.verdicts import COSTING, example_record, example_verdict

from large_enough.comparison.verdict import verdict
from large_enough.domain.costing import NO_INTENSITY, NO_PRICE
from large_enough.domain.grade import GradeStatus, HandGrade
from large_enough.domain.interval import ShareInterval
from large_enough.domain.pack_run import NO_TIMES, Cell, CellKey
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.domain.verdict import CostMeasure, RunVerdict, Standing
from large_enough.stats.wilson import wilson_interval


def standing_of(pattern: str, **how) -> Standing:
    return example_verdict(pattern, **how).standings["A"]


def test_accuracy_counts_every_failure_as_nothing() -> None:
    found = standing_of("+" * 6 + "-" + "t" + "n" + "x")
    assert found.accuracy == wilson_interval(6, 10)
    assert found.accuracy_on_answered == pytest.approx(6 / 7)
    assert found.statuses == {
        GradeStatus.CORRECT: 6,
        GradeStatus.WRONG: 1,
        GradeStatus.NO_ANSWER: 1,
        GradeStatus.TRUNCATED: 1,
        GradeStatus.ERROR: 1,
    }
    assert (found.answer_count, found.judged_count, found.right_points) == (10, 10, 6)


def test_answers_that_wait_for_people_count_nowhere() -> None:
    found = standing_of("++-??")
    assert found.accuracy == wilson_interval(2, 3)
    assert (found.answer_count, found.judged_count) == (5, 3)
    assert found.statuses[GradeStatus.NEEDS_HUMAN] == 2


def test_a_question_with_repeats_counts_once() -> None:
    found = example_verdict(["++++", "++--"]).standings["A"]
    assert found.accuracy == wilson_interval(3, 4)
    assert found.answer_count == 8


def test_accuracy_over_groups_is_less_sure() -> None:
    alone, grouped = (standing_of("+++++-----" * 10, group_size=size).accuracy for size in (1, 5))
    assert isinstance(alone, ShareInterval)
    assert isinstance(grouped, ShareInterval)
    assert alone.share == grouped.share
    assert grouped.high - grouped.low > 1.5 * (alone.high - alone.low)


def test_times_are_those_of_the_answers() -> None:
    found = standing_of("+" * 20, seconds=(10.0,))
    assert (found.median_s, found.p90_s) == (10.0, 12.0)
    assert found.first_token_s == pytest.approx(2.0)
    assert found.tokens_per_s == pytest.approx(30 / 8)
    assert found.answer_tokens == pytest.approx(31.0, abs=0.5)
    assert found.characters_per_s == pytest.approx(200 / 8, rel=0.01)
    assert found.answer_characters == 45


def test_costs_per_right_answer_take_all_answers_together() -> None:
    found = standing_of("++---" * 4, seconds=(10.0,), joules=(50.0,), costing=COSTING).costs
    time, energy = found[CostMeasure.TIME], found[CostMeasure.ENERGY]
    assert (time.per_answer, time.per_right) == pytest.approx((10.0, 25.0))
    assert (energy.per_answer, energy.per_right) == pytest.approx((50.0, 125.0))
    assert time.quality is energy.quality is NumberQuality.MEASURED
    money, co2 = found[CostMeasure.MONEY], found[CostMeasure.CO2]
    assert money.per_answer == pytest.approx(50 / 3.6e6 * 0.40)
    assert money.per_right == pytest.approx(125 / 3.6e6 * 0.40)
    assert co2.per_right == pytest.approx(125 / 3.6e6 * 350)
    assert money.quality is co2.quality is NumberQuality.MEASURED


def test_memory_is_the_highest_need() -> None:
    def change(cell: Cell) -> Cell:
        if cell.key.item_id != "fee-002":
            return cell
        memory = msgspec.structs.replace(cell.resources.memory, needed_bytes=7_000_000_000)
        resources = msgspec.structs.replace(cell.resources, memory=memory)
        return msgspec.structs.replace(cell, resources=resources)

    memory = standing_of("+-+", change=change).costs[CostMeasure.MEMORY]
    assert memory.per_answer == memory.per_right == 7e9


def test_nothing_right_has_no_cost_per_right_answer() -> None:
    for measure in (CostMeasure.TIME, CostMeasure.ENERGY, CostMeasure.MONEY):
        cost = standing_of("----", costing=COSTING).costs[measure]
        assert isinstance(cost.per_answer, float)
        assert cost.per_right == Unavailable(reason="no answer was right")


def test_without_price_and_intensity_there_is_neither() -> None:
    costs = standing_of("++").costs
    assert costs[CostMeasure.MONEY].per_answer == costs[CostMeasure.MONEY].per_right == NO_PRICE
    assert costs[CostMeasure.CO2].per_answer == NO_INTENSITY
    assert costs[CostMeasure.CO2].quality is NumberQuality.NOT_AVAILABLE


def test_without_instruments_energy_money_and_co2_say_why() -> None:
    costs = standing_of("++", joules=None, costing=COSTING).costs
    for measure in (CostMeasure.ENERGY, CostMeasure.MONEY, CostMeasure.CO2):
        assert costs[measure].per_answer == Unavailable(reason="no instrument was read")
        assert costs[measure].quality is NumberQuality.NOT_AVAILABLE


def test_several_answers_at_once_have_no_times() -> None:
    def change(cell: Cell) -> Cell:
        return msgspec.structs.replace(cell, timing=NO_TIMES, resources=NO_TIMES, context=NO_TIMES)

    found = standing_of("+-", change=change)
    assert found.median_s == found.p90_s == found.first_token_s == NO_TIMES
    assert found.tokens_per_s == found.characters_per_s == NO_TIMES
    for measure in (CostMeasure.TIME, CostMeasure.ENERGY, CostMeasure.MEMORY):
        assert found.costs[measure].per_answer == NO_TIMES
    assert isinstance(found.accuracy, ShareInterval)


def test_who_answered_nothing_has_no_numbers() -> None:
    found = example_verdict("...", "+++").standings["A"]
    assert found.accuracy == Unavailable(reason="no questions were answered")
    assert (found.answer_count, found.judged_count, found.right_points) == (0, 0, 0)
    for value in (found.median_s, found.answer_tokens, found.accuracy_on_answered):
        assert isinstance(value, Unavailable)
    for cost in found.costs.values():
        assert isinstance(cost.per_answer, Unavailable)


def test_a_persons_word_stands_above_the_rules() -> None:
    hand = HandGrade(status=GradeStatus.CORRECT, score=1.0, who="M", why="", utc="2026-11-27")

    def change(cell: Cell) -> Cell:
        is_it = cell.key.item_id == "fee-001"
        return msgspec.structs.replace(cell, hand_grade=hand) if is_it else cell

    assert standing_of("-+", change=change).right_points == 2


# --- slices


def slices(found: RunVerdict) -> list[tuple[str, int]]:
    return [(each.name, each.question_count) for each in (*found.levels, *found.families)]


def test_levels_and_families_have_their_questions() -> None:
    found = example_verdict("+-" * 15, "++" * 15)
    assert [one.name for one in found.levels] == ["1", "2", "3"]
    assert [one.question_count for one in found.levels] == [10, 10, 10]
    assert [one.name for one in found.families] == sorted(one.name for one in found.families)
    assert sum(one.question_count for one in found.families) == 30
    assert found.levels[0].accuracies["A"] == wilson_interval(5, 10)
    assert found.levels[0].accuracies["B"] == wilson_interval(10, 10)


def test_questions_without_level_and_family_are_in_no_slice() -> None:
    record = example_record("+-+")
    items = tuple(
        msgspec.structs.replace(item, level=None, family="") for item in record.plan.pack.items
    )
    pack = msgspec.structs.replace(record.plan.pack, items=items)
    plan = msgspec.structs.replace(record.plan, pack=pack)
    assert slices(verdict(msgspec.structs.replace(record, plan=plan))) == []


# --- what a log may hold


def test_answers_of_nobody_to_nothing_are_no_obstacle() -> None:
    """Logs come from other people."""
    record = example_record("+-", "++")
    strange = [
        msgspec.structs.replace(record.cells[0], key=CellKey(letter="Z", item_id="fee-001")),
        msgspec.structs.replace(record.cells[0], key=CellKey(letter="A", item_id="other")),
        msgspec.structs.replace(
            record.cells[0], key=CellKey(letter="A", item_id="fee-001", repeat=9)
        ),
    ]
    fuller = msgspec.structs.replace(record, cells=(*record.cells, *strange))
    assert verdict(fuller).standings == verdict(record).standings

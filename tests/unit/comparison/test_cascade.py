"""What asking the small model first would have given, on runs whose truth is known."""

import msgspec
import numpy as np
import pytest
from tests.helpers.cascades import LARGE_S, SMALL_S, two_models, with_small

from large_enough.comparison.cascade import (
    AS_GOOD_AS_RANDOM,
    NOT_PAIRED,
    NOTHING_TO_GAIN,
    TOO_FEW_TO_ADVISE,
    cascade,
)
from large_enough.domain.grade import GradeStatus, HandGrade
from large_enough.domain.pack_run import NO_TIMES, NOT_ANSWERED, PackRunRecord
from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import Cascade, CascadePoint, CostMeasure, SignalKind
from large_enough.stats.signals import ALL_THE_SAME

SMALL = [True] * 50 + [False] * 30
LARGE = [True] * 46 + [False] * 4 + [True] * 24 + [False] * 6
"""Of 80 questions both get 46, only the small one 4, only the large one 24, and 6 neither."""
PERFECT = [-0.1] * 50 + [-5.0] * 24 + [-0.1] * 6
"""Unsure exactly where only the large one is right."""


def found(record: PackRunRecord) -> Cascade:
    """Return what there is, which must be something."""
    result = cascade(record, "A", "B")
    assert isinstance(result, Cascade)
    return result


def report_of(result: Cascade, kind: SignalKind) -> object:
    return next(report for report in result.signals if report.kind is kind)


def line_at(result: Cascade, share: float) -> float:
    """Return what random sending gives."""
    first, last = result.curve[0].accuracy, result.curve[-1].accuracy
    return first + share * (last - first)


def test_the_ends_are_the_small_model_alone_and_the_large_one_for_all():
    result = found(two_models(SMALL, LARGE, PERFECT))
    assert (result.curve[0].sent_share, result.curve[0].accuracy) == (0.0, 50 / 80)
    assert (result.curve[-1].sent_share, result.curve[-1].accuracy) == (1.0, 70 / 80)
    assert result.only_large.accuracy == 70 / 80
    assert result.question_count == 80


def test_a_perfect_signal_reaches_the_oracle_and_is_advised():
    result = found(two_models(SMALL, LARGE, PERFECT))
    assert result.oracle.accuracy == pytest.approx(74 / 80)
    assert result.oracle.sent_share == pytest.approx(24 / 80)
    assert max(result.curve, key=lambda point: point.accuracy) == result.oracle
    assert result.advised == result.oracle
    assert result.random_accuracy == pytest.approx(50 / 80 + 0.3 * 20 / 80)


def test_what_is_sent_costs_both_answers():
    result = found(two_models(SMALL, LARGE, PERFECT))
    assert result.curve[0].costs == {CostMeasure.TIME: pytest.approx(SMALL_S)}
    assert result.oracle.costs == {CostMeasure.TIME: pytest.approx(SMALL_S + 0.3 * LARGE_S)}
    assert result.curve[-1].costs == {CostMeasure.TIME: pytest.approx(SMALL_S + LARGE_S)}
    assert result.only_large.costs == {CostMeasure.TIME: pytest.approx(LARGE_S)}


def test_costs_that_are_not_known_for_both_are_left_out():
    result = found(with_small(two_models(SMALL, LARGE, PERFECT), timing=NO_TIMES))
    assert {frozenset(point.costs) for point in result.curve} == {frozenset()}


def test_equal_sureness_is_sent_together():
    result = found(two_models(SMALL, LARGE, PERFECT))
    assert [point.sent_share for point in result.curve] == [0.0, 0.3, 1.0]


def test_a_random_signal_lies_on_the_straight_line():
    random, heights = np.random.default_rng(9), []
    for _run in range(30):
        result = found(two_models(SMALL, LARGE, list(random.random(80) - 1)))
        heights.append(np.mean([p.accuracy - line_at(result, p.sent_share) for p in result.curve]))
    assert abs(np.mean(heights)) < 3 * np.std(heights) / np.sqrt(30)


def test_a_random_signal_is_rarely_advised():
    random, advised = np.random.default_rng(10), 0
    for _run in range(100):
        small, large = list(random.random(60) < 0.6), list(random.random(60) < 0.8)
        result = found(two_models(small, large, list(random.random(60) - 1)))
        advised += isinstance(result.advised, CascadePoint)
    assert advised <= 10


def test_what_is_advised_is_not_better_than_it_would_be_on_other_questions():
    """The small model is right as often as it says, and the large one 3 times in 4."""
    random, promised, kept = np.random.default_rng(11), [], []
    for _run in range(40):
        first, second = (_honest_models(random, 120) for _half in range(2))
        result = found(two_models(*first))
        if isinstance(result.advised, CascadePoint):
            share = result.advised.sent_share
            promised.append(result.advised.accuracy - line_at(result, share))
            limit = np.quantile(first[2], share)
            sent = np.array(second[2]) <= limit
            gains = np.array(second[1]) * 1.0 - np.array(second[0])
            kept.append(float((sent * gains).mean() - sent.mean() * gains.mean()))
    assert len(promised) > 20
    spread = np.std(promised) + np.std(kept)
    assert np.mean(promised) < np.mean(kept) + 2 * spread / np.sqrt(len(kept))


def test_likeness_within_groups_is_not_taken_for_a_signal():
    random, advised = np.random.default_rng(12), 0
    for _run in range(60):
        kinds = np.repeat(np.arange(16), 5)
        small, large = random.random(16)[kinds] < 0.5, random.random(16)[kinds] < 0.8
        record = two_models(
            list(small), list(large), list(random.random(16)[kinds] - 1), group_size=5
        )
        advised += isinstance(found(record).advised, CascadePoint)
    assert advised <= 8


def test_nothing_is_advised_that_is_worse_than_the_small_model_alone():
    """The signal sorts well, and yet the small model is better wherever one looks."""
    small, large = [True] * 79 + [False], [False] * 43 + [True] * 37
    result = found(two_models(small, large, [-0.1] * 40 + [-5.0] * 40))
    assert max(p.accuracy - line_at(result, p.sent_share) for p in result.curve) > 0.2
    assert max(result.curve, key=lambda p: p.accuracy).sent_share == 0.0
    assert result.advised == AS_GOOD_AS_RANDOM


def test_too_few_questions_give_a_curve_and_no_advice():
    result = found(two_models(SMALL[:59], LARGE[:59], PERFECT[:59]))
    assert len(result.curve) == 3
    assert result.advised == result.random_accuracy == TOO_FEW_TO_ADVISE


def test_nothing_is_advised_where_the_large_model_only_loses():
    result = found(two_models([True] * 80, LARGE, PERFECT))
    assert result.advised == NOTHING_TO_GAIN


@pytest.mark.parametrize("small", [True, False])
def test_where_all_answers_are_right_or_all_wrong_no_signal_tells_anything(small: bool):
    result = found(two_models([small] * 80, [True] * 80, PERFECT))
    assert report_of(result, SignalKind.LOWEST_PROBABILITY).auroc == ALL_THE_SAME
    assert isinstance(result.advised, Unavailable)
    assert (result.curve[0].accuracy, result.curve[-1].accuracy) == (float(small), 1.0)


def test_without_any_signal_the_curve_has_its_two_ends():
    record = with_small(two_models(SMALL, LARGE), answer_token_count=NOT_ANSWERED)
    result = found(record)
    assert [point.sent_share for point in result.curve] == [0.0, 1.0]
    assert result.used is SignalKind.FORMAT
    assert result.advised == AS_GOOD_AS_RANDOM


def test_the_signal_is_settled_by_what_was_recorded_not_by_how_well_it_does():
    good = found(two_models(SMALL, LARGE, PERFECT))
    bad = found(two_models(SMALL, LARGE, [-one for one in PERFECT]))
    nothing = found(two_models(SMALL, LARGE))
    assert good.used is bad.used is SignalKind.TENTH_PROBABILITY
    assert min(p.accuracy - line_at(bad, p.sent_share) for p in bad.curve) < -0.05
    assert bad.advised == AS_GOOD_AS_RANDOM
    assert nothing.used is SignalKind.SHORTNESS


def test_what_could_not_be_read_is_sent_first_however_sure_the_model_was():
    lost = [GradeStatus.NO_ANSWER] * 5 + [GradeStatus.TRUNCATED] * 5
    result = found(two_models(SMALL[:70] + lost, [True] * 80, [-3.0] * 70 + [-0.01] * 10))
    assert result.curve[1].sent_share == pytest.approx(10 / 80)
    assert result.curve[1].accuracy == pytest.approx(60 / 80)
    assert report_of(result, SignalKind.FORMAT).count == 80
    assert report_of(result, SignalKind.LOWEST_PROBABILITY).count == 70


def test_format_alone_may_be_worth_advising():
    lost = [GradeStatus.NO_ANSWER] * 30
    result = found(two_models([True] * 50 + lost, [True] * 80))
    assert isinstance(result.advised, CascadePoint)
    assert result.advised.accuracy == 1.0
    assert report_of(result, SignalKind.FORMAT).auroc == 1.0


def test_an_answer_without_the_signal_is_sent_before_all_that_have_it():
    record = two_models(SMALL, LARGE, PERFECT)
    cells = [
        msgspec.structs.replace(cell, token_probabilities=())
        if cell.key.letter == "A" and cell.key.item_id == record.plan.item_ids[0]
        else cell
        for cell in record.cells
    ]
    result = found(msgspec.structs.replace(record, cells=tuple(cells)))
    assert [point.sent_share for point in result.curve] == pytest.approx([0, 1 / 80, 25 / 80, 1])


def test_a_signal_that_few_answers_have_does_not_decide():
    record = two_models(SMALL, LARGE, PERFECT)
    few = set(record.plan.item_ids[40:60])
    cells = [
        cell if cell.key.item_id in few else msgspec.structs.replace(cell, token_probabilities=())
        for cell in record.cells
    ]
    result = found(msgspec.structs.replace(record, cells=tuple(cells)))
    assert report_of(result, SignalKind.MEAN_PROBABILITY).count == 20
    assert result.used is SignalKind.SHORTNESS


def test_signals_come_best_first_and_missing_ones_say_why():
    result = found(two_models(SMALL, LARGE, PERFECT))
    areas = [report.auroc for report in result.signals]
    known = [area for area in areas if not isinstance(area, Unavailable)]
    assert known == sorted(known, reverse=True)
    assert [isinstance(area, Unavailable) for area in areas] == sorted(
        isinstance(area, Unavailable) for area in areas
    )
    assert {report.kind for report in result.signals} == set(SignalKind)
    assert "once" in report_of(result, SignalKind.AGREEMENT).auroc.reason


def test_a_persons_grade_counts_and_waiting_answers_are_left_out():
    waiting = [GradeStatus.NEEDS_HUMAN] * 10
    record = two_models(SMALL[:70] + waiting, LARGE, PERFECT)
    assert found(record).question_count == 70
    by_hand = HandGrade(status=GradeStatus.CORRECT, score=1.0, who="Ada", why="", utc="2026")
    cells = [
        msgspec.structs.replace(cell, hand_grade=by_hand)
        if cell.grade.status is GradeStatus.NEEDS_HUMAN
        else cell
        for cell in record.cells
    ]
    result = found(msgspec.structs.replace(record, cells=tuple(cells)))
    assert result.question_count == 80
    assert result.curve[0].accuracy == pytest.approx(60 / 80)


def test_what_a_person_read_in_an_answer_was_still_unreadable_for_the_program():
    by_hand = HandGrade(status=GradeStatus.CORRECT, score=1.0, who="Ada", why="", utc="2026")
    record = two_models([GradeStatus.NO_ANSWER] * 80, LARGE)
    result = found(with_small(record, hand_grade=by_hand))
    assert result.curve[0].accuracy == 1.0
    assert "no answer could be read" in report_of(result, SignalKind.FORMAT).auroc.reason


def test_questions_that_one_model_has_not_answered_are_left_out():
    record = two_models(SMALL, LARGE, PERFECT)
    missing = set(record.plan.item_ids[:20])
    cells = [
        cell for cell in record.cells if cell.key.letter == "A" or cell.key.item_id not in missing
    ]
    assert found(msgspec.structs.replace(record, cells=tuple(cells))).question_count == 60
    only_small = [cell for cell in record.cells if cell.key.letter == "A"]
    alone = msgspec.structs.replace(record, cells=tuple(only_small))
    assert cascade(alone, "A", "B") == NOT_PAIRED


def test_repeats_count_as_one_question_and_their_agreement_as_a_signal():
    record = two_models(SMALL, LARGE, repeats=3)
    cells = [
        msgspec.structs.replace(
            cell,
            grade=msgspec.structs.replace(
                cell.grade,
                taken=f"{cell.key.repeat}" if cell.grade.status is GradeStatus.WRONG else "1 EUR",
            ),
        )
        if cell.key.letter == "A"
        else cell
        for cell in record.cells
    ]
    result = found(msgspec.structs.replace(record, cells=tuple(cells)))
    assert result.question_count == 80
    assert result.used is SignalKind.AGREEMENT
    assert report_of(result, SignalKind.AGREEMENT).auroc == 1.0
    assert result.curve[0].costs[CostMeasure.TIME] == pytest.approx(3 * SMALL_S)
    assert result.only_large.costs[CostMeasure.TIME] == pytest.approx(LARGE_S)


def test_groups_widen_what_is_not_known():
    random = np.random.default_rng(3)
    sure = list(random.random(80) - 1 + np.array(SMALL) * 0.3)
    single = found(two_models(SMALL, LARGE, sure))
    grouped = found(two_models(SMALL, LARGE, sure, group_size=40))
    assert not isinstance(report_of(single, SignalKind.MEAN_PROBABILITY).low, Unavailable)
    assert isinstance(report_of(grouped, SignalKind.MEAN_PROBABILITY).low, Unavailable)


def test_a_letter_that_nobody_has_is_an_error():
    with pytest.raises(KeyError):
        cascade(two_models(SMALL, LARGE), "A", "F")


def _honest_models(
    random: np.random.Generator, count: int
) -> tuple[list[bool], list[bool], list[float]]:
    sure = random.random(count)
    return (
        list(random.random(count) < sure),
        list(random.random(count) < 0.75),
        list(sure - 1),
    )

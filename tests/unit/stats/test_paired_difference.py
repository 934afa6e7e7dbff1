"""Which method gives the limits of a difference, and what they are."""

import pytest

from large_enough.domain.interval import Limits
from large_enough.domain.verdict import Method
from large_enough.stats.betting import betting_limits
from large_enough.stats.clusters import clustered_limits
from large_enough.stats.paired_difference import PairedDifference, paired_difference
from large_enough.stats.tango import tango_limits

HALVES = (0.5, -0.5, 0.0, -1.0, 0.5, 0.0)


def alone(*values: float, has_parts: bool = False) -> PairedDifference:
    return paired_difference(
        {f"q{place}": [value] for place, value in enumerate(values)}, has_parts=has_parts
    )


def turned(limits: Limits) -> tuple[float, float]:
    return -limits.high, -limits.low


def test_questions_that_stand_alone_are_judged_by_tango() -> None:
    found = alone(*[1, -1, -1, *[0] * 27])
    assert (found.method, found.limits) == (Method.SINGLE, tango_limits(1, 2, 30))
    assert (found.question_count, found.group_count, found.effective_count) == (30, 30, 30)
    assert found.spread == 3


def test_groups_of_more_than_one_decide_even_if_there_is_only_one() -> None:
    groups = {"pair": [1, 1], **{f"q{place}": [0] for place in range(20)}}
    found = paired_difference(groups)
    assert found.method is Method.GROUPED
    assert found.limits == clustered_limits(groups).limits
    assert found.group_count == 21
    assert 1 <= found.design_effect == found.question_count / found.effective_count


def test_no_difference_anywhere_has_the_closed_form() -> None:
    z = 1.6448536269514722
    limits = alone(*[0] * 60).limits
    assert limits.low == pytest.approx(-z * z / (60 + z * z))


def test_few_parts_of_points_are_bet_on() -> None:
    found = alone(*HALVES, has_parts=True)
    assert (found.method, found.limits) == (Method.BETTING, betting_limits(HALVES))
    assert found.spread == pytest.approx(1.75)


def test_many_parts_of_points_are_drawn_again_and_again() -> None:
    found = alone(*HALVES * 10, has_parts=True)
    assert found.method is Method.PARTIAL
    assert found.limits.difference == pytest.approx(-0.5 / 6)
    assert found.limits.low < found.limits.difference < found.limits.high
    by_betting = betting_limits(HALVES * 10)
    assert by_betting.low < found.limits.low  # it needs no questions to spare


def test_many_questions_of_which_few_differ_are_bet_on() -> None:
    found = alone(*[-0.5] * 5, *[0.0] * 95, has_parts=True)
    assert found.method is Method.BETTING
    assert found.limits.low < -0.025 < found.limits.high


def test_parts_of_points_that_all_agree_are_bet_on() -> None:
    found = alone(*[0.0] * 80, has_parts=True)
    assert found.method is Method.BETTING
    assert found.limits.low < 0 < found.limits.high


def test_few_groups_with_parts_of_points_count_as_what_they_are_worth() -> None:
    """Five questions that go together say what one does."""
    groups = {f"g{place}": [value] * 5 for place, value in enumerate(HALVES * 4)}
    found = paired_difference(groups, has_parts=True)
    assert (found.method, found.limits) == (Method.GROUPED, clustered_limits(groups).limits)
    assert found.effective_count == pytest.approx(24, rel=0.15)
    assert found.limits.difference == pytest.approx(-0.5 / 6)


def test_few_groups_can_settle_the_matter_for_equal_models() -> None:
    """As in the packs that come with the program: twenty templates of five questions."""
    groups = {
        f"g{place}": [0.5, -0.5, 0, 0, 0] if place % 5 == 0 else [0] * 5 for place in range(20)
    }
    assert paired_difference(groups, has_parts=True).limits.low > -0.10


def test_groups_of_unequal_size_keep_the_mean_over_questions() -> None:
    groups = {f"g{place}": [0.5] * (1 + place % 4) for place in range(60)}
    groups["h"] = [-0.25] * 3
    values = [value for group in groups.values() for value in group]
    found = paired_difference(groups, has_parts=True)
    assert found.limits.difference == pytest.approx(sum(values) / len(values))


@pytest.mark.parametrize("has_parts", [False, True])
@pytest.mark.parametrize("size", [1, 3])
def test_swapping_the_models_turns_everything_round(has_parts: bool, size: int) -> None:
    values = HALVES * 10 if has_parts else (1, -1, 0, 0, -1, 0) * 10
    groups = {
        str(place): values[place * size : (place + 1) * size]
        for place in range(len(values) // size)
    }
    swapped = {name: [-value for value in group] for name, group in groups.items()}
    one = paired_difference(groups, has_parts=has_parts)
    other = paired_difference(swapped, has_parts=has_parts)
    assert one.method is other.method
    assert (one.limits.low, one.limits.high) == pytest.approx(turned(other.limits), abs=1e-6)
    assert one.effective_count == pytest.approx(other.effective_count)


def test_no_questions_are_refused() -> None:
    with pytest.raises(ValueError, match="no questions"):
        paired_difference({"a": []})

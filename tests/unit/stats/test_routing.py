"""Which of a small model's answers are worth sending on."""

import numpy as np
import pytest

from large_enough.stats.routing import (
    dense_levels,
    left_out_sending,
    sent_below,
    sorts_better_than_chance,
)

ALONE = np.arange(6)


def test_equal_keys_share_a_level():
    keys = [(1.0, -2.0), (0.0, 0.0), (1.0, -2.0), (1.0, 5.0)]
    assert dense_levels(keys).tolist() == [1, 0, 1, 2]


def test_cut_offs_go_from_none_to_all():
    assert sent_below(np.array([1, 0, 1])).tolist() == [
        [False, False, False],
        [False, True, False],
        [True, True, True],
    ]


def test_where_the_least_sure_answers_gain_those_are_sent():
    gains, levels = np.array([1.0, 1.0, 1.0, 0.0, 0.0, 0.0]), np.array([0, 1, 1, 2, 2, 3])
    assert left_out_sending(levels, gains, ALONE).tolist() == [True] * 3 + [False] * 3


def test_each_unit_is_judged_by_what_the_others_would_choose():
    random = np.random.default_rng(2)
    gains = random.choice([-1.0, 0.0, 0.5, 1.0], size=40)
    levels, units = random.integers(0, 12, 40), np.arange(40) // 2
    levels = dense_levels([(float(level),) for level in levels])
    found = left_out_sending(levels, gains, units)
    for unit in range(20):
        others, own = units != unit, units == unit
        best = _best_cut_off(levels[others], gains[others], int(levels.max()) + 2)
        assert found[own].tolist() == (levels[own] < best).tolist()


def test_nothing_is_sent_where_the_large_model_only_loses():
    assert not left_out_sending(np.arange(6), np.full(6, -1.0), ALONE).any()


def test_one_unit_alone_has_nobody_to_choose_for_it():
    assert not left_out_sending(np.arange(6), np.ones(6), np.zeros(6, dtype=int)).any()


@pytest.mark.parametrize("level_count", [60, 4])
@pytest.mark.parametrize("group_size", [1, 5])
def test_chance_alone_is_rarely_taken_for_more(level_count: int, group_size: int):
    random, claims = np.random.default_rng(1), 0
    for _run in range(200):
        units = np.repeat(np.arange(60 // group_size), group_size)
        sure = random.integers(0, level_count, 60 // group_size)[units]
        gains = random.choice([-1.0, 0.0, 1.0], 60 // group_size, p=[0.1, 0.6, 0.3])[units]
        levels = dense_levels([(float(one),) for one in sure])
        claims += sorts_better_than_chance(levels, gains, units)
    assert 0.01 <= claims / 200 <= 0.11


def test_what_the_signal_tells_is_found():
    levels, gains = np.arange(60) // 3, np.repeat([1.0, 0.0, 1.0, 0.0], [15, 15, 3, 27])
    assert sorts_better_than_chance(levels, gains, np.arange(60))
    assert not sorts_better_than_chance(levels.max() - levels, gains, np.arange(60))


@pytest.mark.parametrize("gains", [np.zeros(60), np.ones(60), np.arange(60) % 2])
def test_a_signal_that_is_always_the_same_sorts_nothing(gains: np.ndarray):
    assert not sorts_better_than_chance(np.zeros(60, dtype=int), gains * 1.0, np.arange(60))


def _best_cut_off(levels: np.ndarray, gains: np.ndarray, count: int) -> int:
    """Return the cut-off with the greatest height above the straight line, in plain loops."""
    price = max(0.0, float(gains.mean()))
    worth = [
        round(sum(gains[levels < cut_off]) - price * sum(levels < cut_off), 9)
        for cut_off in range(count)
    ]
    return worth.index(max(worth))


def test_leaving_out_is_not_optimistic_and_choosing_on_the_same_questions_is():
    """The small model is right as often as its sureness says, the large one 3 times in 4.

    Sending all below t then gains 3t/4 - t²/2, and t/4 at random: t/2 - t²/2 is the height.
    """
    random = np.random.default_rng(4)
    true_heights, left_out_heights, same_heights = [], [], []
    for _run in range(400):
        sure = random.random(60)
        gains = (random.random(60) < 0.75) * 1.0 - (random.random(60) < sure)
        levels = dense_levels([(one,) for one in sure])
        cut_off = _best_cut_off(levels, gains, 61)
        limit = 0.0 if not cut_off else float(np.sort(sure)[cut_off - 1])
        true_heights.append(limit / 2 - limit**2 / 2)
        same_heights.append(_height(levels < cut_off, gains))
        left_out_heights.append(_height(left_out_sending(levels, gains, np.arange(60)), gains))
    truth, error = np.mean(true_heights), np.std(left_out_heights) / 20
    assert np.mean(left_out_heights) < truth + 2 * error
    assert np.mean(left_out_heights) > truth - 0.03
    assert np.mean(same_heights) > truth + 0.015


def test_leaving_out_whole_groups_is_not_optimistic_where_questions_go_together():
    random, left_out_heights = np.random.default_rng(6), []
    for _run in range(200):
        units = np.repeat(np.arange(15), 5)
        sure, gains = random.random(15)[units], random.choice([-1.0, 0.0, 1.0], 15)[units]
        levels = dense_levels([(one,) for one in sure])
        left_out_heights.append(_height(left_out_sending(levels, gains, units), gains))
    assert np.mean(left_out_heights) < 2 * np.std(left_out_heights) / np.sqrt(200)


def _height(sent: np.ndarray, gains: np.ndarray) -> float:
    """Return how far above random sending of as many questions that lies."""
    return float((sent * gains).mean() - sent.mean() * gains.mean())

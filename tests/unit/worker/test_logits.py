"""Probabilities out of what a model computed."""

import math

import numpy as np
import pytest

from large_enough.domain.errors import EngineError, RequestError
from large_enough.worker.label_tokens import label_tokens
from large_enough.worker.logits import LEAST_LOG_PROBABILITY, log_probability, weigh_labels

LOGITS = np.array([1.0, 2.0, 0.5, -1.0, 3.0])


def by_hand(*tokens: int) -> float:
    """Return the probability of tokens by the plain formula."""
    exponentials = [math.exp(value) for value in LOGITS]
    return sum(exponentials[token] for token in tokens) / sum(exponentials)


def test_probabilities_are_those_of_the_plain_formula() -> None:
    for token in range(5):
        assert log_probability(LOGITS, token) == pytest.approx(math.log(by_hand(token)))


def test_labels_are_weighed_against_each_other() -> None:
    weights = weigh_labels(LOGITS, [(0, 2), (1,), (3,)])
    together = by_hand(0, 1, 2, 3)
    assert weights.share == pytest.approx(together)
    assert [math.exp(value) for value in weights.log_probabilities] == pytest.approx(
        [by_hand(0, 2) / together, by_hand(1) / together, by_hand(3) / together]
    )


@pytest.mark.parametrize("shift", [-1e5, 1e5])
def test_large_numbers_neither_overflow_nor_vanish(shift: float) -> None:
    usual = weigh_labels(LOGITS, [(0,), (1,)])
    shifted = weigh_labels(LOGITS + shift, [(0,), (1,)])
    assert shifted.log_probabilities == pytest.approx(usual.log_probabilities)
    assert shifted.share == pytest.approx(usual.share)


def test_the_impossible_has_a_number_that_can_be_sent() -> None:
    logits = np.array([0.0, -np.inf, -5000.0])
    assert log_probability(logits, 1) == LEAST_LOG_PROBABILITY
    weights = weigh_labels(logits, [(0,), (1,), (2,)])
    assert weights.log_probabilities[1:] == (LEAST_LOG_PROBABILITY,) * 2
    assert weights.log_probabilities[0] == pytest.approx(0.0)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(EngineError):
        weigh_labels(np.array([value, 1.0, 2.0]), [(1,), (2,)])
    assert log_probability(np.array([value, 1.0]), 1) == LEAST_LOG_PROBABILITY


def tokenize(text: str) -> list[int]:
    known = {"A": [1], " A": [2], "B": [3], " B": [9, 3], "AB": [1, 3], " AB": [2, 3], "b": [3]}
    return known[text]


def test_a_label_is_found_with_and_without_a_space() -> None:
    assert label_tokens(tokenize, ["A", "B"]) == ((1, 2), (3,))


def test_a_label_of_several_tokens_is_refused() -> None:
    with pytest.raises(RequestError, match="'AB' is no single token"):
        label_tokens(tokenize, ["A", "AB"])


def test_labels_that_share_a_token_are_refused() -> None:
    with pytest.raises(RequestError, match="share"):
        label_tokens(lambda _text: [7], ["A", "B"])

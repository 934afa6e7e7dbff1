"""Sentences and charts of verdicts as they come out of whole runs."""

import pytest
from tests.helpers.drawings import check_drawing
from tests.helpers.verdicts import example_verdict, patterns

from large_enough.domain.verdict import CostMeasure, Outcome, PairVerdict, RunVerdict
from large_enough.report.verdict_charts import (
    cascade_drawing,
    cost_drawing,
    evidence_drawing,
    interval_drawing,
    ladder_drawing,
    signals_drawing,
)
from large_enough.wording.verdict_remarks import remark_text
from large_enough.wording.verdict_words import (
    cost_sentence,
    difference_sentence,
    evidence_sentence,
    ladder_sentence,
    method_text,
    pair_sentence,
    verdict_sentence,
)

RUNS: dict[str, tuple[str, ...]] = {
    "three": ("++-+--+-++" * 6, "+++++-+-++" * 6, "+++++-++++" * 6),
    "parts": ("+h-h" * 12, "++h+" * 12),
    "one": ("++--",),
    "cut": ("nt0+" * 5, "++.." * 5),
    "waiting": ("?+-?", "+??+"),
    "nothing": ("....", "...."),
    "a single question": ("+", "-"),
    "all equal": ("+" * 30, "+" * 30),
    "all wrong": ("-" * 30, "-" * 30),
    "twelve": tuple("+-+"[number % 3] * 8 for number in range(12)),
}


def whole(verdict: RunVerdict) -> list[str]:
    """Return all sentences of a verdict."""
    pairs = [
        sentence
        for pair in verdict.pairs
        for sentence in (
            pair_sentence(verdict, pair),
            cost_sentence(verdict, pair),
            difference_sentence(pair),
            method_text(pair),
        )
    ]
    return [
        *pairs,
        verdict_sentence(verdict).sentence,
        evidence_sentence(verdict),
        *(ladder_sentence(verdict, ladder) for ladder in verdict.ladders),
        *(remark_text(verdict, remark) for remark in verdict.remarks),
    ]


@pytest.mark.parametrize("name", RUNS)
@pytest.mark.parametrize("group_size", [1, 4])
def test_every_run_can_be_said_and_drawn(name: str, group_size: int) -> None:
    verdict = example_verdict(*RUNS[name], group_size=group_size)
    for sentence in whole(verdict):
        assert sentence.endswith(".")
        assert "{" not in sentence
        assert "  " not in sentence
        assert "nan" not in sentence.split()
    for drawing in (
        *(interval_drawing(verdict, pair) for pair in verdict.pairs[:6]),
        *(cost_drawing(verdict, measure) for measure in CostMeasure),
        *(ladder_drawing(verdict, ladder) for ladder in verdict.ladders),
        cascade_drawing(verdict),
        signals_drawing(verdict),
        evidence_drawing(verdict.evidence),
    ):
        check_drawing(drawing)


def test_the_card_of_the_design_from_a_run() -> None:
    verdict = example_verdict(*patterns(73, 8, 11, 8))
    pair = verdict.headline
    assert isinstance(pair, PairVerdict)
    words = pair_sentence(verdict, pair)
    assert "was right on 81" in words
    assert words.endswith("not settled yet; about 140 more questions would probably settle it.")


@pytest.mark.parametrize("only_large", range(0, 40, 3))
def test_the_headline_says_what_was_decided(only_large: int) -> None:
    verdict = example_verdict(*patterns(50, 2, only_large, 10))
    pair = verdict.headline
    assert isinstance(pair, PairVerdict)
    beginnings = {
        Outcome.LARGE_ENOUGH: "Large enough: ",
        Outcome.LARGE_IS_BETTER: "The large one is worth it: ",
        Outcome.MEASURABLY_WORSE: "Measurably worse, perhaps within your margin: ",
        Outcome.NOT_SETTLED: "Not settled yet. ",
    }
    headline = verdict_sentence(verdict).headline
    assert headline.startswith(beginnings[pair.decision.outcome])  # type: ignore[union-attr]

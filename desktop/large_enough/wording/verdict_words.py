"""Says what a graded run comes to, in sentences for window, command line and reports.

This is the door to all sentences about a verdict; the remarks have `wording.verdict_remarks`.
"""

from typing import NamedTuple

from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import PairVerdict, RunVerdict
from large_enough.wording.cascade_words import cascade_sentence, signal_name
from large_enough.wording.evidence_words import evidence_sentence
from large_enough.wording.ladder_words import ladder_sentence, ladder_title, rung_state
from large_enough.wording.method_words import mcnemar_text, method_text, p_text
from large_enough.wording.numbers import share_text
from large_enough.wording.points import accuracy_share_text, difference_words
from large_enough.wording.power_words import power_sentence
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _
from large_enough.wording.verdict_costs import amount_text, cost_sentence, measure_name
from large_enough.wording.verdict_counts import (
    disagreement_sentence,
    effective_sentence,
    questions_text,
    right_sentence,
)
from large_enough.wording.verdict_names import contender_names, rung_names
from large_enough.wording.verdict_outcomes import (
    conclusion_sentence,
    more_sentence,
    outcome_headline,
    outcome_word,
    range_sentence,
)

__all__ = [
    "VerdictSentence",
    "accuracy_share_text",
    "amount_text",
    "cascade_sentence",
    "contender_names",
    "cost_sentence",
    "difference_sentence",
    "effective_sentence",
    "evidence_sentence",
    "headline_of",
    "ladder_sentence",
    "ladder_title",
    "mcnemar_text",
    "measure_name",
    "method_text",
    "outcome_word",
    "p_text",
    "pair_sentence",
    "power_sentence",
    "questions_text",
    "rung_names",
    "rung_state",
    "signal_name",
    "verdict_sentence",
]


class VerdictSentence(NamedTuple):
    """What a run says, in two parts of different weight."""

    headline: str
    """The outcome, with the limit that decides."""
    detail: str
    """On what it rests, and what would settle an open matter; empty if there is nothing to add."""

    @property
    def sentence(self) -> str:
        """Both parts, one after the other."""
        return _joined(*self)


def verdict_sentence(verdict: RunVerdict) -> VerdictSentence:
    """Return what the smallest model beside the largest comes to, or why there is no verdict."""
    if isinstance(verdict.headline, Unavailable):
        return VerdictSentence(_no_verdict(verdict.headline), "")
    return headline_of(verdict, verdict.headline)


def headline_of(verdict: RunVerdict, pair: PairVerdict) -> VerdictSentence:
    """Return the same of any pair."""
    names = contender_names(verdict)
    small, large = names[pair.small], names[pair.large]
    if isinstance(pair.decision, Unavailable):
        return VerdictSentence(_no_verdict(pair.decision), _counts(verdict, pair, small, large))
    return VerdictSentence(
        outcome_headline(pair.decision, small, large),
        _joined(
            _counts(verdict, pair, _("the small one"), _("the large one")),
            more_sentence(pair.decision),
        ),
    )


def pair_sentence(verdict: RunVerdict, pair: PairVerdict) -> str:
    """Return everything about a pair in the order of the card: counts, limit, margin, what next."""
    names = contender_names(verdict)
    counts = _counts(verdict, pair, names[pair.small], names[pair.large])
    if isinstance(pair.decision, Unavailable):
        return _joined(counts, _no_verdict(pair.decision))
    return _joined(counts, range_sentence(pair.decision), conclusion_sentence(pair.decision))


def difference_sentence(pair: PairVerdict) -> str:
    """Return the difference with its two limits."""
    if isinstance(pair.decision, Unavailable):
        return _no_verdict(pair.decision)
    limits, margin = pair.decision.limits, pair.decision.margin
    return _(
        "Found: {difference}. The true difference probably lies between {low} and {high}: each "
        "limit holds with a confidence of {confidence}, both together with {both}."
    ).format(
        difference=difference_words(limits.difference, margin),
        low=difference_words(limits.low, margin),
        high=difference_words(limits.high, margin),
        confidence=share_text(limits.confidence),
        both=share_text(2 * limits.confidence - 1),
    )


def _counts(verdict: RunVerdict, pair: PairVerdict, small: str, large: str) -> str:
    if not pair.question_count:
        return ""
    return _joined(
        right_sentence(verdict, pair, small, large),
        disagreement_sentence(pair),
        effective_sentence(pair),
    )


def _no_verdict(why: Unavailable) -> str:
    return _("No verdict: {reason}.").format(reason=reason_text(why.reason))


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)

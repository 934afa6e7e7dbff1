"""Lays out pairs of contenders of a run: their differences, ladders of sizes, field models."""

from collections.abc import Iterable

from large_enough.domain.interval import Limits, MedianInterval, RatioInterval
from large_enough.domain.model_card import ModelCard
from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import Ladder, PairVerdict, Rung, RunVerdict
from large_enough.report.verdict_parts import MOST_NAMED_COLUMNS, Table, lettered, lettered_names
from large_enough.report.verdict_tables import share_interval_text
from large_enough.wording.numbers import NOT_AVAILABLE, count_text, parameters_text
from large_enough.wording.points import difference_words
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _
from large_enough.wording.verdict_costs import ratio_texts
from large_enough.wording.verdict_words import (
    ladder_title,
    outcome_word,
    p_text,
    rung_names,
    rung_state,
)


def pair_tables(verdict: RunVerdict) -> tuple[Table, ...]:
    """Return all pairs, the smaller model first: outcomes, tests, and ratios of costs."""
    return (_outcomes(verdict), _tests(verdict), _ratios(verdict)) if verdict.pairs else ()


def ladder_table(verdict: RunVerdict, ladder: Ladder) -> Table:
    """Return the rungs of a ladder, the reference first."""
    names = rung_names(verdict, ladder)
    return Table(
        caption=ladder_title(ladder),
        heads=(
            _("Model"),
            _("Weights"),
            _("Quantisation"),
            _("Accuracy"),
            _("Limits of the difference"),
            _("Result"),
        ),
        rows=tuple(
            (
                lettered(rung.letter, names[rung.letter]),
                *_size(verdict.contender(rung.letter).card),
                share_interval_text(verdict.standings[rung.letter].accuracy),
                _rung_limits(rung),
                rung_state(ladder, rung),
            )
            for rung in ladder.rungs
        ),
        words=frozenset({2, 4, 5}),
    )


def field_table(verdict: RunVerdict) -> Table:
    """Return models that are made for the field beside general ones."""
    names = lettered_names(verdict)
    return Table(
        caption=_("Models for the field beside general ones"),
        heads=(
            _("For the field"),
            _("General"),
            _("The one for the field is"),
            _("Limits"),
            _("Same size"),
        ),
        rows=tuple(
            (
                names[pair.special],
                names[pair.general],
                _difference(pair.limits),
                limits_text(pair.limits),
                _("yes") if pair.same_size else _("no: size and field mix"),
            )
            for pair in verdict.field_pairs
        ),
        words=frozenset({1, 2, 3, 4}),
    )


def limits_text(limits: Limits | Unavailable, margin: float = 0.0) -> str:
    """Return both limits of a difference in words; a dash if there are none."""
    if isinstance(limits, Unavailable):
        return NOT_AVAILABLE
    return _("{low} to {high}").format(
        low=difference_words(limits.low, margin), high=difference_words(limits.high, margin)
    )


def _outcomes(verdict: RunVerdict) -> Table:
    return Table(
        caption=_("Is the first one of each pair large enough beside the second?"),
        heads=(_("Pair"), _("Found: the first is"), _("One-sided 95 % limits"), _("Result")),
        rows=tuple(_outcome(verdict, pair) for pair in verdict.pairs),
        words=frozenset({1, 2, 3}),
    )


def _outcome(verdict: RunVerdict, pair: PairVerdict) -> tuple[str, ...]:
    who, decision = pair_text(verdict, pair), pair.decision
    if isinstance(decision, Unavailable):
        return who, NOT_AVAILABLE, NOT_AVAILABLE, reason_text(decision.reason)
    return (
        who,
        difference_words(decision.limits.difference, decision.margin),
        limits_text(decision.limits, decision.margin),
        outcome_word(decision.outcome),
    )


def pair_text(verdict: RunVerdict, pair: PairVerdict) -> str:
    """Return both names of a pair; their letters alone where there are many pairs."""
    names = lettered_names(verdict)
    if len(names) > MOST_NAMED_COLUMNS:
        names = {letter: letter for letter in names}
    return _("{small} beside {large}").format(small=names[pair.small], large=names[pair.large])


def _tests(verdict: RunVerdict) -> Table:
    return Table(
        caption=_(
            "Questions of each pair, and McNemar's exact test of them as if each stood alone"
        ),
        heads=(
            _("Pair"),
            _("Both right"),
            _("Only the first"),
            _("Only the second"),
            _("Neither"),
            _("Kinds"),
            _("McNemar"),
            _("adjusted (Holm)"),
        ),
        rows=tuple(
            (
                f"{pair.small}, {pair.large}",
                *(
                    count_text(len(ids))
                    for ids in (pair.both, pair.only_small, pair.only_large, pair.neither)
                ),
                count_text(pair.group_count),
                p_text(pair.mcnemar_p),
                p_text(pair.holm_p),
            )
            for pair in verdict.pairs
        ),
    )


def ratio_table(pair: PairVerdict) -> Table:
    """Return how many times as much the larger model takes: of all questions, and of the median."""
    ratios = (
        (_("Time"), pair.time_ratio, pair.median_time_ratio),
        (_("Energy"), pair.energy_ratio, pair.median_energy_ratio),
    )
    return Table(
        caption=_("How many times as much the large one takes, with intervals"),
        heads=(_("Cost"), _("All questions together"), _("Median over questions")),
        rows=tuple((name, _ratio(ratio), _median(median)) for name, ratio, median in ratios),
        notes=_not_compared(ratio for _name, *both in ratios for ratio in both),
    )


def _ratios(verdict: RunVerdict) -> Table:
    return Table(
        caption=_("How many times as much the second one of each pair takes, with 90 % intervals"),
        heads=(_("Pair"), _("Time"), _("Energy")),
        rows=tuple(
            (f"{pair.small}, {pair.large}", _ratio(pair.time_ratio), _ratio(pair.energy_ratio))
            for pair in verdict.pairs
        ),
        notes=_not_compared(
            ratio for pair in verdict.pairs for ratio in (pair.time_ratio, pair.energy_ratio)
        ),
    )


def _not_compared(
    ratios: Iterable[RatioInterval | MedianInterval | Unavailable],
) -> tuple[str, ...]:
    reasons = dict.fromkeys(ratio.reason for ratio in ratios if isinstance(ratio, Unavailable))
    return tuple(
        _("Not compared: {reason}").format(reason=reason_text(reason)) for reason in reasons
    )


def _median(median: MedianInterval | Unavailable) -> str:
    if isinstance(median, Unavailable):
        return NOT_AVAILABLE
    return _ratio(
        RatioInterval(
            ratio=median.median,
            low=median.low,
            high=median.high,
            confidence=median.confidence,
            count=median.count,
        )
    )


def _ratio(ratio: RatioInterval | Unavailable) -> str:
    if isinstance(ratio, Unavailable):
        return NOT_AVAILABLE
    times, low, high = ratio_texts(ratio)
    return _("{times} times ({low} to {high})").format(times=times, low=low, high=high)


def _difference(limits: Limits | Unavailable) -> str:
    if isinstance(limits, Unavailable):
        return reason_text(limits.reason)
    return difference_words(limits.difference)


def _rung_limits(rung: Rung) -> str:
    if rung.pair is None or isinstance(rung.pair.decision, Unavailable):
        return NOT_AVAILABLE
    return limits_text(rung.pair.decision.limits, rung.pair.decision.margin)


def _size(card: ModelCard) -> tuple[str, str]:
    count, quantisation = card.parameter_count, card.quantisation
    return (
        NOT_AVAILABLE if isinstance(count, Unavailable) else parameters_text(count),
        NOT_AVAILABLE if isinstance(quantisation, Unavailable) else quantisation,
    )

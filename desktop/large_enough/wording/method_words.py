"""Says by which method the limits of a difference came about, for those who want to check."""

from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import Method, PairVerdict
from large_enough.wording.numbers import count_text, decimal_text, share_text
from large_enough.wording.translate import _, ngettext
from large_enough.wording.verdict_counts import questions_text

_SMALLEST_P = 0.001
_USUAL_CONFIDENCE = 0.95


def method_text(pair: PairVerdict) -> str:
    """Return how the limits came about, and McNemar's test beside them."""
    return " ".join((_limits_text(pair), mcnemar_text(pair)))


def mcnemar_text(pair: PairVerdict) -> str:
    """Return McNemar's exact test, and what it is of."""
    counts = _(
        "Only the small one was right on {small}, only the large one on {large}; McNemar's exact "
        "test: {p}, adjusted for all pairs of the run (Holm): {holm}."
    ).format(
        small=count_text(len(pair.only_small)),
        large=count_text(len(pair.only_large)),
        p=p_text(pair.mcnemar_p),
        holm=p_text(pair.holm_p),
    )
    if pair.is_grouped:
        return f"{counts} {_('The test takes every question as if it stood alone.')}"
    return counts


def p_text(value: float) -> str:
    """Return a p-value: p = 0.65, p < 0.001."""
    if value < _SMALLEST_P:
        return _("p < {number}").format(number=decimal_text(_SMALLEST_P, 3))
    return _("p = {number}").format(number=decimal_text(value, 3 if value < 0.1 else 2))


def _limits_text(pair: PairVerdict) -> str:
    limits = None if isinstance(pair.decision, Unavailable) else pair.decision.limits
    confidence = share_text(_USUAL_CONFIDENCE if limits is None else limits.confidence)
    effective = max(1, int(pair.effective_count))
    words = {
        Method.SINGLE: _(
            "Two one-sided {confidence} limits of the paired difference, by Tango's score "
            "method; every question stands alone."
        ),
        Method.GROUPED: _grouped(effective),
        Method.PARTIAL: _(
            "Two one-sided {confidence} limits of the mean difference of the points, by a "
            "studentised bootstrap over {units}."
        ),
        Method.BETTING: _(
            "Two one-sided {confidence} limits of the mean difference of the points, from a "
            "betting martingale over {units}: exact for few questions."
        ),
    }[pair.method]
    return words.format(
        confidence=confidence,
        questions=questions_text(pair),
        effective=count_text(effective),
        units=_units(pair),
    )


def _grouped(effective: int) -> str:
    return ngettext(
        "Two one-sided {confidence} limits of the paired difference, by Tango's score method; "
        "{questions} count as {effective} unrelated one.",
        "Two one-sided {confidence} limits of the paired difference, by Tango's score method; "
        "{questions} count as {effective} unrelated ones.",
        effective,
    )


def _units(pair: PairVerdict) -> str:
    if pair.is_grouped:
        return ngettext(
            "{count} kind of questions", "{count} kinds of questions", pair.group_count
        ).format(count=count_text(pair.group_count))
    return ngettext("{count} question", "{count} questions", pair.question_count).format(
        count=count_text(pair.question_count)
    )

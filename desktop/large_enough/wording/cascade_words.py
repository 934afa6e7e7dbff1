"""Says what would come of asking the small model first and the large one only when unsure."""

from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import Cascade, CascadePoint, CostMeasure, RunVerdict, SignalKind
from large_enough.wording.numbers import count_text, decimal_text, share_text
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _

_WHOLE_WITHIN = 1e-6
_COSTS = (CostMeasure.ENERGY, CostMeasure.TIME)
"""What a cascade is to save, the first that is known."""


def signal_name(kind: SignalKind) -> str:
    """Return what may tell that an answer is wrong."""
    return {
        SignalKind.FORMAT: _("no answer could be read"),
        SignalKind.OPTION_MARGIN: _("lead of the chosen option"),
        SignalKind.LOWEST_PROBABILITY: _("least probable token"),
        SignalKind.TENTH_PROBABILITY: _("least probable tenth of the tokens"),
        SignalKind.MEAN_PROBABILITY: _("mean probability of the tokens"),
        SignalKind.AGREEMENT: _("agreement of repeats"),
        SignalKind.SHORTNESS: _("shortness of the answer"),
    }[kind]


def cascade_sentence(verdict: RunVerdict) -> str:
    """Return how many right answers it would keep at which cost, or why that is not said."""
    cascade = verdict.cascade
    if isinstance(cascade, Unavailable):
        return _("Nothing can be said about asking the small one first: {reason}.").format(
            reason=reason_text(cascade.reason)
        )
    if isinstance(cascade.advised, Unavailable):
        return _("No share to send on is advised: {reason}.").format(
            reason=reason_text(cascade.advised.reason)
        )
    sentences = (_kept_sentence(cascade, cascade.advised), _random_sentence(cascade))
    return " ".join(sentence for sentence in sentences if sentence)


def kept_text(cascade: Cascade, accuracy: float) -> str:
    """Return how right something is: a number of questions, or per cent of the points."""
    right = accuracy * cascade.question_count
    if _are_whole(cascade):
        return count_text(round(right))
    return _("{number} % of the points").format(number=decimal_text(accuracy * 100, 1))


def cost_share(cascade: Cascade, point: CascadePoint) -> tuple[CostMeasure, float] | None:
    """Return what a point costs as a share of what the large model alone does; None if unknown."""
    for measure in _COSTS:
        whole, part = cascade.only_large.costs.get(measure), point.costs.get(measure)
        if whole and part is not None:
            return measure, part / whole
    return None


def _kept_sentence(cascade: Cascade, advised: CascadePoint) -> str:
    share = cost_share(cascade, advised)
    words = _kept_words(None if share is None else share[0], are_whole=_are_whole(cascade))
    return words.format(
        sent=share_text(advised.sent_share),
        kept=kept_text(cascade, advised.accuracy),
        large=kept_text(cascade, cascade.only_large.accuracy),
        count=count_text(cascade.question_count),
        cost="" if share is None else share_text(share[1]),
    )


def _kept_words(measure: CostMeasure | None, *, are_whole: bool) -> str:
    if not are_whole:
        return {
            None: _(
                "Sending the least sure {sent} of the questions on to the large one would get "
                "{kept}, the large one alone {large}."
            ),
            CostMeasure.ENERGY: _(
                "Sending the least sure {sent} of the questions on to the large one would get "
                "{kept} at {cost} of its energy, the large one alone {large}."
            ),
            CostMeasure.TIME: _(
                "Sending the least sure {sent} of the questions on to the large one would get "
                "{kept} in {cost} of its time, the large one alone {large}."
            ),
        }[measure]
    return {
        None: _(
            "Sending the least sure {sent} of the questions on to the large one would get {kept} "
            "of {count} right; the large one alone gets {large}."
        ),
        CostMeasure.ENERGY: _(
            "Sending the least sure {sent} of the questions on to the large one would get {kept} "
            "of {count} right at {cost} of its energy; the large one alone gets {large}."
        ),
        CostMeasure.TIME: _(
            "Sending the least sure {sent} of the questions on to the large one would get {kept} "
            "of {count} right in {cost} of its time; the large one alone gets {large}."
        ),
    }[measure]


def _random_sentence(cascade: Cascade) -> str:
    accuracy = cascade.random_accuracy
    if isinstance(accuracy, Unavailable):
        return ""
    if _are_whole(cascade):
        return _("Sending as many at random would get about {right} right.").format(
            right=decimal_text(accuracy * cascade.question_count, 1)
        )
    return _("Sending as many at random would get about {points}.").format(
        points=kept_text(cascade, accuracy)
    )


def _are_whole(cascade: Cascade) -> bool:
    """Return whether every answer is right or wrong, with nothing between."""
    points = (cascade.only_large, cascade.oracle, *cascade.curve)
    rights = [point.accuracy * cascade.question_count for point in points]
    return all(abs(right - round(right)) < _WHOLE_WITHIN for right in rights)

"""Judges signals of sureness: how well each separates right from wrong, and which one decides."""

from collections.abc import Sequence

from large_enough.comparison.cascade_questions import CascadeQuestions
from large_enough.domain.interval import ShareInterval
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.verdict import SignalKind, SignalReport
from large_enough.stats.signals import auroc, auroc_interval

FEWEST_WITH_SIGNAL = 0.9
"""Share of the readable answers that must have a signal before it may decide (our choice)."""
ALL_READABLE = Unavailable(reason="every answer could be read")
NONE_READABLE = Unavailable(reason="no answer could be read")
WRITTEN = Unavailable(reason="the model wrote its answers, no options were weighed")
ASKED_ONCE = Unavailable(reason="each question was asked only once")
NOT_COUNTED = Unavailable(reason="the answer's tokens were not counted")
NO_PROBABILITIES = Unavailable(reason="how probable each token was is not recorded")
_ABSENT = {
    SignalKind.OPTION_MARGIN: WRITTEN,
    SignalKind.AGREEMENT: ASKED_ONCE,
    SignalKind.SHORTNESS: NOT_COUNTED,
}
DECIDING_ORDER = (
    SignalKind.OPTION_MARGIN,
    SignalKind.TENTH_PROBABILITY,
    SignalKind.LOWEST_PROBABILITY,
    SignalKind.MEAN_PROBABILITY,
    SignalKind.AGREEMENT,
    SignalKind.SHORTNESS,
)
"""Cheap ones first. Of token probabilities a low quantile does better than mean or sum, which
depend on the answer's length (Gupta et al., Language Model Cascades, ICLR 2024). Agreement costs
several answers; shortness is weak."""


def signal_reports(questions: CascadeQuestions) -> tuple[SignalReport, ...]:
    """Return how well each signal separates right from wrong, the best first.

    Readability is judged over all questions, every other signal over those that could be read:
    whether the model knows when it is wrong is another matter than whether it keeps to the form.
    """
    others = (_of(kind, questions) for kind in DECIDING_ORDER)
    reports = [_of_format(questions), *others]
    return tuple(sorted(reports, key=_order))


def deciding_signal(questions: CascadeQuestions) -> SignalKind:
    """Return the first signal of a fixed order that nearly all readable answers have.

    The order is settled beforehand: the best of several signals would look better than it is, and
    a signal that tells nothing would no longer lie on the line of random sending.
    """
    fewest = max(1.0, FEWEST_WITH_SIGNAL * int(questions.are_readable.sum()))
    there = (kind for kind in DECIDING_ORDER if len(questions.places_with(kind)) >= fewest)
    return next(there, SignalKind.FORMAT)


def _of_format(questions: CascadeQuestions) -> SignalReport:
    shares = set(questions.columns[SignalKind.FORMAT])
    if shares == {1.0}:
        return _without_area(SignalKind.FORMAT, ALL_READABLE, len(questions.ids))
    if shares == {0.0}:
        return _without_area(SignalKind.FORMAT, NONE_READABLE, len(questions.ids))
    return _report(SignalKind.FORMAT, questions, list(range(len(questions.ids))))


def _of(kind: SignalKind, questions: CascadeQuestions) -> SignalReport:
    places = questions.places_with(kind)
    if places:
        return _report(kind, questions, places)
    if not questions.are_readable.any():
        return _without_area(kind, NONE_READABLE, 0)
    return _without_area(kind, _ABSENT.get(kind, NO_PROBABILITIES), 0)


def _report(kind: SignalKind, questions: CascadeQuestions, places: Sequence[int]) -> SignalReport:
    signals, right = _signal_and_right(kind, questions, places)
    interval = auroc_interval(signals, right, questions.units[list(places)].tolist())
    if isinstance(interval, ShareInterval):
        low: Quantity = interval.low
        high: Quantity = interval.high
    else:
        low = high = interval
    return SignalReport(
        kind=kind, auroc=auroc(signals, right), low=low, high=high, count=len(places)
    )


def _without_area(kind: SignalKind, reason: Unavailable, count: int) -> SignalReport:
    return SignalReport(kind=kind, auroc=reason, low=reason, high=reason, count=count)


def _signal_and_right(
    kind: SignalKind, questions: CascadeQuestions, places: Sequence[int]
) -> tuple[list[float], list[bool]]:
    column = questions.columns[kind]
    signals = [(place, value) for place in places if (value := column[place]) is not None]
    return [value for _place, value in signals], [
        bool(questions.is_right[place]) for place, _value in signals
    ]


def _order(report: SignalReport) -> tuple[bool, float]:
    """Return what sorts reports: the largest area first, what is missing last."""
    if isinstance(report.auroc, Unavailable):
        return True, 0.0
    return False, -report.auroc

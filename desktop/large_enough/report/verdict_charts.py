"""Makes the charts of a verdict: the difference, costs, ladders, the cascade, signals, evidence."""

from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import (
    Cascade,
    CascadePoint,
    EvidenceTrack,
    Ladder,
    PairVerdict,
    RunVerdict,
    SignalReport,
)
from large_enough.figures.cascade_curve import (
    CascadeFigure,
    CascadeWords,
    CurvePoint,
    cascade_curve,
)
from large_enough.figures.evidence_dial import EvidenceWords, Gauge, evidence_dial
from large_enough.figures.interval_chart import IntervalWords, interval_chart
from large_enough.figures.ladder_chart import LadderRung, LadderWords, ladder_chart
from large_enough.figures.nothing import nothing_chart
from large_enough.figures.primitives import Drawing
from large_enough.figures.signal_bars import SignalBar, SignalWords, signal_bars
from large_enough.report.cost_chart import cost_drawing
from large_enough.wording.cascade_words import cascade_sentence, cost_share, signal_name
from large_enough.wording.evidence_words import evidence_sentence, evidence_text
from large_enough.wording.ladder_words import ladder_sentence, ladder_title, rung_state
from large_enough.wording.numbers import count_text, share_text
from large_enough.wording.points import accuracy_share_text
from large_enough.wording.translate import _
from large_enough.wording.verdict_chart_words import (
    advised_label,
    auroc_text,
    cascade_summary,
    cascade_title,
    interval_summary,
    interval_title,
    limit_words,
    margin_label,
    signals_summary,
)
from large_enough.wording.verdict_names import contender_names, rung_names
from large_enough.wording.verdict_words import difference_sentence

__all__ = [
    "cascade_drawing",
    "cost_drawing",
    "evidence_drawing",
    "interval_drawing",
    "ladder_drawing",
    "signals_drawing",
]

_TICKS = (1, 2, 5, 10, 20)


def interval_drawing(verdict: RunVerdict, pair: PairVerdict, width: float = 640.0) -> Drawing:
    """Return the difference between two models against the margin.

    Args:
        verdict: The whole run.
        pair: Two models of it.
        width: In logical units.
    """
    names = contender_names(verdict)
    title = interval_title(names[pair.small], names[pair.large])
    decision = pair.decision
    if isinstance(decision, Unavailable):
        return nothing_chart(title, difference_sentence(pair), width=width)
    low, found, high = limit_words(decision.limits, decision.margin)
    words = IntervalWords(
        title=title,
        summary=interval_summary(decision),
        found=found,
        low=low,
        high=high,
        margin=margin_label(decision.margin),
        equal=_("equal"),
        within=_("within your margin"),
    )
    return interval_chart(decision.limits, decision.margin, pair.small, words, width=width)


def ladder_drawing(verdict: RunVerdict, ladder: Ladder, width: float = 640.0) -> Drawing:
    """Return a ladder, each model's difference from the reference against the margin.

    Args:
        verdict: The whole run.
        ladder: One of its ladders.
        width: In logical units.
    """
    names, margin = rung_names(verdict, ladder), verdict.plan.settings.margin
    if not 0 < margin <= 1:
        why = ladder_sentence(verdict, ladder)
        return nothing_chart(ladder_title(ladder), why, width=width)
    states = {rung.letter: rung_state(ladder, rung) for rung in ladder.rungs}
    rungs = [
        LadderRung(
            letter=rung.letter,
            name=names[rung.letter],
            state=states[rung.letter],
            limits=None
            if rung.pair is None or isinstance(rung.pair.decision, Unavailable)
            else rung.pair.decision.limits,
            is_tested=rung.is_tested,
            holds=rung.holds,
            is_knee=rung.letter == ladder.knee,
        )
        for rung in ladder.rungs
    ]
    told = [
        _("{name}: {text}.").format(name=names[letter], text=state)
        for letter, state in states.items()
    ]
    words = LadderWords(
        title=ladder_title(ladder),
        summary=" ".join((ladder_sentence(verdict, ladder), *told)),
        margin=margin_label(margin),
        equal=_("equal"),
        within=_("within your margin"),
    )
    return ladder_chart(rungs, margin, words, width=width)


def cascade_drawing(verdict: RunVerdict, width: float = 640.0, height: float = 300.0) -> Drawing:
    """Return what asking the small model first would give, over the share that is sent on.

    Args:
        verdict: The whole run.
        width: In logical units.
        height: In logical units.
    """
    cascade, names = verdict.cascade, contender_names(verdict)
    if isinstance(cascade, Unavailable) or len(cascade.curve) < 2:
        return nothing_chart(
            _("Small first, large when unsure"), cascade_sentence(verdict), width=width
        )
    figure = CascadeFigure(
        small=cascade.small,
        large=cascade.large,
        curve=tuple(map(_curve_point, cascade.curve)),
        oracle=_curve_point(cascade.oracle),
        advised=None if isinstance(cascade.advised, Unavailable) else _curve_point(cascade.advised),
    )
    words = CascadeWords(
        title=cascade_title(names[cascade.small], names[cascade.large]),
        summary=cascade_summary(
            cascade_sentence(verdict),
            accuracy_share_text(cascade.curve[0].accuracy),
            accuracy_share_text(cascade.curve[-1].accuracy),
            accuracy_share_text(cascade.oracle.accuracy),
        ),
        sent=_("of the questions are sent on to the large one"),
        curve=_("the least sure first"),
        at_random=_("sent at random"),
        oracle=_("nobody can do better"),
        advised=_advised(cascade),
        write_share=share_text,
    )
    return cascade_curve(figure, words, width=width, height=height)


def signals_drawing(verdict: RunVerdict, width: float = 640.0) -> Drawing:
    """Return how well each signal tells the small model's right answers from its wrong ones.

    Args:
        verdict: The whole run.
        width: In logical units.
    """
    title = _("Does the small one know when it is wrong?")
    cascade = verdict.cascade
    if isinstance(cascade, Unavailable) or not cascade.signals:
        return nothing_chart(title, cascade_sentence(verdict), width=width)
    bars = [_signal_bar(cascade, report) for report in cascade.signals]
    words = SignalWords(
        title=title,
        summary=signals_summary(title, [(bar.name, bar.text) for bar in bars]),
        chance=_("0.5 tells nothing"),
        all=_("1 tells all"),
    )
    return signal_bars(bars, cascade.small, words, width=width)


def evidence_drawing(track: EvidenceTrack | Unavailable, width: float = 640.0) -> Drawing:
    """Return how far the evidence has come.

    Args:
        track: After each question; or why there is none.
        width: In logical units.
    """
    title, summary = _("Evidence so far"), evidence_sentence(track)
    if isinstance(track, Unavailable) or not track.enough:
        return nothing_chart(title, summary, width=width)
    gauges = [
        Gauge(
            claim=_("the small one is large enough"),
            state=_claim_state(track.enough, track.first_enough),
            letter=track.small,
            values=track.enough,
        ),
        Gauge(
            claim=_("the two differ"),
            state=_claim_state(track.different, track.first_different),
            letter="",
            values=track.different,
            is_dashed=True,
        ),
    ]
    words = EvidenceWords(
        title=title,
        summary=summary,
        wanted=_("20 allows the claim"),
        numbers=tuple(map(count_text, _TICKS)),
        last=_("question {number}").format(number=count_text(len(track.enough))),
    )
    return evidence_dial(gauges, words, width=width)


def _claim_state(values: tuple[float, ...], first: int | None) -> str:
    if first is not None:
        return _("shown since question {number}").format(number=count_text(first))
    if not values:
        return _("not followed")
    return _("{evidence} of {wanted}").format(
        evidence=evidence_text(values[-1]), wanted=count_text(_TICKS[-1])
    )


def _advised(cascade: Cascade) -> str:
    if isinstance(cascade.advised, Unavailable):
        return ""
    return advised_label(
        share_text(cascade.advised.sent_share),
        accuracy_share_text(cascade.advised.accuracy),
        cost_share(cascade, cascade.advised),
    )


def _signal_bar(cascade: Cascade, report: SignalReport) -> SignalBar:
    return SignalBar(
        name=signal_name(report.kind),
        text=auroc_text(report.auroc, report.low, report.high),
        auroc=report.auroc,
        low=report.low,
        high=report.high,
        is_used=report.kind is cascade.used,
    )


def _curve_point(point: CascadePoint) -> CurvePoint:
    return CurvePoint(point.sent_share, point.accuracy)

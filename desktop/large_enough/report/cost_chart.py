"""Makes the chart of accuracy and a cost out of a verdict."""

from typing import NamedTuple

from large_enough.domain.interval import ShareInterval
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.domain.verdict import CostMeasure, LadderKind, RunVerdict
from large_enough.figures.cost_scatter import ScatterPoint, ScatterWords, cost_scatter
from large_enough.figures.primitives import Drawing
from large_enough.report.ratios import finite
from large_enough.wording.chart_words import nothing_to_draw
from large_enough.wording.numbers import GIGABYTE_BYTES, plain_text, share_text
from large_enough.wording.translate import _
from large_enough.wording.verdict_chart_words import (
    cost_axis,
    cost_point,
    cost_title,
    missing_point,
)
from large_enough.wording.verdict_costs import amount_text
from large_enough.wording.verdict_names import contender_names

NOT_KNOWN = Unavailable(reason="it was not measured")


class _Known(NamedTuple):
    """What one contender's point is made of."""

    letter: str
    accuracy: ShareInterval
    cost: float
    quality: NumberQuality


def cost_drawing(
    verdict: RunVerdict, measure: CostMeasure, width: float = 640.0, height: float = 360.0
) -> Drawing:
    """Return how right each contender is over what an answer costs.

    Args:
        verdict: The whole run.
        measure: Which cost.
        width: In logical units.
        height: In logical units.
    """
    names, knee = contender_names(verdict), _knee(verdict)
    dominated = verdict.dominated.get(measure, ())
    known, missing = _known(verdict, measure)
    told, points = [], []
    for each in known:
        remark = _remark(each.letter, knee, dominated)
        amount = amount_text(measure, each.cost, each.quality)
        told.append(cost_point(names[each.letter], each.accuracy, amount, remark))
        points.append(_point(each, measure, names[each.letter], remark, knee, dominated))
    absent = [missing_point(names[letter], why) for letter, why in missing.items()]
    bars = [_("Upright bars: 95 % intervals.")] if known else []
    grey = [_("Grey: another one is at least as right and costs no more.")] if dominated else []
    words = ScatterWords(
        title=cost_title(measure),
        summary=" ".join((*(told or [nothing_to_draw()]), *absent)),
        unit=cost_axis(measure, is_logarithmic=False),
        unit_by_ratio=cost_axis(measure, is_logarithmic=True),
        within=_("within your margin of the best"),
        within_below=_("Shaded: within your margin of the best."),
        nothing=nothing_to_draw(),
        notes=(*bars, *grey, *absent),
        write_cost=plain_text,
        write_share=share_text,
    )
    margin = min(max(verdict.plan.settings.margin, 0.0), 1.0)
    return cost_scatter(points, margin, words, width=width, height=height)


def _known(
    verdict: RunVerdict, measure: CostMeasure
) -> tuple[list[_Known], dict[str, Unavailable]]:
    """Return what can be drawn, the smallest model first, and why the others cannot."""
    known: list[_Known] = []
    missing: dict[str, Unavailable] = {}
    for contender in verdict.contenders:
        standing = verdict.standings.get(contender.letter)
        cost = None if standing is None else standing.costs.get(measure)
        if standing is None or cost is None:
            missing[contender.letter] = NOT_KNOWN
            continue
        value = finite(cost.per_answer)
        if isinstance(standing.accuracy, Unavailable):
            missing[contender.letter] = standing.accuracy
        elif isinstance(value, Unavailable):
            missing[contender.letter] = value
        else:
            known.append(_Known(contender.letter, standing.accuracy, value, cost.quality))
    return known, missing


def _point(
    each: _Known,
    measure: CostMeasure,
    name: str,
    remark: str,
    knee: str | None,
    dominated: tuple[str, ...],
) -> ScatterPoint:
    label = _("{name}: {text}").format(name=name, text=remark) if remark else name
    return ScatterPoint(
        letter=each.letter,
        name=label,
        cost=each.cost / GIGABYTE_BYTES if measure is CostMeasure.MEMORY else each.cost,
        accuracy=each.accuracy,
        is_faded=each.letter in dominated,
        is_strong=each.letter == knee,
    )


def _remark(letter: str, knee: str | None, dominated: tuple[str, ...]) -> str:
    if letter == knee:
        return _("the knee")
    return _("beaten by another") if letter in dominated else ""


def _knee(verdict: RunVerdict) -> str | None:
    """Return the smallest that is large enough on the ladder of sizes; None without a ladder."""
    ladders = [ladder for ladder in verdict.ladders if ladder.kind is LadderKind.SIZE]
    return ladders[0].knee if ladders else None

"""Says what the charts of a verdict show: their labels, and in words for those who cannot see."""

from large_enough.domain.interval import Limits, ShareInterval
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.verdict import CostMeasure, Decision
from large_enough.wording.numbers import decimal_text, share_text
from large_enough.wording.points import (
    accuracy_share_text,
    difference_words,
    margin_text,
    points,
)
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _, ngettext


def margin_label(margin: float) -> str:
    """Return what stands at the margin's line."""
    return ngettext(
        "your margin: {points} point worse",
        "your margin: {points} points worse",
        points(margin).plural,
    ).format(points=margin_text(margin))


def interval_title(small: str, large: str) -> str:
    """Return the name of the chart of a difference."""
    return _("{small} beside {large}").format(small=small, large=large)


def interval_summary(decision: Decision) -> str:
    """Return what the chart of a difference shows."""
    limits, margin = decision.limits, decision.margin
    low, found, high = limit_words(limits, margin)
    return _(
        "Found: {found}. The interval goes from {low} to {high}. Your margin lies at {margin} "
        "points worse."
    ).format(found=found, low=low, high=high, margin=margin_text(margin))


def limit_words(limits: Limits, margin: float) -> tuple[str, str, str]:
    """Return lower limit, what was found, and upper limit in words."""
    return (
        difference_words(limits.low, margin),
        difference_words(limits.difference, margin),
        difference_words(limits.high, margin),
    )


def cost_title(measure: CostMeasure) -> str:
    """Return the name of the chart of accuracy and a cost."""
    return {
        CostMeasure.TIME: _("How right, and how long an answer takes"),
        CostMeasure.ENERGY: _("How right, and how much energy an answer takes"),
        CostMeasure.MEMORY: _("How right, and how much memory it needs"),
        CostMeasure.MONEY: _("How right, and what an answer costs"),
        CostMeasure.CO2: _("How right, and how much CO2 an answer causes"),
    }[measure]


def cost_axis(measure: CostMeasure, *, is_logarithmic: bool) -> str:
    """Return what stands at the axis of a cost."""
    words = {
        CostMeasure.TIME: _("seconds per answer"),
        CostMeasure.ENERGY: _("joules per answer"),
        CostMeasure.MEMORY: _("gigabytes of memory"),
        CostMeasure.MONEY: _("money per answer"),
        CostMeasure.CO2: _("grams of CO2 per answer"),
    }[measure]
    return _("{unit} (logarithmic)").format(unit=words) if is_logarithmic else words


def accuracy_text(accuracy: ShareInterval) -> str:
    """Return an accuracy with its interval: "81 % (72 to 87 %)"."""
    return _("{share} ({low} to {high})").format(
        share=accuracy_share_text(accuracy.share),
        low=accuracy_share_text(accuracy.low),
        high=accuracy_share_text(accuracy.high),
    )


def cost_point(name: str, accuracy: ShareInterval, amount: str, remark: str) -> str:
    """Return one point of the chart in words.

    Args:
        name: Whose it is.
        accuracy: How right.
        amount: What it costs, with its unit.
        remark: What is said of it; empty for nothing.
    """
    words = (
        _("{name}: {accuracy} right at {amount}, {remark}.")
        if remark
        else _("{name}: {accuracy} right at {amount}.")
    )
    return words.format(name=name, accuracy=accuracy_text(accuracy), amount=amount, remark=remark)


def missing_point(name: str, why: Unavailable) -> str:
    """Return who is not in the chart, and why."""
    return _("{name} is not shown: {reason}.").format(name=name, reason=reason_text(why.reason))


def auroc_text(auroc: Quantity, low: Quantity, high: Quantity) -> str:
    """Return how well a signal tells right from wrong, or why that is not known."""
    if isinstance(auroc, Unavailable):
        return reason_text(auroc.reason)
    number = decimal_text(auroc, 2)
    if isinstance(low, Unavailable) or isinstance(high, Unavailable):
        return number
    return _("{number} ({low} to {high})").format(
        number=number, low=decimal_text(low, 2), high=decimal_text(high, 2)
    )


def cascade_title(small: str, large: str) -> str:
    """Return the name of the chart of a cascade."""
    return _("{small} first, {large} when unsure").format(small=small, large=large)


def advised_label(sent: str, kept: str, cost: tuple[CostMeasure, float] | None) -> str:
    """Return what stands at the advised point.

    Args:
        sent: Share of the questions that is sent on.
        kept: How right it is then.
        cost: What it costs as a share of the large model alone; None if not known.
    """
    if cost is None:
        return _("send {sent}: {kept} right").format(sent=sent, kept=kept)
    words = (
        _("send {sent}: {kept} right, {cost} of the energy")
        if cost[0] is CostMeasure.ENERGY
        else _("send {sent}: {kept} right, {cost} of the time")
    )
    return words.format(sent=sent, kept=kept, cost=share_text(cost[1]))


def cascade_summary(sentence: str, start: str, end: str, oracle: str) -> str:
    """Return what the chart of a cascade shows.

    Args:
        sentence: What is advised.
        start: How right the small model alone is.
        end: How right the large one alone is.
        oracle: How right whoever knew all answers would be.
    """
    ends = _(
        "The small one alone reaches {start}, the large one alone {end}; who knew beforehand where "
        "only the large one is right would reach {oracle}."
    ).format(start=start, end=end, oracle=oracle)
    return f"{sentence} {ends}"


def signals_summary(title: str, signals: list[tuple[str, str]]) -> str:
    """Return what the chart of signals shows.

    Args:
        title: Of the chart.
        signals: Each one's name, and its number or why there is none.
    """
    sentences = [_("{title}.").format(title=title)]
    sentences += [_("{name}: {text}.").format(name=name, text=text) for name, text in signals]
    return " ".join(sentences)

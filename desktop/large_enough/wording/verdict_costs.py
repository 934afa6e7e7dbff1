"""Says how much faster and thriftier one model of a run is than the other."""

import msgspec

from large_enough.domain.interval import RatioInterval
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.domain.verdict import CostMeasure, PairVerdict, RunVerdict
from large_enough.wording.energy_words import marked_text
from large_enough.wording.numbers import EQUAL_WITHIN, bytes_text, decimal_text, seconds_text
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _
from large_enough.wording.verdict_names import contender_names


def cost_sentence(verdict: RunVerdict, pair: PairVerdict) -> str:
    """Return how time and energy of the same questions compare, and what a right answer takes."""
    names = contender_names(verdict)
    small, large = names[pair.small], names[pair.large]
    sentences = [*_ratio_sentences(pair, small, large), *_right_answers(verdict, pair)]
    return " ".join(sentences)


def measure_name(measure: CostMeasure) -> str:
    """Return what a cost is called."""
    return {
        CostMeasure.TIME: _("time"),
        CostMeasure.ENERGY: _("energy"),
        CostMeasure.MEMORY: _("memory"),
        CostMeasure.MONEY: _("money"),
        CostMeasure.CO2: _("CO2"),
    }[measure]


def amount_text(
    measure: CostMeasure, value: float, quality: NumberQuality = NumberQuality.MEASURED
) -> str:
    """Return an amount of a cost with its unit; money is a bare number.

    Args:
        measure: What it is.
        value: Seconds, joules, bytes, money or grams.
        quality: How it came about: the sign before the number.
    """
    if measure is CostMeasure.TIME:
        return seconds_text(value)
    if measure is CostMeasure.MEMORY:
        return bytes_text(value)
    number = marked_text(value, quality)
    if measure is CostMeasure.ENERGY:
        return _("{number} J").format(number=number)
    return _("{number} g").format(number=number) if measure is CostMeasure.CO2 else number


def ratio_texts(ratio: RatioInterval) -> tuple[str, str, str]:
    """Return ratio, low and high end with so many decimals that 1.0 never hides a difference."""
    decimals = 2 if ratio.low < 2 else 1 if ratio.low < 10 else 0
    return (
        decimal_text(ratio.ratio, decimals),
        decimal_text(ratio.low, decimals),
        decimal_text(ratio.high, decimals),
    )


def _ratio_sentences(pair: PairVerdict, small: str, large: str) -> list[str]:
    time, energy = pair.time_ratio, pair.energy_ratio
    if isinstance(time, Unavailable) and time == energy:
        words = _("Neither time nor energy is compared: {reason}.")
        return [words.format(reason=reason_text(time.reason))]
    return [_time_sentence(time, small, large), _energy_sentence(energy, small, large)]


def _time_sentence(ratio: RatioInterval | Unavailable, small: str, large: str) -> str:
    if isinstance(ratio, Unavailable):
        return _("Their times are not compared: {reason}.").format(reason=reason_text(ratio.reason))
    if _may_be_equal(ratio):
        words = _(
            "Neither is clearly faster: {large} takes {times} times as long as {small} ({low} to "
            "{high})."
        )
    elif _is_about_equal(ratio):
        words = _("{small} and {large} are about equally fast.")
    elif ratio.ratio > 1:
        words = _("{small} is {times} times faster than {large} ({low} to {high}).")
    else:
        ratio = _turned(ratio)
        words = _("{small} takes {times} times as long as {large} ({low} to {high}).")
    return _filled(words, ratio, small, large)


def _energy_sentence(ratio: RatioInterval | Unavailable, small: str, large: str) -> str:
    if isinstance(ratio, Unavailable):
        return _("Their energies are not compared: {reason}.").format(
            reason=reason_text(ratio.reason)
        )
    if _may_be_equal(ratio):
        words = _(
            "Neither clearly needs less energy: {large} takes {times} times as much as {small} "
            "({low} to {high})."
        )
    elif _is_about_equal(ratio):
        words = _("{small} and {large} need about the same energy.")
    elif ratio.ratio > 1:
        words = _("{large} takes {times} times the energy of {small} ({low} to {high}).")
    else:
        ratio = _turned(ratio)
        words = _("{small} takes {times} times the energy of {large} ({low} to {high}).")
    return _filled(words, ratio, small, large)


def _filled(words: str, ratio: RatioInterval, small: str, large: str) -> str:
    times, low, high = ratio_texts(ratio)
    return words.format(small=small, large=large, times=times, low=low, high=high)


def _turned(ratio: RatioInterval) -> RatioInterval:
    return msgspec.structs.replace(
        ratio, ratio=1 / ratio.ratio, low=1 / ratio.high, high=1 / ratio.low
    )


def _may_be_equal(ratio: RatioInterval) -> bool:
    return ratio.low <= 1 <= ratio.high


def _is_about_equal(ratio: RatioInterval) -> bool:
    return 1 / (1 + EQUAL_WITHIN) <= ratio.ratio <= 1 + EQUAL_WITHIN


def _right_answers(verdict: RunVerdict, pair: PairVerdict) -> list[str]:
    """Return what each right answer takes, where both were measured on the same questions."""
    asked = pair.question_count * verdict.plan.settings.repeats
    standings = [verdict.standings.get(letter) for letter in (pair.small, pair.large)]
    if any(each is None or each.answer_count != asked for each in standings):
        return []
    compared = ((CostMeasure.TIME, pair.time_ratio), (CostMeasure.ENERGY, pair.energy_ratio))
    amounts = [
        (_per_right(verdict, pair.small, measure), _per_right(verdict, pair.large, measure))
        for measure, ratio in compared
        if not isinstance(ratio, Unavailable)
    ]
    known = [pair_of_amounts for pair_of_amounts in amounts if all(pair_of_amounts)]
    if not known:
        return []
    (small, large), *more = known
    if not more:
        words = _("Each right answer took {small} with the one and {large} with the other.")
        return [words.format(small=small, large=large)]
    words = _(
        "Each right answer took {small} and {small_energy} with the one, {large} and "
        "{large_energy} with the other."
    )
    return [
        words.format(small=small, large=large, small_energy=more[0][0], large_energy=more[0][1])
    ]


def _per_right(verdict: RunVerdict, letter: str, measure: CostMeasure) -> str:
    standing = verdict.standings.get(letter)
    cost = None if standing is None else standing.costs.get(measure)
    if cost is None or isinstance(cost.per_right, Unavailable):
        return ""
    return amount_text(measure, cost.per_right, cost.quality)

"""Says what one's own run has measured of the matters that the video speaks of."""

from large_enough.domain.claim import OwnEnergy, OwnFigures
from large_enough.domain.interval import RatioInterval
from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import CostMeasure
from large_enough.wording.energy_words import digits_text
from large_enough.wording.numbers import count_text
from large_enough.wording.points import difference_words
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _
from large_enough.wording.verdict_costs import amount_text, ratio_texts
from large_enough.wording.verdict_counts import questions_text

_BILLION = 1_000_000_000
_MILLION = 1_000_000


def own_energy_text(own: OwnFigures) -> str:
    """Return the energy of answers, and how many the confirmed training would be enough for."""
    sentences = [_energy_sentence(energy) for energy in own.energies]
    known = [sentence for sentence in sentences if isinstance(sentence, str)]
    missing = [why for why in sentences if isinstance(why, Unavailable)]
    return " ".join(known) if known else _not_measured(missing[0])


def own_speed_text(own: OwnFigures) -> str:
    """Return how long the two models took for the same questions."""
    if isinstance(own.pair, Unavailable):
        return _not_measured(own.pair)
    ratio = own.pair.time_ratio
    if isinstance(ratio, Unavailable):
        return _not_measured(ratio)
    times, low, high = ratio_texts(ratio)
    return _speed_words(ratio).format(
        small=own.small, large=own.large, times=times, low=low, high=high
    )


def own_accuracy_text(own: OwnFigures) -> str:
    """Return the difference between the two models with its limits."""
    if isinstance(own.pair, Unavailable):
        return _not_measured(own.pair)
    decision = own.pair.decision
    if isinstance(decision, Unavailable):
        return _not_measured(decision)
    limits, margin = decision.limits, decision.margin
    return _(
        "On {questions}, {small} beside {large}: {difference}. The true difference probably lies "
        "between {low} and {high}."
    ).format(
        questions=questions_text(own.pair),
        small=own.small,
        large=own.large,
        difference=difference_words(limits.difference, margin),
        low=difference_words(limits.low, margin),
        high=difference_words(limits.high, margin),
    )


def large_count_text(count: float) -> str:
    """Return a large number with two digits that count: "46 billion"."""
    if count >= _BILLION:
        return _("{number} billion").format(number=digits_text(count / _BILLION))
    if count >= _MILLION:
        return _("{number} million").format(number=digits_text(count / _MILLION))
    return count_text(count)


def _energy_sentence(energy: OwnEnergy) -> str | Unavailable:
    if isinstance(energy.per_answer_j, Unavailable):
        return energy.per_answer_j
    joules = amount_text(CostMeasure.ENERGY, energy.per_answer_j, energy.quality)
    if isinstance(energy.answers_for_training, Unavailable):
        return _("{name}: {energy} an answer.").format(name=energy.name, energy=joules)
    return _("{name}: {energy} an answer; that training equals about {count} of them.").format(
        name=energy.name, energy=joules, count=large_count_text(energy.answers_for_training)
    )


def _speed_words(ratio: RatioInterval) -> str:
    if ratio.low <= 1 <= ratio.high:
        return _(
            "Neither was clearly faster: {large} took {times} times as long as {small} ({low} to "
            "{high})."
        )
    return _("{large} took {times} times as long as {small} ({low} to {high}).")


def _not_measured(why: Unavailable) -> str:
    return _("Not measured: {reason}.").format(reason=reason_text(why.reason))

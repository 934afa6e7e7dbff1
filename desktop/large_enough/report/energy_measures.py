"""Makes the rows about energy, power, money and CO2 of a round."""

import itertools
from collections.abc import Callable, Mapping

from large_enough.domain.costing import Costing
from large_enough.domain.energy import Energy, per_token_j, why_not_comparable
from large_enough.domain.energy_use import Headline, headline
from large_enough.domain.quantity import NumberQuality, Quantity, Unavailable
from large_enough.domain.round import AnswerResult, Done, RoundRecord
from large_enough.report.measure import Measure, done
from large_enough.wording.energy_words import energy_remarks, marked_text
from large_enough.wording.translate import _

ANSWERS_OF_A_COST = 1000
"""One answer costs next to nothing, so money and CO2 are shown for this many."""
_MILLI = 1e-3

Energies = Mapping[str, Energy | Unavailable]


def round_headline(record: RoundRecord) -> Headline:
    """Return the energies that stand for the answers of a round."""
    return headline(
        {
            result.letter: result.resources.energy
            for result in record.results
            if isinstance(result, Done)
        }
    )


def energy_measures(record: RoundRecord, costing: Costing) -> tuple[Measure, ...]:
    """Return the rows: energy and power always, the others where there is anything to show.

    Args:
        record: The round.
        costing: The user's price and grid intensity.
    """
    chosen = round_headline(record)
    refusal = _refusal(chosen.energies)
    measures = [_energy("energy_j", _("Energy"), chosen.energies, refusal)]
    if _has_any(chosen.prompts):
        measures += [
            _energy("prompt_energy_j", _("for reading the prompt"), chosen.prompts, refusal),
            _energy("generation_energy_j", _("for generating"), chosen.generations, refusal),
        ]
    if _has_any(chosen.energies):
        measures.append(_per_token(chosen.energies, refusal))
    measures.append(_power(chosen.energies, refusal))
    return (*measures, *_costs(chosen.energies, costing, refusal))


def _has_any(energies: Energies) -> bool:
    return any(isinstance(energy, Energy) for energy in energies.values())


def _refusal(energies: Energies) -> str:
    """Return why these may not be compared with each other; empty if they may."""
    known = [energy for energy in energies.values() if isinstance(energy, Energy)]
    for first, second in itertools.pairwise(known):
        reason = why_not_comparable(first, second)
        if reason is not None:
            return reason
    return ""


def _energy(key: str, label: str, energies: Energies, refusal: str) -> Measure:
    return _measure(
        key,
        label,
        _("J"),
        energies,
        refusal,
        lambda energy, _done: energy.energy_j,
        with_interval=True,
    )


def _per_token(energies: Energies, refusal: str) -> Measure:
    def read(energy: Energy, result: Done) -> Quantity:
        joules = per_token_j(energy, result.answer.timing.generated_token_count)
        return joules if isinstance(joules, Unavailable) else joules / _MILLI

    return _measure("energy_per_token_mj", _("for each token"), _("mJ"), energies, refusal, read)


def _power(energies: Energies, refusal: str) -> Measure:
    return _measure(
        "mean_power_w",
        _("Power"),
        _("W"),
        energies,
        refusal,
        lambda energy, _done: energy.mean_power_w,
    )


def _costs(energies: Energies, costing: Costing, refusal: str) -> list[Measure]:
    measures = []
    if costing.price_per_kwh is not None:
        measures.append(
            _measure(
                "cost_of_1000_answers",
                _("Cost of 1,000 answers"),
                costing.currency,
                energies,
                refusal,
                lambda energy, _done: _thousand(costing.cost(energy.energy_j)),
            )
        )
    if costing.grid_g_per_kwh is not None:
        measures.append(
            _measure(
                "co2_of_1000_answers_g",
                _("CO2 of 1,000 answers"),
                _("g"),
                energies,
                refusal,
                lambda energy, _done: _thousand(costing.co2_g(energy.energy_j)),
            )
        )
    return measures


def _thousand(quantity: Quantity) -> Quantity:
    return quantity if isinstance(quantity, Unavailable) else ANSWERS_OF_A_COST * quantity


def _measure(
    key: str,
    label: str,
    unit: str,
    energies: Energies,
    refusal: str,
    read: Callable[[Energy, Done], Quantity],
    *,
    with_interval: bool = False,
) -> Measure:
    def read_done(result: Done) -> Quantity:
        energy = energies[result.letter]
        return energy if isinstance(energy, Unavailable) else read(energy, result)

    def remarks(result: AnswerResult) -> tuple[str, ...]:
        energy = energies.get(result.letter)
        if not isinstance(energy, Energy):
            return ()
        words = energy_remarks(energy, with_interval=with_interval)
        return (*words, _(refusal)) if refusal else words

    def quality(result: AnswerResult) -> NumberQuality:
        energy = energies.get(result.letter)
        return energy.quality if isinstance(energy, Energy) else NumberQuality.NOT_AVAILABLE

    return Measure(
        key=key,
        label=label,
        unit=unit,
        show=marked_text,
        read=done(read_done),
        remarks=remarks,
        quality=quality,
        is_slowed_by_others=False,  # the flags of an energy say so themselves
        not_comparable=refusal,
    )

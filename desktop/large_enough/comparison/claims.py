"""Puts the video's claims beside what a run of one's own has measured."""

from large_enough.domain.claim import (
    SMALL_TRAINING_KWH,
    ClaimsView,
    OwnEnergy,
    OwnFigures,
)
from large_enough.domain.costing import JOULES_PER_KWH
from large_enough.domain.model_card import BackendKind
from large_enough.domain.quantity import NumberQuality, Quantity, Unavailable, ratio
from large_enough.domain.verdict import Cost, CostMeasure, PairVerdict, RunVerdict
from large_enough.wording.verdict_names import contender_names

NO_RUN = Unavailable(reason="no run has been looked at yet")
SCRIPTED = Unavailable(reason="the answers came from a script, not from a model")
NOT_MEASURED = Unavailable(reason="the energy of its answers is not known")


def claims_view(verdict: RunVerdict | None = None) -> ClaimsView:
    """Return the claims, with one's own figures if there is a run.

    Args:
        verdict: What the run says; None where there is no run.
    """
    return ClaimsView(own=NO_RUN if verdict is None else own_figures(verdict))


def own_figures(verdict: RunVerdict) -> OwnFigures | Unavailable:
    """Return what a run says of the matters that the video speaks of.

    Where there is no pair of a small and a large model, the smallest one's energy remains.
    """
    names, headline = contender_names(verdict), verdict.headline
    if not verdict.contenders:
        return NO_RUN
    if isinstance(headline, Unavailable):
        letters: tuple[str, ...] = (verdict.contenders[0].letter,)
    else:
        letters = (headline.small, headline.large)
    return OwnFigures(
        small=names[letters[0]],
        large=names[letters[1]] if len(letters) > 1 else "",
        pair=_pair(verdict, headline, letters),
        energies=tuple(_energy(verdict, letter, names[letter]) for letter in letters),
    )


def _pair(
    verdict: RunVerdict, headline: PairVerdict | Unavailable, letters: tuple[str, ...]
) -> PairVerdict | Unavailable:
    if any(_is_script(verdict, letter) for letter in letters):
        return SCRIPTED
    return headline


def _energy(verdict: RunVerdict, letter: str, name: str) -> OwnEnergy:
    cost = verdict.standings[letter].costs.get(CostMeasure.ENERGY)
    per_answer_j = SCRIPTED if _is_script(verdict, letter) else _per_answer(cost)
    return OwnEnergy(
        name=name,
        per_answer_j=per_answer_j,
        quality=NumberQuality.NOT_AVAILABLE if cost is None else cost.quality,
        answers_for_training=ratio(SMALL_TRAINING_KWH * JOULES_PER_KWH, per_answer_j),
    )


def _per_answer(cost: Cost | None) -> Quantity:
    return NOT_MEASURED if cost is None else cost.per_answer


def _is_script(verdict: RunVerdict, letter: str) -> bool:
    return verdict.contender(letter).card.backend is BackendKind.ECHO

"""Judges a smaller model beside a larger one over the questions that both answered."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from large_enough.comparison.verdict_basis import Basis, PairedItem
from large_enough.comparison.verdict_ratios import (
    PairedCosts,
    energy_costs,
    median_ratio,
    sum_ratio,
    time_costs,
)
from large_enough.domain.pack_run import PackRunSettings, Variant
from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import Decision, Method, PairVerdict
from large_enough.stats.mcnemar import mcnemar_p
from large_enough.stats.noninferiority import decide
from large_enough.stats.paired_difference import PairedDifference, paired_difference
from large_enough.stats.several import holm

NOTHING_IN_COMMON = Unavailable(reason="no question was answered by both")
NOT_JUDGED_YET = Unavailable(reason="people must judge the answers first")
NO_MARGIN = Unavailable(reason="the run has no margin to judge by")
A_CONTROL = Unavailable(reason="the documents were left out: that is a control, not a test")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPair:
    """A pair with what its verdict does not carry on."""

    verdict: PairVerdict
    difference: PairedDifference | None
    """None where no question was answered by both."""
    times: PairedCosts | Unavailable
    energies: PairedCosts | Unavailable


def compare_pairs(basis: Basis) -> tuple[ComparedPair, ...]:
    """Return all pairs of contenders, the smaller one first in each."""
    found = [_compared(basis, *two) for two in itertools.combinations(basis.letters, 2)]
    adjusted = holm([pair.verdict.mcnemar_p for pair in found])
    return tuple(_with_holm(pair, p) for pair, p in zip(found, adjusted, strict=True))


def difference_of(items: Sequence[PairedItem]) -> PairedDifference | None:
    """Return the difference over these questions; None if there are none."""
    if not items:
        return None
    groups: dict[str, list[float]] = {}
    for each in items:
        groups.setdefault(each.item.cluster, []).append(each.difference)
    return paired_difference(groups, has_parts=any(each.has_parts for each in items))


def _compared(basis: Basis, small: str, large: str) -> ComparedPair:
    items = basis.paired_items(small, large)
    difference = difference_of(items)
    times = time_costs(basis, small, large)
    energies = energy_costs(basis, small, large)
    return ComparedPair(
        verdict=_verdict(basis, (small, large), items, difference, (times, energies)),
        difference=difference,
        times=times,
        energies=energies,
    )


def _verdict(
    basis: Basis,
    letters: tuple[str, str],
    items: Sequence[PairedItem],
    difference: PairedDifference | None,
    costs: tuple[PairedCosts | Unavailable, PairedCosts | Unavailable],
) -> PairVerdict:
    clusters = {item.id: item.cluster for item in basis.items}
    times, energies = costs
    only_small = _ids(items, is_small_right=True, is_large_right=False)
    only_large = _ids(items, is_small_right=False, is_large_right=True)
    return PairVerdict(
        small=letters[0],
        large=letters[1],
        decision=_decision(difference, basis.plan.settings)
        if difference
        else _why_nothing(basis, *letters),
        method=Method.SINGLE if difference is None else difference.method,
        has_parts=any(each.has_parts for each in items),
        question_count=len(items),
        group_count=0 if difference is None else difference.group_count,
        effective_count=0.0 if difference is None else difference.effective_count,
        both=_ids(items, is_small_right=True, is_large_right=True),
        only_small=only_small,
        only_large=only_large,
        neither=_ids(items, is_small_right=False, is_large_right=False),
        mcnemar_p=mcnemar_p(len(only_small), len(only_large)),
        holm_p=1.0,
        time_ratio=sum_ratio(times, clusters),
        median_time_ratio=median_ratio(times, clusters),
        energy_ratio=sum_ratio(energies, clusters),
        median_energy_ratio=median_ratio(energies, clusters),
    )


def _why_nothing(basis: Basis, small: str, large: str) -> Unavailable:
    have_both = any(basis.paired_cells(small, large).values())
    return NOT_JUDGED_YET if have_both else NOTHING_IN_COMMON


def _decision(difference: PairedDifference, settings: PackRunSettings) -> Decision | Unavailable:
    """Return what the limits mean; questions that go together count as what they are worth."""
    margin = settings.margin
    if settings.variant is Variant.NO_CONTEXT:
        return A_CONTROL
    if not 0 < margin < 1:
        return NO_MARGIN
    effect = difference.design_effect
    decision = decide(
        difference.limits,
        margin,
        count=difference.effective_count,
        discordant=difference.spread / effect,
    )
    if isinstance(decision.more_questions, Unavailable):
        return decision
    more = round(decision.more_questions * effect)
    return msgspec.structs.replace(decision, more_questions=more)


def _ids(
    items: Sequence[PairedItem], *, is_small_right: bool, is_large_right: bool
) -> tuple[str, ...]:
    wanted = is_small_right, is_large_right
    return tuple(
        each.item.id for each in items if (each.is_small_right, each.is_large_right) == wanted
    )


def _with_holm(pair: ComparedPair, p: float) -> ComparedPair:
    return ComparedPair(
        verdict=msgspec.structs.replace(pair.verdict, holm_p=p),
        difference=pair.difference,
        times=pair.times,
        energies=pair.energies,
    )

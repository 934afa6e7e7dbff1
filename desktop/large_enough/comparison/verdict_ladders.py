"""Lays ladders: models of falling size, or one model ever more strongly quantised.

The order is settled before any answer is looked at: by the number of weights, then by bytes.
Contenders with an adapter stand on no ladder, because they differ in more than size. Of several
models of one size the one stands on the ladder whose quantisation most sizes have, then the one
with the most bytes, then the one that joined first.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from large_enough.catalog.kinship import family_key, kin_of
from large_enough.comparison.run_matrix import judged_by_size, size_order
from large_enough.domain.model_card import ModelCard
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import Contender
from large_enough.domain.verdict import (
    Decision,
    Ladder,
    LadderKind,
    Outcome,
    PairVerdict,
    Rung,
)
from large_enough.stats.several import first_failure

FEWEST_RUNGS = 2

Pairs = Mapping[tuple[str, str], PairVerdict]
"""By the letters of the smaller and of the larger one."""


def ladders_of(contenders: Sequence[Contender], pairs: Pairs) -> tuple[Ladder, ...]:
    """Return the ladder of sizes, then those of quantisations."""
    judged = judged_by_size(contenders)
    bare = sorted((each for each in judged if each.card.adapter is None), key=size_order)
    quantised = (
        _ladder(LadderKind.QUANTISATION, steps[-1].card.name, steps, pairs)
        for steps in _quantised(bare)
    )
    ladders = (_ladder(LadderKind.SIZE, "", _sizes(bare), pairs), *quantised)
    return tuple(ladder for ladder in ladders if ladder is not None)


def _ladder(kind: LadderKind, name: str, steps: Sequence[Contender], pairs: Pairs) -> Ladder | None:
    """Return the ladder over these models, the smallest first; None if they are too few."""
    if len(steps) < FEWEST_RUNGS:
        return None
    reference, *others = (each.letter for each in reversed(steps))
    compared = [pairs[letter, reference] for letter in others]
    held = first_failure([_is_enough(pair) for pair in compared])
    first = Rung(letter=reference, pair=None, is_tested=True, holds=True)
    rungs = (
        Rung(letter=pair.small, pair=pair, is_tested=place <= held, holds=place < held)
        for place, pair in enumerate(compared)
    )
    return Ladder(kind=kind, name=name, rungs=(first, *rungs))


def _is_enough(pair: PairVerdict) -> bool:
    decision = pair.decision
    return isinstance(decision, Decision) and decision.outcome is Outcome.LARGE_ENOUGH


def _sizes(ordered: Sequence[Contender]) -> list[Contender]:
    """Return one contender for each size."""
    sizes = _grouped(ordered, _size)
    counts = Counter(name for group in sizes for name in {_quantisation(each) for each in group})

    def rank(each: Contender) -> tuple[int, int, str]:
        return -counts[_quantisation(each)], -each.card.size_bytes, each.letter

    return [min(group, key=rank) for group in sizes]


def _quantised(ordered: Sequence[Contender]) -> Iterable[list[Contender]]:
    """Return the quantisations of each model that takes part in several."""
    known = [each for each in ordered if not isinstance(each.card.quantisation, Unavailable)]
    for group in _grouped(known, _model):
        steps = [same[0] for same in _grouped(group, _quantisation)]
        if len(steps) >= FEWEST_RUNGS:
            yield steps


def _grouped(
    found: Iterable[Contender], read: Callable[[Contender], Hashable]
) -> list[list[Contender]]:
    groups: dict[Hashable, list[Contender]] = {}
    for each in found:
        groups.setdefault(read(each), []).append(each)
    return list(groups.values())


def _size(contender: Contender) -> Hashable:
    card = contender.card
    return (
        card.size_bytes if isinstance(card.parameter_count, Unavailable) else card.parameter_count
    )


def _quantisation(contender: Contender) -> str:
    named = contender.card.quantisation
    return "" if isinstance(named, Unavailable) else named


def _model(contender: Contender) -> Hashable:
    """Return what two quantisations of one model have in common."""
    card = contender.card
    kin = kin_of(card.name)
    return _known(card), family_key(kin.family), kin.variant


def _known(card: ModelCard) -> Hashable:
    count, architecture = card.parameter_count, card.architecture
    is_known = not isinstance(count, Unavailable) and not isinstance(architecture, Unavailable)
    return (architecture, count) if is_known else card.path

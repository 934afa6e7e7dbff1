"""Proposes models that are here for a comparison: pairs, ladders, and what the user meant."""

import itertools
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from large_enough.catalog.ladders import ladders
from large_enough.catalog.pairs import pair_of, pairs
from large_enough.comparison.model_marks import ModelRole, role_of
from large_enough.domain.pairing import Candidate, Ladder, Pair, Proposal
from large_enough.domain.round import LETTERS
from large_enough.resources.settings import ModelMark

MOST_PROPOSALS = 12
"""More than that nobody looks through (our choice)."""
_FOR_THE_SMALL_SIDE = frozenset({ModelRole.SMALL, ModelRole.DOMAIN})


def proposals(found: Sequence[Candidate], marks: Mapping[str, ModelMark]) -> tuple[Proposal, ...]:
    """Return what is good to compare: what the user meant, the best pair, ladders, other pairs.

    Args:
        found: The models that are here (`catalog.candidates.candidates`).
        marks: By path, what the user said about them.
    """
    meant = list(_meant(found, marks))
    others = [_of_pair(pair) for pair in pairs(found)]
    steps = [_of_ladder(ladder) for ladder in ladders(found)]
    proposed = (*meant, *others[:1], *steps, *others[1:])
    distinct: dict[frozenset[str], Proposal] = {}
    for one in proposed:
        distinct.setdefault(frozenset(member.path for member in one.members), one)
    return tuple(distinct.values())[:MOST_PROPOSALS]


def _meant(found: Sequence[Candidate], marks: Mapping[str, ModelMark]) -> Iterator[Proposal]:
    """Yield each model that is meant for the small side with each that is meant for the large."""
    roles = {path: role_of(mark) for path, mark in marks.items()}
    small = [each for each in found if roles.get(each.path) in _FOR_THE_SMALL_SIDE]
    large = [each for each in found if roles.get(each.path) is ModelRole.LARGE]
    for one, other in itertools.product(small, large):
        yield Proposal(members=(one, other), common=pair_of(one, other), is_by_role=True)


def _of_pair(pair: Pair) -> Proposal:
    return Proposal(members=(pair.small, pair.large), common=pair)


def _of_ladder(ladder: Ladder) -> Proposal:
    """Return a ladder with as many steps as can take part: the ends, and some between them."""
    steps, most = ladder.steps, len(LETTERS)
    if len(steps) > most:
        last = len(steps) - 1
        steps = tuple(steps[round(number * last / (most - 1))] for number in range(most))
    return Proposal(members=steps, common=msgspec.structs.replace(ladder, steps=steps))

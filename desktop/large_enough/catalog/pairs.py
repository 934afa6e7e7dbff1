"""Proposes pairs of a small and a large model, the most telling first."""

import itertools
import math
from collections.abc import Sequence

from large_enough.catalog.kinship import family_key, kin_of
from large_enough.domain.pairing import Candidate, Pair, PairKind

BEST_TIMES = 4.0
"""A pair of about this ratio shows most: both can be good, and one is clearly cheaper (our
choice)."""
CLEAR_TIMES = 1.5
"""Two sizes differ by at least this, and two models of one size by less."""
MOST_PAIRS = 20

_KIND_ORDER = {kind: number for number, kind in enumerate(PairKind)}


def pairs(found: Sequence[Candidate], most: int = MOST_PAIRS) -> tuple[Pair, ...]:
    """Return the pairs, the same for the same models in whatever order they come.

    First those of which both are here, then those of which one must be fetched; among these the
    closest relatives first; among these the ratio that is nearest to four. Strangers of which one
    must be fetched come last: there are as many as the catalogue has models.

    Args:
        found: All models (`catalog.candidates.candidates`).
        most: Return so many at most.
    """
    ordered = sorted(found, key=lambda each: (each.size_bytes, each.name, each.path))
    proposed = (_pair(*two) for two in itertools.combinations(ordered, 2))
    return tuple(sorted((pair for pair in proposed if pair is not None), key=_rank)[:most])


def is_same_model(one: Candidate, other: Candidate) -> bool:
    """Return whether two files hold one model, if perhaps in different quantisations."""
    if not is_same_family(one, other):
        return False
    if one.size_label and other.size_label:
        return one.size_label == other.size_label
    return _ratio(one, other) < CLEAR_TIMES


def is_same_family(one: Candidate, other: Candidate) -> bool:
    """Return whether two models differ in size or quantisation alone."""
    same_family = family_key(one.family) == family_key(other.family) != ""
    return same_family and one.variant == other.variant


def pair_of(one: Candidate, other: Candidate) -> Pair:
    """Return two models as a pair, whether or not anybody would propose it."""
    smaller, larger = sorted((one, other), key=lambda each: (each.size_bytes, each.name, each.path))
    known = _pair(smaller, larger)
    return known or Pair(kind=PairKind.STRANGERS, small=smaller, large=larger)


def _pair(smaller: Candidate, larger: Candidate) -> Pair | None:
    kind = _kind(smaller, larger)
    if kind is None:
        return None
    is_swapped = (
        kind is not PairKind.SAME_MODEL and smaller.parameter_count > larger.parameter_count
    )
    small, large = (larger, smaller) if is_swapped else (smaller, larger)
    return Pair(kind=kind, small=small, large=large)


def _kind(one: Candidate, other: Candidate) -> PairKind | None:
    if is_same_model(one, other):
        differ = one.quantisation != other.quantisation
        return PairKind.SAME_MODEL if differ else None
    if is_same_family(one, other):
        return PairKind.SAME_FAMILY
    if _is_tuned_from(one, other) or _is_tuned_from(other, one):
        return PairKind.TUNED
    return PairKind.STRANGERS if _ratio(one, other) >= CLEAR_TIMES else None


def _is_tuned_from(tuned: Candidate, base: Candidate) -> bool:
    if not tuned.base:
        return False
    kin = kin_of(tuned.base)
    is_family = family_key(kin.family) == family_key(base.family)
    return is_family and kin.size_label == base.size_label and kin.variant == base.variant


def _ratio(one: Candidate, other: Candidate) -> float:
    counts = sorted((max(1, one.parameter_count), max(1, other.parameter_count)))
    return counts[1] / counts[0]


def _rank(pair: Pair) -> tuple[bool, int, int, float, str, str, str, str]:
    missing = sum(not candidate.is_here for candidate in (pair.small, pair.large))
    distance = abs(math.log(max(pair.times, 1e-9) / BEST_TIMES))
    small, large = pair.small, pair.large
    return (
        missing > 0 and pair.kind is PairKind.STRANGERS,
        missing,
        _KIND_ORDER[pair.kind],
        round(distance, 6),
        *(small.name, large.name, small.path, large.path),
    )

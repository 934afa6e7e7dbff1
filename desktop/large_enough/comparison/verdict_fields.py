"""Puts models that are made for the pack's field beside general ones."""

import functools
from collections.abc import Mapping

from large_enough.catalog.catalogue import read_catalogue
from large_enough.comparison.verdict_basis import Basis
from large_enough.comparison.verdict_pairs import ComparedPair
from large_enough.domain.errors import RequestError
from large_enough.domain.interval import Limits
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import Contender
from large_enough.domain.verdict import FieldPair
from large_enough.resources.locate import catalogue_path

GENERAL = frozenset({"general", "multilingual"})
"""Fields of the catalogue that are none."""
SAME_SIZE = 1.10
"""Numbers of weights that differ by less than this factor are about the same (our choice)."""

Fields = Mapping[str, str]
"""By id in the catalogue: what a model is meant for."""


@functools.cache
def known_fields() -> Fields:
    """Return what the models of the shipped catalogue are meant for; nothing if it is unusable."""
    try:
        return {entry.id: entry.domain for entry in read_catalogue(catalogue_path())}
    except RequestError:
        return {}


def field_pairs_of(
    basis: Basis, pairs: Mapping[tuple[str, str], ComparedPair], fields: Fields
) -> tuple[FieldPair, ...]:
    """Return each model made for this field, or with an adapter, beside each general one.

    A model made for another field stands on neither side.
    """
    ordered = [basis.plan.contender(letter) for letter in basis.letters]
    special = [each for each in ordered if _is_special(each, basis.plan.pack.domain, fields)]
    general = [each for each in ordered if _is_general(each, fields)]
    return tuple(_pair(one, other, pairs) for one in special for other in general)


def _is_special(contender: Contender, domain: str, fields: Fields) -> bool:
    if contender.card.adapter is not None:
        return True
    field = fields.get(contender.card.catalog_id or "", "")
    return bool(field) and field not in GENERAL and field == domain.strip().casefold()


def _is_general(contender: Contender, fields: Fields) -> bool:
    field = fields.get(contender.card.catalog_id or "", "general")
    return contender.card.adapter is None and field in GENERAL


def _pair(
    special: Contender, general: Contender, pairs: Mapping[tuple[str, str], ComparedPair]
) -> FieldPair:
    letters = special.letter, general.letter
    found = pairs.get(letters)
    limits = _limits(found) if found else _turned(_limits(pairs[letters[1], letters[0]]))
    return FieldPair(
        special=special.letter,
        general=general.letter,
        limits=limits,
        same_size=_is_same_size(special, general),
    )


def _limits(pair: ComparedPair) -> Limits | Unavailable:
    decision = pair.verdict.decision
    if pair.difference is not None:
        return pair.difference.limits
    return decision if isinstance(decision, Unavailable) else decision.limits


def _turned(limits: Limits | Unavailable) -> Limits | Unavailable:
    """Return the limits of the difference taken the other way round."""
    if isinstance(limits, Unavailable):
        return limits
    return Limits(
        difference=-limits.difference,
        low=-limits.high,
        high=-limits.low,
        confidence=limits.confidence,
    )


def _is_same_size(one: Contender, other: Contender) -> bool:
    first, second = one.card.parameter_count, other.card.parameter_count
    if isinstance(first, Unavailable) or isinstance(second, Unavailable):
        return False
    return max(first, second) < SAME_SIZE * min(first, second)

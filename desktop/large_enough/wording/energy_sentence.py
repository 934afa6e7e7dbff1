"""Says in one sentence what the answers of a round used.

Only measured energies that may be compared are set against each other, and only if they differ by
more than their uncertainty. Attributed and estimated ones are never called more or less.
"""

import itertools
from collections.abc import Mapping, Sequence

from large_enough.domain.energy import Energy, is_clearly_different, why_not_comparable
from large_enough.domain.energy_use import headline
from large_enough.domain.quantity import NumberQuality
from large_enough.domain.round import Done, RoundRecord
from large_enough.wording.energy_words import energy_text, kind_text, scopes_text
from large_enough.wording.numbers import EQUAL_WITHIN
from large_enough.wording.translate import _


def energy_sentence(record: RoundRecord, names: Mapping[str, str]) -> str:
    """Return the sentence; empty if there is nothing to compare.

    Args:
        record: The round.
        names: Of the contenders, by letter.
    """
    uses = {
        result.letter: result.resources.energy
        for result in record.results
        if isinstance(result, Done)
    }
    known = {
        names[letter]: energy
        for letter, energy in headline(uses).energies.items()
        if isinstance(energy, Energy)
    }
    if len(known) < len(uses) or len(known) < 2 or not _may_be_compared(list(known.values())):
        return ""
    ranked = sorted(known.items(), key=lambda pair: pair[1].energy_j)
    return _sentence(ranked)


def _may_be_compared(energies: Sequence[Energy]) -> bool:
    is_measured = all(energy.quality is NumberQuality.MEASURED for energy in energies)
    return is_measured and all(
        why_not_comparable(first, second) is None for first, second in itertools.pairwise(energies)
    )


def _differ(least: Energy, other: Energy) -> bool:
    """Return whether two answers clearly took a different energy.

    The instrument has to tell them apart, and they have to differ by more than one answer does from
    the next: the same 5 % as for times.
    """
    is_more = other.energy_j > (1 + EQUAL_WITHIN) * least.energy_j
    return is_more and is_clearly_different(least, other)


def _sentence(ranked: Sequence[tuple[str, Energy]]) -> str:
    (name, least), (_second_name, second) = ranked[0], ranked[1]
    basis = f"{scopes_text(least.scopes)}, {kind_text(least.kind)}"
    if not _differ(least, second):
        amounts = [energy_text(energy) for _name, energy in ranked]
        words = (
            _("The lowest of the energies ({amounts}; {basis}) are too close to tell apart.")
            if _differ(least, ranked[-1][1])
            else _("The energies ({amounts}; {basis}) are too close to tell apart.")
        )
        return words.format(amounts=", ".join(amounts), basis=basis)
    others = [energy_text(energy) for _name, energy in ranked[1:]]
    return _("{name} used {energy} instead of {others} ({basis}).").format(
        name=name, energy=energy_text(least), others=", ".join(others), basis=basis
    )

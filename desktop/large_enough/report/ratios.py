"""Says how many times more one contender has than the other, where that may be claimed at all."""

import itertools

from large_enough.domain.energy import Energy, is_clearly_different
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.domain.round import Done, RoundRecord
from large_enough.figures.bar_chart import Bar, ratio_of
from large_enough.report.comparison_table import Row
from large_enough.report.energy_measures import round_headline
from large_enough.wording.numbers import EQUAL_WITHIN, times_text
from large_enough.wording.states import is_cut
from large_enough.wording.summary import have_unequal_lengths
from large_enough.wording.translate import _

_OF_WHOLE_ANSWERS = frozenset({"total_s", "energy_j"})
"""Rows that only compare where the answers are about equally long."""


def ratio_words(record: RoundRecord, row: Row, bars: tuple[Bar, ...]) -> str:
    """Return the ratio of a row of two contenders in words; empty where nothing is claimed.

    Nothing is claimed about time and energy of answers that were cut or differ much in length, nor
    about energies that were not measured or are too close to tell apart.
    """
    quotient = ratio_of(bars)
    if isinstance(quotient, Unavailable) or row.not_comparable:
        return ""
    if row.key in _OF_WHOLE_ANSWERS and not _are_alike(record):
        return ""
    if row.key == "energy_j" and not _are_told_apart(record):
        return ""
    if quotient <= 1 + EQUAL_WITHIN:
        return _("about equal")
    return _("{times} times").format(times=times_text(quotient))


def _are_alike(record: RoundRecord) -> bool:
    """Return whether all answers are whole and about equally long."""
    answers = [result.answer for result in record.results if isinstance(result, Done)]
    counts = [answer.timing.character_count for answer in answers]
    return not any(is_cut(answer.finish) for answer in answers) and not have_unequal_lengths(counts)


def _are_told_apart(record: RoundRecord) -> bool:
    energies = [
        energy for energy in round_headline(record).energies.values() if isinstance(energy, Energy)
    ]
    are_measured = all(energy.quality is NumberQuality.MEASURED for energy in energies)
    return are_measured and all(
        is_clearly_different(one, other) for one, other in itertools.pairwise(energies)
    )

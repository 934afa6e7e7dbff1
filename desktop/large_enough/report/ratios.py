"""Says how many times more one contender has than the other, where that may be claimed at all."""

import itertools
import math
from collections.abc import Sequence

from large_enough.domain.energy import Energy, is_clearly_different
from large_enough.domain.quantity import NumberQuality, Quantity, Unavailable
from large_enough.domain.round import Done, RoundRecord
from large_enough.figures.bar_chart import Bar, ratio_of
from large_enough.report.comparison_table import Row, comparison_rows
from large_enough.report.energy_measures import round_headline
from large_enough.wording.numbers import EQUAL_WITHIN, times_text
from large_enough.wording.reasons import reason_text
from large_enough.wording.states import is_cut
from large_enough.wording.summary import have_unequal_lengths
from large_enough.wording.translate import _

NOT_COMPARABLE = Unavailable(reason="it cannot be compared")
"""Why there is no bar for a number that may not stand beside the others."""
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
    return _sentence(row.key).format(letter=_larger(bars), times=times_text(quotient))


def _larger(bars: Sequence[Bar]) -> str:
    """Return the letter of the contender with the larger number."""
    known = [(bar.value, bar.letter) for bar in bars if not isinstance(bar.value, Unavailable)]
    return max(known)[1]


def _sentence(key: str) -> str:
    """Return how it is said that one number is larger."""
    return {
        "total_s": _("{letter} took {times} times as long"),
        "first_token_s": _("{letter} took {times} times as long"),
        "characters_per_s": _("{letter} is {times} times as fast"),
        "generation_tokens_per_s": _("{letter} is {times} times as fast"),
        "needed_bytes": _("{letter} needs {times} times as much"),
        "energy_j": _("{letter} took {times} times as much"),
    }.get(key, _("{letter} has {times} times as much"))


def row_ratios(record: RoundRecord) -> dict[str, tuple[str, str]]:
    """Return the ratio of every row in words and in short, by key; empty where none is claimed."""
    return {row.key: _long_and_short(record, row, bars_of(row)) for row in comparison_rows(record)}


def _long_and_short(record: RoundRecord, row: Row, bars: tuple[Bar, ...]) -> tuple[str, str]:
    words, quotient = ratio_words(record, row, bars), ratio_of(bars)
    if not words or isinstance(quotient, Unavailable) or quotient <= 1 + EQUAL_WITHIN:
        return words, words
    short = _("{letter}: {times} times").format(letter=_larger(bars), times=times_text(quotient))
    return words, short


def bars_of(row: Row) -> tuple[Bar, ...]:
    """Return the numbers of a row as bars of a chart."""
    return tuple(
        Bar(
            letter=cell.letter,
            value=NOT_COMPARABLE if row.not_comparable else finite(cell.value),
            text=reason_text(cell.value.reason)
            if isinstance(cell.value, Unavailable)
            else f"{cell.text} {row.unit}".strip(),
        )
        for cell in row.cells
    )


def finite(value: Quantity) -> Quantity:
    """Return the number if it can be drawn: records may hold any."""
    is_fine = isinstance(value, Unavailable) or (math.isfinite(value) and value >= 0)
    return value if is_fine else Unavailable(reason="the record holds no possible number")


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

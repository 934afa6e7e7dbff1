"""Picks the measures that are drawn as bars, from a finished round or a running one."""

import itertools
from typing import NamedTuple

from large_enough.domain.energy import Energy, why_not_comparable
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.round import RoundRecord
from large_enough.report.comparison_table import comparison_rows
from large_enough.report.energy_measures import round_headline
from large_enough.ui.round_progress import NOT_YET, Figures, RoundProgress
from large_enough.ui.widgets.bars import BarValue
from large_enough.wording.energy_words import kind_text, quality_text, scopes_text
from large_enough.wording.numbers import (
    NOT_AVAILABLE,
    gigabytes_number_text,
    number_text,
    quantity_text,
    seconds_number_text,
)
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _

ENERGY_KEY = "energy_j"


class Measure(NamedTuple):
    """One group of bars."""

    key: str
    """The key of its row in `report.comparison_table`."""
    title: str
    unit: str
    """Behind each number; empty where the title says it."""


def bar_measures() -> tuple[Measure, ...]:
    """Return what is drawn as bars, in order."""
    return (
        Measure("total_s", _("Time for the answer"), _("s")),
        Measure("first_token_s", _("First token after"), _("s")),
        Measure("characters_per_s", _("Characters per second"), ""),
        Measure("needed_bytes", _("Memory, peak"), _("GB")),
        Measure(ENERGY_KEY, _("Energy for the answer"), _("J")),
    )


def final_bars(record: RoundRecord) -> dict[str, tuple[BarValue, ...]]:
    """Return the bars of a finished round, by key."""
    units = {measure.key: measure.unit for measure in bar_measures()}
    return {
        row.key: tuple(
            BarValue(
                cell.letter,
                Unavailable(reason=row.not_comparable) if row.not_comparable else cell.value,
                _with_unit(cell.text, units[row.key]),
                cell.note,
                cell.quality,
            )
            for cell in row.cells
        )
        for row in comparison_rows(record)
        if row.key in units
    }


def energy_headings(record: RoundRecord) -> tuple[str, ...]:
    """Return what kind of number the energies are: the same in several lengths, longest first.

    Empty where there are no energies.
    """
    energies = [
        energy for energy in round_headline(record).energies.values() if isinstance(energy, Energy)
    ]
    if not energies:
        return ()
    if any(why_not_comparable(*pair) is not None for pair in itertools.pairwise(energies)):
        return (_("Energy for the answer, not comparable"), _("Energy, not comparable"))
    first = energies[0]
    short = _("Energy, {quality}").format(quality=quality_text(first.quality))
    scopes = f"{short} · {scopes_text(first.scopes)}"
    long = _("Energy for the answer, {quality} · {scopes}, {kind}").format(
        quality=quality_text(first.quality),
        scopes=scopes_text(first.scopes),
        kind=kind_text(first.kind),
    )
    return (long, f"{scopes}, {kind_text(first.kind)}", scopes, short)


def live_bars(progress: RoundProgress) -> dict[str, tuple[BarValue, ...]]:
    """Return the bars of a running round, by key."""
    figures = {letter: known.figures() for letter, known in progress.contenders.items()}
    return {
        measure.key: tuple(
            _live_bar(letter, measure, _figure(known, measure.key))
            for letter, known in figures.items()
        )
        for measure in bar_measures()
    }


def empty_bars(letters: str) -> dict[str, tuple[BarValue, ...]]:
    """Return bars that show nothing yet, by key."""
    nothing = Unavailable(reason="not yet")
    return {
        measure.key: tuple(BarValue(letter, nothing, NOT_AVAILABLE) for letter in letters)
        for measure in bar_measures()
    }


def _figure(figures: Figures, key: str) -> Quantity:
    return {
        "total_s": figures.total_s,
        "first_token_s": figures.first_token_s,
        "characters_per_s": figures.characters_per_s,
        "needed_bytes": figures.needed_bytes,
        ENERGY_KEY: NOT_YET,
    }[key]


def _live_bar(letter: str, measure: Measure, value: Quantity) -> BarValue:
    formatter = {
        "total_s": seconds_number_text,
        "first_token_s": seconds_number_text,
        "needed_bytes": gigabytes_number_text,
    }.get(measure.key, number_text)
    note = reason_text(value.reason) if isinstance(value, Unavailable) else ""
    text = quantity_text(value, formatter)
    return BarValue(letter, value, _with_unit(text, measure.unit), note)


def _with_unit(text: str, unit: str) -> str:
    return text if text == NOT_AVAILABLE or not unit else f"{text} {unit}"

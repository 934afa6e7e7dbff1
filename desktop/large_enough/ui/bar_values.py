"""Picks the measures that are drawn as bars, from a finished round or a running one."""

from typing import NamedTuple

from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.round import RoundRecord
from large_enough.report.comparison_table import comparison_rows
from large_enough.ui.round_progress import Figures, RoundProgress
from large_enough.ui.widgets.bars import BarValue
from large_enough.wording.numbers import (
    NOT_AVAILABLE,
    gigabytes_number_text,
    number_text,
    quantity_text,
    seconds_number_text,
)
from large_enough.wording.translate import _


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
        Measure("energy_j", _("Energy for the answer"), _("J")),
    )


def final_bars(record: RoundRecord) -> dict[str, tuple[BarValue, ...]]:
    """Return the bars of a finished round, by key."""
    units = {measure.key: measure.unit for measure in bar_measures()}
    return {
        row.key: tuple(
            BarValue(cell.letter, cell.value, _with_unit(cell.text, units[row.key]), cell.note)
            for cell in row.cells
        )
        for row in comparison_rows(record)
        if row.key in units
    }


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
        "energy_j": figures.energy_j,
    }[key]


def _live_bar(letter: str, measure: Measure, value: Quantity) -> BarValue:
    formatter = {
        "total_s": seconds_number_text,
        "first_token_s": seconds_number_text,
        "needed_bytes": gigabytes_number_text,
    }.get(measure.key, number_text)
    note = _(value.reason) if isinstance(value, Unavailable) else ""
    text = quantity_text(value, formatter)
    return BarValue(letter, value, _with_unit(text, measure.unit), note)


def _with_unit(text: str, unit: str) -> str:
    return text if text == NOT_AVAILABLE or not unit else f"{text} {unit}"

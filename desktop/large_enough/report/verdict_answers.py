"""Lays out every answer of a run: its grade, what was taken, its time and energy."""

from large_enough.domain.generation import Timing
from large_enough.domain.pack_run import Cell, PackRunRecord
from large_enough.domain.quantity import Quantity
from large_enough.domain.text import harmless_line
from large_enough.report.pack_run_csv import energies_j
from large_enough.report.verdict_parts import Table, shortened
from large_enough.wording.energy_words import digits_text
from large_enough.wording.grade_words import status_word
from large_enough.wording.numbers import NOT_AVAILABLE, plain_text, quantity_text, seconds_text
from large_enough.wording.translate import _

MOST_CHARACTERS = 60
"""Of what was taken as the answer."""


def answers_table(record: PackRunRecord) -> Table:
    """Return a row for each answer, question by question."""
    places = {item_id: place for place, item_id in enumerate(record.plan.item_ids)}
    letters = {contender.letter for contender in record.plan.contenders}
    energies = energies_j(record.cells)
    rows = [
        (cell, energy)
        for cell, energy in zip(record.cells, energies, strict=True)
        if cell.key.letter in letters and cell.key.item_id in places
    ]
    rows.sort(key=lambda row: (places[row[0].key.item_id], row[0].key.letter, row[0].key.repeat))
    repeats = record.plan.settings.repeats
    return Table(
        caption=_("Every answer"),
        heads=(
            _("Question"),
            _("Model"),
            _("Grade"),
            _("Points"),
            _("Taken as the answer"),
            _("Time"),
            _("Energy"),
        ),
        rows=tuple(_row(cell, energy, repeats) for cell, energy in rows),
        words=frozenset({1, 2, 4}),
    )


def _row(cell: Cell, energy_j: Quantity, repeats: int) -> tuple[str, ...]:
    hand = cell.hand_grade
    word = status_word(cell.grade.status if hand is None else hand.status)
    who = cell.key.letter
    return (
        harmless_line(cell.key.item_id),
        f"{who} ({cell.key.repeat + 1})" if repeats > 1 else who,
        word if hand is None else _("{status}, by hand").format(status=word),
        quantity_text(cell.score, plain_text),
        _taken(cell.grade.taken),
        seconds_text(cell.timing.total_s) if isinstance(cell.timing, Timing) else NOT_AVAILABLE,
        quantity_text(energy_j, lambda value: _("{number} J").format(number=digits_text(value))),
    )


def _taken(text: str) -> str:
    start, left_out = shortened(harmless_line(text), MOST_CHARACTERS)
    return f"{start} …" if left_out else start

"""Writes a run as CSV: a line for each answer, with the units in the names of the columns.

The names are keys for programs and are never translated. A number that is not available is an empty
cell. Texts that a spreadsheet would take for a formula get an apostrophe in front.
"""

import csv
import io
from collections.abc import Sequence

from large_enough.domain.energy import Energy
from large_enough.domain.energy_use import headline
from large_enough.domain.generation import Timing
from large_enough.domain.pack_run import Cell, PackRunPlan, PackRunRecord
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.resource_use import ResourceUse
from large_enough.report.round_csv import Content, safe_cell
from large_enough.wording.pack_words import key_text


def pack_run_csv(record: PackRunRecord) -> str:
    """Return the table with its line of names."""
    names = {contender.letter: contender.card.name for contender in record.plan.contenders}
    energies = energies_j(record.cells)
    lines = [
        _line(record.plan, cell, names[cell.key.letter], energies[index])
        for index, cell in enumerate(record.cells)
        if cell.key.letter in names
    ]
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, fieldnames=list(lines[0]) if lines else [])
    writer.writeheader()
    for line in lines:
        writer.writerow({key: safe_cell(content) for key, content in line.items()})
    return stream.getvalue()


def _line(plan: PackRunPlan, cell: Cell, name: str, energy_j: Quantity) -> dict[str, Content]:
    item, limits = plan.pack.item(cell.key.item_id), plan.limits(cell.key)
    timing = cell.timing if isinstance(cell.timing, Timing) else None
    hand = cell.hand_grade
    return {
        "letter": cell.key.letter,
        "model": name,
        "item": item.id,
        "repeat": cell.key.repeat + 1,
        "type": item.type.value,
        "level": "" if item.level is None else item.level,
        "family": item.family,
        "group": item.group,
        "question": item.question,
        "key": key_text(item.key),
        "answer": cell.text,
        "thoughts": cell.thoughts,
        "taken": cell.grade.taken,
        "status": cell.grade.status.value,
        "score": _number(cell.score),
        "hand_status": "" if hand is None else hand.status.value,
        "hand_who": "" if hand is None else hand.who,
        "hand_why": "" if hand is None else hand.why,
        "end": cell.end.value,
        "limit_tokens": "" if limits.max_tokens is None else limits.max_tokens,
        "limit_s": limits.longest_s,
        "grader": cell.grade.grader,
        "prompt_tokens": _number(cell.prompt_token_count),
        "answer_tokens": _number(cell.answer_token_count),
        "total_s": "" if timing is None else timing.total_s,
        "first_token_s": "" if timing is None else _number(timing.first_token_s),
        "energy_j": _number(energy_j),
        "error": "" if cell.error is None else cell.error.kind.value,
        "started_utc": cell.started_utc,
    }


def energies_j(cells: Sequence[Cell]) -> list[Quantity]:
    """Return the joules that stand for each answer: of the same parts and kind for all."""
    return [one.energy_j if isinstance(one, Energy) else one for one in energies_of_cells(cells)]


def energies_of_cells(cells: Sequence[Cell]) -> list[Energy | Unavailable]:
    """Return the energy that stands for each answer: of the same parts and kind for all."""
    uses = {
        str(index): cell.resources.energy
        for index, cell in enumerate(cells)
        if isinstance(cell.resources, ResourceUse)
    }
    chosen = headline(uses).energies if uses else {}
    missing = Unavailable(reason="not measured")
    return [chosen.get(str(index), missing) for index in range(len(cells))]


def _number(value: float | Unavailable) -> Content:
    return "" if isinstance(value, Unavailable) else value

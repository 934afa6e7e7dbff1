"""Writes a round as CSV: a line for each contender, with the units in the names of the columns.

The names are keys for programs and are never translated. A number that is not available is an empty
cell, and its reason stands among the remarks. Spreadsheets take cells that begin with certain signs
for formulas; such texts get an apostrophe in front.
"""

import csv
import io
import math
import unicodedata

from large_enough.domain.costing import Costing
from large_enough.domain.model_card import file_name_of
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.round import Cancelled, Contender, Done, Failed, RoundRecord
from large_enough.domain.text import harmless, harmless_line
from large_enough.report.comparison_table import Cell, Row, comparison_rows
from large_enough.report.round_document import RoundDocument, round_document
from large_enough.report.round_facts import round_facts

ENCODING = "utf-8-sig"
"""To write the text with: spreadsheets know UTF-8 by its mark."""

_FORMULA_STARTS = frozenset("=+-@")

Content = str | int | float


def round_csv(record: RoundRecord, costing: Costing | None = None) -> str:
    """Return the table with its line of names.

    Args:
        record: The round.
        costing: The user's price and grid intensity; None for none.
    """
    rows = comparison_rows(record, costing)
    document = round_document(record, costing)
    lines = [
        _contender(record, contender, index, rows, document)
        for index, contender in enumerate(record.plan.contenders)
    ]
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, fieldnames=list(lines[0]) if lines else [])
    writer.writeheader()
    for line in lines:
        writer.writerow({key: safe_cell(content) for key, content in line.items()})
    return stream.getvalue()


def safe_cell(content: Content) -> Content:
    """Return a number as it is, and a text so that no spreadsheet computes with it."""
    if not isinstance(content, str):
        return content
    text = harmless(content)
    start = unicodedata.normalize("NFKC", text.lstrip()[:1])  # full-width signs work as well
    is_formula = start in _FORMULA_STARTS and bool(start)
    return f"'{text}" if is_formula or text[:1] in {"\t", "\r", "\n"} else text


def _contender(
    record: RoundRecord,
    contender: Contender,
    index: int,
    rows: tuple[Row, ...],
    document: RoundDocument,
) -> dict[str, Content]:
    cells = {row.key: row.cells[index] for row in rows}
    facts = " ".join(harmless_line(fact) for fact in round_facts(record))
    answer = document.answers[index]
    return {
        **_who(record, contender),
        "state": _state(record, contender),
        "result": answer.state,
        **_figures(cells),
        "remarks": "; ".join(f"{key}: {cell.note}" for key, cell in cells.items() if cell.note),
        "round_remarks": " ".join(part for part in (document.remarks, facts) if part),
        **_machine(record),
        "question": document.question,
        "thoughts": answer.thoughts,
        "answer": answer.text,
        "problem": answer.problem,
    }


def _who(record: RoundRecord, contender: Contender) -> dict[str, Content]:
    card = contender.card
    return {
        "round_id": record.plan.round_id,
        "started_utc": record.started_utc,
        "mode": record.plan.mode.value,
        "letter": contender.letter,
        "model": card.name,
        "file": file_name_of(card.path),
        "file_size_bytes": card.size_bytes,
        "quantisation": _known(card.quantisation),
        "sha256": _known(card.sha256),
        "backend": card.backend.value,
    }


def _state(record: RoundRecord, contender: Contender) -> str:
    match record.result_of(contender.letter):
        case Done(answer=answer):
            return answer.finish.value
        case Cancelled():
            return "cancelled"
        case Failed(error=error):
            return f"failed: {error.kind.value}"
        case None:
            return "missing"


def _figures(cells: dict[str, Cell]) -> dict[str, Content]:
    figures: dict[str, Content] = {}
    for key, cell in cells.items():
        figures[key] = _number(cell.value)
        figures[f"{key}_quality"] = cell.quality.value
    return figures


def _machine(record: RoundRecord) -> dict[str, Content]:
    machine = record.machine
    return {
        "processor": _known(machine.cpu_name),
        "usable_core_count": machine.usable_core_count,
        "memory_bytes": machine.memory_bytes,
        "operating_system": machine.operating_system,
        "program_version": machine.program_version,
    }


def _number(value: Quantity) -> Content:
    return "" if isinstance(value, Unavailable) or not math.isfinite(value) else value


def _known(value: str | Unavailable) -> str:
    return "" if isinstance(value, Unavailable) else value

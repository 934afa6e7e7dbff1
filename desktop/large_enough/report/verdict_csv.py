"""Writes the figures of a run as CSV: a line for each figure, with its unit in a column of its own.

A number that is not available is an empty cell with the reason in `note`. Every answer is in
`pack_run_csv`.
"""

import csv
import io
import math

from large_enough.domain.costing import Costing
from large_enough.domain.quantity import Unavailable
from large_enough.domain.verdict import CostMeasure, RunVerdict
from large_enough.report.round_csv import safe_cell
from large_enough.report.verdict_figures import UNITS, Figure, figures, known

COLUMNS = (
    *("run_id", "pack", "pack_version", "section", "of", "letter", "model"),
    *("beside_letter", "beside_model", "measure", "value", "low", "high", "confidence"),
    *("count", "unit", "quality", "note"),
)


def verdict_csv(verdict: RunVerdict, costing: Costing | None = None) -> str:
    """Return the table with its line of names.

    Args:
        verdict: What the run comes to.
        costing: The user's price and grid intensity that the verdict was made with; None for none.
    """
    money = (costing or Costing()).currency or UNITS[CostMeasure.MONEY]
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, fieldnames=COLUMNS)
    writer.writeheader()
    for figure in figures(verdict):
        line = _line(verdict, figure, money)
        writer.writerow({key: safe_cell(content) for key, content in line.items()})
    return stream.getvalue()


def _line(verdict: RunVerdict, figure: Figure, money: str) -> dict[str, str | int | float]:
    names = {contender.letter: contender.card.name for contender in verdict.contenders}
    value = figure.value
    return {
        "run_id": verdict.plan.run_id,
        "pack": verdict.plan.pack.id,
        "pack_version": verdict.plan.pack.version,
        "section": figure.section,
        "of": figure.of,
        "letter": figure.letter,
        "model": names.get(figure.letter, ""),
        "beside_letter": figure.beside,
        "beside_model": names.get(figure.beside, ""),
        "measure": figure.measure,
        "value": value if isinstance(value, str) else _number(known(value)),
        "low": _number(figure.low),
        "high": _number(figure.high),
        "confidence": _number(figure.confidence),
        "count": _number(figure.count),
        "unit": money if figure.unit == UNITS[CostMeasure.MONEY] else figure.unit,
        "quality": figure.quality,
        "note": value.reason if isinstance(value, Unavailable) else "",
    }


def _number(value: float | None) -> float | str:
    return "" if value is None or not math.isfinite(value) else value

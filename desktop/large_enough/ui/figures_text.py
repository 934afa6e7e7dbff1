"""Writes the figures of a round as text that a spreadsheet takes."""

from large_enough.domain.costing import Costing
from large_enough.domain.round import RoundRecord
from large_enough.report.comparison_table import comparison_rows
from large_enough.report.round_facts import round_facts
from large_enough.ui.model_facts import model_name


def column_headings(record: RoundRecord) -> list[str]:
    """Return the letter and name of every contender."""
    return [
        f"{contender.letter}  {model_name(contender.card)}" for contender in record.plan.contenders
    ]


def figures_text(record: RoundRecord, sentence: str, costing: Costing) -> str:
    """Return the sentence and all figures, a line for each measure, with tabs between columns."""
    names = [model_name(contender.card) for contender in record.plan.contenders]
    lines = [sentence, "", "\t".join(["", "", *names])]
    lines.extend(
        "\t".join([row.label, row.unit, *(cell.text for cell in row.cells)])
        for row in comparison_rows(record, costing)
    )
    lines.extend(round_facts(record, costing))
    return "\n".join(lines) + "\n"

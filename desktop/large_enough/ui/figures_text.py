"""Writes the figures of a round for other programs: sentences for a mail, a table for a sheet."""

import html
from collections.abc import Iterator, Sequence

from large_enough.domain.costing import Costing
from large_enough.domain.quantity import Unavailable
from large_enough.domain.round import RoundRecord
from large_enough.domain.text import harmless_line
from large_enough.report.comparison_table import comparison_rows
from large_enough.report.ratios import bars_of, ratio_words
from large_enough.report.round_facts import round_facts
from large_enough.ui.model_facts import model_name
from large_enough.wording.chart_words import figure_sentence, legend_name


def column_headings(record: RoundRecord) -> list[str]:
    """Return the letter and name of every contender."""
    return [
        f"{contender.letter}  {model_name(contender.card)}" for contender in record.plan.contenders
    ]


def figures_text(record: RoundRecord, sentence: str, costing: Costing) -> str:
    """Return the sentence, then every figure that is known in words, a line for each measure."""
    names = [
        legend_name(contender.letter, model_name(contender.card))
        for contender in record.plan.contenders
    ]
    figures = [
        figure_sentence(
            row.label,
            [f"{bar.letter} {bar.text}" for bar in bars_of(row)],
            ratio_words(record, row, bars_of(row)),
        )
        for row in comparison_rows(record, costing)
        if not all(isinstance(cell.value, Unavailable) for cell in row.cells)
    ]
    lines = [sentence, "", *names, "", *figures, *round_facts(record, costing)]
    return "\n".join(harmless_line(line) for line in lines) + "\n"


def figures_tabbed(record: RoundRecord, sentence: str, costing: Costing) -> str:
    """Return sentence, figures and facts, a line for each, with tabs between columns."""
    rows = ("\t".join(harmless_line(cell) for cell in row) for row in _table(record, costing))
    lines = [harmless_line(sentence), "", *rows, *map(harmless_line, round_facts(record, costing))]
    return "\n".join(lines) + "\n"


def figures_html(record: RoundRecord, sentence: str, costing: Costing) -> str:
    """Return the same as a page with a table, for word processors."""
    rows = "".join(_html_row(row) for row in _table(record, costing))
    facts = "".join(f"<p>{_html(fact)}</p>" for fact in round_facts(record, costing))
    return f"<p>{_html(sentence)}</p><table>{rows}</table>{facts}"


def _table(record: RoundRecord, costing: Costing) -> Iterator[Sequence[str]]:
    yield ("", "", *(model_name(contender.card) for contender in record.plan.contenders))
    for row in comparison_rows(record, costing):
        yield (row.label, row.unit, *(cell.text for cell in row.cells))


def _html_row(cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<td>{_html(cell)}</td>" for cell in cells) + "</tr>"


def _html(text: str) -> str:
    return html.escape(harmless_line(text))

"""Shows a finished round in the terminal: both answers, one table, one sentence."""

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from large_enough.cli.live_view import LETTER_STYLES
from large_enough.cli.output import error_text
from large_enough.domain.costing import Costing
from large_enough.domain.generation import Answer
from large_enough.domain.round import (
    AnswerResult,
    Cancelled,
    Contender,
    Done,
    Failed,
    RoundRecord,
)
from large_enough.domain.text import harmless, harmless_line
from large_enough.report.comparison_table import Cell, Row, comparison_rows
from large_enough.report.round_facts import round_facts
from large_enough.wording.states import is_cut, result_text
from large_enough.wording.summary import round_sentence
from large_enough.wording.translate import _

INDENT = (0, 0, 0, 3)


def show_round(
    console: Console, record: RoundRecord, costing: Costing, *, with_sentence: bool = True
) -> None:
    """Print the question, every answer, the table of figures and the sentence."""
    show_answers(console, record)
    console.print()
    _show_table(console, record, costing)
    if with_sentence:
        console.print()
        console.print(Text(harmless_line(round_sentence(record)), style="bold"))


def show_answers(console: Console, record: RoundRecord) -> None:
    """Print the question and every answer."""
    console.print(Rule(style="dim"))
    console.print(Text(harmless(record.plan.prompt).strip(), style="italic"))
    for contender in record.plan.contenders:
        _show_contender(console, contender, record.result_of(contender.letter))


def _show_contender(console: Console, contender: Contender, result: AnswerResult | None) -> None:
    head = Text(f"{contender.letter}  ", style=LETTER_STYLES[contender.letter])
    head.append(harmless_line(contender.card.name), style="bold")
    if result is not None:
        head.append("  " + result_text(result), style="dim")
    console.print()
    console.print(head)
    match result:
        case Done(answer=answer):
            _show_answer(console, answer)
        case Cancelled(answer=answer):
            if answer is not None:
                _show_answer(console, answer)
        case Failed(error=error, partial_text=partial_text):
            if partial_text:
                console.print(Padding(Text(harmless(partial_text)), INDENT, expand=False))
            console.print(Padding(error_text(error), INDENT, expand=False))
        case None:
            pass


def _show_answer(console: Console, answer: Answer) -> None:
    if answer.thoughts:
        thoughts = _("thoughts: {text}").format(text=harmless(answer.thoughts).strip())
        console.print(Padding(Text(thoughts, style="dim"), INDENT, expand=False))
    text = harmless(answer.text).strip() or _("(an empty answer)")
    console.print(
        Padding(Text(text + (" …" if is_cut(answer.finish) else "")), INDENT, expand=False)
    )


def _show_table(console: Console, record: RoundRecord, costing: Costing) -> None:
    rows = comparison_rows(record, costing)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column("")
    for contender in record.plan.contenders:
        heading = Text(f"{contender.letter}  ", style=LETTER_STYLES[contender.letter])
        heading.append(harmless_line(contender.card.name))
        table.add_column(heading, justify="right")
    for row in rows:
        table.add_row(Text(_label(row)), *(_cell_text(cell) for cell in row.cells))
    console.print(table)
    _show_reasons(console, rows)
    for fact in round_facts(record, costing):
        console.print(Text(harmless_line(fact), style="dim"))


def _label(row: Row) -> str:
    return harmless_line(f"{row.label}, {row.unit}" if row.unit else row.label)


def _cell_text(cell: Cell) -> Text:
    return Text(cell.text)


def _show_reasons(console: Console, rows: tuple[Row, ...]) -> None:
    """Print the small print below the table, each remark once with the rows it belongs to."""
    labels: dict[str, list[str]] = {}
    for row in rows:
        for remark in _remarks(row):
            labels.setdefault(remark, []).append(row.label)
    merged: dict[tuple[str, ...], list[str]] = {}
    for remark, of_remark in labels.items():
        merged.setdefault(tuple(of_remark), []).append(remark)
    for row_labels, notes in merged.items():
        remark = harmless_line(f"{', '.join(row_labels)} — {'; '.join(notes)}")
        console.print(Text(remark, style="dim"))


def _remarks(row: Row) -> list[str]:
    """Return what there is to say about a row; without letters where it holds for all."""
    letters: dict[str, list[str]] = {}
    for cell in row.cells:
        for remark in cell.remarks:
            letters.setdefault(remark, []).append(cell.letter)
    return [
        remark if len(of_remark) == len(row.cells) else f"{', '.join(of_remark)}: {remark}"
        for remark, of_remark in letters.items()
    ]

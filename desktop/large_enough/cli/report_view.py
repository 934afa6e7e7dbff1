"""Shows a verdict in the terminal: the sentence, what to know first, one table, the ladders."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from large_enough.cli.live_view import LETTER_STYLES
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import harmless_line
from large_enough.domain.verdict import CostMeasure, RunVerdict, Standing
from large_enough.report.verdict_tables import (
    has_cost,
    share_interval_text,
    standings_in_order,
)
from large_enough.wording.numbers import NOT_AVAILABLE, quantity_text, seconds_text
from large_enough.wording.translate import _
from large_enough.wording.verdict_remarks import remark_text
from large_enough.wording.verdict_words import (
    amount_text,
    cascade_sentence,
    contender_names,
    cost_sentence,
    ladder_sentence,
    verdict_sentence,
)

_PER_RIGHT = (
    CostMeasure.TIME,
    CostMeasure.ENERGY,
    CostMeasure.MONEY,
    CostMeasure.CO2,
    CostMeasure.MEMORY,
)


def show_verdict(console: Console, verdict: RunVerdict) -> None:
    """Print what a run comes to."""
    sentence = verdict_sentence(verdict)
    _say(console, sentence.headline, "bold")
    _say(console, sentence.detail)
    for remark in verdict.remarks:
        _say(console, f"! {remark_text(verdict, remark)}", "yellow")
    console.print(_table(verdict))
    for line in _lines(verdict):
        _say(console, line)


def _say(console: Console, text: str, style: str = "") -> None:
    if text:
        console.print(Text(harmless_line(text), style=style), soft_wrap=True)


def _table(verdict: RunVerdict) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
    table.add_column("")
    names = contender_names(verdict)
    standings = standings_in_order(verdict)
    for one in standings:
        head = Text(f"{one.letter}  ", style=LETTER_STYLES.get(one.letter, "bold"))
        head.append(names[one.letter], style="bold")
        table.add_column(head, justify="right")
    for label, cells in _rows(verdict, standings):
        table.add_row(label, *cells)
    return table


def _rows(verdict: RunVerdict, standings: Sequence[Standing]) -> list[tuple[str, list[str]]]:
    labels = {
        CostMeasure.TIME: _("Time for each right answer"),
        CostMeasure.ENERGY: _("Energy for each right answer"),
        CostMeasure.MONEY: _("Money for each right answer"),
        CostMeasure.CO2: _("CO2 for each right answer"),
        CostMeasure.MEMORY: _("Memory needed"),
    }
    rows = [
        (_("Accuracy, 95 % interval"), [share_interval_text(one.accuracy) for one in standings]),
        (
            _("Time of an answer, median"),
            [quantity_text(one.median_s, seconds_text) for one in standings],
        ),
    ]
    rows += [
        (labels[measure], [_per_right(one, measure) for one in standings])
        for measure in _PER_RIGHT
        if has_cost(verdict, measure)
    ]
    return rows


def _per_right(one: Standing, measure: CostMeasure) -> str:
    cost = one.costs.get(measure)
    if cost is None or isinstance(cost.per_right, Unavailable):
        return NOT_AVAILABLE
    return amount_text(measure, cost.per_right, cost.quality)


def _lines(verdict: RunVerdict) -> list[str]:
    lines = [ladder_sentence(verdict, ladder) for ladder in verdict.ladders]
    if not isinstance(verdict.headline, Unavailable):
        lines.insert(0, cost_sentence(verdict, verdict.headline))
    if not isinstance(verdict.cascade, Unavailable):
        lines.append(cascade_sentence(verdict))
    return lines

"""Shows a thorough measurement in the terminal, while it goes on and afterwards."""

import contextlib
from collections.abc import Callable, Iterator

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from large_enough.cli.live_view import LETTER_STYLES, LiveView
from large_enough.cli.round_view import show_answers, show_round
from large_enough.comparison.events import Listener, RoundEvent
from large_enough.comparison.thorough import ThoroughListener
from large_enough.comparison.thorough_figures import (
    ContenderFigures,
    Figure,
    Ratios,
    ThoroughFigures,
    thorough_figures,
)
from large_enough.comparison.thorough_sentence import thorough_sentence
from large_enough.domain.costing import Costing
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.domain.text import harmless_line
from large_enough.domain.thorough import ThoroughProgress, ThoroughRecord, ThoroughStep
from large_enough.wording.energy_words import digits_text, marked_text
from large_enough.wording.numbers import NOT_AVAILABLE, rate_text, seconds_number_text
from large_enough.wording.reasons import reason_text
from large_enough.wording.thorough_words import interval_text, progress_text
from large_enough.wording.translate import _

_THREE_DIGITS = 3


class _Printed:
    """Prints a line for each step, where nobody can see lines change."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._last: tuple[ThoroughStep, int] | None = None

    def on_event(self, event: RoundEvent) -> None:
        """Ignore it."""

    def on_progress(self, progress: ThoroughProgress) -> None:
        """Print the step once."""
        step = progress.step, progress.pass_number
        if step != self._last:
            self._last = step
            self._console.print(Text(progress_text(progress)))


class _Live:
    """Repaints how far it is, over the answers."""

    def __init__(self, view: LiveView) -> None:
        self._view: Listener = view
        self._headline = view.say

    def on_event(self, event: RoundEvent) -> None:
        """Show it."""
        self._view.on_event(event)

    def on_progress(self, progress: ThoroughProgress) -> None:
        """Show it."""
        self._headline(progress_text(progress))


@contextlib.contextmanager
def thorough_view(console: Console) -> Iterator[ThoroughListener]:
    """Show how far it is while it goes on."""
    if not console.is_terminal:
        yield _Printed(console)
        return
    with LiveView(console) as view:
        yield _Live(view)


def show_thorough(console: Console, record: ThoroughRecord, costing: Costing) -> None:
    """Print the last pass, then the medians with their intervals, then the sentence."""
    if record.rounds:
        for earlier in record.rounds[-len(record.plan.prompts) : -1]:
            show_answers(console, earlier)
        show_round(console, record.rounds[-1], costing, with_sentence=False)
        console.print()
        _show_figures(console, record, thorough_figures(record))
    console.print()
    console.print(Text(harmless_line(thorough_sentence(record)), style="bold"))


def _show_figures(console: Console, record: ThoroughRecord, figures: ThoroughFigures) -> None:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column(_heading(record))
    for contender in record.plan.template.contenders:
        heading = Text(f"{contender.letter}  ", style=LETTER_STYLES[contender.letter])
        heading.append(harmless_line(contender.card.name))
        table.add_column(heading, justify="right")
    for label, read, show in _rows(figures):
        cells = [_cell(read(each), show) for each in figures.contenders.values()]
        table.add_row(label, *cells)
    for label, read_ratio in _ratio_rows():
        cells = [_cell(read_ratio(each), _three_digits) for each in figures.ratios]
        is_known = any(cell != NOT_AVAILABLE for cell in cells)
        table.add_row(label, "1" if is_known else NOT_AVAILABLE, *cells)
    console.print(table)
    for reason, labels in _reasons(figures).items():
        console.print(Text(f"{', '.join(labels)} — {reason_text(reason)}", style="dim"))


def _heading(record: ThoroughRecord) -> str:
    if len(record.plan.prompts) == 1:
        return _("Medians over all passes")
    return _("Medians over all passes of all prompts")


def _reasons(figures: ThoroughFigures) -> dict[str, list[str]]:
    """Return why figures are missing, with the rows it concerns."""
    named = [
        (label, read(each))
        for label, read, _show in _rows(figures)
        for each in figures.contenders.values()
    ]
    named += [(label, read(each)) for label, read in _ratio_rows() for each in figures.ratios]
    reasons: dict[str, list[str]] = {}
    for label, figure in named:
        if isinstance(figure, Unavailable):
            labels = reasons.setdefault(figure.reason, [])
            labels += [] if label in labels else [label]
    return reasons


def _rows(
    figures: ThoroughFigures,
) -> tuple[tuple[str, Callable[[ContenderFigures], Figure], Callable[[float], str]], ...]:
    energy = figures.energy
    quality = NumberQuality.NOT_AVAILABLE if energy is None else energy.quality
    return (
        (_("Time for the answer, s"), lambda each: each.total_s, seconds_number_text),
        (_("First token, s"), lambda each: each.first_token_s, seconds_number_text),
        (_("Generating, tok/s"), lambda each: each.generation_tokens_per_s, rate_text),
        (_("Energy, J"), lambda each: each.energy_j, lambda value: marked_text(value, quality)),
    )


def _ratio_rows() -> tuple[tuple[str, Callable[[Ratios], Figure]], ...]:
    return (
        (_("Time, times the first's"), lambda each: each.total_s),
        (_("Energy, times the first's"), lambda each: each.energy_j),
    )


def _three_digits(value: float) -> str:
    return digits_text(value, _THREE_DIGITS)


def _cell(figure: Figure, show: Callable[[float], str]) -> str:
    if isinstance(figure, Unavailable):
        return NOT_AVAILABLE
    return interval_text(figure.median, figure.low, figure.high, show)

"""Shows people what the doctor found out.

Commands and paths are never broken into lines, so that they can be copied.
"""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from large_enough.domain.doctor import (
    DoctorReport,
    EngineFailed,
    EngineFound,
    InstrumentReport,
)
from large_enough.domain.text import harmless_line
from large_enough.wording.doctor import (
    headline,
    period_text,
    power_text,
    remark_texts,
    scope_text,
    verdict_text,
)
from large_enough.wording.doctor_facts import Fact, engine_facts, machine_facts, model_facts
from large_enough.wording.failures import explain
from large_enough.wording.numbers import quantity_text, seconds_text
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _

INDENT = "   "


def show_report(console: Console, report: DoctorReport) -> None:
    """Print one sentence, then everything that stands behind it."""
    _line(console, headline(report), style="bold")
    _show_facts(console, _("Machine"), machine_facts(report))
    _show_instruments(console, report.instruments)
    _show_engine(console, report.engine)
    _show_facts(console, _("Models"), model_facts(report))
    console.print()
    _line(console, _("Looked for {time}.").format(time=seconds_text(report.duration_s)), "dim")


def _line(console: Console, text: str, style: str = "") -> None:
    """Print one line that is never broken."""
    console.print(Text(harmless_line(text) if style else text, style=style), soft_wrap=True)


def _show_facts(console: Console, heading: str, facts: Sequence[Fact]) -> None:
    console.print()
    _line(console, heading, style="bold")
    width = max(cell_len(label) for label, _text in facts)
    for label, text in facts:
        blanks = " " * (width - cell_len(label))
        _line(console, f"{INDENT}{label}{blanks}{INDENT}{harmless_line(text)}")


def _show_instruments(console: Console, instruments: Sequence[InstrumentReport]) -> None:
    lines = [_headings(), *(_cells(instrument) for instrument in instruments)]
    widths = [max(cell_len(line[column]) for line in lines) for column in range(len(lines[0]))]
    console.print()
    _line(console, _("Instruments"), style="bold")
    _line(console, INDENT + _aligned(lines[0], widths))
    for instrument, cells in zip(instruments, lines[1:], strict=True):
        _line(console, INDENT + _aligned(cells, widths))
        _show_details(console, instrument)


def _headings() -> tuple[str, ...]:
    return (_("covers"), _("state"), _("renewed every"), _("now"))


def _cells(instrument: InstrumentReport) -> tuple[str, ...]:
    return (
        scope_text(instrument.scope),
        verdict_text(instrument),
        quantity_text(instrument.update_period_s, period_text),
        quantity_text(instrument.power_w, power_text),
    )


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    blanks = (" " * (width - cell_len(cell)) for cell, width in zip(cells, widths, strict=True))
    return INDENT.join(cell + blank for cell, blank in zip(cells, blanks, strict=True)).rstrip()


def _show_details(console: Console, instrument: InstrumentReport) -> None:
    """Print name, reason and remarks below the row, then what would unlock it."""
    told = [reason_text(instrument.reason)] if instrument.reason else []
    told += remark_texts(instrument)
    name = harmless_line(_(instrument.instrument))
    text = f"{name}: {harmless_line('; '.join(told))}" if told else name
    _dim(console, INDENT * 2 + text)
    if not instrument.unlock:
        return
    _dim(console, INDENT * 2 + _("to unlock it:"))
    _line(console, INDENT * 2 + harmless_line(_(instrument.unlock)))
    if instrument.unlock_note:
        _dim(console, INDENT * 2 + reason_text(instrument.unlock_note))


def _dim(console: Console, text: str) -> None:
    console.print(Text(text, style="dim"), soft_wrap=True)


def _show_engine(console: Console, engine: EngineFound | EngineFailed) -> None:
    if isinstance(engine, EngineFound):
        _show_facts(console, _("Engine"), engine_facts(engine))
        return
    console.print()
    _line(console, _("Engine"), style="bold")
    explanation = explain(engine.error)
    for text in (explanation.happened, explanation.next_step):
        _line(console, INDENT + harmless_line(text))

"""Prints what is wrong with a pack, or worth a look."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from large_enough.domain.pack_fault import Fault
from large_enough.domain.text import harmless_line
from large_enough.wording.pack_words import fault_text

_INDENT = "   "


def print_faults(console: Console, heading: str, faults: Sequence[Fault]) -> None:
    """Print a heading and a line for each fault; nothing at all if there are none."""
    print_lines(console, heading, list(map(fault_text, faults)))


def print_lines(console: Console, heading: str, lines: Iterable[str]) -> None:
    """Print a heading and some lines below it; nothing at all if there are none."""
    shown = [harmless_line(line) for line in lines]
    if not shown:
        return
    console.print(Text(heading, style="bold"), soft_wrap=True)
    for line in shown:
        console.print(Text(_INDENT + line), soft_wrap=True)


def fault_documents(faults: Iterable[Fault]) -> list[dict[str, object]]:
    """Return faults as they are printed with `--json`."""
    return [
        {"row": fault.row, "item": fault.item, "field": fault.field, "problem": fault.problem}
        for fault in faults
    ]

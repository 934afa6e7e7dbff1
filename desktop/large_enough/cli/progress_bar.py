"""Draws the bar of something that takes its time, the same for whatever it is."""

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

_WIDTH = 24
"""Of the bar, in characters."""


def progress_bar(console: Console) -> Progress:
    """Return a bar that goes when it is done; each task has a field `detail`, in words.

    Args:
        console: A terminal.
    """
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=_WIDTH),
        TextColumn("{task.fields[detail]}", markup=False),
        console=console,
        transient=True,
    )

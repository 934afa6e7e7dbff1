"""Shows a run while it goes on: a small live table in a terminal, a line now and then elsewhere."""

import contextlib
from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.text import Text

from large_enough.cli.live_view import LETTER_STYLES, REFRESHES_PER_S
from large_enough.comparison.pack_run_events import (
    CellFinished,
    ContenderStateChanged,
    RunEnded,
    RunEvent,
    RunListener,
    RunProgressed,
    RunStarted,
    RunState,
)
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import harmless_line
from large_enough.wording.failures import explain
from large_enough.wording.numbers import count_text, duration_text, share_text
from large_enough.wording.run_words import run_state_text
from large_enough.wording.translate import _

PLAIN_STEPS = 10
"""Without a terminal: so many lines for a whole run."""
_DIM = "dim"


@contextlib.contextmanager
def run_view(console: Console) -> Iterator[RunListener]:
    """Show what goes on while it does."""
    if not console.is_terminal:
        yield PlainRunView(console)
        return
    view = LiveRunView()
    with Live(
        console=console,
        refresh_per_second=REFRESHES_PER_S,
        get_renderable=view.render,
        transient=True,
    ):
        yield view


def progress_words(progress: RunProgressed) -> str:
    """Return how far a run is, and how long it will take if that is known."""
    words = _("{done} of {total} answers").format(
        done=count_text(progress.done_count), total=count_text(progress.total_count)
    )
    if isinstance(progress.left_s, Unavailable) or not progress.left_s:
        return words
    left = _("about {time} left").format(time=duration_text(progress.left_s))
    return f"{words} · {left}"


class PlainRunView:
    """A listener for where nobody can see a picture move."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._names: dict[str, str] = {}
        self._told_step = 0

    def on_run_event(self, event: RunEvent) -> None:
        """Print a line at every tenth of the run, and at mishaps."""
        match event:
            case RunStarted(plan=plan):
                self._names = {one.letter: one.card.name for one in plan.contenders}
                self._told_step = PLAIN_STEPS * event.done_count // max(1, event.total_count)
            case ContenderStateChanged(letter=letter, error=ErrorInfo() as error):
                self._say(f"{letter}  {self._names.get(letter, '')}: {explain(error).happened}")
            case RunProgressed():
                step = PLAIN_STEPS * event.done_count // max(1, event.total_count)
                if step > self._told_step:
                    self._told_step = step
                    self._say(progress_words(event))
            case ContenderStateChanged() | CellFinished() | RunEnded():
                pass

    def _say(self, words: str) -> None:
        self._console.print(Text(harmless_line(words)), soft_wrap=True)


class LiveRunView:
    """A listener whose picture is painted four times a second."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._states: dict[str, str] = {}
        self._progress: RunProgressed | None = None

    def on_run_event(self, event: RunEvent) -> None:
        """Take note of one event; painting happens by itself."""
        match event:
            case RunStarted(plan=plan):
                self._names = {one.letter: harmless_line(one.card.name) for one in plan.contenders}
                self._states = dict.fromkeys(self._names, run_state_text(RunState.WAITING, None))
            case ContenderStateChanged(letter=letter, state=state, fraction=fraction):
                self._states[letter] = run_state_text(state, fraction)
            case RunProgressed():
                self._progress = event
            case CellFinished() | RunEnded():
                pass

    def render(self) -> RenderableType:
        """Return the picture."""
        progress = self._progress
        head = _("beginning") if progress is None else progress_words(progress)
        lines = [Text(head, style="bold")]
        done = {} if progress is None else {one.letter: one for one in progress.contenders}
        for letter, name in self._names.items():
            line = Text(f"{letter}  ", style=LETTER_STYLES.get(letter, "bold"))
            line.append(name, style="bold")
            line.append(f"  {self._states[letter]}", style=_DIM)
            own = done.get(letter)
            if own is not None and own.done_count:
                share = share_text(own.right_count / own.done_count)
                told = _("{done} answered, {share} right").format(
                    done=count_text(own.done_count), share=share
                )
                line.append(f"  {told}", style=_DIM)
            lines.append(line)
        return Group(*lines)

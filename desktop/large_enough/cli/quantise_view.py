"""Shows how far a quantised copy is: a bar in a terminal, a line now and then elsewhere."""

import contextlib
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.text import Text

from large_enough.cli.progress_bar import progress_bar
from large_enough.domain.quantising import QuantisingProgress, QuantisingStage
from large_enough.wording.quantising_words import progress_text
from large_enough.wording.translate import _

_LINE_EVERY_SHARE = 0.1


@contextlib.contextmanager
def quantise_view(
    console: Console, type_name: str
) -> Iterator[Callable[[QuantisingProgress], None]]:
    """Show the making of one copy while it goes on.

    Args:
        console: Where to.
        type_name: What is being made.

    Yields:
        What to call with each reading.
    """
    if not console.is_terminal:
        yield _Lines(console).show
        return
    with progress_bar(console) as progress:
        task = progress.add_task(type_name, total=1.0, detail="")

        def show(reading: QuantisingProgress) -> None:
            progress.update(task, completed=reading.fraction, detail=progress_text(reading))

        yield show


class _Lines:
    """Prints a line when a stage begins, and for every tenth of the weights."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._stage: QuantisingStage | None = None
        self._next_share = 0.0

    def show(self, reading: QuantisingProgress) -> None:
        """Print the reading if it says something new."""
        if reading.stage is not self._stage:
            self._stage, self._next_share = reading.stage, 0.0
        elif reading.stage is not QuantisingStage.QUANTISING:
            return
        if reading.fraction >= self._next_share:
            self._next_share = reading.fraction + _LINE_EVERY_SHARE
            line = _("{name}: {detail}").format(
                name=reading.type_name, detail=progress_text(reading)
            )
            self._console.print(Text(line), soft_wrap=True)

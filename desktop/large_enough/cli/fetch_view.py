"""Shows how far a download is: a bar in a terminal, a line now and then elsewhere."""

import contextlib
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.text import Text

from large_enough.catalog.progress import FetchProgress, Stage
from large_enough.cli.progress_bar import progress_bar
from large_enough.domain.quantity import Unavailable
from large_enough.wording.numbers import (
    bytes_rate_text,
    bytes_text,
    duration_text,
    share_text,
)
from large_enough.wording.translate import _

_LINE_EVERY_SHARE = 0.1
_ANNOUNCED: frozenset[Stage] = frozenset({"waiting", "restarting", "verifying"})


@contextlib.contextmanager
def fetch_view(console: Console, name: str) -> Iterator[Callable[[FetchProgress], None]]:
    """Show one download while it goes on.

    Args:
        console: Where to.
        name: Of the model.

    Yields:
        What to call with each reading.
    """
    if not console.is_terminal:
        yield _Lines(console, name).show
        return
    with progress_bar(console) as progress:
        task = progress.add_task(name, total=None, detail="")

        def show(reading: FetchProgress) -> None:
            progress.update(
                task,
                completed=reading.done_bytes,
                total=reading.total_bytes,
                detail=_detail(reading),
            )

        yield show


def _detail(reading: FetchProgress) -> str:
    if reading.stage in ("connecting", "waiting", "restarting"):
        return _stage_text(reading.stage)
    parts = [_("{done} of {total}").format(**_amounts(reading))]
    if reading.stage == "verifying":
        return ", ".join([*parts, _stage_text(reading.stage)])
    if not isinstance(reading.bytes_per_s, Unavailable):
        parts.append(bytes_rate_text(reading.bytes_per_s))
    if not isinstance(reading.left_s, Unavailable):
        parts.append(_("{time} left").format(time=duration_text(reading.left_s)))
    return ", ".join(parts)


class _Lines:
    """Prints a line when a stage begins, and for every tenth of the file."""

    def __init__(self, console: Console, name: str) -> None:
        self._console = console
        self._name = name
        self._stage: Stage | None = None
        self._source = ""
        self._next_share = 0.0

    def show(self, reading: FetchProgress) -> None:
        """Print the reading if it says something new."""
        if reading.source != self._source or reading.stage in _ANNOUNCED:
            self._begin(reading)
        share = reading.done_bytes / max(reading.total_bytes, 1)
        if reading.stage in ("downloading", "joining") and share >= self._next_share:
            self._next_share = share + _LINE_EVERY_SHARE
            percent = _("{name}: {share}, {detail}")
            self._print(percent, share=share_text(share), detail=_detail(reading))

    def _begin(self, reading: FetchProgress) -> None:
        if (reading.source, reading.stage) == (self._source, self._stage):
            return
        if reading.source != self._source and reading.source:
            self._print(_("{name}: from {source}"), source=reading.source)
            self._next_share = 0.0
        elif reading.stage != self._stage:
            self._print(_("{name}: {stage}"), stage=_stage_text(reading.stage))
        self._source, self._stage = reading.source, reading.stage

    def _print(self, template: str, **values: str) -> None:
        self._console.print(Text(template.format(name=self._name, **values)), soft_wrap=True)


def _amounts(reading: FetchProgress) -> dict[str, str]:
    return {"done": bytes_text(reading.done_bytes), "total": bytes_text(reading.total_bytes)}


def _stage_text(stage: Stage) -> str:
    match stage:
        case "waiting":
            return _("waiting for another process that fetches it")
        case "connecting":
            return _("connecting")
        case "restarting":
            return _("the server cannot go on where it stopped; beginning again")
        case "downloading":
            return _("downloading")
        case "joining":
            return _("joining the parts")
        case "verifying":
            return _("verifying")

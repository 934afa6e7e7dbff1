"""Tells what is about to be fetched, and how it goes."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rich.console import Console

from large_enough.catalog.disk_room import missing_bytes
from large_enough.catalog.hub_address import DEFAULT_HUB, HUB_VARIABLE
from large_enough.catalog.identity import FileHashes
from large_enough.catalog.order import Order
from large_enough.catalog.progress import FetchProgress
from large_enough.catalog.queue_items import ItemState, QueueItem
from large_enough.catalog.sources import HuggingFaceSource, source_text
from large_enough.cli.fetch_view import fetch_view
from large_enough.cli.output import remarks, results, say, say_error
from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.quantity import Unavailable
from large_enough.wording.numbers import bytes_text
from large_enough.wording.reasons import reason_text
from large_enough.wording.translate import _


def announce(orders: Sequence[Order], models: Path, environ: Mapping[str, str]) -> None:
    """Say what will be fetched, from where, how much and on which terms, before anything is.

    Args:
        orders: What is missing.
        models: The models folder.
        environ: Names the hub.
    """
    console = results()
    total = bytes_text(sum(missing_bytes(order, models) for order in orders))
    say(console, _("Fetching {total} into {folder}:"), total=total, folder=models)
    for order in orders:
        _announce_one(console, order, models)
    sources = (source for order in orders for file in order.files for source in file.sources)
    address = environ.get(HUB_VARIABLE, DEFAULT_HUB)
    if address != DEFAULT_HUB and any(isinstance(source, HuggingFaceSource) for source in sources):
        say(console, _("Hugging Face is reached through {address}."), address=address)


def _announce_one(console: Console, order: Order, models: Path) -> None:
    unknown = isinstance(order.licence, Unavailable)
    say(
        console,
        _("  {name}, {size}, {licence}, from {sources}"),
        name=order.name,
        size=bytes_text(order.size_bytes),
        licence=_("licence not declared") if unknown else str(order.licence),
        sources=_("; else ").join(source_text(source) for source in order.files[0].sources),
    )
    if order.licence_note:
        say(console, "    {note}", note=_(order.licence_note))
    if not order.is_pinned:
        say(console, _("    no checksum in the catalogue: the publisher's own is taken"))
    arrived_bytes = order.size_bytes - missing_bytes(order, models)
    if arrived_bytes:
        amount = bytes_text(arrived_bytes)
        say(console, _("  {amount} of it is here from an earlier try"), amount=amount)


class GetView:
    """Shows a queue of fetches in a terminal or a log; a `QueueListener`."""

    def __init__(self, hashes: FileHashes) -> None:
        """Show nothing yet.

        Args:
            hashes: Told the checksums of files that were verified.
        """
        self._hashes = hashes
        self._console = remarks()
        self._view = contextlib.ExitStack()
        self._show: Callable[[FetchProgress], None] = _ignore

    def item_changed(self, item: QueueItem) -> None:
        """Open or close the bar, and say how it ended."""
        self._view.close()
        self._show = _ignore
        if item.state is ItemState.FETCHING:
            self._show = self._view.enter_context(fetch_view(self._console, item.order.name))
        elif item.state is ItemState.DONE:
            say(results(), _("{name} is here: {path}"), name=item.order.name, path=item.path)
        elif item.error is not None:
            say_error(item.error)

    def progressed(self, item: QueueItem, progress: FetchProgress) -> None:
        """Move the bar on."""
        del item
        self._show(progress)

    def source_failed(self, item: QueueItem, source: str, error: ErrorInfo) -> None:
        """Say why the next source is tried; the last one's failure ends it and is told then."""
        if source != source_text(item.order.files[0].sources[-1]):
            template = _("{source}: {reason}; trying the next source.")
            say(self._console, template, source=source, reason=_reason(error))

    def file_verified(self, path: Path, sha256: str) -> None:
        """Remember the checksum, so that it need not be computed again."""
        self._hashes.remember(path, sha256)


def _ignore(progress: FetchProgress) -> None:
    del progress


def _reason(error: ErrorInfo) -> str:
    match error.kind:
        case FailureKind.NO_NETWORK:
            return _("cannot be reached")
        case FailureKind.CHECKSUM_MISMATCH:
            return _("gave another file than the published one, which was removed")
        case FailureKind.DISK_FULL:
            return _("needs more room on the disk")
        case _:
            return reason_text(error.detail) or _("does not give the file")

"""Fetches models of the catalogue and of the Hugging Face Hub, telling what it does."""

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.fetch import is_present
from large_enough.catalog.hub_address import hub_address, with_hub
from large_enough.catalog.identity import CACHE_FILE_NAME, FileHashes
from large_enough.catalog.order import Order, hub_lister
from large_enough.catalog.published import PublishedFile
from large_enough.catalog.queue import FetchQueue
from large_enough.catalog.repository import Listing
from large_enough.catalog.repository_choice import HubModel, Wish
from large_enough.cli import exit_codes
from large_enough.cli.interruption import Interruption, interruptible
from large_enough.cli.models_get_view import GetView, announce
from large_enough.cli.models_wishes import Chooser, Shop, order_of, wishes
from large_enough.cli.output import remarks, results, say, say_error
from large_enough.domain.clock import SystemClock
from large_enough.domain.errors import FetchError, LargeEnoughError, RequestError
from large_enough.wording.translate import _


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class GetRequest:
    """What to fetch, and where to."""

    ids: tuple[str, ...]
    """Of the catalogue, or OWNER/REPO[:FILE]; empty for the starter pair."""
    wants_all: bool
    """The whole catalogue."""
    folder: Path
    """The models folder."""
    cache: Path
    """The user's folder for what can be computed again."""
    hub: str | None = None
    """Address of a mirror that was named for this time."""
    hub_setting: str | None = None
    """Address of a mirror from the settings."""
    chooser: Chooser | None = None
    """Asks the person where several files fit; None where nobody can be asked."""


def get_models(
    request: GetRequest, entries: Sequence[CatalogueEntry], environ: Mapping[str, str]
) -> int:
    """Fetch what is asked for and not here yet.

    Returns:
        0 if all of it is here; 1 if something could not be fetched; 2 if there is no such model,
        several are meant, or the mirror cannot be trusted; 130 after Ctrl-C.
    """
    try:
        wanted = wishes(request.ids, entries, wants_all=request.wants_all)
        address = hub_address(environ, override=request.hub, setting=request.hub_setting)
        with interruptible() as interruption:
            errand = _Errand(request, with_hub(environ, address), interruption)
            is_complete = errand.run(wanted, entries)
    except RequestError as error:
        say_error(error.info)
        return exit_codes.USAGE
    if interruption.has_come:
        remarks().print(
            _("Stopped. What has arrived is kept: the same command goes on from there.")
        )
        return exit_codes.INTERRUPTED
    return exit_codes.DONE if is_complete else exit_codes.FAILED


class _Errand:
    """One call of the command."""

    def __init__(
        self, request: GetRequest, environ: Mapping[str, str], interruption: Interruption
    ) -> None:
        self._request = request
        self._environ = environ
        self._interruption = interruption
        self._hashes = FileHashes(request.cache / CACHE_FILE_NAME)

    def run(
        self, wanted: Sequence[CatalogueEntry | Wish], entries: Sequence[CatalogueEntry]
    ) -> bool:
        """Fetch; return whether everything is here.

        Raises:
            RequestError: What is wanted cannot be told; nothing was fetched.
        """
        orders = self._orders(wanted, entries)
        missing = [order for order in orders if self._is_missing(order)]
        if not missing or self._interruption.has_come:
            return len(orders) == len(wanted)
        announce(missing, self._request.folder, self._environ)
        view = GetView(self._hashes)
        queue = FetchQueue(self._request.folder, view, environ=self._environ)
        for order in missing:
            queue.add(order)
        try:
            queue.run(self._interruption.is_wanted)
        except FetchError as error:
            say_error(error.info)
        return queue.is_complete and len(orders) == len(wanted)

    def _orders(
        self, wanted: Sequence[CatalogueEntry | Wish], entries: Sequence[CatalogueEntry]
    ) -> list[Order]:
        """Return what is known to the byte; say why the rest is not."""
        is_wanted = self._interruption.is_wanted
        lister = hub_lister(self._environ, SystemClock(), is_wanted)
        shop = Shop(entries, lister, self._ask if self._request.chooser else None)
        orders: dict[str, Order] = {}
        for wish in wanted:
            try:
                order = order_of(wish, shop)
            except FetchError as error:
                say_error(error.info)
                continue
            if order is not None:
                orders[order.id] = order
        return list(orders.values())

    def _ask(self, listing: Listing, models: Sequence[HubModel]) -> HubModel | None:
        """Let the person choose, so that Ctrl-C interrupts at once."""
        chosen: HubModel | None = None
        with self._interruption.suspended():
            if self._request.chooser is not None:
                chosen = self._request.chooser(listing, models)
        return chosen

    def _is_missing(self, order: Order) -> bool:
        """Return whether a file of it has to be fetched; say so if none has."""
        folder = order.folder_in(self._request.folder)
        if any(self._lacks(file, folder) for file in order.files):
            return True
        if not self._interruption.has_come:
            path = folder / order.files[0].file_name
            say(results(), _("{name} is already here: {path}"), name=order.name, path=path)
        return False

    def _lacks(self, file: PublishedFile, folder: Path) -> bool:
        path = folder / file.file_name
        if not is_present(file, folder):
            return True
        if self._has_checksum(path, file.sha256) or self._interruption.has_come:
            return False
        say(remarks(), _("{path} is damaged; it is fetched again."), path=path)
        return True

    def _has_checksum(self, path: Path, sha256: str) -> bool:
        try:
            found = self._hashes.sha256_of(path, lambda _share: None, self._interruption.is_wanted)
        except LargeEnoughError:  # fetching it will tell why
            return False
        return found == sha256

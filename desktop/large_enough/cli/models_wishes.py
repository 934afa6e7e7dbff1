"""Finds out what exactly is to be fetched for the names that were typed."""

import dataclasses
from collections.abc import Callable, Sequence

from large_enough.catalog.catalogue import CatalogueEntry, starter_pair
from large_enough.catalog.choose import similar_names
from large_enough.catalog.order import Lister, Order, order_of_entry, order_of_model
from large_enough.catalog.repository import Listing
from large_enough.catalog.repository_choice import (
    HubModel,
    Wish,
    matching,
    models_of,
    the_one,
    wish_of,
)
from large_enough.domain.errors import FailureKind, RequestError

Chooser = Callable[[Listing, Sequence[HubModel]], HubModel | None]
"""Lets a person choose one of several models of a repository; None if they would not."""


@dataclasses.dataclass(frozen=True, slots=True)
class Shop:
    """Where wishes are looked up."""

    entries: Sequence[CatalogueEntry]
    """The catalogue."""
    lister: Lister
    """Asks the hub."""
    chooser: Chooser | None
    """Asks the person; None where nobody can be asked."""


def wishes(
    names: Sequence[str], entries: Sequence[CatalogueEntry], *, wants_all: bool
) -> list[CatalogueEntry | Wish]:
    """Return what is meant, each once; the starter pair if nothing is named.

    Raises:
        RequestError: There is no entry of that name, and it is no repository.
    """
    if wants_all:
        return list(entries)
    if not names:
        return list(starter_pair(tuple(entries)))
    known = {name.lower(): entry for entry in entries for name in (entry.id, entry.file_name)}
    return list(dict.fromkeys(_wish(name, known) for name in names))


def order_of(wish: CatalogueEntry | Wish, shop: Shop) -> Order | None:
    """Return what to fetch; None if it was cancelled.

    Raises:
        FetchError: The hub cannot be reached, or does not tell.
        RequestError: No file fits, or several do.
    """
    if isinstance(wish, CatalogueEntry):
        return order_of_entry(wish, shop.lister)
    listing = shop.lister(wish.repository)
    if listing is None:
        return None
    fitting = matching(models_of(listing), wish.wanted)
    model: HubModel | None
    if shop.chooser is not None and len(fitting) > 1:
        model = shop.chooser(listing, fitting)
        if model is None:
            return None
    else:
        model = the_one(listing, wish.wanted)
    found = order_of_model(listing, model, shop.entries)
    return found if isinstance(found, Order) else order_of_entry(found, shop.lister)


def name_of(wish: CatalogueEntry | Wish) -> str:
    """Return how a wish is called."""
    return wish.name if isinstance(wish, CatalogueEntry) else wish.repository


def _wish(name: str, known: dict[str, CatalogueEntry]) -> CatalogueEntry | Wish:
    entry = known.get(name.lower())
    wish = entry or wish_of(name)
    if wish is None:
        ids = [entry.id for entry in dict.fromkeys(known.values())]
        raise RequestError(FailureKind.UNKNOWN_MODEL, name, candidates=similar_names(name, ids))
    return wish

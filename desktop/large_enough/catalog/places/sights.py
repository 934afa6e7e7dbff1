"""Looks at a place in the way its layout asks for."""

from collections.abc import Callable, Iterator, Mapping

from large_enough.catalog.disk import Disk
from large_enough.catalog.places.hub import hub_sights
from large_enough.catalog.places.jan import jan_sights
from large_enough.catalog.places.ollama import ollama_sights
from large_enough.catalog.places.place import Layout, Place, Sight
from large_enough.catalog.places.plain import file_sights, plain_sights

_READERS: Mapping[Layout, Callable[[Place, Disk], Iterator[Sight]]] = {
    Layout.PLAIN: plain_sights,
    Layout.NAMED_BY_PATH: plain_sights,
    Layout.HUB: hub_sights,
    Layout.JAN: jan_sights,
    Layout.OLLAMA: ollama_sights,
    Layout.FILE: file_sights,
}


def sights(place: Place, disk: Disk) -> Iterator[Sight]:
    """Yield everything in a place that may be a model, and what cannot be looked at.

    Args:
        place: Its folder need not exist.
        disk: Folders that were looked at before are left out.
    """
    return _READERS[place.layout](place, disk)

"""Finds the models in places of the disk."""

import itertools
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.changes import Stamps
from large_enough.catalog.disk import Disk, ListFolder
from large_enough.catalog.header_cache import HeaderCache
from large_enough.catalog.look import Look
from large_enough.catalog.places.known import added_places, own_place
from large_enough.catalog.places.place import Place
from large_enough.catalog.places.sights import sights
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.found_model import (
    FoundAdapter,
    FoundModel,
    ModelApp,
    SetAside,
    WhyAside,
)
from large_enough.domain.model_card import ModelCard

MOST_FILES = 5000
"""A place with more model files than this is not one of models; the rest is left alone."""


class Scan(msgspec.Struct, frozen=True, kw_only=True):
    """What was found on the disk."""

    cards: tuple[ModelCard, ...]
    """Models that can answer, each once, the smallest file first."""
    set_aside: tuple[ErrorInfo, ...]
    """Files and folders of which a person would wonder why they are not among the models: all in
    our own folders but unfinished downloads, and damaged or unreadable ones of other programs."""
    found: tuple[FoundModel, ...] = ()
    """All models at all places, those that are there twice as well, the smallest file first."""
    adapters: tuple[FoundAdapter, ...] = ()
    """Adapters, in the order in which they were met."""
    apart: tuple[SetAside, ...] = ()
    """Everything that is not offered, each file once, with who keeps it and the reason."""
    stamps: Stamps = Stamps()
    """By which `changes.has_changed_since` tells whether another look would bring anything new."""
    is_complete: bool = True
    """Whether the look went to its end; False if it was cancelled."""


def _ignore(_model: FoundModel) -> None:
    """Take no notice."""


def scan_places(
    places: Sequence[Place],
    entries: Sequence[CatalogueEntry],
    *,
    cache: HeaderCache | None = None,
    on_found: Callable[[FoundModel], None] = _ignore,
    is_cancelled: Callable[[], bool] = lambda: False,
    most_files: int = MOST_FILES,
    list_folder: ListFolder = os.scandir,
) -> Scan:
    """Read the headers of all models in some places.

    Args:
        places: Of several copies of a model, the one at the first place is offered.
        entries: The catalogue; its models are known by file name and size.
        cache: What was read before; it is saved at the end.
        on_found: Called with each model as soon as it is read, before its twins are known.
        is_cancelled: Asked before each file and each folder.
        most_files: Stop with a place after so many.
        list_folder: Lists a folder.
    """
    cache = cache or HeaderCache(None)
    look = Look(entries, cache, on_found)
    disk = Disk(is_cancelled, list_folder)
    for place in places:
        disk.enter_place()
        for sight in itertools.islice(sights(place, disk), most_files):
            if is_cancelled():
                break
            look.take(place, sight)
    found = look.models(is_cancelled)
    cache.save()
    return Scan(
        cards=tuple(model.card for model in found if not model.is_repeat),
        set_aside=tuple(one.error for one in look.apart if _is_told(one)),
        found=found,
        adapters=tuple(look.adapters),
        apart=tuple(look.apart),
        stamps=Stamps(folders=disk.folder_times_ns, files=look.growing),
        is_complete=not is_cancelled(),
    )


def scan_folder(
    folder: Path,
    entries: Sequence[CatalogueEntry],
    *,
    added: Iterable[str] = (),
    most_files: int = MOST_FILES,
) -> Scan:
    """Read the headers of all models in a folder and in those below it.

    Args:
        folder: Need not exist.
        entries: The catalogue; its models are known by file name and size.
        added: Paths of files and folders elsewhere, whose models belong to it.
        most_files: Stop after this many.
    """
    places = (own_place(folder), *added_places(added))
    return scan_places(places, entries, most_files=most_files)


_OUR_FOLDERS = frozenset({ModelApp.OWN, ModelApp.ADDED})
_BROKEN = frozenset({WhyAside.DAMAGED, WhyAside.PART_MISSING, WhyAside.UNREADABLE})


def _is_told(one: SetAside) -> bool:
    if one.app in _OUR_FOLDERS:
        return one.why is not WhyAside.UNFINISHED
    return one.why in _BROKEN

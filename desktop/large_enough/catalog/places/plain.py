"""Finds models that lie in folders under their own names."""

import os
from collections.abc import Iterator
from pathlib import Path

from large_enough.catalog.disk import Disk, Member, Unreadable, status_of
from large_enough.catalog.places.place import (
    Layout,
    Place,
    Sight,
    Sighting,
    unfinished,
    unreadable,
)
from large_enough.catalog.scripted import is_script

DEEPEST_LEVEL = 4
"""Folders further down are not entered (publisher/repository/version/file is the usual depth)."""
WEIGHTS_SUFFIX = ".gguf"
"""End of the names of model files."""

_UNFINISHED_SUFFIXES = (
    ".part",  # ours, Firefox, LM Studio
    ".partial",
    ".incomplete",
    ".download",  # Safari
    ".downloading",
    ".crdownload",  # Chrome and its relatives
    ".opdownload",
    ".downloadinprogress",  # llama.cpp
    ".tmp",
)
_UNFINISHED_PREFIX = "incomplete-"  # GPT4All
_ARIA2_SUFFIX = ".aria2"  # stands beside a file of full size until all of it has arrived


def plain_sights(place: Place, disk: Disk) -> Iterator[Sight]:
    """Yield what lies in a place and below it."""
    for member in disk.files(place.folder, DEEPEST_LEVEL, may_be_model):
        if isinstance(member, Unreadable):
            yield unreadable(place, member)
        else:
            yield plain_sight(place, member, _name(place, member.path))


def file_sights(place: Place, disk: Disk) -> Iterator[Sight]:
    """Yield the one file that the place is, whatever its name: a person chose it."""
    path, status = disk.file(place.folder)
    yield Sighting(path, status)


def plain_sight(place: Place, member: Member, name: str = "") -> Sight:
    """Return a file as what its name says it is: a model, or a download that has not ended."""
    path, status = member
    if is_unfinished(path.name) or status_of(path.with_name(path.name + _ARIA2_SUFFIX)):
        return unfinished(place, path, status)
    return Sighting(path, status, name)


def may_be_model(name: str) -> bool:
    """Return whether the name is that of a model, a script or an unfinished download."""
    return is_model_name(name) or is_unfinished(name)


def is_model_name(name: str) -> bool:
    """Return whether the name is that of a model file or of a script."""
    return is_weights(name) or is_script(Path(name))


def is_weights(name: str) -> bool:
    """Return whether the name is that of a model file."""
    return name.lower().endswith(WEIGHTS_SUFFIX)


def is_unfinished(name: str) -> bool:
    """Return whether the name is that of a model whose download has not ended."""
    lowered = name.lower()
    if WEIGHTS_SUFFIX not in lowered:
        return False
    is_marked = lowered.startswith(_UNFINISHED_PREFIX) and lowered.endswith(WEIGHTS_SUFFIX)
    return is_marked or lowered.endswith(_UNFINISHED_SUFFIXES)


def _name(place: Place, path: Path) -> str:
    if place.layout is not Layout.NAMED_BY_PATH:
        return ""
    return os.fspath(path.relative_to(place.folder)).replace(os.sep, "/")

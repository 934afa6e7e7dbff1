"""Finds models in the cache of the Hugging Face Hub, which llama.cpp uses as well.

    models--OWNER--NAME/refs/main                  names the newest revision
    models--OWNER--NAME/snapshots/REVISION/FILE    links to ../../blobs, or files where links fail
    models--OWNER--NAME/blobs/HEX.incomplete       a download that has not ended
    OWNER_NAME_FILE.gguf                           llama.cpp before 2026, no folders

The snapshot's path is what can be loaded: parts of a split model are found by their names, which
blobs do not have.
"""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from large_enough.catalog.disk import Disk, Member, Unreadable
from large_enough.catalog.places.notes import UnusableNoteError, read_note
from large_enough.catalog.places.place import Place, Sight, unfinished, unreadable
from large_enough.catalog.places.plain import is_unfinished, is_weights, plain_sight
from large_enough.domain.found_model import ModelApp
from large_enough.domain.text import harmless_line
from large_enough.gguf.header import MAGIC

_REPOSITORY_PREFIX = "models--"
_DEEPEST_IN_SNAPSHOT = 4
_UNFINISHED_SUFFIX = (".incomplete", ".downloadinprogress")
_REVISION = re.compile(r"[0-9a-f]{40}")
_SHOWN_REVISION_CHARACTERS = 7


def hub_sights(place: Place, disk: Disk) -> Iterator[Sight]:
    """Yield the models of all repositories, then those that lie side by side."""
    listing = disk.listing(place.folder)
    if isinstance(listing, Unreadable):
        yield unreadable(place, listing)
        return
    for name in listing.visible_folders:
        if name.startswith(_REPOSITORY_PREFIX):
            yield from _repository(place, disk, place.folder / name)
    for member in disk.members(place.folder, listing.files, _is_flat_model):
        yield plain_sight(place, member, _flat_name(place, member.path.name))


def _repository(place: Place, disk: Disk, folder: Path) -> Iterator[Sight]:
    """Yield the models of one repository, those of the newest revision first."""
    repository = folder.name.removeprefix(_REPOSITORY_PREFIX).replace("--", "/")
    newest = _newest_revision(folder)
    listing = disk.listing(folder / "snapshots")
    if isinstance(listing, Unreadable):
        yield unreadable(place, listing)
        return
    revisions = listing.visible_folders
    for revision in sorted(revisions, key=lambda name: (name != newest, name)):
        is_only = len(revisions) == 1 or revision == newest
        suffix = "" if is_only else f"@{revision[:_SHOWN_REVISION_CHARACTERS]}"
        snapshot = folder / "snapshots" / revision
        for member in disk.files(snapshot, _DEEPEST_IN_SNAPSHOT, is_weights):
            if isinstance(member, Unreadable):
                yield unreadable(place, member)
            else:
                file = os.fspath(member.path.relative_to(snapshot)).replace(os.sep, "/")
                yield plain_sight(place, member, harmless_line(f"{repository}/{file}{suffix}"))
    yield from _unfinished_blobs(place, disk, folder / "blobs")


def _newest_revision(folder: Path) -> str:
    """Return what refs/main names; empty if it names none."""
    try:
        text = read_note(folder / "refs" / "main").decode("ascii", "replace").strip()
    except UnusableNoteError:
        return ""
    return text if _REVISION.fullmatch(text) else ""


def _unfinished_blobs(place: Place, disk: Disk, folder: Path) -> Iterator[Sight]:
    """Yield downloads that have not ended and begin like a model: the cache holds all sorts."""
    for member in disk.files(folder, 0, lambda name: name.lower().endswith(_UNFINISHED_SUFFIX)):
        if isinstance(member, Unreadable):
            yield unreadable(place, member)
        elif _begins_like_model(member):
            yield unfinished(place, *member)


def _begins_like_model(member: Member) -> bool:
    if member.status is None or not stat.S_ISREG(member.status.st_mode):
        return False  # opening a pipe would block
    try:
        with member.path.open("rb", buffering=0) as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def _is_flat_model(name: str) -> bool:
    return is_weights(name) or is_unfinished(name)


def _flat_name(place: Place, file_name: str) -> str:
    """Return OWNER/NAME/FILE; where an underscore is a part of a name, it is cut there as well."""
    if place.app is not ModelApp.LLAMA_CPP:
        return ""
    return harmless_line("/".join(file_name.split("_", 2)))

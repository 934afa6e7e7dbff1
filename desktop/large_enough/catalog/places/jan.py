"""Finds the models of Jan, which keeps a model.yml for each.

Since 2025 they lie in llamacpp/models of Jan's data folder. `model_path` in model.yml is either
absolute, where the user chose a file of his own, or starts from the data folder (as in Jan's
llamacpp-extension). The older folder, models/, is read in the same way.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from large_enough.catalog.disk import Disk, Member, Unreadable, status_of
from large_enough.catalog.places.notes import UnusableNoteError, read_note, simple_yaml
from large_enough.catalog.places.place import Place, Sight, Sighting, unreadable, unusable_note
from large_enough.catalog.places.plain import DEEPEST_LEVEL, may_be_model, plain_sight
from large_enough.domain.text import harmless_line, to_translate

_NOTE_NAME = "model.yml"


def jan_sights(place: Place, disk: Disk) -> Iterator[Sight]:
    """Yield the models that have a model.yml, then those that have none."""
    members: list[Member] = []
    for member in disk.files(place.folder, DEEPEST_LEVEL, _is_wanted):
        if isinstance(member, Unreadable):
            yield unreadable(place, member)
        else:
            members.append(member)
    noted: set[Path] = set()
    for note in members:
        if note.path.name == _NOTE_NAME:
            sight = _noted_model(place, note.path)
            if isinstance(sight, Sighting):
                noted.add(sight.path)
            yield sight
    for member in members:
        if member.path.name != _NOTE_NAME and member.path not in noted:
            yield plain_sight(place, member, _folder_name(place, member.path))


def _is_wanted(name: str) -> bool:
    return name == _NOTE_NAME or may_be_model(name)


def _noted_model(place: Place, note: Path) -> Sight:
    name = _folder_name(place, note)
    try:
        values = simple_yaml(read_note(note))
        name = harmless_line(values.get("name", "")) or name
        path = _model_path(place, values.get("model_path", ""))
    except UnusableNoteError as error:
        return unusable_note(place, note, str(error), name)
    return Sighting(path, status_of(path), name)


def _model_path(place: Place, text: str) -> Path:
    """Return where a model lies.

    Raises:
        UnusableNoteError: The note names no file, or one that a relative path must not reach.
    """
    if not text or "\0" in text:
        raise UnusableNoteError(to_translate("it names no file"))
    path = Path(text)
    if path.is_absolute():
        return path
    base = place.base or place.folder
    path = Path(os.path.normpath(base / path))
    if not path.is_relative_to(base):
        raise UnusableNoteError(to_translate("it leads out of the program's own folder"))
    return path


def _folder_name(place: Place, path: Path) -> str:
    """Return the folders that a file lies in: Jan's name of a model."""
    folder = path.parent.relative_to(place.folder)
    return harmless_line(os.fspath(folder).replace(os.sep, "/")) if folder.parts else ""

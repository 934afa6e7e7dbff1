"""Adds model files from elsewhere: by their path, as a link or as a copy."""

import enum
import os
import shutil
from pathlib import Path

from large_enough.catalog.disk_failure import disk_failure
from large_enough.catalog.job import UNFINISHED_SUFFIX
from large_enough.catalog.scan import scan_folder
from large_enough.catalog.scripted import is_script
from large_enough.catalog.verify import files_of
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.gguf.card import read_card
from large_enough.wording.translate import _


class Manner(enum.Enum):
    """How a file is added."""

    PATH = enum.auto()
    """Its path is remembered; the file stays where it is, and nothing is copied."""
    LINK = enum.auto()
    """A symbolic link to it is made in the models folder."""
    COPY = enum.auto()
    """It is copied into the models folder."""


def checked_place(path: Path) -> Path:
    """Return the absolute path of a file or folder that can be added.

    Args:
        path: A model file (of a split model, the first part) or a folder that holds some.

    Raises:
        ModelFileError: The file cannot be used as a model.
        RequestError: The folder holds no model.
    """
    place = path.expanduser().absolute()
    if place.is_dir():
        if not scan_folder(place, ()).cards:
            raise RequestError(
                FailureKind.BAD_SETTING,
                str(place),
                problem=_("the folder holds no model that can be used"),
                allowed=_("a GGUF file, or a folder that holds some"),
            )
    elif not is_script(place):
        read_card(place)
    return place


def bring_in(path: Path, models: Path, manner: Manner) -> tuple[Path, ...]:
    """Link or copy a model into the models folder, all parts of it.

    Args:
        path: As `checked_place` returned it; no folder.
        models: The models folder; made if it is not there.
        manner: `LINK` or `COPY`.

    Returns:
        Where its files lie now.

    Raises:
        RequestError: There is another file of that name, or the disk refuses it.
    """
    files = (path,) if is_script(path) else files_of(read_card(path))
    targets = tuple(models / file.name for file in files)
    try:
        models.mkdir(parents=True, exist_ok=True)
        for file, target in zip(files, targets, strict=True):
            _refuse_if_taken(target)
            if manner is Manner.LINK:
                target.symlink_to(file)
            else:
                _copy(file, target)
    except OSError as error:
        raise RequestError.from_info(disk_failure(error, path.name, models)) from error
    return targets


def _refuse_if_taken(target: Path) -> None:
    if os.path.lexists(target):
        raise RequestError(
            FailureKind.BAD_SETTING,
            str(target),
            problem=_("there is a file of that name already"),
            allowed=_("another name for the file, or add it where it is"),
        )


def _copy(file: Path, target: Path) -> None:
    """Copy a file so that it has its name only once it is whole."""
    unfinished = target.with_name(target.name + UNFINISHED_SUFFIX)
    try:
        shutil.copyfile(file, unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)

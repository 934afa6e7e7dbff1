"""Describes a folder in which models are looked for, and what is met there."""

import enum
import os
from pathlib import Path
from typing import NamedTuple

from large_enough.catalog.disk import Unreadable
from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.found_model import ModelApp, SetAside, WhyAside
from large_enough.domain.quantity import Count, Unavailable
from large_enough.wording.program_names import PROGRAM_NAMES


class Layout(enum.Enum):
    """How files lie in a place."""

    PLAIN = enum.auto()
    """Models under their own names, in folders of any names."""
    NAMED_BY_PATH = enum.auto()
    """As plain, but folders and file together make the name: publisher/repository/file."""
    HUB = enum.auto()
    """The cache of the Hugging Face Hub: models--OWNER--NAME/snapshots/REVISION/FILE; llama.cpp's
    older one, OWNER_NAME_FILE side by side, may lie in the same folder."""
    JAN = enum.auto()
    """A model.yml beside each model, or instead of it."""
    OLLAMA = enum.auto()
    """Manifests, and files named by their checksum."""
    FILE = enum.auto()
    """No folder but one model file, which was named itself."""


class Place(NamedTuple):
    """A folder in which models are looked for, or a single file."""

    app: ModelApp
    folder: Path
    """Absolute; need not exist."""
    layout: Layout
    base: Path | None = None
    """What relative paths in the program's notes start from; None where it has no notes."""


class Sighting(NamedTuple):
    """A file that may be a model."""

    path: Path
    status: os.stat_result | None
    """Of what a link leads to; None if that is not there or cannot be asked."""
    name: str = ""
    """The name that the program shows; empty if it shows none of its own."""
    adapter_paths: tuple[Path, ...] = ()
    """Adapters that the program puts on it."""


Sight = Sighting | SetAside
"""What is met in a place."""

NOT_ASKED = Unavailable(reason="the file cannot be asked")
"""Why a size or a date is missing."""


def size_of(status: os.stat_result | None) -> Count:
    """Return the size of a file, if it is known."""
    return NOT_ASKED if status is None else status.st_size


def unfinished(place: Place, path: Path, status: os.stat_result | None) -> SetAside:
    """Return what stands for a download that has not ended."""
    return aside(place, WhyAside.UNFINISHED, FailureKind.UNFINISHED_DOWNLOAD, path, status)


def unreadable(place: Place, folder: Unreadable) -> SetAside:
    """Return what stands for a folder that cannot be listed."""
    kind = FailureKind.FOLDER_UNREADABLE
    return aside(place, WhyAside.UNREADABLE, kind, folder.path, None, detail=folder.detail)


def aside(
    place: Place,
    why: WhyAside,
    kind: FailureKind,
    path: Path,
    status: os.stat_result | None,
    *,
    detail: str = "",
    name: str = "",
    **facts: str | int,
) -> SetAside:
    """Return what stands for a file or folder that cannot be used."""
    program = {"app": PROGRAM_NAMES[place.app]} if place.app in PROGRAM_NAMES else {}
    error = ErrorInfo(
        kind=kind, subject=shown_path(path), facts={**facts, **program}, detail=detail
    )
    return SetAside(
        app=place.app, why=why, error=error, size_bytes=size_of(status), shown_name=name
    )


def unusable_note(place: Place, path: Path, problem: str, name: str) -> SetAside:
    """Return what stands for a note of another program that makes no sense.

    Args:
        place: Where it lies.
        path: Of the note.
        problem: A reason that is recorded in English.
        name: Of the model that it is about, as the program shows it.
    """
    kind = FailureKind.NOTE_UNUSABLE
    return aside(place, WhyAside.DAMAGED, kind, path, None, name=name, problem=problem)


def shown_path(path: Path) -> str:
    """Return a path as text that can be written down, whatever bytes its name holds."""
    return os.fspath(path).encode("utf-8", "replace").decode("utf-8")

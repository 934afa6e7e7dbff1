"""Finds the pack that a person means: by its id, or by its file."""

from pathlib import Path

from large_enough.domain.errors import LargeEnoughError
from large_enough.packs.loading import LoadedPack, load_pack
from large_enough.packs.shelf import Shelf, ShelvedPack


def is_path(name: str) -> bool:
    """Return whether a word means a file rather than an id."""
    return Path(name).suffix != "" or len(Path(name).parts) > 1 or Path(name).exists()


def named_pack(shelf: Shelf, name: str) -> LoadedPack:
    """Return the pack that a word means.

    Raises:
        RequestError: There is none.
        BadPackError: Its file has faults.
    """
    shelved = _shelved(shelf, name)
    return load_pack(Path(name) if shelved is None else Path(shelved.path))


def named_path(shelf: Shelf, name: str) -> Path:
    """Return the file that a word means.

    Raises:
        RequestError: There is none.
    """
    shelved = _shelved(shelf, name)
    return Path(name) if shelved is None else Path(shelved.path)


def _shelved(shelf: Shelf, name: str) -> ShelvedPack | None:
    """Return the pack on the shelf; None if a file elsewhere is meant."""
    if is_path(name) and Path(name).exists():
        return None
    try:
        return shelf.find(name)
    except LargeEnoughError:
        if is_path(name):
            return None
        raise

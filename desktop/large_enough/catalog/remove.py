"""Removes models that this program has fetched or made, and nothing else."""

import contextlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.origins import Origins
from large_enough.catalog.verify import files_of
from large_enough.domain.errors import FailureKind, ModelFileError
from large_enough.domain.model_card import BackendKind, ModelCard
from large_enough.domain.text import to_translate


class Removal(msgspec.Struct, frozen=True, kw_only=True):
    """What removing a model would take from the disk."""

    name: str
    paths: tuple[str, ...]
    """All files of the model."""
    freed_bytes: int
    """That the disk wins."""


_ELSEWHERE = to_translate("it does not lie in the models folder")
_LINK = to_translate("it is a link, or lies behind one")
_FOREIGN = to_translate("it was neither fetched nor made by Large Enough")
_SCRIPT = to_translate("it is a script, not a model")


def removal_of(
    card: ModelCard,
    models: Path,
    entries: Sequence[CatalogueEntry],
    *,
    is_made_here: bool = False,
) -> Removal:
    """Return what would be removed; nothing is yet.

    Ours is what lies in the models folder, not behind a link, and was made or fetched: there is a
    note about its origin, or it is a model of the catalogue in the very place where that is fetched
    to.

    Args:
        card: The model.
        models: The models folder.
        entries: The catalogue.
        is_made_here: Whether this program made it, as a quantised copy.

    Raises:
        ModelFileError: `NOT_OURS`, with the reason.
    """
    paths = files_of(card)
    origins = Origins(models)
    for path in paths:
        reason = _reason_to_keep(path, card, models.absolute(), origins, entries)
        if reason is not None and not (is_made_here and reason == _FOREIGN):
            raise ModelFileError(FailureKind.NOT_OURS, str(path), reason=reason)
    return Removal(
        name=card.name,
        paths=tuple(map(str, paths)),
        freed_bytes=sum(path.lstat().st_size for path in paths if path.lstat().st_nlink == 1),
    )


def remove(removal: Removal, models: Path) -> None:
    """Remove the files, the notes about them, and folders of ours that are empty afterwards.

    Args:
        removal: As `removal_of` returned it a moment ago.
        models: The models folder.

    Raises:
        ModelFileError: The disk refuses it.
    """
    origins = Origins(models)
    for path in map(Path, removal.paths):
        try:
            path.unlink(missing_ok=True)  # of a link, this would remove the link alone
        except OSError as error:
            detail = error.strerror or str(error)
            raise ModelFileError(FailureKind.FILE_UNREADABLE, str(path), detail=detail) from error
        origins.forget(path)
        _remove_empty_folders(path.parent, models.absolute())


def _reason_to_keep(
    path: Path,
    card: ModelCard,
    models: Path,
    origins: Origins,
    entries: Sequence[CatalogueEntry],
) -> str | None:
    """Return why a file is not to be removed; None if it may be."""
    if card.backend is BackendKind.ECHO:
        return _SCRIPT
    if not path.is_relative_to(models) or ".." in path.parts:
        return _ELSEWHERE
    if path.resolve() != models.resolve() / path.relative_to(models):
        return _LINK
    return None if origins.of(path) or _is_fetched(path, models, card, entries) else _FOREIGN


def _is_fetched(
    path: Path, models: Path, card: ModelCard, entries: Sequence[CatalogueEntry]
) -> bool:
    """Return whether it is a model of the catalogue where earlier versions put it, without note."""
    entry = next((entry for entry in entries if entry.id == card.catalog_id), None)
    return entry is not None and entry.size_bytes == card.size_bytes and path.parent == models


def _remove_empty_folders(folder: Path, models: Path) -> None:
    with contextlib.suppress(OSError):  # one that is not empty refuses
        while folder != models and folder.is_relative_to(models):
            folder.rmdir()
            folder = folder.parent

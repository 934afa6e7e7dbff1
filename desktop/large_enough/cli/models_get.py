"""Fetches models of the catalogue, telling what it does."""

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

from large_enough.catalog.catalogue import CatalogueEntry, starter_pair
from large_enough.catalog.fetch import arrived_bytes, fetch, is_present
from large_enough.catalog.identity import CACHE_FILE_NAME, FileHashes
from large_enough.catalog.sources import source_text
from large_enough.cli import exit_codes
from large_enough.cli.fetch_view import fetch_view
from large_enough.cli.interruption import Interruption, interruptible
from large_enough.cli.output import remarks, results, say, say_error
from large_enough.domain.errors import ErrorInfo, FailureKind, LargeEnoughError, RequestError
from large_enough.wording.numbers import bytes_text
from large_enough.wording.translate import _


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class GetRequest:
    """What to fetch, and where to."""

    ids: tuple[str, ...]
    """Of the catalogue; empty for the starter pair."""
    wants_all: bool
    """The whole catalogue."""
    folder: Path
    """The models folder."""
    cache: Path
    """The user's folder for what can be computed again."""


def get_models(
    request: GetRequest, entries: Sequence[CatalogueEntry], environ: Mapping[str, str]
) -> int:
    """Fetch what is asked for and not here yet.

    Returns:
        0 if all of it is here; 1 if something could not be fetched; 2 if there is no such model;
        130 after Ctrl-C.
    """
    try:
        wanted = _wanted(request, entries)
    except RequestError as error:
        say_error(error.info)
        return exit_codes.USAGE
    hashes = FileHashes(request.cache / CACHE_FILE_NAME)
    with interruptible() as interruption:
        missing = _without_present(wanted, request.folder, hashes, interruption)
        if missing and not interruption.has_come:
            _announce(missing, request.folder)
        is_complete = _fetch_all(missing, request.folder, hashes, environ, interruption)
    if interruption.has_come:
        remarks().print(
            _("Stopped. What has arrived is kept: the same command goes on from there.")
        )
        return exit_codes.INTERRUPTED
    return exit_codes.DONE if is_complete else exit_codes.FAILED


def _wanted(request: GetRequest, entries: Sequence[CatalogueEntry]) -> list[CatalogueEntry]:
    """Return the entries that are meant, each once.

    Raises:
        RequestError: There is no entry of that name.
    """
    if request.wants_all:
        return list(entries)
    if not request.ids:
        return list(starter_pair(tuple(entries)))
    known = {name.lower(): entry for entry in entries for name in (entry.id, entry.file_name)}
    for name in request.ids:
        if name.lower() not in known:
            candidates = ", ".join(entry.id for entry in entries)
            raise RequestError(FailureKind.UNKNOWN_MODEL, name, candidates=candidates)
    return list({entry.id: entry for entry in (known[n.lower()] for n in request.ids)}.values())


def _without_present(
    wanted: Sequence[CatalogueEntry],
    folder: Path,
    hashes: FileHashes,
    interruption: Interruption,
) -> list[CatalogueEntry]:
    """Return what is not here yet; say so for what is."""
    missing = []
    for entry in wanted:
        path = folder / entry.file_name
        if not is_present(entry, folder):
            missing.append(entry)
        elif _has_checksum(path, entry.sha256, hashes, interruption):
            say(results(), _("{name} is already here: {path}"), name=entry.name, path=path)
        elif not interruption.has_come:
            say(remarks(), _("{path} is damaged; it is fetched again."), path=path)
            missing.append(entry)
    return missing


def _has_checksum(path: Path, sha256: str, hashes: FileHashes, interruption: Interruption) -> bool:
    try:
        found = hashes.sha256_of(path, lambda _share: None, lambda: interruption.has_come)
    except LargeEnoughError:  # fetching it will tell why
        return False
    return found == sha256


def _announce(missing: Sequence[CatalogueEntry], folder: Path) -> None:
    """Say what will be fetched, from where and how much, before anything is."""
    console = results()
    arrived = {entry.id: arrived_bytes(entry, folder) for entry in missing}
    total = bytes_text(sum(entry.size_bytes - arrived[entry.id] for entry in missing))
    say(console, _("Fetching {total} into {folder}:"), total=total, folder=folder)
    for entry in missing:
        sources = _("; else ").join(source_text(source) for source in entry.sources)
        size = bytes_text(entry.size_bytes)
        say(
            console,
            _("  {name}, {size}, {licence}, from {sources}"),
            name=entry.name,
            size=size,
            licence=entry.licence,
            sources=sources,
        )
        if arrived[entry.id]:
            say(
                console,
                _("  {amount} of it is here from an earlier try"),
                amount=bytes_text(arrived[entry.id]),
            )


def _fetch_all(
    missing: Sequence[CatalogueEntry],
    folder: Path,
    hashes: FileHashes,
    environ: Mapping[str, str],
    interruption: Interruption,
) -> bool:
    """Fetch one after the other; one that fails does not keep the others from being fetched."""
    is_complete = True
    for entry in missing:
        if interruption.has_come:
            return False
        try:
            path = _fetch_one(entry, folder, environ, interruption)
        except LargeEnoughError as error:
            say_error(error.info)
            is_complete = False
            continue
        if path is not None:
            hashes.remember(path, entry.sha256)
            say(results(), _("{name} is here: {path}"), name=entry.name, path=path)
    return is_complete


def _fetch_one(
    entry: CatalogueEntry,
    folder: Path,
    environ: Mapping[str, str],
    interruption: Interruption,
) -> Path | None:
    console = remarks()
    last_source = source_text(entry.sources[-1])

    def say_setback(source: str, error: ErrorInfo) -> None:
        if source != last_source:
            template = _("{source}: {reason}; trying the next source.")
            say(console, template, source=source, reason=_reason(error))

    with fetch_view(console, entry.name) as on_progress:
        return fetch(
            entry,
            folder,
            on_progress,
            lambda: interruption.has_come,
            on_setback=say_setback,
            environ=environ,
        )


def _reason(error: ErrorInfo) -> str:
    match error.kind:
        case FailureKind.NO_NETWORK:
            return _("cannot be reached")
        case FailureKind.CHECKSUM_MISMATCH:
            return _("gave another file than the published one, which was removed")
        case FailureKind.DISK_FULL:
            return _("needs more room on the disk")
        case _:
            return error.detail or _("does not give the file")

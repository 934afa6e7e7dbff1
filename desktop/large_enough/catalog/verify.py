"""Compares the files of a model with the checksums that are known for them."""

import enum
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.identity import FileHashes, sha256_of_file
from large_enough.catalog.origins import Origins
from large_enough.domain.errors import FailureKind, ModelFileError
from large_enough.domain.model_card import ModelCard
from large_enough.domain.quantity import Unavailable
from large_enough.gguf.split import part_paths


class Verdict(enum.StrEnum):
    """What a comparison brought."""

    INTACT = "intact"
    """The file is byte for byte the published one."""
    DIFFERENT = "different"
    """It is not."""
    NO_CHECKSUM = "no_checksum"
    """Nothing is known to compare it with."""


class KnownBy(enum.StrEnum):
    """Who told the checksum."""

    CATALOGUE = "catalogue"
    """The catalogue, which has it from two independent places."""
    RECORD = "record"
    """The note that was made when the file was fetched and verified."""
    NOBODY = "nobody"


class FileVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be said about one file."""

    path: str
    verdict: Verdict
    known_by: KnownBy
    expected_sha256: str | Unavailable
    """In lower-case hex."""
    sha256: str | Unavailable
    """Of the file as it is now."""


_NOTHING_KNOWN = Unavailable(reason="no checksum is known")
_NOT_READ = Unavailable(reason="not computed: there is nothing to compare it with")


def files_of(card: ModelCard) -> tuple[Path, ...]:
    """Return all files of a model, the one to load first."""
    return part_paths(Path(card.path), card.part_count)


def expected_sha256(
    path: Path, card: ModelCard, origins: Origins, entries: Sequence[CatalogueEntry]
) -> tuple[str | Unavailable, KnownBy]:
    """Return which SHA-256 a file should have, and who says so."""
    entry = next((entry for entry in entries if entry.id == card.catalog_id), None)
    if entry is not None and not isinstance(entry.sha256, Unavailable):
        return entry.sha256, KnownBy.CATALOGUE
    origin = origins.of(path)
    if origin is not None:
        return origin.sha256, KnownBy.RECORD
    return _NOTHING_KNOWN, KnownBy.NOBODY


def verify_file(
    path: Path,
    expected: tuple[str | Unavailable, KnownBy],
    hashes: FileHashes,
    on_progress: Callable[[float], None],
    is_cancelled: Callable[[], bool],
) -> FileVerdict | None:
    """Read a whole file and compare it; what is remembered about it from earlier does not count.

    Args:
        path: The file.
        expected: As `expected_sha256` returns it.
        hashes: Told the outcome.
        on_progress: Called with the share done, 0 to 1.
        is_cancelled: Asked several times a second.

    Returns:
        What to say, or None if it was cancelled.

    Raises:
        ModelFileError: The file cannot be read.
    """
    wanted, known_by = expected
    found: str | Unavailable = _NOT_READ
    verdict = Verdict.NO_CHECKSUM
    if not isinstance(wanted, Unavailable):
        sha256 = _read(path, on_progress, is_cancelled)
        if sha256 is None:
            return None
        hashes.remember(path, sha256)
        found, verdict = sha256, Verdict.INTACT if sha256 == wanted else Verdict.DIFFERENT
    return FileVerdict(
        path=str(path), verdict=verdict, known_by=known_by, expected_sha256=wanted, sha256=found
    )


def _read(
    path: Path, on_progress: Callable[[float], None], is_cancelled: Callable[[], bool]
) -> str | None:
    try:
        return sha256_of_file(path, on_progress, is_cancelled)
    except FileNotFoundError as error:
        raise ModelFileError(FailureKind.FILE_MISSING, str(path)) from error
    except OSError as error:
        detail = error.strerror or str(error)
        raise ModelFileError(FailureKind.FILE_UNREADABLE, str(path), detail=detail) from error

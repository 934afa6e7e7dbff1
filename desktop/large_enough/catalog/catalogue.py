"""Reads the catalogue of models that can be fetched."""

import tomllib
from pathlib import Path
from typing import Literal

import msgspec

from large_enough.catalog.catalogue_check import checked_entries
from large_enough.catalog.sources import Source
from large_enough.domain.errors import FailureKind, RequestError


class CatalogueEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One model that can be fetched."""

    id: str
    """What people type to get it."""
    name: str
    """What is shown."""
    file_name: str
    """Name of its file in the models folder."""
    sha256: str
    """Of that file, in lower-case hex."""
    size_bytes: int
    """Of that file."""
    architecture: str
    """`general.architecture` of its header."""
    parameter_count: int
    """Sum of the elements of all tensors."""
    quantisation: str
    """Name of the file type, for example "Q4_K_M"."""
    context_length_tokens: int
    """Longest context it was trained for."""
    licence: str
    """SPDX identifier."""
    publisher_url: str
    """The publisher's page."""
    size_class: Literal["small", "large"]
    """Which side of a comparison it is meant for."""
    sources: tuple[Source, ...]
    """Where to fetch it, in the order in which they are tried; at least one."""


def read_catalogue(path: Path) -> tuple[CatalogueEntry, ...]:
    """Read the catalogue file.

    Args:
        path: Usually `resources.locate.catalogue_path()`.

    Raises:
        RequestError: The file is missing or faulty; all its faults are told at once.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _unusable(path, [error.strerror or str(error)]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _unusable(path, [str(error)]) from error
    entries, faults = checked_entries(document)
    if faults:
        raise _unusable(path, faults)
    return tuple(msgspec.convert(entry, CatalogueEntry) for entry in entries)


def starter_pair(entries: tuple[CatalogueEntry, ...]) -> tuple[CatalogueEntry, ...]:
    """Return the first small and the first large entry; fewer if there are fewer."""
    pair = (
        next((entry for entry in entries if entry.size_class == size_class), None)
        for size_class in ("small", "large")
    )
    return tuple(entry for entry in pair if entry is not None)


def _unusable(path: Path, faults: list[str]) -> RequestError:
    return RequestError(
        FailureKind.BAD_SETTING, str(path), detail="\n".join(faults), problem="; ".join(faults)
    )

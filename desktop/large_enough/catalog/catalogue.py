"""Reads the catalogue of models that can be fetched."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from large_enough.catalog.catalogue_check import checked_entries
from large_enough.catalog.sources import Source
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.domain.quantity import Count, Unavailable

NOT_IN_CATALOGUE = Unavailable(reason="the catalogue does not say")
"""Why a fact of an entry is missing: nobody could confirm it."""
NO_CHECKSUM = Unavailable(
    reason="no checksum in the catalogue: the publisher's own is taken at download time"
)
"""Why an entry has no SHA-256: no two independent places gave one."""

Domain = Literal["general", "coding", "finance", "legal", "medical", "multilingual"]
"""What a model is meant for."""


class CatalogueEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One model that can be fetched."""

    id: str
    """What people type to get it."""
    name: str
    """What is shown."""
    family: str
    """Shared by models that differ in size alone, for example "Qwen3"."""
    domain: Domain
    """What it is meant for."""
    file_name: str
    """Name of its file in the models folder."""
    sha256: str | Unavailable = NO_CHECKSUM
    """Of that file, in lower-case hex."""
    size_bytes: Count = NOT_IN_CATALOGUE
    """Of that file."""
    architecture: str | Unavailable = NOT_IN_CATALOGUE
    """`general.architecture` of its header."""
    parameter_count: Count = NOT_IN_CATALOGUE
    """Sum of the elements of all tensors."""
    quantisation: str
    """Name of the file type, for example "Q4_K_M"."""
    context_length_tokens: Count = NOT_IN_CATALOGUE
    """Longest context it was trained for."""
    licence: str
    """SPDX identifier, or the name of the publisher's own terms."""
    licence_note: str = ""
    """What those terms restrict, in English; empty for open licences."""
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


def known_bytes(entries: Iterable[CatalogueEntry]) -> int:
    """Return the sizes of models added up, as far as the catalogue has them."""
    return sum(entry.size_bytes for entry in entries if isinstance(entry.size_bytes, int))


def _unusable(path: Path, faults: list[str]) -> RequestError:
    return RequestError(
        FailureKind.BAD_SETTING, str(path), detail="\n".join(faults), problem="; ".join(faults)
    )

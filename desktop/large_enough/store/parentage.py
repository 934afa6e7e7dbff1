"""Keeps where quantised files come from, one small JSON file for each."""

from pathlib import Path

import msgspec

from large_enough.domain.errors import FailureKind, StoreError
from large_enough.domain.quantising import Parentage
from large_enough.resources.files import replace_file
from large_enough.store.log_lines import encode_record

PARENTAGE_FOLDER = "quantised"
"""Below the user's data folder."""
SCHEMA_VERSION = 1
"""Of `Parentage`; newer ones are not read."""

_LONGEST_FILE_BYTES = 1 << 20


def keep_parentage(folder: Path, parentage: Parentage) -> Path:
    """Write where a file comes from, in place of what was known about an earlier one of its name.

    Args:
        folder: `PARENTAGE_FOLDER`; made if it is not there.
        parentage: Of the file.

    Returns:
        Where it lies.

    Raises:
        StoreError: PARENTAGE_NOT_KEPT.
    """
    data = msgspec.json.format(encode_record(parentage), indent=2) + b"\n"
    try:
        return replace_file(folder, _record_name(parentage.file_name), data)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise StoreError(
            FailureKind.PARENTAGE_NOT_KEPT,
            parentage.file_name,
            detail=str(error),
            problem=reason or str(error),
        ) from error


def parent_of(folder: Path, path: Path) -> Parentage | None:
    """Return where a model file comes from; None if it was not quantised here.

    A file is known by its name and size, so it may have been moved to another folder.

    Args:
        folder: `PARENTAGE_FOLDER`.
        path: The model file.
    """
    try:
        size_bytes = path.stat().st_size
        with (folder / _record_name(path.name)).open("rb") as file:
            found = msgspec.json.decode(file.read(_LONGEST_FILE_BYTES), type=Parentage)
    except (OSError, msgspec.MsgspecError, RecursionError, ValueError):
        return None
    is_meant = (found.file_name, found.size_bytes) == (path.name, size_bytes)
    return found if is_meant and found.schema_version <= SCHEMA_VERSION else None


def _record_name(file_name: str) -> str:
    return f"{file_name}.json"

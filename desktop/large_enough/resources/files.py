"""Replaces a file in one step."""

import os
import tempfile
from pathlib import Path


def replace_file(folder: Path, name: str, data: bytes) -> Path:
    """Write a file so that a crash leaves either the old one or the new one.

    Args:
        folder: Made if it is not there.
        name: Of the file.
        data: What it is to hold.

    Returns:
        Where it lies.

    Raises:
        OSError: The folder cannot be made or the file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle, unfinished_name = tempfile.mkstemp(prefix=name, suffix=".new", dir=folder)
    unfinished = Path(unfinished_name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(folder / name)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
    return folder / name

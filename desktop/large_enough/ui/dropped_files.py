"""Tells which files that are dropped on the window may be models."""

from pathlib import Path

from PySide6.QtCore import QMimeData

SUFFIXES = (".gguf", ".echo.json")
"""Ends of the names of files that are taken."""


def dropped_models(data: QMimeData) -> list[str]:
    """Return the paths of the model files among what is dropped; nothing is opened.

    Args:
        data: As another program or the desktop hands it over.
    """
    paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path.lower().endswith(SUFFIXES) and Path(path).is_file()]

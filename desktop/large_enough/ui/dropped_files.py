"""Tells which files that are dropped on the window may be models, and which hold questions."""

from pathlib import Path

from PySide6.QtCore import QMimeData

SUFFIXES = (".gguf", ".echo.json")
"""Ends of the names of files that are taken for models."""
QUESTION_SUFFIXES = (".csv", ".tsv", ".xlsx", ".json", ".jsonl", ".txt")
"""Ends of the names of files that are taken for questions."""


def dropped_models(data: QMimeData) -> list[str]:
    """Return the paths of the model files among what is dropped; nothing is opened.

    Args:
        data: As another program or the desktop hands it over.
    """
    return [path for path in _files_in(data) if path.lower().endswith(SUFFIXES)]


def dropped_questions(data: QMimeData) -> list[str]:
    """Return the paths of the files with questions among what is dropped; nothing is opened.

    Args:
        data: As another program or the desktop hands it over.
    """
    return [
        path
        for path in _files_in(data)
        if path.lower().endswith(QUESTION_SUFFIXES) and not path.lower().endswith(SUFFIXES)
    ]


def _files_in(data: QMimeData) -> list[str]:
    paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if Path(path).is_file()]

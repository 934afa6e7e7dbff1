"""Reads single values from the files of the Linux kernel.

Every adapter is handed the function that reads a file, so that tests can refuse, change or count
its reads; `root` is always the folder that holds `sys` and `proc`.
"""

import errno
from collections.abc import Callable
from pathlib import Path

from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import to_translate

ReadText = Callable[[Path], str]
"""Reads a file of the kernel; raises OSError."""

_REFUSALS = frozenset({errno.EACCES, errno.EPERM})
_NO_FILE = frozenset({errno.ENOENT, errno.ENOTDIR})


def read_file(path: Path) -> str:
    """Return what the file holds, without the final line end."""
    return path.read_text(encoding="utf-8", errors="replace").strip()


def read_word(path: Path, read_text: ReadText) -> str | None:
    """Return the text of a file; None if there is none."""
    try:
        return read_text(path).strip()
    except OSError:
        return None


def read_number(path: Path, read_text: ReadText) -> int | Unavailable:
    """Return the whole number in a file, or why there is none."""
    try:
        return int(read_text(path))
    except OSError as error:
        return Unavailable(reason=reason_of(error, path.name))
    except ValueError:
        return Unavailable(reason=f"it holds no number: {path.name}")


def reason_of(error: OSError, what: str) -> str:
    """Say in a phrase why a file of the kernel could not be read."""
    if error.errno in _REFUSALS or isinstance(error, PermissionError):
        return f"{to_translate('this user may not read it')}: {what}"
    if error.errno in _NO_FILE or isinstance(error, FileNotFoundError):
        return f"{to_translate('it is missing')}: {what}"
    return f"{to_translate('the driver gives no value')}: {what}"


def subfolders(folder: Path) -> tuple[Path, ...]:
    """Return what lies in a folder, by name; nothing if the folder cannot be listed."""
    try:
        return tuple(sorted(folder.iterdir()))
    except OSError:
        return ()

"""Writes a JSON-lines file that only grows and is safe after every line."""

import contextlib
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Self

from large_enough.domain.errors import FailureKind, StoreError
from large_enough.resources.files import synchronise_folder
from large_enough.wording.translate import _

_TAIL_BYTES = 1 << 16


def open_exclusively(path: Path) -> io.FileIO:
    """Make a new file that only its owner may read: questions and answers are private."""
    return io.FileIO(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600))


def open_again(path: Path) -> io.FileIO:
    """Open a file that is there, to read and to write it."""
    return io.FileIO(path, "r+b")


class LineFile:
    """A file of lines while it is written.

    Every line is on the disk (written whole, flushed and synchronised) before the call that wrote
    it returns. A line that could not be written is taken back, so that the file stays whole and the
    next line can be tried. All calls come from one thread.
    """

    def __init__(self, path: Path, file: io.FileIO) -> None:
        self._path = path
        self._file = file
        self._good_bytes = 0
        self._is_torn = False

    @classmethod
    def create(
        cls,
        path: Path,
        first_line: bytes,
        *,
        open_file: Callable[[Path], io.FileIO] = open_exclusively,
    ) -> Self:
        """Make a new file with its first line.

        Args:
            path: The file; its folder is made if need be.
            first_line: With its line feed.
            open_file: Makes a new file, failing if there is one; replaced in tests.

        Raises:
            StoreError: LOG_NOT_WRITTEN; no file is left behind.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            lines = cls(path, open_file(path))
        except (OSError, ValueError) as error:
            raise not_written(path, error) from error
        lines._write_first(first_line)
        return lines

    @classmethod
    def reopen(cls, path: Path, *, open_file: Callable[[Path], io.FileIO] = open_again) -> Self:
        """Open a file to go on with it; a last line that was cut never counted, and is removed.

        Args:
            path: The file.
            open_file: Opens it; replaced in tests.

        Raises:
            StoreError: LOG_NOT_WRITTEN.
        """
        try:
            file = open_file(path)
        except (OSError, ValueError) as error:
            raise not_written(path, error) from error
        lines = cls(path, file)
        try:
            lines._go_to_end()
        except (OSError, ValueError) as error:
            lines.close()
            raise not_written(path, error) from error
        return lines

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    def write(self, line: bytes) -> None:
        """Add a line.

        Args:
            line: With its line feed.

        Raises:
            StoreError: LOG_NOT_WRITTEN; what was written before is still there.
        """
        try:
            self._write_whole(b"\n" + line if self._is_torn else line)
            os.fsync(self._file.fileno())
        except (OSError, ValueError) as error:  # ValueError: the file is closed
            self._take_back()
            raise not_written(self._path, error) from error
        self._is_torn = False
        self._good_bytes = self._file.tell()

    def close(self) -> None:
        """Close the file as it is. May be repeated."""
        self._file.close()

    def _write_first(self, line: bytes) -> None:
        try:
            self.write(line)
            synchronise_folder(self._path.parent)
        except StoreError:
            self.close()
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)
            raise

    def _write_whole(self, data: bytes) -> None:
        """Write all bytes; one call to the system may write a part of them, on a full disk."""
        rest = memoryview(data)
        while rest:
            rest = rest[self._file.write(rest) or 0 :]

    def _take_back(self) -> None:
        """Remove what was written of a line that failed; needs no room on the disk."""
        try:
            self._file.truncate(self._good_bytes)
            self._file.seek(self._good_bytes)
        except (OSError, ValueError):
            self._is_torn = True  # the next line starts with a line feed instead

    def _go_to_end(self) -> None:
        """Find the end of the last whole line, and remove what follows it."""
        end_bytes = self._file.seek(0, os.SEEK_END)
        position = end_bytes
        self._good_bytes = 0
        while position > 0:
            start = max(0, position - _TAIL_BYTES)
            self._file.seek(start)
            place = _read_whole(self._file, position - start).rfind(b"\n")
            if place >= 0:
                self._good_bytes = start + place + 1
                break
            position = start
        if self._good_bytes < end_bytes:
            self._take_back()
        self._file.seek(0, os.SEEK_END)


def _read_whole(file: io.FileIO, size_bytes: int) -> bytes:
    parts = []
    while size_bytes > 0 and (part := file.read(size_bytes)):
        parts.append(part)
        size_bytes -= len(part)
    return b"".join(parts)


def not_written(path: Path, error: Exception) -> StoreError:
    """Return the error that tells why a record could not be written."""
    if isinstance(error, FileExistsError):
        problem = _("a record of this round is there already")
    else:
        problem = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return StoreError(FailureKind.LOG_NOT_WRITTEN, str(path), detail=str(error), problem=problem)

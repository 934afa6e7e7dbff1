"""Stands in for a disk that becomes full."""

import errno
import io
import os
from collections.abc import Callable
from pathlib import Path

from large_enough.store.line_file import open_exclusively


class _Cramped(io.FileIO):
    """A file for which the disk has so much room."""

    room_bytes = 0

    def write(self, data: bytes) -> int:  # type: ignore[override]
        fitting = bytes(data)[: max(0, self.room_bytes - self.tell())]
        if not fitting:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(fitting)


def on_full_disk(room_bytes: int) -> Callable[[Path], io.FileIO]:
    """Return what makes new files on a disk with so much room for each."""

    def open_file(path: Path) -> io.FileIO:
        open_exclusively(path).close()
        file = _Cramped(path, "r+b")
        file.room_bytes = room_bytes
        return file

    return open_file

"""Makes a file that appears whole, or not at all."""

import contextlib
import errno
import os
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self


class NewFile:
    """Room for a file, taken at once, so that an obstacle shows before the work for it is done."""

    def __init__(self, path: Path, *, may_replace: bool) -> None:
        """Make an unfinished file beside the place of the new one.

        Args:
            path: Of the new file.
            may_replace: Whether a file that is there already may be replaced.

        Raises:
            FileExistsError: There is such a file and it may not be replaced.
            OSError: No file can be made there.
        """
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        self._path = path
        self._may_replace = may_replace
        self._refuse_if_taken()
        handle, name = tempfile.mkstemp(prefix=path.name, suffix=".new", dir=path.parent)
        self._file = os.fdopen(handle, "wb")
        self._unfinished = Path(name)

    def __enter__(self) -> Self:
        """Begin a block at whose end nothing unfinished is left."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Remove what was not finished."""
        with contextlib.suppress(OSError):
            self._file.close()
        self._unfinished.unlink(missing_ok=True)

    def finish(self, content: bytes) -> None:
        """Write the content, and only then give the file its name.

        Raises:
            FileExistsError: There is such a file by now and it may not be replaced.
            OSError: It cannot be written.
        """
        self._file.write(content)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._refuse_if_taken()
        self._unfinished.replace(self._path)

    def _refuse_if_taken(self) -> None:
        if self._path.exists() and not self._may_replace:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(self._path))

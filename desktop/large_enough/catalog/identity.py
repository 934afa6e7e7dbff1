"""Computes the SHA-256 of model files, and remembers it as long as a file does not change."""

import contextlib
import hashlib
import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from large_enough.domain.errors import FailureKind, ModelFileError

CACHE_FILE_NAME = "file-hashes.json"
"""Name of the cache file in the user's cache folder."""

_BLOCK_BYTES = 4 << 20
_MOST_REMEMBERED = 2000
_LONGEST_CACHE_BYTES = 4 << 20


class _Remembered(msgspec.Struct, frozen=True):
    """One file as it was when its hash was computed."""

    size_bytes: int
    modified_ns: int
    inode: int
    sha256: str


class _Cache(msgspec.Struct):
    """The whole content of the cache file."""

    schema_version: int = 1
    files: dict[str, _Remembered] = {}


class FileHashes:
    """SHA-256 of files, kept in a small cache file by path, size, time of change and inode."""

    def __init__(self, cache_file: Path) -> None:
        self._cache_file = cache_file
        self._lock = threading.Lock()

    def sha256_of(
        self,
        path: Path,
        on_progress: Callable[[float], None],
        is_cancelled: Callable[[], bool],
    ) -> str | None:
        """Return the SHA-256 of a file in lower-case hex; None if it was cancelled.

        Args:
            path: The file.
            on_progress: Called with the share done, 0 to 1, while the file is read.
            is_cancelled: Asked several times a second.

        Raises:
            ModelFileError: The file is missing or cannot be read.
        """
        try:
            before = path.stat()
            known = self._known(path, before)
            if known is not None:
                return known
            sha256 = sha256_of_file(path, on_progress, is_cancelled)
            if sha256 is not None and _state(path.stat()) == _state(before):
                self._keep(path, before, sha256)
        except FileNotFoundError as error:
            raise ModelFileError(FailureKind.FILE_MISSING, str(path)) from error
        except OSError as error:
            detail = error.strerror or str(error)
            raise ModelFileError(FailureKind.FILE_UNREADABLE, str(path), detail=detail) from error
        return sha256

    def remember(self, path: Path, sha256: str) -> None:
        """Note the SHA-256 of a file that was just verified; does nothing if the file is gone."""
        with contextlib.suppress(OSError):
            self._keep(path, path.stat(), sha256)

    def _known(self, path: Path, status: os.stat_result) -> str | None:
        with self._lock:
            remembered = self._read().files.get(str(path.absolute()))
        if remembered is None:
            return None
        state = (remembered.size_bytes, remembered.modified_ns, remembered.inode)
        return remembered.sha256 if state == _state(status) else None

    def _keep(self, path: Path, status: os.stat_result, sha256: str) -> None:
        remembered = _Remembered(*_state(status), sha256)
        with self._lock:
            files = self._read().files
            files.pop(str(path.absolute()), None)
            files[str(path.absolute())] = remembered
            newest = dict(list(files.items())[-_MOST_REMEMBERED:])
            self._write(_Cache(files=newest))

    def _read(self) -> _Cache:
        """Return what the cache file holds; nothing if it is missing or damaged."""
        try:
            with self._cache_file.open("rb") as file:
                return msgspec.json.decode(file.read(_LONGEST_CACHE_BYTES), type=_Cache)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return _Cache()

    def _write(self, cache: _Cache) -> None:
        """Replace the cache file in one step; a cache that cannot be written is only slower."""
        with contextlib.suppress(OSError, UnicodeEncodeError):
            folder = self._cache_file.parent
            folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=self._cache_file.name, suffix=".new", dir=folder)
            unfinished = Path(name)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(msgspec.json.encode(cache))
                unfinished.replace(self._cache_file)
            finally:
                unfinished.unlink(missing_ok=True)


def sha256_of_file(
    path: Path, on_progress: Callable[[float], None], is_cancelled: Callable[[], bool]
) -> str | None:
    """Return the SHA-256 of a file in lower-case hex; None if it was cancelled.

    Raises:
        OSError: The file is missing or cannot be read.
    """
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        size_bytes = max(os.fstat(file.fileno()).st_size, 1)
        done_bytes = 0
        while block := file.read(_BLOCK_BYTES):
            if is_cancelled():
                return None
            digest.update(block)
            done_bytes += len(block)
            on_progress(min(done_bytes / size_bytes, 1.0))
    return digest.hexdigest()


def _state(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ino

"""Lets only one process at a time work on a file."""

import contextlib
import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

_POLL_S = 0.1
_BUSY_ERRORS = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})

if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def file_lock(
    path: Path, is_cancelled: Callable[[], bool], on_wait: Callable[[], None]
) -> Iterator[bool]:
    """Hold a lock that belongs to this process; wait while another process holds it.

    The operating system drops the lock when its process ends, however it ends, so a lock never
    outlives its owner. On disks that know no locks (some network shares) none is held: the
    checksum and the replacement in one step still keep the file whole.

    Args:
        path: A file for the lock alone; made, and removed afterwards.
        is_cancelled: Asked several times a second while waiting.
        on_wait: Called as often while another process holds the lock.

    Yields:
        True when the lock is held, False if it was cancelled before.

    Raises:
        OSError: The file cannot be made.
    """
    lock = _wait_for(path, is_cancelled, on_wait)
    if lock is None:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


class HeldLock:
    """A lock that belongs to this process until it is released, or the process ends."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle: int | None = handle

    def release(self) -> None:
        """Let others have it. May be repeated."""
        if self._handle is None:
            return
        with contextlib.suppress(OSError):  # on Windows only a closed file can be removed
            self._path.unlink()
        os.close(self._handle)
        self._handle = None
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                self._path.unlink(missing_ok=True)


def try_lock(path: Path) -> HeldLock | None:
    """Take a lock as `file_lock` does, without waiting; None if somebody else holds it.

    Args:
        path: A file for the lock alone; made, and removed when the lock is released.

    Raises:
        OSError: The file cannot be made.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if _is_locked(handle, path):
            return HeldLock(path, handle)
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def is_held(path: Path) -> bool:
    """Return whether somebody holds a lock at this moment; nothing is made or removed.

    Who tries to take it while it is asked for finds it held for that instant.
    """
    try:
        handle = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        _try_lock(handle)
    except OSError as error:
        return error.errno in _BUSY_ERRORS
    finally:
        os.close(handle)
    return False


def _wait_for(
    path: Path, is_cancelled: Callable[[], bool], on_wait: Callable[[], None]
) -> HeldLock | None:
    while not is_cancelled():
        lock = try_lock(path)
        if lock is not None:
            return lock
        on_wait()
        time.sleep(_POLL_S)
    return None


def _is_locked(handle: int, path: Path) -> bool:
    """Return whether the lock is ours, and the file still the one that others would lock."""
    try:
        _try_lock(handle)
    except OSError as error:
        return error.errno not in _BUSY_ERRORS
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False

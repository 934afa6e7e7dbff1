"""Writes the log of a run: append-only, one file for each run, safe after every line."""

import io
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from large_enough.domain.errors import FailureKind, StoreError
from large_enough.domain.pack_run import PackRunPlan
from large_enough.domain.round import Machine
from large_enough.resources.lock import HeldLock, try_lock
from large_enough.store.line_file import LineFile, not_written, open_again, open_exclusively
from large_enough.store.log_lines import encode_record
from large_enough.store.pack_run_lines import SCHEMA_VERSION, Line, RunLine
from large_enough.store.run_log import log_name
from large_enough.wording.translate import _

RUNS_FOLDER = "runs"
"""Below the user's data folder: one log for each run."""
LOCK_SUFFIX = ".lock"
_TRIES = 5
"""A lock that is being removed, or asked for, at this moment looks like one that is held."""
_NEXT_TRY_S = 0.02


class PackRunLog:
    """The log of one run while it is written; only one process writes it at a time."""

    def __init__(self, lines: LineFile, lock: HeldLock) -> None:
        self._lines = lines
        self._lock = lock

    @classmethod
    def create(
        cls,
        folder: Path,
        plan: PackRunPlan,
        machine: Machine,
        started_utc: str,
        *,
        open_file: Callable[[Path], io.FileIO] = open_exclusively,
    ) -> Self:
        """Start the log of a run.

        Args:
            folder: Where the logs lie; it is made if need be.
            plan: The run.
            machine: What it runs on.
            started_utc: ISO 8601, UTC.
            open_file: Makes a new file, failing if there is one; replaced in tests.

        Raises:
            StoreError: LOG_NOT_WRITTEN; no file is left behind.
        """
        path = folder / log_name(started_utc, plan.run_id)
        header = RunLine(
            schema_version=SCHEMA_VERSION, plan=plan, machine=machine, started_utc=started_utc
        )
        lock = _locked(path)
        try:
            lines = LineFile.create(path, encode_record(header) + b"\n", open_file=open_file)
        except BaseException:
            lock.release()
            raise
        return cls(lines, lock)

    @classmethod
    def reopen(cls, path: Path, *, open_file: Callable[[Path], io.FileIO] = open_again) -> Self:
        """Open the log of a run to go on with it. Read it only after that: nobody else writes now.

        Args:
            path: The log.
            open_file: Opens it; replaced in tests.

        Raises:
            StoreError: LOG_IN_USE: another process writes it; LOG_NOT_WRITTEN.
        """
        if not path.is_file():
            raise StoreError(
                FailureKind.LOG_UNREADABLE, str(path), problem=_("it is not an ordinary file")
            )
        lock = _locked(path)
        try:
            lines = LineFile.reopen(path, open_file=open_file)
        except BaseException:
            lock.release()
            raise
        return cls(lines, lock)

    @property
    def path(self) -> Path:
        """The file."""
        return self._lines.path

    def append(self, line: Line) -> None:
        """Record something; it is on the disk when this returns.

        Raises:
            StoreError: LOG_NOT_WRITTEN; what was recorded before is still there.
        """
        self._lines.write(encode_record(line) + b"\n")

    def close(self) -> None:
        """Close the file and let others write it. May be repeated."""
        self._lines.close()
        self._lock.release()

    def __enter__(self) -> Self:
        """Return the log itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.close()


def _locked(path: Path) -> HeldLock:
    """Take the lock of a log; it goes when this process does, however it ends."""
    lock_path = path.with_name(path.name + LOCK_SUFFIX)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for _try in range(_TRIES):
            lock = try_lock(lock_path)
            if lock is not None:
                return lock
            time.sleep(_NEXT_TRY_S)
    except (OSError, ValueError) as error:
        raise not_written(path, error) from error
    raise StoreError(FailureKind.LOG_IN_USE, str(path))

"""Writes the log of a round: append-only, one file for each round, safe after every line."""

import contextlib
import datetime
import io
import os
import re
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from large_enough.domain.errors import FailureKind, StoreError
from large_enough.domain.quantity import Count
from large_enough.domain.round import AnswerResult, Done, Machine, MachineUse, RoundPlan
from large_enough.resources.files import synchronise_folder
from large_enough.store.log_lines import (
    SCHEMA_VERSION,
    AnswerLine,
    EndLine,
    EnergyLine,
    HeaderLine,
    encode_line,
)
from large_enough.store.log_reading import LoggedRound, list_rounds, read_round
from large_enough.wording.translate import _

__all__ = ["LoggedRound", "RoundLog", "list_rounds", "log_name", "read_round"]

_MAX_ID_CHARACTERS = 64


def _open_exclusively(path: Path) -> io.FileIO:
    """Make a new file that only its owner may read: questions and answers are private."""
    return io.FileIO(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600))


class RoundLog:
    """The log of one round while it is written.

    Every line is on the disk (written whole, flushed and synchronised) before the call that wrote
    it returns. A line that could not be written is taken back, so that the log stays whole and the
    next line can be tried. All calls come from the thread that runs the round.
    """

    def __init__(self, path: Path, file: io.FileIO) -> None:
        self._path = path
        self._file = file
        self._good_bytes = 0
        self._is_torn = False

    @classmethod
    def create(
        cls,
        folder: Path,
        plan: RoundPlan,
        machine: Machine,
        started_utc: str,
        available_memory_before_bytes: Count,
        *,
        open_file: Callable[[Path], io.FileIO] = _open_exclusively,
    ) -> Self:
        """Start the log of a round.

        Args:
            folder: Where the logs lie; it is made if need be.
            plan: The round.
            machine: What it runs on.
            started_utc: ISO 8601, UTC.
            available_memory_before_bytes: Free memory before the first model was loaded.
            open_file: Makes a new file, failing if there is one; replaced in tests.

        Raises:
            StoreError: LOG_NOT_WRITTEN; no file is left behind.
        """
        path = folder / log_name(started_utc, plan.round_id)
        header = HeaderLine(
            schema_version=SCHEMA_VERSION,
            plan=plan,
            machine=machine,
            started_utc=started_utc,
            available_memory_before_bytes=available_memory_before_bytes,
        )
        try:
            folder.mkdir(parents=True, exist_ok=True)
            log = cls(path, open_file(path))
        except (OSError, ValueError) as error:
            raise _not_written(path, error) from error
        log._write_first(encode_line(header))
        return log

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    def append(self, result: AnswerResult) -> None:
        """Record how a contender's turn ended.

        Raises:
            StoreError: LOG_NOT_WRITTEN; what was recorded before is still there.
        """
        self._write(encode_line(AnswerLine(result=result)))

    def append_energy(self, done: Done) -> None:
        """Record what an answer used, which was recorded before without it.

        Raises:
            StoreError: LOG_NOT_WRITTEN; what was recorded before is still there.
        """
        line = EnergyLine(letter=done.letter, energy=done.resources.energy)
        self._write(encode_line(line))

    def finish(self, machine_use: MachineUse | None = None) -> None:
        """Record that the round is over, then close the file.

        Args:
            machine_use: What it took of the machine; None if that was not watched.

        Raises:
            StoreError: LOG_NOT_WRITTEN; the log stays incomplete, with all its answers.
        """
        try:
            self._write(encode_line(EndLine(machine_use=machine_use or MachineUse())))
        finally:
            self.close()

    def close(self) -> None:
        """Close the file as it is; without `finish` the log counts as cut. May be repeated."""
        self._file.close()

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

    def _write_first(self, line: bytes) -> None:
        try:
            self._write(line)
            synchronise_folder(self._path.parent)
        except StoreError:
            self.close()
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)
            raise

    def _write(self, line: bytes) -> None:
        try:
            self._write_whole(b"\n" + line if self._is_torn else line)
            os.fsync(self._file.fileno())
        except (OSError, ValueError) as error:  # ValueError: the file is closed
            self._take_back()
            raise _not_written(self._path, error) from error
        self._is_torn = False
        self._good_bytes = self._file.tell()

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


def log_name(started_utc: str, round_id: str) -> str:
    """Return the file name of a round's log; names sort by time.

    Args:
        started_utc: ISO 8601 with its time zone.
        round_id: Characters that file names may not hold everywhere are replaced.
    """
    started = datetime.datetime.fromisoformat(started_utc).astimezone(datetime.UTC)
    harmless_id = re.sub(r"[^A-Za-z0-9_-]", "-", round_id)[:_MAX_ID_CHARACTERS]
    return f"{started:%Y%m%dT%H%M%S.%fZ}-{harmless_id}.jsonl"


def _not_written(path: Path, error: Exception) -> StoreError:
    if isinstance(error, FileExistsError):
        problem = _("a record of this round is there already")
    else:
        problem = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return StoreError(FailureKind.LOG_NOT_WRITTEN, str(path), detail=str(error), problem=problem)

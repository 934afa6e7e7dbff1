"""Writes the log of a round: append-only, one file for each round, safe after every line."""

import datetime
import io
import re
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from large_enough.domain.quantity import Count
from large_enough.domain.round import AnswerResult, Done, Machine, MachineUse, RoundPlan
from large_enough.store.line_file import LineFile, open_exclusively
from large_enough.store.log_lines import (
    SCHEMA_VERSION,
    AnswerLine,
    EndLine,
    EnergyLine,
    HeaderLine,
    encode_line,
)
from large_enough.store.log_reading import LoggedRound, list_rounds, read_round

__all__ = ["LoggedRound", "RoundLog", "list_rounds", "log_name", "read_round"]

_MAX_ID_CHARACTERS = 64


class RoundLog:
    """The log of one round while it is written.

    Every line is on the disk before the call that wrote it returns; see `LineFile`. All calls come
    from the thread that runs the round.
    """

    def __init__(self, lines: LineFile) -> None:
        self._lines = lines

    @classmethod
    def create(
        cls,
        folder: Path,
        plan: RoundPlan,
        machine: Machine,
        started_utc: str,
        available_memory_before_bytes: Count,
        *,
        open_file: Callable[[Path], io.FileIO] = open_exclusively,
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
        return cls(LineFile.create(path, encode_line(header), open_file=open_file))

    @property
    def path(self) -> Path:
        """The file."""
        return self._lines.path

    def append(self, result: AnswerResult) -> None:
        """Record how a contender's turn ended.

        Raises:
            StoreError: LOG_NOT_WRITTEN; what was recorded before is still there.
        """
        self._lines.write(encode_line(AnswerLine(result=result)))

    def append_energy(self, done: Done) -> None:
        """Record what an answer used, which was recorded before without it.

        Raises:
            StoreError: LOG_NOT_WRITTEN; what was recorded before is still there.
        """
        line = EnergyLine(letter=done.letter, energy=done.resources.energy)
        self._lines.write(encode_line(line))

    def finish(self, machine_use: MachineUse | None = None) -> None:
        """Record that the round is over, then close the file.

        Args:
            machine_use: What it took of the machine; None if that was not watched.

        Raises:
            StoreError: LOG_NOT_WRITTEN; the log stays incomplete, with all its answers.
        """
        try:
            self._lines.write(encode_line(EndLine(machine_use=machine_use or MachineUse())))
        finally:
            self.close()

    def close(self) -> None:
        """Close the file as it is; without `finish` the log counts as cut. May be repeated."""
        self._lines.close()

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


def log_name(started_utc: str, round_id: str) -> str:
    """Return the file name of a round's log; names sort by time.

    Args:
        started_utc: ISO 8601 with its time zone.
        round_id: Characters that file names may not hold everywhere are replaced.
    """
    started = datetime.datetime.fromisoformat(started_utc).astimezone(datetime.UTC)
    harmless_id = re.sub(r"[^A-Za-z0-9_-]", "-", round_id)[:_MAX_ID_CHARACTERS]
    return f"{started:%Y%m%dT%H%M%S.%fZ}-{harmless_id}.jsonl"

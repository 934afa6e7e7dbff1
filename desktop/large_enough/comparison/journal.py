"""Keeps the results of one round, in memory and in its log.

A log that cannot be written (a full disk, a folder that may not be written to) never stops a
round: the results stay in memory, and `problem` says what happened.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from large_enough.domain.clock import Clock
from large_enough.domain.errors import StoreError
from large_enough.domain.quantity import Count, Unavailable
from large_enough.domain.round import (
    AnswerResult,
    Done,
    Machine,
    MachineUse,
    RoundPlan,
    RoundRecord,
)
from large_enough.store.run_log import RoundLog

_Content = TypeVar("_Content")


class Journal:
    """The results of one round so far. Used once."""

    def __init__(self, folder: Path | None, machine: Machine, clock: Clock) -> None:
        """Begin in memory.

        Args:
            folder: Where the logs lie; None keeps the results in memory only.
            machine: What the round runs on.
            clock: The program's.
        """
        self.problem = ""
        """Technical reason why the log is missing or incomplete; empty if it is whole."""
        self._folder = folder
        self._machine = machine
        self._started_utc = clock.utc_now().isoformat(timespec="milliseconds")
        self._log: RoundLog | None = None
        self._results: list[AnswerResult] = []
        self._available_bytes: Count = Unavailable(reason="not read")

    @property
    def available_before_bytes(self) -> Count:
        """Free memory of the machine before the first model was loaded."""
        return self._available_bytes

    @property
    def path(self) -> str | None:
        """Where the log lies; None if there is none."""
        return None if self._log is None else str(self._log.path)

    def open(self, plan: RoundPlan, available_bytes: Count) -> None:
        """Begin the log; results that were added before are written at once."""
        self._available_bytes = available_bytes
        if self._folder is None:
            return
        try:
            self._log = RoundLog.create(
                self._folder, plan, self._machine, self._started_utc, available_bytes
            )
            for result in self._results:
                self._log.append(result)
        except StoreError as error:
            self.problem = str(error)

    def add(self, result: AnswerResult) -> None:
        """Keep a result, and write it if the log is open."""
        self._results.append(result)
        if self._log is not None:
            self._try(self._log.append, result)

    def amend(self, done: Done) -> None:
        """Keep an answer's energy, which becomes known after its end, and write it."""
        self._results = [done if each.letter == done.letter else each for each in self._results]
        if self._log is not None:
            self._try(self._log.append_energy, done)

    def finish(self, plan: RoundPlan, machine_use: MachineUse) -> RoundRecord:
        """Close the log and return the whole round."""
        if self._log is not None:
            self._try(self._log.finish, machine_use)
        return RoundRecord(
            plan=plan,
            machine=self._machine,
            started_utc=self._started_utc,
            results=tuple(self._results),
            is_complete=len(self._results) == len(plan.contenders),
            available_memory_before_bytes=self._available_bytes,
            machine_use=machine_use,
        )

    def _try(self, write: Callable[[_Content], None], content: _Content) -> None:
        try:
            write(content)
        except StoreError as error:
            self.problem = self.problem or str(error)

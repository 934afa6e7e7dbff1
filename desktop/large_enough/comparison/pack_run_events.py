"""What a listener hears while a pack is asked.

As with `comparison.events`: events come from the thread that runs the pack, in order; a listener
must return quickly and must not raise.
"""

import enum
from typing import Protocol

import msgspec

from large_enough.domain.errors import ErrorInfo
from large_enough.domain.pack_run import Cell, PackRunPlan, PackRunRecord
from large_enough.domain.quantity import Quantity


class RunState(enum.StrEnum):
    """Where a contender stands in a run."""

    WAITING = "waiting"
    """For its turn."""
    CHECKING = "checking"
    """Its file is being read to know its SHA-256; `fraction` tells how far."""
    LOADING = "loading"
    """Its model is being loaded; `fraction` tells how far."""
    WARMING_UP = "warming_up"
    """It answers once without being measured or graded."""
    COUNTING = "counting"
    """The items' tokens are being counted with its tokenizer."""
    ANSWERING = "answering"
    DONE = "done"
    """It has answered everything."""
    PAUSED = "paused"
    """The run was stopped before it had answered everything."""
    FAILED = "failed"
    """It cannot go on; `error` says why."""


class RunStarted(msgspec.Struct, frozen=True, kw_only=True):
    """A run begins, or goes on."""

    plan: PackRunPlan
    done_count: int
    """Answers that are on record already."""
    total_count: int


class ContenderStateChanged(msgspec.Struct, frozen=True, kw_only=True):
    """A contender has got further."""

    letter: str
    state: RunState
    fraction: float | None = None
    """How far within the state, 0 to 1; None where nothing can be said."""
    error: ErrorInfo | None = None
    """Why it cannot go on, or why it has to begin again."""


class CellFinished(msgspec.Struct, frozen=True, kw_only=True):
    """An answer is on record, with its grade."""

    cell: Cell


class ContenderProgress(msgspec.Struct, frozen=True, kw_only=True):
    """How far one contender is."""

    letter: str
    done_count: int
    total_count: int
    right_count: int
    """Answers with full score so far."""
    failure_count: int
    """Answers that say nothing about the model's knowledge: cut, empty, refused, failed."""
    items_per_s: Quantity
    """In this run, loading left out; unavailable before the first answers."""


class RunProgressed(msgspec.Struct, frozen=True, kw_only=True):
    """How far the run is."""

    done_count: int
    total_count: int
    items_per_s: Quantity
    """Of whoever answers now."""
    left_s: Quantity
    """Time that is left at the pace that each contender has shown in this run; unavailable while a
    contender that has much left has not shown any."""
    contenders: tuple[ContenderProgress, ...]


class RunEnded(msgspec.Struct, frozen=True, kw_only=True):
    """The run is over, or stopped and can go on."""

    record: PackRunRecord
    log_path: str | None
    """Where it is recorded; None if it could not be written at all."""
    log_problem: ErrorInfo | None = None
    """Why it had to stop: its record could not be written."""


RunEvent = RunStarted | ContenderStateChanged | CellFinished | RunProgressed | RunEnded


class RunListener(Protocol):
    """Somebody who follows a run."""

    def on_run_event(self, event: RunEvent) -> None:
        """Take note of one event."""
        ...

"""What a listener hears while a round goes on.

The window, the command line and recorded logs are interchangeable listeners. Events come from the
thread that runs the round, in order; a listener must return quickly and must not raise.
"""

import enum
from typing import Protocol

import msgspec

from large_enough.domain.generation import LoadedModel
from large_enough.domain.power_now import PowerNow
from large_enough.domain.resource_use import MemorySample
from large_enough.domain.round import AnswerResult, Done, RoundPlan, RoundRecord


class ContenderState(enum.StrEnum):
    """Where a contender stands in a round. Its end is told by `AnswerFinished`."""

    WAITING = "waiting"
    """For its turn, or for a free core."""
    CHECKING = "checking"
    """Its file is being read to know its SHA-256; `fraction` tells how far."""
    LOADING = "loading"
    """Its model is being loaded; `fraction` tells how far."""
    READY = "ready"
    """Loaded, not asked yet."""
    READING = "reading"
    """Processing the prompt; `fraction` tells how far."""
    ANSWERING = "answering"


class RoundStarted(msgspec.Struct, frozen=True, kw_only=True):
    """A round begins."""

    plan: RoundPlan


class StateChanged(msgspec.Struct, frozen=True, kw_only=True):
    """A contender has got further."""

    letter: str
    state: ContenderState
    fraction: float | None = None
    """How far within the state, 0 to 1; None where nothing can be said."""


class ModelLoaded(msgspec.Struct, frozen=True, kw_only=True):
    """A contender's model has been loaded (not sent when it was loaded before)."""

    letter: str
    model: LoadedModel


class TextAdded(msgspec.Struct, frozen=True, kw_only=True):
    """More of a contender's answer."""

    letter: str
    text: str
    is_thought: bool
    token_count: int
    """Tokens so far."""
    t_s: float
    """Seconds since the worker got the prompt."""


class MemorySampled(msgspec.Struct, frozen=True, kw_only=True):
    """A reading of a contender's memory."""

    letter: str
    sample: MemorySample


class PowerSampled(msgspec.Struct, frozen=True, kw_only=True):
    """What the machine draws while contenders answer."""

    letters: tuple[str, ...]
    """Who is answering; with more than one, the power is of all of them together."""
    power: PowerNow


class AnswerFinished(msgspec.Struct, frozen=True, kw_only=True):
    """A contender's turn has ended. It is in the log already; its energy follows."""

    result: AnswerResult


class EnergyKnown(msgspec.Struct, frozen=True, kw_only=True):
    """The energy of an answer has been read; the result is now complete, and in the log."""

    result: Done


class RoundFinished(msgspec.Struct, frozen=True, kw_only=True):
    """All turns have ended."""

    record: RoundRecord
    log_path: str | None
    """Where the round is recorded; None if it could not be written (`log_problem` says why)."""
    log_problem: str = ""
    """Technical reason why the round is not on disk."""


RoundEvent = (
    RoundStarted
    | StateChanged
    | ModelLoaded
    | TextAdded
    | MemorySampled
    | PowerSampled
    | AnswerFinished
    | EnergyKnown
    | RoundFinished
)


class Listener(Protocol):
    """Somebody who follows a round."""

    def on_event(self, event: RoundEvent) -> None:
        """Take note of one event."""
        ...

"""The measured protocol: what is repeated and how often, how far it is, how it ended.

Warm-up, settling, idle baseline, then passes in the order A B, B A, A B ... with a pause after
each, in which the idle power is measured again. Turning the order round cancels what changes
steadily, such as temperature.
"""

import enum

import msgspec

from large_enough.domain.energy import IdlePower
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.prompt import Prompt
from large_enough.domain.quantity import Quantity
from large_enough.domain.round import RoundPlan, RoundRecord


class ThoroughSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How a thorough measurement goes."""

    longest_s: float = 300.0
    """After this time no pass is begun any more."""
    wanted_width: float = 0.10
    """It ends when no ratio's interval is wider than this part of the ratio."""
    fewest_pairs: int = 6
    """Answers of each contender, at least; an interval needs five, and the order two passes."""
    most_passes: int = 40
    settle_s: float = 5.0
    """After the warm-up."""
    idle_s: float = 16.0
    """For the idle power; without instruments nothing is measured in it, and it is left out."""
    cool_down_s: float = 3.0
    """Between passes, where there are no instruments."""
    warm_up_tokens: int = 32
    """The warm-up's answers are cut after so many tokens."""


class ThoroughPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be measured thoroughly."""

    template: RoundPlan
    """Contenders, mode and settings of each round."""
    prompts: tuple[Prompt, ...]
    """All of them are asked in every pass."""
    settings: ThoroughSettings = ThoroughSettings()


class ThoroughStep(enum.StrEnum):
    """Where a thorough measurement stands."""

    WARM_UP = "warm_up"
    SETTLE = "settle"
    IDLE = "idle"
    PASS = "pass"  # noqa: S105 - not a word to log in with
    COOL_DOWN = "cool_down"
    IDLE_AGAIN = "idle_again"


class ThoroughProgress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a thorough measurement is."""

    step: ThoroughStep
    pass_number: int
    """The pass that is on, or was last; 0 before the first."""
    fewest_passes: int
    """So many are made at least, unless the time is up."""
    most_left_s: Quantity
    """Longest time it may still take (it often ends sooner), or why nobody can tell yet."""


class ThoroughEnd(enum.StrEnum):
    """Why a thorough measurement ended."""

    NARROW_ENOUGH = "narrow_enough"
    """The intervals are as narrow as wanted."""
    TIME_UP = "time_up"
    STOPPED = "stopped"
    """By the user."""
    FAILED = "failed"
    """A contender could not answer."""


class ThoroughRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A whole thorough measurement; its rounds have logs of their own, too."""

    schema_version: int = 1
    session_id: str
    started_utc: str
    """ISO 8601, UTC."""
    plan: ThoroughPlan
    rounds: tuple[RoundRecord, ...]
    """Of the passes, in their order; the warm-up is left out."""
    end: ThoroughEnd
    error: ErrorInfo | None = None
    """What failed."""
    idle_before: tuple[IdlePower, ...] = ()
    idle_after: tuple[IdlePower, ...] = ()
    """Idle powers before the first pass and after the last."""
    log_problem: str = ""
    """Technical reason why this record is not on disk; empty if it is."""

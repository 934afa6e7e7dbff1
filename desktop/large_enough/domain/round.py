"""A round: one prompt answered by all contenders, and everything recorded about it."""

import enum

import msgspec

from large_enough.domain.errors import ErrorInfo
from large_enough.domain.generation import (
    Answer,
    EngineBuild,
    LoadedModel,
    LoadSettings,
    Message,
    Placement,
    PromptStyle,
    SamplingSettings,
)
from large_enough.domain.model_card import ModelCard
from large_enough.domain.quantity import Count, Quantity, Unavailable, ratio
from large_enough.domain.resource_use import ResourceUse

LETTERS = "ABCD"
"""Contenders are called by these letters, in this order, everywhere."""


class Mode(enum.StrEnum):
    """Whether contenders answer one after the other or all at once."""

    MEASURED = "measured"
    """One at a time: the numbers can be compared."""
    TOGETHER = "together"
    """All at once, with the processor's cores divided: the numbers are contended."""


class Contender(msgspec.Struct, frozen=True, kw_only=True):
    """A model and its settings, taking part."""

    letter: str
    """A, B, C or D."""
    card: ModelCard
    load: LoadSettings = LoadSettings()


class AnswerSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What is the same for every contender of a round."""

    style: PromptStyle = PromptStyle.CHAT
    max_tokens: int = 512
    stop: tuple[str, ...] = ()
    sampling: SamplingSettings = SamplingSettings()
    thinking: bool | None = None
    reuse_prefix: bool = True
    """Whether a later turn of a conversation keeps what is in the KV cache of the earlier ones. A
    first question is always read whole, so that its prompt processing can be compared."""
    thread_count: int | None = None
    """Threads for each contender; None lets the core budget decide."""


class RoundPlan(msgspec.Struct, frozen=True, kw_only=True):
    """One prompt for all contenders."""

    round_id: str
    """Unique among all rounds."""
    session_id: str
    """The same for all rounds that were asked in one go or in one conversation."""
    prompt: str
    """The user's message."""
    system: str = ""
    """System message; empty for none."""
    history: dict[str, tuple[Message, ...]] = {}
    """By letter: earlier turns of the conversation, as that contender saw them."""
    contenders: tuple[Contender, ...]
    mode: Mode = Mode.MEASURED
    settings: AnswerSettings = AnswerSettings()


class AnswerContext(msgspec.Struct, frozen=True, kw_only=True):
    """Under which conditions an answer was given: what decides whether numbers compare."""

    engine: EngineBuild
    loaded: LoadedModel
    placement: Placement
    is_contended: bool
    """Whether other contenders were generating at the same time."""
    is_pinned: bool
    """Whether the worker really stayed on the processors given to it."""
    system_load_before: Quantity
    """Share of the machine's processor time (0 to 1) in use just before the answer: other
    programs', unless it is contended."""


FULL_PROCESSOR_SHARE = 0.85
"""Of the threads' time; a quiet machine gives 0.95 and more."""
BUSY_SYSTEM_LOAD = 0.25
SHORTEST_JUDGED_S = 0.2
"""Below this, the ticks of processor time are too coarse to judge."""


class Done(msgspec.Struct, frozen=True, kw_only=True, tag="done"):
    """The contender gave an answer (cut or not)."""

    letter: str
    answer: Answer
    resources: ResourceUse
    context: AnswerContext

    @property
    def is_disturbed(self) -> bool:
        """Whether other programs took so much of the processor that the times are too long.

        Two signs, with thresholds of our choice: the worker's threads did not get the processor
        for all of the answer, or the machine was busy just before it. Not judged are contended
        answers, which are marked as such, and models that do not compute on the processor alone.
        """
        timing, load = self.answer.timing, self.context.system_load_before
        is_judged = self.context.loaded.is_on_processor and not self.context.is_contended
        if not is_judged or timing.total_s < SHORTEST_JUDGED_S:
            return False
        share = ratio(timing.cpu_s, timing.total_s * self.context.placement.thread_count)
        is_starved = not isinstance(share, Unavailable) and share < FULL_PROCESSOR_SHARE
        is_busy = not isinstance(load, Unavailable) and load > BUSY_SYSTEM_LOAD
        return is_starved or is_busy


class Cancelled(msgspec.Struct, frozen=True, kw_only=True, tag="cancelled"):
    """The user stopped the contender."""

    letter: str
    answer: Answer | None = None
    """What there was of an answer."""


class Failed(msgspec.Struct, frozen=True, kw_only=True, tag="failed"):
    """The contender could not answer."""

    letter: str
    error: ErrorInfo
    partial_text: str = ""
    """What it had said before it failed."""


AnswerResult = Done | Cancelled | Failed
"""How one contender's turn ended."""


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """The machine and the software a round ran on."""

    operating_system: str
    cpu_name: str | Unavailable
    physical_core_count: int
    logical_core_count: int
    usable_core_count: int
    """Physical cores this process may use and that compute fast (efficiency cores left out)."""
    memory_bytes: int
    on_battery: bool | Unavailable
    python_version: str
    program_version: str
    source_revision: str | Unavailable
    """Commit of the sources, with "+" if they were changed; unavailable when installed."""


class RoundRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A whole round."""

    schema_version: int = 1
    plan: RoundPlan
    machine: Machine
    started_utc: str
    """ISO 8601, UTC."""
    results: tuple[AnswerResult, ...]
    """In the order in which they ended."""
    is_complete: bool
    """False if the log ends before the round did: a crash, a full disk."""
    available_memory_before_bytes: Count = Unavailable(reason="not read")
    """Free memory of the machine before the first model was loaded."""

    def result_of(self, letter: str) -> AnswerResult | None:
        """Return how the contender's turn ended, or None if it has not."""
        return next((result for result in self.results if result.letter == letter), None)

    def contender(self, letter: str) -> Contender:
        """Return the contender with that letter.

        Raises:
            KeyError: There is none.
        """
        for contender in self.plan.contenders:
            if contender.letter == letter:
                return contender
        raise KeyError(letter)

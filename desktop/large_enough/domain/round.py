"""A round: one prompt answered by all contenders, and everything recorded about it."""

import enum

import msgspec

from large_enough.domain.energy import EnergyFlag, IdlePower, PowerConditions
from large_enough.domain.energy_use import EnergyUse
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
    Timing,
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


class Purpose(enum.StrEnum):
    """What a round is for."""

    QUESTION = "question"
    """To compare answers: the usual one."""
    WARM_UP = "warm_up"
    """To bring processor and caches into their working state; its figures count for nothing."""
    PROTOCOL = "protocol"
    """One pass of the measured protocol."""


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
    purpose: Purpose = Purpose.QUESTION
    ask_order: tuple[str, ...] = ()
    """Letters in the order in which they are asked; empty for the order of the contenders."""

    @property
    def letters_in_turn(self) -> tuple[str, ...]:
        """The letters of all contenders in the order in which they are asked."""
        letters = tuple(contender.letter for contender in self.contenders)
        named = tuple(letter for letter in self.ask_order if letter in letters)
        return named + tuple(letter for letter in letters if letter not in named)


NOT_NOTED = Unavailable(reason="not read")


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
    conditions: PowerConditions | Unavailable = NOT_NOTED
    """Power source and power plan when it was asked."""
    was_throttled: bool | Unavailable = NOT_NOTED
    """Whether heat or a power limit slowed the processor or the card down meanwhile."""
    swapped_out_bytes: Count = NOT_NOTED
    """What the whole machine moved from memory to disk meanwhile."""


FULL_PROCESSOR_SHARE = 0.85
"""Of the threads' time; a quiet machine gives 0.95 and more."""
BUSY_SYSTEM_LOAD = 0.25
SWAPPING_BYTES = 16_000_000
"""Systems move a few pages to disk at any time; from here on it slows a model down (our choice)."""
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
        """Whether other programs took so much of the processor that the times are too long."""
        return is_disturbed(self.answer.timing, self.context)

    @property
    def flags(self) -> tuple[EnergyFlag, ...]:
        """What to know about the figures before they are believed."""
        context = self.context
        conditions = context.conditions
        on_battery = isinstance(conditions, PowerConditions) and conditions.on_battery is True
        found = {
            EnergyFlag.ON_BATTERY: on_battery,
            EnergyFlag.THROTTLED: context.was_throttled is True,
            EnergyFlag.SWAPPING: is_swapping(context.swapped_out_bytes),
            EnergyFlag.OTHER_LOAD: self.is_disturbed,
        }
        return tuple(flag for flag, is_set in found.items() if is_set)

    def with_energy(self, energy: EnergyUse) -> "Done":
        """Return the same answer with what it used, marked with its flags."""
        resources = msgspec.structs.replace(self.resources, energy=energy.with_flags(self.flags))
        return msgspec.structs.replace(self, resources=resources)


def is_disturbed(timing: Timing, context: AnswerContext) -> bool:
    """Return whether other programs took so much of the processor that the times are too long.

    Two signs, with thresholds of our choice: the worker's threads did not get the processor for all
    of the answer, or the machine was busy just before it. Not judged are contended answers, which
    are marked as such, and models that do not compute on the processor alone.
    """
    load = context.system_load_before
    is_judged = context.loaded.is_on_processor and not context.is_contended
    if not is_judged or timing.total_s < SHORTEST_JUDGED_S:
        return False
    share = ratio(timing.cpu_s, timing.total_s * context.placement.thread_count)
    is_starved = not isinstance(share, Unavailable) and share < FULL_PROCESSOR_SHARE
    is_busy = not isinstance(load, Unavailable) and load > BUSY_SYSTEM_LOAD
    return is_starved or is_busy


def is_swapping(swapped_out_bytes: Count) -> bool:
    """Return whether so much was moved to disk that models are slowed down."""
    return isinstance(swapped_out_bytes, int) and swapped_out_bytes >= SWAPPING_BYTES


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


class MachineUse(msgspec.Struct, frozen=True, kw_only=True):
    """What a round took of the machine, all contenders together."""

    models_bytes: Count = NOT_NOTED
    """By how much available memory fell from before the first model was loaded to its lowest, and
    what was moved to disk meanwhile. Other programs count in; weights that are mapped from their
    files do not, where the system counts such pages as available."""
    swapped_out_bytes: Count = NOT_NOTED
    """What was moved from memory to disk during the round."""
    idle: tuple[IdlePower, ...] = ()
    """Idle powers that were known at the end, with these models loaded."""


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
    machine_use: MachineUse = MachineUse()

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

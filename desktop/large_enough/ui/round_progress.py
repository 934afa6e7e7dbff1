"""Follows a round event by event and knows its figures so far; free of Qt."""

import dataclasses

from large_enough.comparison.events import (
    AnswerFinished,
    ContenderState,
    EnergyKnown,
    MemorySampled,
    PowerSampled,
    RoundEvent,
    StateChanged,
    TextAdded,
)
from large_enough.domain.energy_use import mean_power
from large_enough.domain.generation import Chunk
from large_enough.domain.power_now import PowerNow, no_power
from large_enough.domain.quantity import Quantity, Unavailable, ratio
from large_enough.domain.resource_use import MemorySample
from large_enough.domain.round import AnswerResult, Cancelled, Done, Failed, Mode, RoundPlan

NOT_YET = Unavailable(reason="not yet")
"""Why a figure is missing before its time."""
NO_POWER_YET = no_power(NOT_YET.reason)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The figures of one contender, final or so far."""

    tokens_per_s: Quantity = NOT_YET
    characters_per_s: Quantity = NOT_YET
    first_token_s: Quantity = NOT_YET
    total_s: Quantity = NOT_YET
    """Time since the question, until the answer is complete."""
    needed_bytes: Quantity = NOT_YET
    power: PowerNow = NO_POWER_YET
    """Watts now or, when it has ended, on average over the answer."""
    is_power_shared: bool = False
    """Whether the watts are of several contenders together."""
    is_final: bool = False


@dataclasses.dataclass(slots=True, kw_only=True)
class ContenderProgress:
    """How far one contender is."""

    letter: str
    state: ContenderState = ContenderState.WAITING
    fraction: float | None = None
    token_count: int = 0
    character_count: int = 0
    timeline: list[Chunk] = dataclasses.field(default_factory=list)
    """When how much of the answer had come."""
    first: TextAdded | None = None
    last: TextAdded | None = None
    peak_bytes: Quantity = NOT_YET
    power: PowerNow = NO_POWER_YET
    is_power_shared: bool = False
    result: AnswerResult | None = None

    def figures(self) -> Figures:
        """Return the figures: those of the result if there is one, else what is known so far."""
        if isinstance(self.result, Done):
            return figures_of(self.result)
        if isinstance(self.result, Cancelled):
            return self._so_far(self.result)
        if isinstance(self.result, Failed):
            gone = Unavailable(reason="failed")
            return Figures(
                tokens_per_s=gone,
                characters_per_s=gone,
                first_token_s=gone,
                total_s=gone,
                needed_bytes=gone,
            )
        return self._so_far(None)

    def _so_far(self, stopped: Cancelled | None) -> Figures:
        if self.first is None or self.last is None:
            return Figures(
                needed_bytes=self.peak_bytes,
                power=self.power,
                is_power_shared=self.is_power_shared,
            )
        between_s = self.last.t_s - self.first.t_s
        return Figures(
            tokens_per_s=ratio(float(self.token_count - self.first.token_count), between_s),
            characters_per_s=ratio(float(self.character_count - len(self.first.text)), between_s),
            first_token_s=self.first.t_s,
            total_s=Unavailable(reason="stopped") if stopped else self.last.t_s,
            needed_bytes=self.peak_bytes,
            power=self.power,
            is_power_shared=self.is_power_shared,
            is_final=stopped is not None,
        )


class RoundProgress:
    """How far a round is."""

    def __init__(self, plan: RoundPlan) -> None:
        self.plan = plan
        self.contenders = {
            contender.letter: ContenderProgress(letter=contender.letter)
            for contender in plan.contenders
        }

    @property
    def is_contended(self) -> bool:
        """Whether the contenders share the processor."""
        return self.plan.mode is Mode.TOGETHER and len(self.contenders) > 1

    def take(self, event: RoundEvent) -> None:
        """Take note of an event of this round; others are ignored."""
        match event:
            case StateChanged(letter=letter, state=state, fraction=fraction):
                progress = self.contenders[letter]
                progress.state, progress.fraction = state, fraction
            case TextAdded(letter=letter):
                _add_text(self.contenders[letter], event)
            case MemorySampled(letter=letter, sample=sample):
                progress = self.contenders[letter]
                progress.peak_bytes = _larger(progress.peak_bytes, _needed_bytes(sample))
            case PowerSampled(letters=letters, power=power):
                for letter in letters:
                    self.contenders[letter].power = power
                    self.contenders[letter].is_power_shared = len(letters) > 1
            case AnswerFinished(result=result) | EnergyKnown(result=result):
                self.contenders[result.letter].result = result
            case _:
                pass


def figures_of(done: Done) -> Figures:
    """Return the figures of an answer."""
    timing, resources = done.answer.timing, done.resources
    return Figures(
        tokens_per_s=timing.generation_tokens_per_s,
        characters_per_s=timing.characters_per_s,
        first_token_s=timing.first_token_s,
        total_s=timing.total_s,
        needed_bytes=resources.memory.needed_bytes,
        power=mean_power(resources.energy),
        is_final=True,
    )


def _add_text(progress: ContenderProgress, event: TextAdded) -> None:
    progress.first = progress.first or event
    progress.last = event
    progress.token_count = event.token_count
    progress.character_count += len(event.text)
    progress.timeline.append(Chunk(event.t_s, progress.character_count, event.token_count))


def _needed_bytes(sample: MemorySample) -> float:
    if isinstance(sample.weights_bytes, Unavailable) or isinstance(
        sample.working_bytes, Unavailable
    ):
        return float(sample.resident_bytes)
    return float(sample.weights_bytes + sample.working_bytes)


def _larger(known: Quantity, other: float) -> float:
    return other if isinstance(known, Unavailable) else max(known, other)

"""What the parts of a running round share. Only the round's own thread touches it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from large_enough.comparison.events import AnswerFinished, EnergyKnown, RoundEvent
from large_enough.comparison.instruments import Instruments
from large_enough.comparison.journal import Journal
from large_enough.comparison.schedule import Phase
from large_enough.comparison.turn import Turn
from large_enough.domain.clock import Clock
from large_enough.domain.energy_use import EnergyUse
from large_enough.domain.generation import GenerationRequest, Placement
from large_enough.domain.round import AnswerResult, Done, Mode, RoundPlan
from large_enough.engine.core_budget import divide, whole_machine
from large_enough.engine.fleet import Fleet

Shape = Callable[[GenerationRequest], GenerationRequest]


def as_it_is(request: GenerationRequest) -> GenerationRequest:
    """Return a request without any change."""
    return request


_AT_WORK = frozenset({Phase.LOADING, Phase.ANSWERING})


@dataclass(slots=True, kw_only=True)
class RoundState:
    """The round as it stands."""

    plan: RoundPlan
    announce: Callable[[RoundEvent], None]
    fleet: Fleet
    instruments: Instruments
    journal: Journal
    clock: Clock
    shape: Shape
    """Adds to each request what the plan does not know of."""
    fit_together: bool = True
    """Whether all contenders fit into memory at the same time."""
    must_end: bool = False
    """Whether the user wants the round to end: nothing is waited for any more."""
    turns: dict[str, Turn] = field(init=False)
    """By letter, in the order in which they are asked."""
    quiet_since_s: float = field(init=False, default=0.0)
    """When a worker of this round last loaded or answered, on the monotonic clock."""
    seats: tuple[Placement, ...] = field(init=False)
    """The shares of cores for together mode."""

    def __post_init__(self) -> None:
        """Give every contender its turn, and the cores their shares."""
        by_letter = {contender.letter: contender for contender in self.plan.contenders}
        self.turns = {
            letter: Turn(contender=by_letter[letter]) for letter in self.plan.letters_in_turn
        }
        self.seats = divide(
            self.instruments.core_ids, len(self.turns), self.plan.settings.thread_count
        )

    @property
    def is_over(self) -> bool:
        """Whether every contender has a result."""
        return all(turn.phase is Phase.ENDED for turn in self.turns.values())

    @property
    def is_shared(self) -> bool:
        """Whether contenders may answer at the same time in this round."""
        return self.plan.mode is Mode.TOGETHER and self.fit_together

    def placement(self) -> Placement:
        """Return the processors for the contender that is asked next."""
        if not self.is_shared:
            return whole_machine(self.instruments.core_ids, self.plan.settings.thread_count)
        used = [turn.placement for turn in self.answering()]
        return next(seat for seat in self.seats if seat not in used)

    def answering(self) -> list[Turn]:
        """Return the turns that are being answered now."""
        return [turn for turn in self.turns.values() if turn.phase is Phase.ANSWERING]

    def become_quiet(self) -> None:
        """Take note that a worker has just stopped working."""
        self.quiet_since_s = self.clock.monotonic_s()
        self.instruments.system_load()  # the next reading covers the time from here to the asking
        if not any(turn.phase in _AT_WORK for turn in self.turns.values()):
            self.instruments.power.be_quiet(self.fleet.loaded_ids)

    def turn_of_worker(self, worker_id: int) -> Turn | None:
        """Return the turn that this worker serves, if it serves one."""
        for turn in self.turns.values():
            if turn.worker is not None and turn.worker.worker_id == worker_id:
                return turn
        return None

    def decide(self, turn: Turn, result: AnswerResult) -> None:
        """End a turn: put its result on record first, then tell of it."""
        if turn.phase is Phase.ENDED:
            return
        turn.phase = Phase.ENDED
        turn.result = result
        if not isinstance(result, Done):
            self.instruments.power.drop(turn.letter)
        self.become_quiet()
        self.instruments.memory.unwatch(turn.letter)
        self.journal.add(result)
        self.announce(AnswerFinished(result=result))

    def take_energy(self, letter: str, energy: EnergyUse) -> None:
        """Add its energy to an answer: on record first, then tell of it."""
        turn = self.turns.get(letter)
        if turn is None or not isinstance(turn.result, Done):
            return
        turn.result = turn.result.with_energy(energy)
        self.journal.amend(turn.result)
        self.announce(EnergyKnown(result=turn.result))

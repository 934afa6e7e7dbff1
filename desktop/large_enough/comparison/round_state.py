"""What the parts of a running round share. Only the round's own thread touches it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from large_enough.comparison.events import AnswerFinished, RoundEvent
from large_enough.comparison.instruments import Instruments
from large_enough.comparison.journal import Journal
from large_enough.comparison.schedule import Phase
from large_enough.comparison.turn import Turn
from large_enough.domain.clock import Clock
from large_enough.domain.generation import Placement
from large_enough.domain.round import AnswerResult, Mode, RoundPlan
from large_enough.engine.core_budget import divide, whole_machine
from large_enough.engine.fleet import Fleet


@dataclass(slots=True, kw_only=True)
class RoundState:
    """The round as it stands."""

    plan: RoundPlan
    announce: Callable[[RoundEvent], None]
    fleet: Fleet
    instruments: Instruments
    journal: Journal
    clock: Clock
    fit_together: bool = True
    """Whether all contenders fit into memory at the same time."""
    turns: dict[str, Turn] = field(init=False)
    """By letter, in the order of the plan."""
    quiet_since_s: float = field(init=False, default=0.0)
    """When a worker of this round last loaded or answered, on the monotonic clock."""
    seats: tuple[Placement, ...] = field(init=False)
    """The shares of cores for together mode."""

    def __post_init__(self) -> None:
        """Give every contender its turn, and the cores their shares."""
        self.turns = {
            contender.letter: Turn(contender=contender) for contender in self.plan.contenders
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
        self.become_quiet()
        self.instruments.memory.unwatch(turn.letter)
        self.journal.add(result)
        self.announce(AnswerFinished(result=result))

"""Talks to one loaded worker outside of rounds: asks, hears, stops, gives up."""

from collections.abc import Callable
from dataclasses import dataclass, field

from large_enough.comparison.pack_run_ends import StoppedError
from large_enough.comparison.reactions import STOP_PATIENCE_S
from large_enough.comparison.round_in_progress import TICK_S
from large_enough.domain.clock import Clock
from large_enough.domain.errors import ErrorInfo, FailureKind, ProtocolError
from large_enough.engine.client import Delivered, Exited
from large_enough.engine.fleet import Fleet, StopWanted, Worker, WorkerSpoke
from large_enough.protocol.messages import Choose, CountTokens, Generate


@dataclass(slots=True)
class Talk:
    """One stretch of talking to a worker. Only the run's thread touches it."""

    worker: Worker
    run_id: str
    fleet: Fleet
    clock: Clock
    is_stopping: bool = False
    """Whether somebody wants the run to pause."""
    _stop_by_s: float = field(default=0.0, init=False)

    def hear(self) -> tuple[Delivered, frozenset[int]] | None:
        """Wait a moment for what the worker says.

        Returns:
            What it said, and the requests that this ends; None if it said nothing.
        """
        happening = self.fleet.inbox.take(TICK_S)
        self._look_after()
        match happening:
            case WorkerSpoke(worker_id, said) if worker_id == self.worker.worker_id:
                ended = self.worker.take_note(said)
                if isinstance(said, Exited):
                    self.fleet.dismiss(self.worker)
                return said, ended
            case StopWanted(_letter, round_id) if round_id in {None, self.run_id}:
                self._stop()
        return None

    def ask_one(self, command_for: Callable[[int], Generate | Choose | CountTokens]) -> Delivered:
        """Ask something while nothing else is in flight, and return what the worker says to it.

        Raises:
            StoppedError: Somebody wants the run to pause.
            ProtocolError: The command is too long for a frame.
        """
        number = self.worker.ask(command_for)
        while True:
            heard = self.hear()
            if heard is not None and number in heard[1]:
                if self.is_stopping:
                    raise StoppedError
                return heard[0]

    def _stop(self) -> None:
        """Stop everything in flight; what has begun gets time to end cleanly."""
        if not self.is_stopping:
            self.is_stopping = True
            self._stop_by_s = self.clock.monotonic_s() + STOP_PATIENCE_S
            self.worker.cancel_all()

    def _look_after(self) -> None:
        """Give up a worker that has stopped responding, or that does not stop when asked to."""
        now_s = self.clock.monotonic_s()
        problem = self.worker.problem(now_s)
        if self.is_stopping and now_s > self._stop_by_s:
            problem = ErrorInfo(kind=FailureKind.STOPPED_RESPONDING)
        if problem is not None:
            self.worker.client.give_up(problem)


def too_long_for_a_frame(error: ProtocolError) -> ErrorInfo:
    """Return why a question cannot even be sent."""
    return ErrorInfo(kind=FailureKind.PROMPT_TOO_LONG, detail=str(error))

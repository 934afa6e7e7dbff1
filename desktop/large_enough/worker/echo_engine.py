"""Gives the tokens of scripted answers, one answer at a time or several."""

import math
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from large_enough.domain.clock import Clock
from large_enough.domain.echo_script import EchoAnswer, EndKind, parse_end
from large_enough.domain.generation import GenerationRequest
from large_enough.worker.answer_batch import Opened
from large_enough.worker.answering import LabelWeights, PromptRead, Step
from large_enough.worker.echo_answers import EchoAnswers, Said, weigh
from large_enough.worker.echo_faults import Faults
from large_enough.worker.placement import ProcessorShare
from large_enough.worker.request_check import check_prompt_length

STEPS = 10
"""Progress reports while a scripted prompt is read."""
LONGEST_WAIT_S = 0.02
"""Of one step for several answers: commands are taken in between steps."""


class ScriptedTokens:
    """Gives the tokens of one scripted answer in turn, then its end."""

    def __init__(self, said: Said, faults: Faults) -> None:
        self._pieces = said.pieces
        self._end = parse_end(said.answer.end)
        self._faults = faults
        self._next = 0

    @property
    def hangs(self) -> bool:
        """Whether its end is that nothing more comes."""
        return self._end.kind in {EndKind.HANG, EndKind.HANG_SILENT}

    def next(self) -> int:
        """Return the next token; behind the last one the scripted end comes.

        Raises:
            EngineError: The script says so.
        """
        if self._next == len(self._pieces):
            if self._end.kind is EndKind.LENGTH and self._pieces:
                self._next = 0
            else:
                self._faults.happen(self._end)
        self._next += 1
        return self._next - 1

    def piece(self, token: int) -> bytes | None:
        """Return a token's bytes; None behind the last one."""
        return self._pieces[token] if token < len(self._pieces) else None


class ScriptedEngine:
    """Gives one scripted answer (see `answering.TokenEngine`)."""

    hidden_tags: Mapping[int, str] = {}

    def __init__(self, said: Said, cancelled: threading.Event, faults: Faults) -> None:
        self._answer = said.answer
        self._tokens = ScriptedTokens(said, faults)
        # One that is going to hang does not listen from its first token on.
        self._cancelled = threading.Event() if self._tokens.hangs else cancelled
        self.sample = self._tokens.next
        self.piece = self._tokens.piece

    def read(
        self, tokens: Sequence[int], *, reuse: bool, on_progress: Callable[[int], None]
    ) -> PromptRead:
        """Take the time that reading the prompt is said to take."""
        del reuse
        on_progress(0)
        for step in range(1, STEPS + 1):
            if self._cancelled.wait(self._answer.prompt_delay_s / STEPS):
                return PromptRead(0, is_cancelled=True)
            on_progress(len(tokens) * step // STEPS)
        return PromptRead(0, is_cancelled=False)

    def decode(self, token: int) -> Step:
        """Take the time that a token is said to take."""
        del token
        if self._cancelled.wait(self._answer.token_delay_s):
            return Step.CANCELLED
        return Step.DONE

    def log_probability(self, token: int) -> float:
        """Return what the script says of every token."""
        del token
        return _log_probability(self._answer)

    def weigh(self, labels: Sequence[str]) -> LabelWeights:
        """Return what the script says of the labels."""
        return weigh(self._answer, labels)


@dataclass(slots=True, kw_only=True)
class _Seat:
    said: Said
    tokens: ScriptedTokens
    due_ns: int
    """When its next step is due."""
    read_step: int = 0
    is_ready: bool = False


class ScriptedSeats:
    """Gives several scripted answers at once (see `answer_batch.BatchEngine`).

    Each takes its own time; a step goes on with all that are due, in the order of their seats.
    """

    hidden_tags: Mapping[int, str] = {}

    def __init__(
        self,
        answers: EchoAnswers,
        seat_count: int,
        context_tokens: int,
        clock: Clock,
        cancelled: threading.Event,
        faults: Faults,
        share: ProcessorShare,
    ) -> None:
        self.seat_count = seat_count
        self._answers = answers
        self._context_tokens = context_tokens
        self._now_ns = clock.monotonic_ns
        self._cancelled = cancelled
        self._faults = faults
        self._share = share
        self._seats: dict[int, _Seat] = {}

    def open(self, seat: int, request: GenerationRequest) -> Opened:
        """Give a seat to the script's next answer."""
        said = self._answers.next(request)
        check_prompt_length(len(said.prompt.tokens), self._context_tokens)
        self._share.apply(request.placement)
        self._seats[seat] = _Seat(
            said=said, tokens=ScriptedTokens(said, self._faults), due_ns=self._now_ns()
        )
        return Opened(said.prompt, 0)

    def compute(self) -> bool:
        """Wait for the first that is due, then go on with all that are."""
        first_ns = min(seat.due_ns for seat in self._seats.values())
        wait_s = min((first_ns - self._now_ns()) / 1e9, LONGEST_WAIT_S)
        if wait_s > 0 and self._cancelled.wait(wait_s):
            return False
        now_ns = self._now_ns()
        for seat in self._seats.values():
            seat.is_ready = seat.due_ns <= now_ns and self._is_read(seat)
        return True

    def read_token_count(self, seat: int) -> int:
        """Return how much of the prompt has been read."""
        held = self._seats[seat]
        return len(held.said.prompt.tokens) * held.read_step // STEPS

    def is_ready(self, seat: int) -> bool:
        """Tell whether its next token is due."""
        return self._seats[seat].is_ready

    def sample(self, seat: int) -> int:
        """Return its next token."""
        return self._seats[seat].tokens.next()

    def log_probability(self, seat: int, token: int) -> float:
        """Return what the script says of every token."""
        del token
        return _log_probability(self._seats[seat].said.answer)

    def weigh(self, seat: int, labels: Sequence[str]) -> LabelWeights:
        """Return what the script says of the labels."""
        return weigh(self._seats[seat].said.answer, labels)

    def piece(self, seat: int, token: int) -> bytes | None:
        """Return a token's bytes."""
        return self._seats[seat].tokens.piece(token)

    def follow(self, seat: int, token: int) -> bool:
        """Let the next token be due when the script says."""
        del token
        held = self._seats[seat]
        held.due_ns = self._now_ns() + round(held.said.answer.token_delay_s * 1e9)
        return True

    def close(self, seat: int) -> None:
        """Take the seat back."""
        self._seats.pop(seat, None)

    def _is_read(self, seat: _Seat) -> bool:
        """Read a tenth of the prompt, or tell that all of it has been read."""
        if seat.read_step == STEPS:
            return True
        delay_s = seat.said.answer.prompt_delay_s
        seat.read_step = seat.read_step + 1 if delay_s else STEPS
        seat.due_ns += round(delay_s / STEPS * 1e9)
        return seat.read_step == STEPS and not delay_s


def _log_probability(answer: EchoAnswer) -> float:
    return math.log(answer.token_probability)

"""Makes several answers at once.

Each answer has a seat. A step of the engine computes one more token for every seat that writes and
a piece of the prompt for those that still read; then each seat takes its token. Answers end one by
one, and the next one in line gets the seat.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from large_enough.domain.clock import Clock
from large_enough.domain.errors import LargeEnoughError
from large_enough.domain.generation import Answer, FinishReason, GenerationRequest
from large_enough.worker.answering import LabelWeights, as_choice
from large_enough.worker.backend import Ended, Outcome, Output
from large_enough.worker.growing_answer import GrowingAnswer, PreparedPrompt
from large_enough.worker.request_check import check_labels, check_request
from large_enough.worker.stopwatch import Stopwatch


@dataclass(frozen=True, slots=True)
class Opened:
    """A seat that was given to a request."""

    prompt: PreparedPrompt
    reused_token_count: int


class BatchEngine(Protocol):
    """Computes tokens for several answers at once. Seats are numbered from 0."""

    @property
    def seat_count(self) -> int:
        """How many answers there can be at once."""
        ...

    @property
    def hidden_tags(self) -> Mapping[int, str]:
        """As in `answering.TokenEngine`."""
        ...

    def open(self, seat: int, request: GenerationRequest) -> Opened:
        """Give a seat to a request.

        Raises:
            LargeEnoughError: It cannot be answered; the seat stays free.
        """
        ...

    def compute(self) -> bool:
        """Compute a step for all seats; False if it was stopped on the way, and may be repeated.

        Raises:
            LargeEnoughError: The engine refused; what the seats hold is lost.
        """
        ...

    def read_token_count(self, seat: int) -> int:
        """Return how many tokens of the seat's prompt are in memory."""
        ...

    def is_ready(self, seat: int) -> bool:
        """Tell whether the seat's next token can be chosen."""
        ...

    def sample(self, seat: int) -> int:
        """Choose the seat's next token.

        Raises:
            LargeEnoughError: There is none to choose from.
        """
        ...

    def log_probability(self, seat: int, token: int) -> float:
        """Return how probable the token just chosen was, before any sampling settings."""
        ...

    def weigh(self, seat: int, labels: Sequence[str]) -> LabelWeights:
        """As in `answering.TokenEngine`."""
        ...

    def piece(self, seat: int, token: int) -> bytes | None:
        """As in `answering.TokenEngine`."""
        ...

    def follow(self, seat: int, token: int) -> bool:
        """Have the next step begin with this token; False if the seat's context is full."""
        ...

    def close(self, seat: int) -> None:
        """Take the seat back."""
        ...


@dataclass(slots=True, kw_only=True)
class _Seated:
    """A request that has a seat."""

    request_id: int
    request: GenerationRequest
    labels: Sequence[str] | None
    """What to choose from; None for an answer to be written."""
    output: Output
    watch: Stopwatch
    opened: Opened
    growing: GrowingAnswer
    told_token_count: int = field(default=-1)


class AnswerBatch:
    """The answers that are in the making (see `backend.Batch`)."""

    def __init__(self, engine: BatchEngine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._seats: dict[int, _Seated] = {}

    @property
    def request_ids(self) -> frozenset[int]:
        """The requests that have a seat."""
        return frozenset(seated.request_id for seated in self._seats.values())

    @property
    def has_room(self) -> bool:
        """Whether another request can be started."""
        return len(self._seats) < self._engine.seat_count

    def start(
        self,
        request_id: int,
        request: GenerationRequest,
        labels: Sequence[str] | None,
        arrived_ns: int,
        output: Output,
    ) -> None:
        """Give a free seat to a request (see `backend.Batch`).

        Raises:
            LargeEnoughError: It cannot be answered.
        """
        check_request(request)
        if labels is not None:
            check_labels(labels)
        seat = min(set(range(self._engine.seat_count)) - self._seats.keys())
        watch = Stopwatch(self._clock, arrived_ns, longest_s=request.longest_s, is_shared=True)
        with watch.preparing_prompt():
            opened = self._engine.open(seat, request)
        self._seats[seat] = _Seated(
            request_id=request_id,
            request=request,
            labels=labels,
            output=output,
            watch=watch,
            opened=opened,
            growing=GrowingAnswer(opened.prompt, request, output, watch),
        )

    def step(self, stopped: Collection[int]) -> list[Ended]:
        """Go on with all answers (see `backend.Batch`).

        Raises:
            LargeEnoughError: The engine refused: no answer can go on.
        """
        ended = [
            self._end(seat, self._stopped(seated))
            for seat, seated in list(self._seats.items())
            if seated.request_id in stopped or seated.watch.is_time_up
        ]
        if self._seats and self._engine.compute():
            for seat, seated in list(self._seats.items()):
                outcome = self._go_on(seat, seated)
                if outcome is not None:
                    ended.append(self._end(seat, outcome))
        return ended

    def abandon(self) -> frozenset[int]:
        """Give up all answers; return their requests."""
        request_ids = self.request_ids
        for seat in list(self._seats):
            self._engine.close(seat)
        self._seats.clear()
        return request_ids

    def _stopped(self, seated: _Seated) -> Outcome:
        finish = seated.watch.stop_reason
        return finish if seated.labels is not None else self._answer(seated, finish)

    def _go_on(self, seat: int, seated: _Seated) -> Outcome | None:
        """Take what the step brought; return how the request ended, or None if it goes on."""
        self._tell_reading(seat, seated)
        if not self._engine.is_ready(seat):
            return None
        try:
            if seated.labels is not None:
                weights = self._engine.weigh(seat, seated.labels)
                return as_choice(weights, seated.opened.prompt, seated.watch)
            finish = self._take_token(seat, seated)
        except LargeEnoughError as error:  # of this one only
            return error
        return None if finish is None else self._answer(seated, finish)

    def _take_token(self, seat: int, seated: _Seated) -> FinishReason | None:
        engine, growing = self._engine, seated.growing
        token = engine.sample(seat)
        piece = engine.piece(seat, token)
        if seated.request.wants_token_probabilities:
            growing.note(piece, engine.log_probability(seat, token))
        finish = growing.take(token, piece, engine.hidden_tags)
        if finish is None and not engine.follow(seat, token):
            return FinishReason.CONTEXT_FULL
        return finish

    def _answer(self, seated: _Seated, finish: FinishReason) -> Answer:
        return seated.growing.end(finish, seated.opened.reused_token_count)

    def _tell_reading(self, seat: int, seated: _Seated) -> None:
        done = self._engine.read_token_count(seat)
        if done != seated.told_token_count:
            seated.told_token_count = done
            seated.output.reading(done, len(seated.opened.prompt.tokens))

    def _end(self, seat: int, outcome: Outcome) -> Ended:
        self._engine.close(seat)
        return Ended(self._seats.pop(seat).request_id, outcome)

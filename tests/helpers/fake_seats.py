"""Seats that say what a test wants, for tests of several answers at once."""

import math
from collections.abc import Callable, Mapping, Sequence

from tests.helpers.fake_clock import FakeClock

from large_enough.domain.errors import EngineError, FailureKind
from large_enough.domain.generation import GenerationRequest
from large_enough.worker.answer_batch import Opened
from large_enough.worker.answering import LabelWeights
from large_enough.worker.growing_answer import PreparedPrompt

READ_STEPS = 2
STEP_S = 0.1


class FakeSeats:
    """Says a prompt's own words, one each step, after two steps of reading.

    "!refused" is refused at once; behind the word "!broken" no token can be chosen; behind "!full"
    the context is full.
    """

    hidden_tags: Mapping[int, str] = {}

    def __init__(self, clock: FakeClock, seat_count: int = 3) -> None:
        self.seat_count = seat_count
        self.before_step: Callable[[], bool] = lambda: True
        self.closed: list[int] = []
        self._clock = clock
        self._words: dict[int, list[str]] = {}
        self._steps: dict[int, int] = {}

    def open(self, seat: int, request: GenerationRequest) -> Opened:
        """Take a request."""
        assert seat not in self._words, "the seat is taken"
        words = request.messages[-1].content.split()
        if words[0] == "!refused":
            raise EngineError(FailureKind.PROMPT_TOO_LONG)
        self._words[seat], self._steps[seat] = words, 0
        prompt = PreparedPrompt(tokens=range(10), text_sha256=words[0], tags=None)
        return Opened(prompt, 4)

    def compute(self) -> bool:
        """Take the time of a step."""
        self._clock.advance(STEP_S)
        if not self.before_step():
            return False
        for seat in self._steps:
            self._steps[seat] += 1
        return True

    def read_token_count(self, seat: int) -> int:
        """Half of the prompt is read in each step."""
        return min(10, 5 * self._steps[seat])

    def is_ready(self, seat: int) -> bool:
        """Tell whether the prompt was read."""
        return self._steps[seat] >= READ_STEPS

    def sample(self, seat: int) -> int:
        """Return the number of the word."""
        number = self._steps[seat] - READ_STEPS
        if number and self._words[seat][number - 1] == "!broken":
            raise EngineError(FailureKind.ENGINE_REFUSED)
        return number

    def log_probability(self, seat: int, token: int) -> float:
        """Return another number for each seat and token."""
        return -(seat + token / 8)

    def weigh(self, seat: int, labels: Sequence[str]) -> LabelWeights:
        """Find all labels equally probable."""
        del seat
        return LabelWeights((math.log(1 / len(labels)),) * len(labels), 0.5)

    def piece(self, seat: int, token: int) -> bytes | None:
        """Return a word; None behind the last one."""
        words = self._words[seat]
        return f" {words[token]}".encode() if token < len(words) else None

    def follow(self, seat: int, token: int) -> bool:
        """Go on, unless the context is full."""
        return self._words[seat][token] != "!full"

    def close(self, seat: int) -> None:
        """Take the seat back."""
        self.closed.append(seat)
        del self._words[seat], self._steps[seat]

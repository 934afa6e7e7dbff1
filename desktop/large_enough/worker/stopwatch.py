"""Takes the times of one answer."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from large_enough.domain.clock import Clock
from large_enough.domain.generation import FinishReason, Timing
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.worker.text_stream import TextStream

NOTHING_GENERATED = Unavailable(reason="the model gave no token")
PROMPT_NOT_READ = Unavailable(reason="stopped before the prompt was read")
TOO_FEW_TOKENS = Unavailable(reason="fewer than two tokens")
ONLY_THOUGHTS = Unavailable(reason="the answer ended within the model's thoughts")
SHARED = Unavailable(reason="several answers were computed at once")

NEVER_NS = 1 << 62
"""A moment that does not come."""


class Stopwatch:
    """Takes the times of one answer as `Timing` defines them."""

    def __init__(
        self,
        clock: Clock,
        arrived_ns: int,
        *,
        longest_s: float | None = None,
        is_shared: bool = False,
    ) -> None:
        """Begin.

        Args:
            clock: Tells the time.
            arrived_ns: When the request arrived.
            longest_s: How long the answer may take from now on; None: no limit.
            is_shared: Whether other answers are computed at the same time: then what one of them
                takes is not its own, and only the total is told.
        """
        self.arrived_ns = arrived_ns
        self.now_ns = clock.monotonic_ns
        self.deadline_ns = NEVER_NS
        if longest_s is not None:
            self.deadline_ns = self.now_ns() + round(longest_s * 1e9)
        self._is_shared = is_shared
        self._cpu_at_start_s = time.process_time()
        self._template_s = 0.0
        self.prompt_s: Quantity = PROMPT_NOT_READ
        self.first_ns: int | None = None
        self.last_ns: int | None = None

    @property
    def stop_reason(self) -> FinishReason:
        """Why an answer that was stopped now was stopped."""
        return FinishReason.TIME_UP if self.is_time_up else FinishReason.CANCELLED

    @property
    def is_time_up(self) -> bool:
        """Whether the answer has taken as long as it may."""
        return self.now_ns() >= self.deadline_ns

    @property
    def total_s(self) -> float:
        """From the request's arrival to now."""
        return (self.now_ns() - self.arrived_ns) / 1e9

    @contextmanager
    def preparing_prompt(self) -> Iterator[None]:
        """Time the block, which renders the prompt and splits it into tokens."""
        started_ns = self.now_ns()
        yield
        self._template_s = (self.now_ns() - started_ns) / 1e9

    def timing(
        self, prompt_token_count: int, reused_token_count: int, stream: TextStream
    ) -> Timing:
        """Return everything that was measured; the answer ends now."""
        return Timing(
            prompt_token_count=prompt_token_count,
            reused_token_count=reused_token_count,
            generated_token_count=stream.token_count,
            character_count=stream.character_count,
            template_s=self._template_s,
            prompt_s=self._own(self.prompt_s),
            first_token_s=self._own(self._since_arrival_s(self.first_ns, NOTHING_GENERATED)),
            first_answer_token_s=self._own(self._first_answer_token_s(stream)),
            decode_s=self._own(self._decode_s()),
            total_s=self.total_s,
            cpu_s=self._own(time.process_time() - self._cpu_at_start_s),
        )

    def _own(self, quantity: Quantity) -> Quantity:
        return SHARED if self._is_shared else quantity

    def _since_arrival_s(self, moment_ns: int | None, otherwise: Unavailable) -> Quantity:
        return otherwise if moment_ns is None else (moment_ns - self.arrived_ns) / 1e9

    def _first_answer_token_s(self, stream: TextStream) -> Quantity:
        if stream.has_thoughts:
            return self._since_arrival_s(stream.first_answer_ns, ONLY_THOUGHTS)
        return self._since_arrival_s(self.first_ns, NOTHING_GENERATED)

    def _decode_s(self) -> Quantity:
        if self.first_ns is None or self.last_ns is None or self.last_ns <= self.first_ns:
            return TOO_FEW_TOKENS
        return (self.last_ns - self.first_ns) / 1e9

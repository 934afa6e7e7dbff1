"""A token engine that gives tokens of one's choice, for tests of the worker."""

import math
from collections.abc import Callable, Mapping, Sequence

from tests.helpers.fake_clock import FakeClock

from large_enough.worker.answering import LabelWeights, PromptRead, Step


class FakeEngine:
    """Gives the pieces in turn, then the end of text. Reading and each token take their time."""

    def __init__(
        self,
        pieces: Sequence[bytes | None],
        clock: FakeClock,
        *,
        read_s: float = 0.5,
        token_s: float = 0.1,
        steps: Sequence[Step] = (),
        is_read_cancelled: bool = False,
        reused: int = 0,
        hidden_tags: Mapping[int, str] | None = None,
    ) -> None:
        self.hidden_tags = hidden_tags or {}
        self.decoded: list[int] = []
        self._pieces = pieces
        self._clock = clock
        self._read_s = read_s
        self._token_s = token_s
        self._steps = steps
        self._is_read_cancelled = is_read_cancelled
        self._reused = reused
        self._next = 0

    def read(
        self, tokens: Sequence[int], *, reuse: bool, on_progress: Callable[[int], None]
    ) -> PromptRead:
        """Take the time to read."""
        kept = self._reused if reuse else 0
        on_progress(kept)
        self._clock.advance(self._read_s)
        if self._is_read_cancelled:
            return PromptRead(kept, is_cancelled=True)
        on_progress(len(tokens))
        return PromptRead(kept, is_cancelled=False)

    def sample(self) -> int:
        """Return the number of the next piece."""
        self._next += 1
        return self._next - 1

    def piece(self, token: int) -> bytes | None:
        """Return a piece; None is the end of text."""
        return self._pieces[token] if token < len(self._pieces) else None

    def log_probability(self, token: int) -> float:
        """Return another number for each token."""
        return -token / 8

    def weigh(self, labels: Sequence[str]) -> LabelWeights:
        """Find all labels equally probable."""
        return LabelWeights(tuple(math.log(1 / len(labels)) for _ in labels), 0.5)

    def decode(self, token: int) -> Step:
        """Take the time of a token."""
        self._clock.advance(self._token_s)
        self.decoded.append(token)
        done = len(self.decoded)
        return self._steps[done - 1] if done <= len(self._steps) else Step.DONE


class KeptOutput:
    """Keeps what a backend tells."""

    def __init__(self) -> None:
        self.readings: list[tuple[int, int]] = []
        self.texts: list[tuple[str, bool]] = []

    def reading(self, done_token_count: int, total_token_count: int) -> None:
        """Keep a reading."""
        self.readings.append((done_token_count, total_token_count))

    def text(self, text: str, is_thought: bool, token_count: int, t_s: float) -> None:
        """Keep a text."""
        del token_count, t_s
        self.texts.append((text, is_thought))

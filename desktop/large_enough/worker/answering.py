"""Makes an answer token by token, with its timings.

The order of events is the same for every engine: read the prompt, then take a token, show it, have
the engine compute the next one. What happens for each token is kept short: at a hundred tokens a
second every 0.1 ms here would cost a percent of the speed that is being measured.
"""

import enum
import functools
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from large_enough.domain.clock import Clock
from large_enough.domain.generation import Answer, FinishReason, GenerationRequest, Timing
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.worker.backend import Output
from large_enough.worker.text_stream import TextStream
from large_enough.worker.thoughts import TagFamily, ThoughtSplitter

NOTHING_GENERATED = Unavailable(reason="the model gave no token")
PROMPT_NOT_READ = Unavailable(reason="stopped before the prompt was read")
TOO_FEW_TOKENS = Unavailable(reason="fewer than two tokens")
ONLY_THOUGHTS = Unavailable(reason="the answer ended within the model's thoughts")


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedPrompt:
    """A prompt as the model gets it."""

    tokens: Sequence[int]
    text_sha256: str
    """Of the text after the template."""
    tags: TagFamily | None
    """How the model marks its thoughts; None for text that is only continued."""
    starts_in_thought: bool = False
    """Whether the template has opened a thought already."""


class Step(enum.Enum):
    """What came of computing one token."""

    DONE = enum.auto()
    CANCELLED = enum.auto()
    CONTEXT_FULL = enum.auto()


_FINISH = {Step.CANCELLED: FinishReason.CANCELLED, Step.CONTEXT_FULL: FinishReason.CONTEXT_FULL}


@dataclass(frozen=True, slots=True)
class PromptRead:
    """What came of reading a prompt."""

    reused_token_count: int
    is_cancelled: bool


class TokenEngine(Protocol):
    """Computes tokens for one answer."""

    @property
    def hidden_tags(self) -> Mapping[int, str]:
        """Tokens that the vocabulary hides, with their text, if it belongs to tags of thoughts."""
        ...

    def read(
        self, tokens: Sequence[int], *, reuse: bool, on_progress: Callable[[int], None]
    ) -> PromptRead:
        """Compute the prompt.

        Args:
            tokens: All of it.
            reuse: Whether what is in memory of it already may be kept.
            on_progress: Takes the number of tokens in memory.

        Raises:
            LargeEnoughError: The engine refused.
        """
        ...

    def sample(self) -> int:
        """Choose the next token; returns once the computation before it has ended."""
        ...

    def piece(self, token: int) -> bytes | None:
        """Return a token's bytes; None for one that ends the text."""
        ...

    def decode(self, token: int) -> Step:
        """Compute the step after this token.

        Raises:
            LargeEnoughError: The engine refused.
        """
        ...


class Stopwatch:
    """Takes the times of one answer as `Timing` defines them."""

    def __init__(self, clock: Clock, arrived_ns: int) -> None:
        self.arrived_ns = arrived_ns
        self.now_ns = clock.monotonic_ns
        self._cpu_at_start_s = time.process_time()
        self._template_s = 0.0
        self.prompt_s: Quantity = PROMPT_NOT_READ
        self.first_ns: int | None = None
        self.last_ns: int | None = None

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
            prompt_s=self.prompt_s,
            first_token_s=self._since_arrival_s(self.first_ns, NOTHING_GENERATED),
            first_answer_token_s=self._first_answer_token_s(stream),
            decode_s=self._decode_s(),
            total_s=(self.now_ns() - self.arrived_ns) / 1e9,
            cpu_s=time.process_time() - self._cpu_at_start_s,
        )

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


def make_answer(
    engine: TokenEngine,
    prompt: PreparedPrompt,
    request: GenerationRequest,
    output: Output,
    watch: Stopwatch,
) -> Answer:
    """Read the prompt, then generate until there is a reason to end.

    Raises:
        LargeEnoughError: The engine refused.
    """
    stream = _open_stream(prompt, request, output, watch.arrived_ns)
    total = len(prompt.tokens)
    before_ns = watch.now_ns()
    read = engine.read(
        prompt.tokens,
        reuse=request.reuse_prefix,
        on_progress=lambda done: output.reading(done, total),
    )
    if read.is_cancelled:
        finish = FinishReason.CANCELLED
    else:
        watch.prompt_s = (watch.now_ns() - before_ns) / 1e9
        finish = _generate(engine, stream, watch, request.max_tokens)
    stream.end(finish, watch.now_ns())
    timing = watch.timing(total, read.reused_token_count, stream)
    return Answer(
        text=stream.text,
        thoughts=stream.thoughts,
        finish=finish,
        timing=timing,
        timeline=stream.timeline,
        rendered_prompt_sha256=prompt.text_sha256,
    )


def _generate(
    engine: TokenEngine, stream: TextStream, watch: Stopwatch, max_tokens: int
) -> FinishReason:
    """The hot loop."""
    sample, piece_of, decode = engine.sample, engine.piece, engine.decode
    feed, now_ns, hidden_tags = stream.feed, watch.now_ns, engine.hidden_tags
    while True:
        token = sample()
        sampled_ns = now_ns()
        piece = piece_of(token)
        if piece is None:
            return FinishReason.END_OF_TEXT
        watch.last_ns = sampled_ns
        if watch.first_ns is None:
            watch.first_ns = sampled_ns
        if token in hidden_tags:
            goes_on = stream.feed_tag(hidden_tags[token], sampled_ns)
        else:
            goes_on = feed(piece, sampled_ns)
        if not goes_on:
            return FinishReason.STOP_TEXT
        if stream.token_count >= max_tokens or stream.is_full:
            return FinishReason.LENGTH
        step = decode(token)
        if step is not Step.DONE:
            return _FINISH[step]


def _open_stream(
    prompt: PreparedPrompt, request: GenerationRequest, output: Output, arrived_ns: int
) -> TextStream:
    splitter = None
    if prompt.tags is not None:
        splitter = functools.partial(
            ThoughtSplitter, prompt.tags, starts_in_thought=prompt.starts_in_thought
        )
    return TextStream(output.text, arrived_ns, stop=request.stop, splitter=splitter)

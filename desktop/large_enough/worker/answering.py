"""Makes an answer token by token, with its timings.

The order of events is the same for every engine: read the prompt, then take a token, show it, have
the engine compute the next one. What happens for each token is kept short: at a hundred tokens a
second every 0.1 ms here would cost a percent of the speed that is being measured.
"""

import enum
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from large_enough.domain.generation import Answer, Choice, FinishReason, GenerationRequest
from large_enough.worker.backend import Output
from large_enough.worker.growing_answer import GrowingAnswer, PreparedPrompt
from large_enough.worker.stopwatch import Stopwatch


class Step(enum.Enum):
    """What came of computing one token."""

    DONE = enum.auto()
    CANCELLED = enum.auto()
    CONTEXT_FULL = enum.auto()


@dataclass(frozen=True, slots=True)
class PromptRead:
    """What came of reading a prompt."""

    reused_token_count: int
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class LabelWeights:
    """How probable labels are as the next token."""

    log_probabilities: tuple[float, ...]
    """Normalised over the labels."""
    share: float
    """Probability of all of them together."""


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

    def log_probability(self, token: int) -> float:
        """Return how probable the token just chosen was, before any sampling settings."""
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

    def weigh(self, labels: Sequence[str]) -> LabelWeights:
        """Return how probable labels are as the next token.

        Raises:
            RequestError: One of them is no single token, or two are the same.
        """
        ...


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
    growing = GrowingAnswer(prompt, request, output, watch)
    total = len(prompt.tokens)
    before_ns = watch.now_ns()
    read = engine.read(
        prompt.tokens,
        reuse=request.reuse_prefix,
        on_progress=lambda done: output.reading(done, total),
    )
    if read.is_cancelled:
        finish = watch.stop_reason
    else:
        watch.prompt_s = (watch.now_ns() - before_ns) / 1e9
        finish = _generate(engine, growing, _sampler(engine, growing, request), request.max_tokens)
    return growing.end(finish, read.reused_token_count)


def make_choice(
    engine: TokenEngine,
    prompt: PreparedPrompt,
    request: GenerationRequest,
    labels: Sequence[str],
    output: Output,
    watch: Stopwatch,
) -> Choice | FinishReason:
    """Read the prompt, then look how probable each label is.

    Raises:
        LargeEnoughError: The engine refused, or the labels cannot be told apart.
    """
    total = len(prompt.tokens)
    read = engine.read(
        prompt.tokens,
        reuse=request.reuse_prefix,
        on_progress=lambda done: output.reading(done, total),
    )
    if read.is_cancelled:
        return watch.stop_reason
    return as_choice(engine.weigh(labels), prompt, watch)


def as_choice(weights: LabelWeights, prompt: PreparedPrompt, watch: Stopwatch) -> Choice:
    """Return the record of a choice that has just been made."""
    return Choice(
        log_probabilities=weights.log_probabilities,
        share=weights.share,
        prompt_token_count=len(prompt.tokens),
        rendered_prompt_sha256=prompt.text_sha256,
        total_s=watch.total_s,
    )


def _sampler(
    engine: TokenEngine, growing: GrowingAnswer, request: GenerationRequest
) -> Callable[[], int]:
    """Return what chooses the next token, and notes its probability if that is wanted."""
    if not request.wants_token_probabilities:
        return engine.sample

    def sample_and_note() -> int:
        token = engine.sample()
        growing.note(engine.piece(token), engine.log_probability(token))
        return token

    return sample_and_note


def _generate(
    engine: TokenEngine, growing: GrowingAnswer, sample: Callable[[], int], max_tokens: int
) -> FinishReason:
    """The hot loop."""
    watch, stream = growing.watch, growing.stream
    piece_of, decode, feed = engine.piece, engine.decode, stream.feed
    now_ns, hidden_tags, deadline_ns = watch.now_ns, engine.hidden_tags, watch.deadline_ns
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
        if stream.token_count >= max_tokens:
            return FinishReason.LENGTH
        if stream.cut is not None:
            return stream.cut
        if sampled_ns >= deadline_ns:
            return FinishReason.TIME_UP
        step = decode(token)
        if step is not Step.DONE:
            return FinishReason.CONTEXT_FULL if step is Step.CONTEXT_FULL else watch.stop_reason

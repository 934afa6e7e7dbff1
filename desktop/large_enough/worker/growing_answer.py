"""An answer while it is made: its text, its times, what is noted about its tokens."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from large_enough.domain.generation import (
    Answer,
    FinishReason,
    GenerationRequest,
    TokenProbability,
)
from large_enough.worker.backend import Output
from large_enough.worker.loop_guard import LoopGuard
from large_enough.worker.stopwatch import Stopwatch
from large_enough.worker.text_stream import TextStream
from large_enough.worker.thoughts import TagFamily, ThoughtSplitter

MAX_NOTED_BYTES = 150_000
"""Probabilities of further tokens are not recorded: the answer travels whole in one frame."""
MAX_NOTED_CHARACTERS = 64
"""Of a token's text."""


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


class GrowingAnswer:
    """One answer in the making.

    Attributes:
        stream: Its text.
        watch: Its times.
    """

    def __init__(
        self, prompt: PreparedPrompt, request: GenerationRequest, output: Output, watch: Stopwatch
    ) -> None:
        self.watch = watch
        self.stream = _open_stream(prompt, request, output, watch.arrived_ns)
        self._prompt = prompt
        self._max_tokens = request.max_tokens
        self._notes: list[TokenProbability] = []
        self._noted_bytes = 0

    def take(
        self, token: int, piece: bytes | None, hidden_tags: Mapping[int, str]
    ) -> FinishReason | None:
        """Take the next token; return why the answer ends with it, or None if it goes on.

        The loop over a single answer (`answering.make_answer`) does the same in its own way, since
        there each call costs speed that is being measured.
        """
        now_ns, stream = self.watch.now_ns(), self.stream
        if piece is None:
            return FinishReason.END_OF_TEXT
        tag = hidden_tags.get(token)
        goes_on = stream.feed(piece, now_ns) if tag is None else stream.feed_tag(tag, now_ns)
        if not goes_on:
            return FinishReason.STOP_TEXT
        if stream.token_count >= self._max_tokens:
            return FinishReason.LENGTH
        if now_ns >= self.watch.deadline_ns:
            return FinishReason.TIME_UP
        return stream.cut

    def note(self, piece: bytes | None, log_probability: float) -> None:
        """Record how probable a token was; the one that ends the text is left out."""
        if piece is None or self._noted_bytes >= MAX_NOTED_BYTES:
            return
        text = piece.decode("utf-8", "replace")[:MAX_NOTED_CHARACTERS]
        note = TokenProbability(text, round(log_probability, 6))
        self._noted_bytes += len(msgspec.json.encode(note)) + 1
        self._notes.append(note)

    def end(self, finish: FinishReason, reused_token_count: int) -> Answer:
        """Send what is left of the text; return the whole answer."""
        self.stream.end(finish, self.watch.now_ns())
        timing = self.watch.timing(len(self._prompt.tokens), reused_token_count, self.stream)
        return Answer(
            text=self.stream.text,
            thoughts=self.stream.thoughts,
            finish=finish,
            timing=timing,
            timeline=self.stream.timeline,
            rendered_prompt_sha256=self._prompt.text_sha256,
            token_probabilities=tuple(self._notes),
        )


def _open_stream(
    prompt: PreparedPrompt, request: GenerationRequest, output: Output, arrived_ns: int
) -> TextStream:
    splitter = None
    if prompt.tags is not None:
        splitter = functools.partial(
            ThoughtSplitter, prompt.tags, starts_in_thought=prompt.starts_in_thought
        )
    return TextStream(
        output.text,
        arrived_ns,
        stop=request.stop,
        splitter=splitter,
        longest_characters=request.longest_characters,
        guard=LoopGuard() if request.stops_loops else None,
    )

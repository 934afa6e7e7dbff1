"""Turns the bytes of an answer's tokens into text events.

Bytes become characters as soon as they are complete, thoughts are parted from the answer, stop
texts end it, and what is left is sent in gulps: the first at once, later ones at most every 33 ms.
A gulp is also a point of the timeline, from which an answer can be replayed at its true speed.
"""

import codecs
from collections.abc import Callable, Sequence

import msgspec

from large_enough.domain.generation import Chunk, FinishReason
from large_enough.worker.loop_guard import LoopGuard
from large_enough.worker.stop_texts import StopTexts
from large_enough.worker.thoughts import Part, ThoughtSplitter

FLUSH_PERIOD_NS = 33_000_000
"""About 30 times a second: a screen shows no more, and each message costs both processes time."""

MAX_ENCODED_BYTES = 700_000
"""An answer longer than this is cut: it travels whole in one frame, together with its timeline."""

MAX_CHUNKS = 4096
"""A longer timeline is thinned, for the same reason. At 30 a second these are two minutes."""

_new_decoder = codecs.getincrementaldecoder("utf-8")

Emit = Callable[[str, bool, int, float], None]
"""Takes text, whether it is a thought, the number of tokens so far, seconds since the start."""


class TextStream:
    """The text of one answer while it is made. `feed` is on the hot path of generation.

    Attributes:
        token_count: Tokens fed so far.
        character_count: Characters sent so far.
        cut: Why the answer must end now: it is too long, or only repeats itself.
        first_answer_ns: When the first of it was fed that is no thought.
    """

    def __init__(
        self,
        emit: Emit,
        start_ns: int,
        *,
        stop: Sequence[str] = (),
        splitter: Callable[[Callable[[str, bool], None]], ThoughtSplitter] | None = None,
        longest_characters: int | None = None,
        guard: LoopGuard | None = None,
    ) -> None:
        """Begin an answer.

        Args:
            emit: Sends text on.
            start_ns: When the request arrived.
            stop: Texts that end the answer; they are not looked for in thoughts.
            splitter: Makes the splitter of thoughts; None if there can be none.
            longest_characters: Text beyond that is dropped; None: no limit.
            guard: Notices that the text only repeats itself; None if that does not matter.
        """
        self.token_count = 0
        self.character_count = 0
        self.cut: FinishReason | None = None
        self.first_answer_ns: int | None = None
        self._emit = emit
        self._start_ns = start_ns
        self._decode = _new_decoder("replace").decode
        self._stop = StopTexts(stop)
        self._splitter = splitter(self._take) if splitter else None
        self._is_thinking = self._splitter is not None
        self._has_stopped = False
        self._ready: list[str] = []
        self._ready_is_thought = False
        self._now_ns = start_ns
        self._next_flush_ns = start_ns
        self._encoded_bytes = 0
        self._characters_left = longest_characters
        self._guard = guard
        self._texts: dict[bool, list[str]] = {False: [], True: []}
        self._timeline: list[Chunk] = []
        self._chunk_gap_ns = 0
        self._last_chunk_ns = 0

    @property
    def text(self) -> str:
        """The answer without thoughts, as far as it was sent."""
        return "".join(self._texts[False])

    @property
    def thoughts(self) -> str:
        """The thoughts, as far as they were sent."""
        return "".join(self._texts[True])

    @property
    def has_thoughts(self) -> bool:
        """Whether the model began to think."""
        return self._splitter is not None and self._splitter.has_thoughts

    @property
    def timeline(self) -> tuple[Chunk, ...]:
        """When the text appeared."""
        return tuple(self._timeline)

    def feed(self, piece: bytes, now_ns: int) -> bool:
        """Take one token.

        Args:
            piece: Its bytes; empty for a token that is not to be shown.
            now_ns: When it was sampled.

        Returns:
            False if the answer ends here because of a stop text.
        """
        self.token_count += 1
        self._now_ns = now_ns
        text = self._decode(piece)
        if text:
            if self._is_thinking:
                self._split(text)
            else:
                self._take(text, False)
        if self._ready and now_ns >= self._next_flush_ns:
            self._flush()
        return not self._has_stopped

    def feed_tag(self, tag: str, now_ns: int) -> bool:
        """Take a token that the vocabulary hides but that belongs to the tags of thoughts.

        Within the answer such a token stays hidden.
        """
        return self.feed(tag.encode() if self._is_thinking else b"", now_ns)

    def end(self, finish: FinishReason, now_ns: int) -> None:
        """Send what is left.

        Args:
            finish: Why the answer ends. Only at its own end is half a character shown, as U+FFFD:
                anywhere else the rest of it was still to come.
            now_ns: When it ended.
        """
        self._now_ns = now_ns
        if finish is FinishReason.END_OF_TEXT and (broken := self._decode(b"", True)):
            self._split(broken) if self._is_thinking else self._take(broken, False)
        if finish is not FinishReason.STOP_TEXT:
            if self._splitter is not None and self._is_thinking:
                self._splitter.finish()
            if held := self._stop.finish():
                self._add(held, False)
        if self._ready:
            self._flush()

    def _split(self, text: str) -> None:
        if self._splitter is not None:
            self._splitter.push(text)
            self._is_thinking = self._splitter.part is not Part.ANSWER

    def _take(self, text: str, is_thought: bool) -> None:
        if not is_thought and self._stop:
            if self._has_stopped:
                return
            text, self._has_stopped = self._stop.push(text)
        if text:
            self._add(text, is_thought)

    def _add(self, text: str, is_thought: bool) -> None:
        if self._characters_left is not None:
            text = self._cut(text, self._characters_left)
            if not text:
                return
        if self._guard is not None and self._guard.push(text):
            self.cut = FinishReason.LOOPING
        if self._ready and is_thought is not self._ready_is_thought:
            self._flush()
        self._ready_is_thought = is_thought
        self._ready.append(text)
        self._encoded_bytes += len(msgspec.json.encode(text))
        if self._encoded_bytes >= MAX_ENCODED_BYTES:
            self.cut = FinishReason.LENGTH
        if self.first_answer_ns is None and not is_thought and not text.isspace():
            self.first_answer_ns = self._now_ns

    def _cut(self, text: str, characters_left: int) -> str:
        """Return what may still be shown of a text."""
        self._characters_left = max(0, characters_left - len(text))
        if self._characters_left == 0:
            self.cut = FinishReason.LENGTH
        return text[:characters_left]

    def _flush(self) -> None:
        text = "".join(self._ready)
        self._ready.clear()
        self._next_flush_ns = self._now_ns + FLUSH_PERIOD_NS
        self._texts[self._ready_is_thought].append(text)
        self.character_count += len(text)
        t_s = round((self._now_ns - self._start_ns) / 1e9, 6)
        self._add_chunk(t_s)
        self._emit(text, self._ready_is_thought, self.token_count, t_s)

    def _add_chunk(self, t_s: float) -> None:
        """Note when text appeared; when the list is full, keep every second point."""
        chunk = Chunk(t_s, self.character_count, self.token_count)
        if self._timeline and self._now_ns - self._last_chunk_ns < self._chunk_gap_ns:
            self._timeline[-1] = chunk
            return
        self._last_chunk_ns = self._now_ns
        self._timeline.append(chunk)
        if len(self._timeline) > MAX_CHUNKS:
            self._timeline = self._timeline[:1] + self._timeline[2::2]
            self._chunk_gap_ns = 2 * max(self._chunk_gap_ns, FLUSH_PERIOD_NS)

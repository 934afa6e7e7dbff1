"""Tells a thinking model's thoughts from its answer while the text is still arriving.

Models mark their thoughts with tags that belong to their family. A tag can be one token or be
spread over several; it can stand in the prompt already, because the template opened it; and a model
may stop within its thoughts. Only tags at the beginning of the text count: an answer that talks
about `<think>` later on is an answer.
"""

import enum
from collections.abc import Callable
from dataclasses import dataclass


class Part(enum.Enum):
    """What a stretch of text belongs to."""

    UNDECIDED = enum.auto()
    """Only whitespace or the beginning of a tag has come so far."""
    THOUGHT = enum.auto()
    ANSWER = enum.auto()


@dataclass(frozen=True, slots=True)
class TagFamily:
    """How one family of models marks its thoughts."""

    openings: tuple[tuple[str, Part], ...]
    """Texts that may stand at the very beginning, with what follows each."""
    closings: tuple[str, ...]
    """Texts that end a thought."""
    reopenings: tuple[tuple[str, Part], ...] = ()
    """Texts that may stand right after a closing one, with what follows each."""

    @property
    def signature(self) -> str:
        """The opening text by which a template of this family is recognised."""
        return self.openings[0][0]

    @property
    def texts(self) -> tuple[str, ...]:
        """All tags of the family."""
        return (
            *(text for text, _ in self.openings),
            *self.closings,
            *(text for text, _ in self.reopenings),
        )


def _pair(opening: str, closing: str) -> TagFamily:
    return TagFamily(openings=((opening, Part.THOUGHT),), closings=(closing,))


_HARMONY_CHANNELS = (
    ("<|channel|>analysis<|message|>", Part.THOUGHT),
    ("<|channel|>commentary<|message|>", Part.THOUGHT),
    ("<|channel|>final<|message|>", Part.ANSWER),
)

THINK = _pair("<think>", "</think>")
"""By far the most common: Qwen, DeepSeek, GLM, SmolLM3, Nemotron and many others."""

FAMILIES = (
    TagFamily(  # gpt-oss ("harmony"): every message names its channel
        openings=_HARMONY_CHANNELS,
        closings=("<|end|>",),
        reopenings=tuple((f"<|start|>assistant{tag}", part) for tag, part in _HARMONY_CHANNELS),
    ),
    _pair("<|channel>thought", "<channel|>"),  # Gemma 4
    _pair("[THINK]", "[/THINK]"),  # Magistral, Ministral 3
    _pair("<|START_THINKING|>", "<|END_THINKING|>"),  # Command
    _pair("<|open|>think<|sep|>", "<|close|>think<|sep|>"),  # Kimi K3
    _pair("<seed:think>", "</seed:think>"),  # Seed-OSS
    _pair("<mm:think>", "</mm:think>"),  # MiniMax M3
    _pair("◁think▷", "◁/think▷"),  # Kimi-VL
    _pair("<thought>", "</thought>"),  # EXAONE Deep
    THINK,
)
"""Tags as in llama.cpp's `common/parsers` and in the models' own templates; special ones first."""


def family_of(template: str) -> TagFamily:
    """Return the tags that a model with this chat template uses."""
    return next((family for family in FAMILIES if family.signature in template), THINK)


def opened_by_prompt(family: TagFamily, prompt: str) -> bool:
    """Tell whether the prompt ends with an open thought, so that the model starts within one."""
    ending = prompt.rstrip()
    return any(part is Part.THOUGHT and ending.endswith(text) for text, part in family.openings)


def held_back_length(text: str, tags: tuple[str, ...]) -> int:
    """Return how many characters at the end of `text` could be the beginning of one of `tags`."""
    longest = max((len(tag) for tag in tags), default=1) - 1
    for length in range(min(longest, len(text)), 0, -1):
        if text.endswith(tuple(tag[:length] for tag in tags if len(tag) > length)):
            return length
    return 0


class ThoughtSplitter:
    """Cuts arriving text into thoughts and answer.

    Whitespace around thoughts and before the answer is dropped: templates and tokenizers put it
    there (SentencePiece begins every text with a space), not the model's mind.
    """

    def __init__(
        self,
        family: TagFamily,
        give: Callable[[str, bool], None],
        *,
        starts_in_thought: bool = False,
    ) -> None:
        """Prepare for one answer.

        Args:
            family: The model's tags.
            give: Takes each stretch of text, with whether it is a thought.
            starts_in_thought: Whether the prompt has opened a thought already.
        """
        self.part = Part.THOUGHT if starts_in_thought else Part.UNDECIDED
        self.has_thoughts = starts_in_thought
        self._family = family
        self._give = give
        self._held = ""
        self._expected = family.openings
        self._is_stretch_empty = True

    def push(self, text: str) -> None:
        """Take more text."""
        self._held += text
        while self._step():
            pass

    def finish(self) -> None:
        """Give what was held back: the text has ended, so it is no tag."""
        if self.part is Part.THOUGHT:
            self._give_thought(self._held.rstrip())
        elif self._held:
            self._begin_answer()
        self._held = ""

    def _step(self) -> bool:
        """Handle what is held; return whether there may be more to do."""
        if self.part is Part.ANSWER:
            held, self._held = self._held, ""
            if held:
                self._give(held, False)
            return False
        return self._seek_closing() if self.part is Part.THOUGHT else self._seek_opening()

    def _seek_opening(self) -> bool:
        text = self._held.lstrip()
        for tag, part in self._expected:
            if text.startswith(tag):
                self._held = text[len(tag) :]
                self.part = part
                self.has_thoughts = self.has_thoughts or part is Part.THOUGHT
                self._is_stretch_empty = True
                return True
        if not text or any(tag.startswith(text) for tag, _ in self._expected):
            return False
        self._begin_answer()
        return False

    def _begin_answer(self) -> None:
        self.part = Part.ANSWER
        held, self._held = self._held.lstrip(), ""
        if held:
            self._give(held, False)

    def _seek_closing(self) -> bool:
        closings = self._family.closings
        found = [(at, tag) for tag in closings if (at := self._held.find(tag)) >= 0]
        if found:
            at, tag = min(found)
            self._give_thought(self._held[:at].rstrip())
            self._held = self._held[at + len(tag) :]
            self.part = Part.UNDECIDED
            self._expected = self._family.reopenings
            return True
        keep_from = len(self._held) - held_back_length(self._held, closings)
        ready = self._held[:keep_from].rstrip()
        self._held = self._held[len(ready) :]
        self._give_thought(ready)
        return False

    def _give_thought(self, text: str) -> None:
        if self._is_stretch_empty:
            text = text.lstrip()
        if text:
            self._is_stretch_empty = False
            self._give(text, True)

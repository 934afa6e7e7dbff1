"""Makes the tokens of a prompt.

What a user types is text, never an instruction to the tokenizer: if it holds the text of a control
token ("<|im_end|>"), that must not become the control token, or a quoted document could end the
user's turn and begin another one. In most prompts no such text occurs, and then the whole prompt is
tokenised in one go, exactly as llama.cpp itself would do it. Only otherwise the dangerous stretches
are tokenised apart.
"""

import hashlib
import re
import secrets
from collections.abc import Sequence
from typing import Protocol

import msgspec

from large_enough.domain.clock import Clock
from large_enough.domain.errors import EngineError, FailureKind
from large_enough.domain.generation import GenerationRequest, Message, PromptStyle, Role
from large_enough.worker.chat_template import ChatTemplate
from large_enough.worker.growing_answer import PreparedPrompt
from large_enough.worker.thoughts import family_of, opened_by_prompt

PARAGRAPH = "\n\n"
"""Between the messages of a text that is to be completed."""

NEUTRAL = "\n"
"""Put before a stretch that is tokenised apart, and its tokens taken away again: some tokenizers
(SentencePiece) add a space to whatever they take for the beginning of a text."""

BEGINNING_CHARACTERS = 2
"""A message without the beginning of any control text cannot hold one: that spares most prompts two
more runs of the tokenizer."""

MARK_DIGITS = 24
"""Length of the numbers that stand in for dangerous text while the template is rendered."""


class Vocabulary(Protocol):
    """The model's tokenizer."""

    adds_bos: bool
    """Whether a text begins with a token that the tokenizer adds."""
    adds_eos: bool
    """Whether the tokenizer ends a text with a token of its own."""
    bos_text: str
    """Text of the token that begins a text; empty if there is none."""
    eos_text: str
    """Text of the token that ends a text; empty if there is none."""

    def tokenize(self, text: str, *, add_special: bool, parse_special: bool) -> list[int]:
        """Return the tokens of a text.

        Args:
            text: Any text.
            add_special: Whether to add the tokens that begin and end a text.
            parse_special: Whether texts of control tokens become control tokens.
        """
        ...

    def control_texts(self) -> Sequence[str]:
        """Return the texts of all control tokens."""
        ...


class PromptMaker:
    """Turns requests into prompts for one model."""

    def __init__(self, vocabulary: Vocabulary, template: str | None, clock: Clock) -> None:
        """Prepare.

        Args:
            vocabulary: The model's tokenizer.
            template: Text of the model's chat template; None if it has none.
            clock: Bounds the time the template may take.
        """
        self._vocabulary = vocabulary
        self._tags = family_of(template or "")
        self._beginnings = {text[:BEGINNING_CHARACTERS] for text in vocabulary.control_texts()}
        self._template: ChatTemplate | EngineError
        try:
            self._template = self._compile(template, clock)
        except EngineError as error:  # of no matter to those who only want text completed
            self._template = error

    def prepare(self, request: GenerationRequest) -> PreparedPrompt:
        """Return the prompt for a request.

        Raises:
            EngineError: The model has no chat template, or its template refuses the conversation.
        """
        if request.style is PromptStyle.COMPLETION:
            text = PARAGRAPH.join(message.content for message in request.messages)
            tokens = self._vocabulary.tokenize(text, add_special=True, parse_special=False)
            return PreparedPrompt(
                tokens=self._without_end(tokens), text_sha256=_sha256(text), tags=None
            )
        text = self._render(request.messages, request.thinking)
        return PreparedPrompt(
            tokens=self._chat_tokens(text, request),
            text_sha256=_sha256(text),
            tags=self._tags,
            starts_in_thought=opened_by_prompt(self._tags, text),
        )

    def tokenize_within(self, text: str, *, parse_special: bool = False) -> list[int]:
        """Return the tokens of a text that stands in the middle of another one."""
        tokenize = self._vocabulary.tokenize
        before = tokenize(NEUTRAL, add_special=False, parse_special=False)
        tokens = tokenize(NEUTRAL + text, add_special=False, parse_special=parse_special)
        if tokens[: len(before)] == before:
            return tokens[len(before) :]
        return tokenize(text, add_special=False, parse_special=parse_special)

    def _compile(self, template: str | None, clock: Clock) -> ChatTemplate:
        if template is None:
            raise EngineError(FailureKind.NOT_A_CHAT_MODEL)
        return ChatTemplate(
            template,
            bos_text=self._vocabulary.bos_text,
            eos_text=self._vocabulary.eos_text,
            clock=clock,
        )

    def _render(self, messages: Sequence[Message], thinking: bool | None) -> str:
        """Render the conversation; if it is refused, find out whether for its system message."""
        if isinstance(self._template, EngineError):
            raise self._template.with_traceback(None)
        try:
            return self._template.render(messages, thinking)
        except EngineError as error:
            others = [message for message in messages if message.role is not Role.SYSTEM]
            if len(others) == len(messages) or not _accepts(self._template, others, thinking):
                raise
            raise EngineError(
                error.info.kind,
                error.info.subject,
                detail=error.info.detail,
                **error.info.facts,
                rejected_role=Role.SYSTEM.value,
            ) from error

    def _chat_tokens(self, text: str, request: GenerationRequest) -> list[int]:
        dangerous = [message for message in request.messages if self._holds_control_text(message)]
        if not dangerous:
            return self._tokenize_rendered(text)
        marks = _Marks(self._vocabulary.control_texts())
        marked = self._render(
            [marks.hide(message) for message in request.messages], request.thinking
        )
        stretches = marks.cut(marked)
        if "".join(stretches) != text:
            # The template looks into the text of messages and treats the stand-ins differently.
            # There is no honest way to tokenise that.
            raise EngineError(
                FailureKind.TEMPLATE_REJECTED,
                message="the prompt holds control tokens of this model as text",
                detail="the template does not render stand-ins as it renders the text itself",
            )
        return self._tokenize_stretches(stretches)

    def _holds_control_text(self, message: Message) -> bool:
        tokenize, text = self._vocabulary.tokenize, message.content
        if not any(beginning in text for beginning in self._beginnings):
            return False
        as_text = tokenize(text, add_special=False, parse_special=False)
        return tokenize(text, add_special=False, parse_special=True) != as_text

    def _tokenize_rendered(self, text: str) -> list[int]:
        """Tokenise rendered text, with exactly one token that begins it.

        The rule is llama.cpp's (common/chat.cpp): where the tokenizer adds that token and the
        template has written it too, the template's is taken away.
        """
        if self._vocabulary.adds_bos and self._vocabulary.bos_text:
            text = text.removeprefix(self._vocabulary.bos_text)
        tokens = self._vocabulary.tokenize(text, add_special=True, parse_special=True)
        return self._without_end(tokens)

    def _tokenize_stretches(self, stretches: Sequence[str]) -> list[int]:
        """Tokenise stretches of the template's text (even) and dangerous ones (odd) in turn."""
        tokens = self._tokenize_rendered(stretches[0])
        for number, stretch in enumerate(stretches[1:], start=1):
            tokens += self.tokenize_within(stretch, parse_special=number % 2 == 0)
        return tokens

    def _without_end(self, tokens: list[int]) -> list[int]:
        """Take away a token that ends the text: the model is to go on."""
        return tokens[:-1] if self._vocabulary.adds_eos and tokens else tokens


def _accepts(template: ChatTemplate, messages: Sequence[Message], thinking: bool | None) -> bool:
    try:
        return bool(template.render(messages, thinking))
    except EngineError:
        return False


class _Marks:
    """Stand-ins for dangerous text while the template works on the messages.

    They are random digits: no user can guess them, and trimming, changing the case or escaping,
    which templates do to messages, leaves them as they are.
    """

    def __init__(self, control_texts: Sequence[str]) -> None:
        longest_first = sorted(filter(None, control_texts), key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
        self._hidden: dict[str, str] = {}

    def hide(self, message: Message) -> Message:
        """Return the message with a stand-in for each dangerous stretch."""
        return msgspec.structs.replace(
            message, content=self._pattern.sub(self._mark_for, message.content)
        )

    def cut(self, text: str) -> list[str]:
        """Cut rendered text at the stand-ins: ordinary and dangerous stretches in turn."""
        parts = re.split("(" + "|".join(self._hidden) + ")", text) if self._hidden else [text]
        return [self._hidden.get(part, part) for part in parts]

    def _mark_for(self, match: "re.Match[str]") -> str:
        mark = str(secrets.randbelow(9 * 10 ** (MARK_DIGITS - 1)) + 10 ** (MARK_DIGITS - 1))
        self._hidden[mark] = match.group()
        return mark


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()

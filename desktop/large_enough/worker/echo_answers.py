"""What a script says to a request."""

import hashlib
import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from large_enough.domain.echo_script import PROMPT_PLACEHOLDER, EchoAnswer, EchoScript
from large_enough.domain.errors import EngineError, FailureKind
from large_enough.domain.generation import GenerationRequest, PromptStyle
from large_enough.worker.answering import LabelWeights
from large_enough.worker.growing_answer import PreparedPrompt
from large_enough.worker.thoughts import THINK

MAX_TOKEN_CHARACTERS = 4096
"""A longer word is several tokens, as with any tokenizer."""
USUAL_WEIGHT = 9.0
"""Of the label that a scripted answer names, where the script gives no weights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A scripted answer to one request."""

    answer: EchoAnswer
    prompt: PreparedPrompt
    pieces: Sequence[bytes]


class EchoAnswers:
    """Finds the script's answers; those without `when` are given in turn."""

    def __init__(self, script: EchoScript) -> None:
        self._script = script
        others = [answer for answer in script.answers if not answer.when]
        self._turns = itertools.cycle(others)

    def next(self, request: GenerationRequest) -> Said:
        """Return what is said to a request.

        Raises:
            EngineError: The script has no chat template, or nothing to say to that.
        """
        self.check(request)
        text = request.messages[-1].content
        fitting = (answer for answer in self._script.answers if answer.when and answer.when in text)
        answer = next(fitting, None) or next(self._turns, None)
        if answer is None:
            raise EngineError(FailureKind.ENGINE_REFUSED, detail="the script has no such answer")
        return Said(answer=answer, prompt=_prepare(answer, request), pieces=pieces_of(answer, text))

    def token_count(self, request: GenerationRequest) -> int:
        """Return how long a prompt is said to be, without giving an answer.

        Raises:
            EngineError: The script has no chat template.
        """
        self.check(request)
        text = request.messages[-1].content
        fitting = (answer for answer in self._script.answers if answer.when and answer.when in text)
        return len(_prepare(next(fitting, self._script.answers[0]), request).tokens)

    def check(self, request: GenerationRequest) -> None:
        """Refuse a style of prompt that the script does not take.

        Raises:
            EngineError: It has no chat template.
        """
        if request.style is PromptStyle.CHAT and not self._script.has_chat_template:
            raise EngineError(FailureKind.NOT_A_CHAT_MODEL, self._script.name)


def weigh(answer: EchoAnswer, labels: Sequence[str]) -> LabelWeights:
    """Return how probable a script makes labels."""
    weights = [answer.label_weights.get(label, 1.0) for label in labels]
    if not answer.label_weights:
        named = re.search("|".join(rf"\b{re.escape(label)}\b" for label in labels), answer.text)
        if named is not None:
            weights[labels.index(named[0])] = USUAL_WEIGHT
    total = math.fsum(weights)
    return LabelWeights(
        tuple(math.log(weight / total) for weight in weights), answer.token_probability
    )


def pieces_of(answer: EchoAnswer, prompt: str) -> list[bytes]:
    """Return the answer's tokens, the user's message put in where the script wants it."""
    tokens = answer.tokens or _words(answer.text)
    if answer.think:
        tokens = ("<think>", *_words(answer.think), "</think>", *tokens)
    texts = (token.replace(PROMPT_PLACEHOLDER, prompt) for token in tokens)
    return [
        text[start : start + MAX_TOKEN_CHARACTERS].encode()
        for text in texts
        for start in range(0, len(text), MAX_TOKEN_CHARACTERS)
    ]


def _prepare(answer: EchoAnswer, request: GenerationRequest) -> PreparedPrompt:
    """Return a prompt of as many tokens as the script says, or as there are words."""
    text = "\n\n".join(f"{message.role}: {message.content}" for message in request.messages)
    return PreparedPrompt(
        tokens=range(answer.prompt_token_count or max(1, len(text.split()))),
        text_sha256=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
        tags=THINK if request.style is PromptStyle.CHAT else None,
    )


def _words(text: str) -> tuple[str, ...]:
    """Cut a text into words, each with the whitespace before it."""
    return tuple(re.findall(r"\s*\S+|\s+$", text))

"""Finds the tokens with which a model can write a label."""

from collections.abc import Callable, Sequence

from large_enough.domain.errors import FailureKind, RequestError

Tokenize = Callable[[str], list[int]]
"""Returns the tokens of a text that stands in the middle of another one."""


def label_tokens(tokenize: Tokenize, labels: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Return the tokens of each label: with a space before it and without.

    Args:
        tokenize: The model's tokenizer.
        labels: For example "A", "B", "C".

    Raises:
        RequestError: A label is no single token of this model, or shares one with another.
    """
    found = tuple(_tokens_of(tokenize, label) for label in labels)
    every = [token for tokens in found for token in tokens]
    if len(set(every)) < len(every):
        raise RequestError(FailureKind.BAD_SETTING, "labels", detail="two labels share a token")
    return found


def _tokens_of(tokenize: Tokenize, label: str) -> tuple[int, ...]:
    spellings = (tokenize(label), tokenize(f" {label}"))
    tokens = {tokens[0] for tokens in spellings if len(tokens) == 1}
    if not tokens:
        raise RequestError(
            FailureKind.BAD_SETTING, "labels", detail=f"{label!r} is no single token of this model"
        )
    return tuple(sorted(tokens))

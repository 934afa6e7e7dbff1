"""Says in a few words what a model is."""

from collections.abc import Sequence

from large_enough.domain.model_card import ModelCard
from large_enough.domain.quantity import Unavailable
from large_enough.domain.text import harmless_line
from large_enough.wording.numbers import bytes_text, parameters_text

_LARGE_BYTES = 1_000_000_000
"""A model alone counts as large from here on: no laptop is troubled by less."""


def model_name(card: ModelCard) -> str:
    """Return the model's name, safe to show."""
    return harmless_line(card.name)


def facts_line(card: ModelCard) -> str:
    """Return size and format, for example "0.13 billion parameters · Q4_1 · 98 MB"."""
    parts = []
    if not isinstance(card.parameter_count, Unavailable):
        parts.append(parameters_text(card.parameter_count))
    if not isinstance(card.quantisation, Unavailable):
        parts.append(harmless_line(card.quantisation))
    parts.append(bytes_text(card.size_bytes))
    return " · ".join(parts)


def which_are_large(cards: Sequence[ModelCard]) -> tuple[bool, ...]:
    """Return for each model whether it is a large one beside the others.

    Large is what is nearer to the largest than to the smallest, by ratio.
    """
    sizes = [max(1, card.size_bytes) for card in cards]
    if not sizes:
        return ()
    smallest, largest = min(sizes), max(sizes)
    if smallest == largest:
        return tuple(size >= _LARGE_BYTES for size in sizes)
    return tuple(size * size > smallest * largest for size in sizes)

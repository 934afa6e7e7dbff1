"""Finds the largest context that memory has room for."""

import functools
from collections.abc import Callable

from large_enough.domain.fit import CONTEXT_STEP_TOKENS, FitVerdict, verdict_of
from large_enough.domain.quantity import Count, Unavailable

NONE_FITS = Unavailable(reason="not even the smallest context fits")
MOST_TOKENS = 131_072
"""Looked up to where a file does not say what its model was trained for (our choice)."""


def largest_context(
    needed_bytes: Callable[[int], int], usable_bytes: int, trained_tokens: Count
) -> Count:
    """Return the largest context that fits, in steps of 256.

    One that fits with room to spare is preferred to one that fits tightly.

    Args:
        needed_bytes: The need with so many tokens; grows with them.
        usable_bytes: The memory there is for it.
        trained_tokens: The longest context the model was trained for.
    """
    most_tokens = MOST_TOKENS if isinstance(trained_tokens, Unavailable) else trained_tokens
    most_steps = max(1, most_tokens // CONTEXT_STEP_TOKENS)

    def fits(steps: int, *, tightly: bool) -> bool:
        verdict = verdict_of(needed_bytes(steps * CONTEXT_STEP_TOKENS), usable_bytes)
        return verdict is FitVerdict.FITS or (tightly and verdict is FitVerdict.TIGHT)

    for tightly in (False, True):
        steps = _most(most_steps, functools.partial(fits, tightly=tightly))
        if steps:
            return steps * CONTEXT_STEP_TOKENS
    return NONE_FITS


def _most(most_steps: int, is_fine: Callable[[int], bool]) -> int:
    """Return the largest number of steps that is fine; 0 if none is. All below a fine one are."""
    if is_fine(most_steps):
        return most_steps
    fine, too_many = 0, most_steps
    while too_many - fine > 1:
        middle = (fine + too_many) // 2
        fine, too_many = (middle, too_many) if is_fine(middle) else (fine, middle)
    return fine

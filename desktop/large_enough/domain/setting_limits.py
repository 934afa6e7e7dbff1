"""Limits of the numbers that a person may set for an answer: one list for all faces."""

import math
from typing import NamedTuple


class Limits(NamedTuple):
    """The smallest and the largest number that is taken."""

    lowest: float
    highest: float

    def allow(self, value: float) -> bool:
        """Return whether the number lies within the limits."""
        return math.isfinite(value) and self.lowest <= value <= self.highest


MOST_TOKENS = 10_000_000
"""Beyond the context of any model."""

MAX_TOKENS = Limits(1, MOST_TOKENS)
CONTEXT_TOKENS = Limits(16, MOST_TOKENS)
THREADS = Limits(1, 512)
"""The upper one is ggml's own limit (GGML_MAX_N_THREADS)."""
GPU_LAYERS = Limits(-1, MOST_TOKENS)
TEMPERATURE = Limits(0, 5)
TOP_K = Limits(0, MOST_TOKENS)
TOP_P = Limits(0, 1)
MIN_P = Limits(0, 1)
REPEAT_PENALTY = Limits(0.5, 2)
SEED = Limits(0, 4_294_967_294)
"""llama.cpp takes 32 bits, and the last value means "random"."""

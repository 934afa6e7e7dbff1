"""Reads probabilities out of what a model computed for the next token."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from large_enough.domain.errors import EngineError, FailureKind
from large_enough.worker.answering import LabelWeights
from large_enough.worker.bindings import Bindings, Handle

Logits = npt.NDArray[np.float64]
"""One number for each token of the vocabulary; differences are logarithms of odds."""

LEAST_LOG_PROBABILITY = -1000.0
"""Stands for anything smaller: the logarithm of nought cannot be sent."""


def read_logits(bindings: Bindings, context: Handle, row: int, vocabulary_size: int) -> Logits:
    """Return what was computed last.

    Args:
        bindings: The module `llama_cpp.llama_cpp`.
        context: Which computed it.
        row: Behind which token of the batch, -1 for its last one; it must have been asked for.
        vocabulary_size: How many numbers there are.
    """
    values = bindings.llama_get_logits_ith(context, row)
    return np.ctypeslib.as_array(values, (vocabulary_size,)).astype(np.float64)


def log_probability(logits: Logits, token: int) -> float:
    """Return the logarithm of a token's probability over the whole vocabulary."""
    value = float(logits[token]) - _log_sum(logits)
    return max(LEAST_LOG_PROBABILITY, value)  # in this order a NaN gives the least, too


def weigh_labels(logits: Logits, tokens: Sequence[Sequence[int]]) -> LabelWeights:
    """Return how probable labels are as the next token.

    Args:
        logits: What the model computed.
        tokens: For each label, its tokens; their probabilities add up.

    Raises:
        EngineError: The model computed something that is no number.
    """
    each = [_log_sum(logits[list(group)]) for group in tokens]
    together = _log_sum(np.array(each))
    everything = _log_sum(logits)
    if not np.isfinite(everything) or not np.isfinite(together):
        raise EngineError(
            FailureKind.ENGINE_REFUSED, detail="the model computed something that is no number"
        )
    return LabelWeights(
        tuple(max(one - together, LEAST_LOG_PROBABILITY) for one in each),
        min(1.0, float(np.exp(together - everything))),
    )


def _log_sum(values: Logits) -> float:
    """Return log(sum(exp(values))); the largest is taken out first, so that nothing overflows."""
    largest = values.max()
    if not np.isfinite(largest):
        return float(largest)
    return float(largest + np.log(np.exp(values - largest).sum()))

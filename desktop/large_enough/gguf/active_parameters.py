"""Counts the weights of a model that one token uses."""

from large_enough.domain.quantity import Count, Unavailable
from large_enough.gguf.header import GgufHeader
from large_enough.gguf.token_reads import EXPERTS, expert_share


def active_parameter_count(header: GgufHeader) -> Count:
    """Return how many weights are used for one token; all of them unless experts are chosen.

    A router chooses some experts of each layer for each token; of the tensors that hold experts,
    their share counts. The table of word vectors counts whole, as publishers count it.

    Args:
        header: Of the whole model.
    """
    share = expert_share(header)
    has_experts = any(EXPERTS in tensor.name for tensor in header.tensors)
    if has_experts and share >= 1.0:
        return Unavailable(reason="the file does not say how many experts a token uses")
    return round(
        sum(
            tensor.element_count * (share if EXPERTS in tensor.name else 1.0)
            for tensor in header.tensors
        )
    )

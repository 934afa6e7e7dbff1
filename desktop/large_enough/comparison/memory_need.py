"""What loading a contender will take, before it is loaded."""

from pathlib import Path

import msgspec

from large_enough.domain.model_card import BackendKind, MemoryEstimate
from large_enough.domain.round import Contender
from large_enough.gguf.memory import estimate_memory
from large_enough.gguf.split import read_model


def memory_need(contender: Contender) -> MemoryEstimate | None:
    """Estimate from the file's header.

    Returns:
        The estimate, or None for a scripted contender, which has no weights.

    Raises:
        ModelFileError: The file cannot be read.
    """
    if contender.card.backend is BackendKind.ECHO:
        return None
    card = contender.card
    need = estimate_memory(read_model(Path(card.path)).header, contender.load)
    if card.adapter is None:
        return need
    return msgspec.structs.replace(need, weights_bytes=need.weights_bytes + card.adapter.size_bytes)

"""Works out how much of a model lies on a graphics card when some of its layers are put there.

llama.cpp fills a card from the end: one layer is the output layer, the next ones are the last
layers of the model, and so on (llama-model.cpp, `i_gpu_start`). A layer takes its keys and values
along. The table of word vectors stays in the machine's memory; where it serves as the output layer
too, the card gets a copy of it.
"""

import re
from typing import NamedTuple

from large_enough.domain.generation import LoadSettings
from large_enough.gguf.header import GgufHeader
from large_enough.gguf.layers import Shape
from large_enough.gguf.memory import estimate_memory

_BLOCK = re.compile(r"blk\.(\d{1,4})\.")
_WORD_VECTORS = "token_embd.weight"


class Offload(NamedTuple):
    """What lies on the card."""

    weights_bytes: int
    """Weights that the machine's memory need not hold."""
    copied_bytes: int
    """Weights that both hold."""
    cache_bytes: int
    """Keys and values."""

    @property
    def total_bytes(self) -> int:
        """All of it."""
        return self.weights_bytes + self.copied_bytes + self.cache_bytes


def layer_count(header: GgufHeader) -> int:
    """Return how many layers can be put on a card, the output layer counted as one."""
    return Shape(header).layer_count + 1


def offload(header: GgufHeader, settings: LoadSettings) -> Offload:
    """Return what lies on the card with `settings.gpu_layers` layers there; -1 means all."""
    count = layer_count(header)
    wanted = count if settings.gpu_layers < 0 else min(settings.gpu_layers, count)
    if not wanted:
        return Offload(0, 0, 0)
    first = count - wanted
    weights = sum(size for layer, size in _layer_weights(header) if layer >= first)
    cache_bytes = estimate_memory(header, settings).kv_cache_bytes
    return Offload(
        weights_bytes=weights,
        copied_bytes=_copied_bytes(header),
        cache_bytes=round(cache_bytes * _cache_share(header, first)),
    )


def _layer_weights(header: GgufHeader) -> list[tuple[int, int]]:
    """Return layer and size of all tensors but the word vectors; output is the last layer."""
    output_layer = layer_count(header) - 1
    return [
        (int(match[1]) if (match := _BLOCK.match(tensor.name)) else output_layer, tensor.size_bytes)
        for tensor in header.tensors
        if tensor.name != _WORD_VECTORS
    ]


def _copied_bytes(header: GgufHeader) -> int:
    if any(tensor.name == "output.weight" for tensor in header.tensors):
        return 0
    return sum(tensor.size_bytes for tensor in header.tensors if tensor.name == _WORD_VECTORS)


def _cache_share(header: GgufHeader, first: int) -> float:
    """Return the share of the cache that the layers from `first` on hold."""
    widths = [layer.key_width + layer.value_width for layer in Shape(header).layers()]
    total = sum(widths)
    return sum(widths[first:]) / total if total else 1.0

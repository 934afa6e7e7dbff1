"""Foretells the size of a quantised copy from its parent's header.

The tensors' sizes are exact wherever `gguf.mixtures` knows llama.cpp's rules; it was compared with
llama.cpp's own dry run for all types on llama and qwen2 models, on mixtures of experts and on
models of 80 layers. The header is taken to be as long as the parent's.
"""

from collections.abc import Callable

from large_enough.domain.quantising import SizeForecast
from large_enough.gguf.header import DEFAULT_ALIGNMENT_BYTES, GgufHeader
from large_enough.gguf.mixtures import TensorTarget, targets
from large_enough.gguf.tensor_types import TENSOR_TYPES

TOLERANCE_BYTES = 512
"""How far off the forecast may be where the rules are known: keys that llama.cpp adds (the version
of its formats) or takes away (the numbers of a split model's parts)."""

_PLAIN_FORMATS = frozenset({"F64", "F32", "F16", "BF16", "I8", "I16", "I32", "I64"})
"""Formats that do not count as quantised, as in ggml's `is_quantized`."""


def forecast_size(header: GgufHeader, type_name: str) -> SizeForecast:
    """Return what a copy will be like.

    Args:
        header: Of the whole model (`split.read_model` for one that is split).
        type_name: One of `mixtures.QUANTISE_TYPES`.
    """
    parts = targets(header, type_name)
    weight_count = sum(part.tensor.element_count for part in parts) or 1
    data_bytes = sum(_size_bytes(part) for part in parts)
    padded_bytes = sum(_padded(_size_bytes(part)) for part in parts)
    return SizeForecast(
        type_name=type_name,
        size_bytes=header.data_offset_bytes + padded_bytes,
        bits_per_weight=8 * data_bytes / weight_count,
        twice_rounded_share=_share(parts, weight_count, _is_rounded_twice),
        fallback_share=_share(parts, weight_count, lambda part: part.is_fallback),
    )


def is_quantised_format(type_id: int) -> bool:
    """Return whether numbers of a format were rounded to a few bits.

    Args:
        type_id: Key of `tensor_types.TENSOR_TYPES`.
    """
    return TENSOR_TYPES[type_id].name not in _PLAIN_FORMATS


def _size_bytes(part: TensorTarget) -> int:
    """Return the bytes of a tensor in its new format."""
    tensor_type = TENSOR_TYPES[part.type_id]
    return part.tensor.element_count // tensor_type.block_elements * tensor_type.block_bytes


def _padded(size_bytes: int) -> int:
    return -(-size_bytes // DEFAULT_ALIGNMENT_BYTES) * DEFAULT_ALIGNMENT_BYTES


def _is_rounded_twice(part: TensorTarget) -> bool:
    return part.tensor.type_id != part.type_id and is_quantised_format(part.tensor.type_id)


def _share(
    parts: tuple[TensorTarget, ...], weight_count: int, is_meant: Callable[[TensorTarget], bool]
) -> float:
    return sum(part.tensor.element_count for part in parts if is_meant(part)) / weight_count

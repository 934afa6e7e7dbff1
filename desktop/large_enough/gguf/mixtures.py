"""Knows which number format llama.cpp gives to each tensor when it quantises a model.

A type such as "Q4_K_M" is a mixture: most tensors get one format, those that matter more get a
finer one, and rows that do not divide into a format's blocks get the next one that fits. The rules
are those of llama.cpp's llama-quant.cpp (`llama_tensor_get_type_impl`, `tensor_type_fallback`) for
a model without an importance matrix. Left out are its exceptions for falcon and glm5-next.
"""

import re
from typing import NamedTuple

from large_enough.gguf.header import GgufHeader, TensorInfo
from large_enough.gguf.kept_tensors import is_kept
from large_enough.gguf.mixture_rules import (
    ATTENTION_OUTPUT,
    FALLBACKS,
    FEED_FORWARD_DOWN,
    FINER_OF_EIGHT_EXPERTS,
    VALUES,
    Place,
    chosen,
)
from large_enough.gguf.quantisation import main_format
from large_enough.gguf.tensor_types import TENSOR_TYPES, TYPE_IDS

QUANTISE_TYPES = (
    *("BF16", "F16", "Q8_0", "Q6_K", "Q5_K_M", "Q5_1", "Q5_K_S", "Q5_0", "Q4_1", "Q4_K_M"),
    *("Q4_K_S", "IQ4_NL", "Q4_0", "IQ4_XS", "Q3_K_L", "Q3_K_M", "Q3_K_S", "Q2_K"),
)
"""What can be made, the largest first. Types that need an importance matrix are left out."""

_LAST_FALLBACK = "F16"
_FLOATS = frozenset({"F16", "BF16"})
_VALUE_PARTS = ("attn_qkv.weight", "attn_kv_b.weight", "attn_v.weight")
_EMBEDDINGS = frozenset({"token_embd.weight", "per_layer_token_embd.weight"})
_OUTPUT = "output.weight"
_BLOCK = re.compile(r"blk\.(\d+)\.")
_EIGHT_EXPERTS = 8
_LAYERS_OF_70B = 80
_ARCHITECTURES_OF_70B = frozenset({"qwen2", "deci", "olmo"})


class TensorTarget(NamedTuple):
    """What becomes of one tensor."""

    tensor: TensorInfo
    type_id: int
    """Key of `tensor_types.TENSOR_TYPES`."""
    is_fallback: bool
    """Whether its rows do not divide into the blocks of the format it should have got."""


def targets(header: GgufHeader, type_name: str) -> tuple[TensorTarget, ...]:
    """Return what becomes of each tensor, in the order in which llama.cpp writes them.

    Args:
        header: Of the whole model.
        type_name: One of `QUANTISE_TYPES`.
    """
    mixture = _Mixture(header, type_name)
    return tuple(mixture.target(tensor) for tensor in sorted(header.tensors, key=_order))


def _order(tensor: TensorInfo) -> tuple[int, bytes]:
    """Return the key of llama.cpp's `weight_name_comparer`: by layer, those of none first."""
    return layer_of(tensor.name), tensor.name.encode()


def layer_of(name: str) -> int:
    """Return the number of the layer a tensor belongs to; -1 if it belongs to none."""
    match = _BLOCK.match(name)
    return int(match[1]) if match else -1


class _Mixture:
    """Chooses formats in the order of the tensors, since some rules count them."""

    def __init__(self, header: GgufHeader, type_name: str) -> None:
        self._type_name = type_name
        self._main = main_format(type_name)
        names = [tensor.name for tensor in header.tensors]
        self._is_tied = _OUTPUT not in names
        self._value_count = sum(_is_value(name) for name in names)
        self._values_seen = self._downs_seen = 0
        model = _Attention(header)
        self._layer_count, self._expert_count = model.layer_count, model.expert_count
        self._has_groups, self._is_70b = model.has_groups, model.is_70b

    def target(self, tensor: TensorInfo) -> TensorTarget:
        if is_kept(tensor):
            return TensorTarget(tensor, tensor.type_id, is_fallback=False)
        if self._main in _FLOATS:
            return TensorTarget(tensor, TYPE_IDS[self._main], is_fallback=False)
        wanted = self._wanted(tensor)
        fitting = _fitting(wanted, tensor.shape[0])
        return TensorTarget(tensor, TYPE_IDS[fitting], is_fallback=fitting != wanted)

    def _wanted(self, tensor: TensorInfo) -> str:
        name = tensor.name
        if name == _OUTPUT or (self._is_tied and name in _EMBEDDINGS):
            return self._output_format(tensor)
        if name in _EMBEDDINGS:
            return self._main
        if _is_value(name):
            return self._value_format()
        if "ffn_down" in name:
            return self._down_format(name)
        if self._expert_count == _EIGHT_EXPERTS:
            return self._format_of_eight_experts(name)
        if "attn_output.weight" in name:
            return ATTENTION_OUTPUT.get(self._type_name, self._main)
        return self._main

    def _output_format(self, tensor: TensorInfo) -> str:
        if not _fits(self._main, tensor.shape[0]):
            return "Q8_0"
        return "Q8_0" if self._main == "Q8_0" else "Q6_K"

    def _value_format(self) -> str:
        place = Place(self._values_seen, self._value_count, self._has_groups)
        self._values_seen += 1
        wanted = chosen(VALUES, self._type_name, place) or self._main
        if self._is_70b and wanted in ("Q3_K", "Q4_K"):
            wanted = "Q5_K"
        return "Q8_0" if self._expert_count == _EIGHT_EXPERTS else wanted

    def _down_format(self, name: str) -> str:
        position = layer_of(name) if self._expert_count > 1 else self._downs_seen
        self._downs_seen += 1
        place = Place(position, self._layer_count, self._has_groups)
        return chosen(FEED_FORWARD_DOWN, self._type_name, place) or self._main

    def _format_of_eight_experts(self, name: str) -> str:
        if "attn_k.weight" in name:
            return "Q8_0"
        is_finer = "attn_output.weight" in name and self._type_name in FINER_OF_EIGHT_EXPERTS
        return "Q5_K" if is_finer else self._main


class _Attention:
    """What the rules ask about the model as a whole."""

    def __init__(self, header: GgufHeader) -> None:
        architecture = header.text("general.architecture") or ""

        def number(key: str) -> int:
            full_key = f"{architecture}.{key}"
            listed = header.integers(full_key)
            return listed[0] if listed else header.integer(full_key) or 0

        heads = number("attention.head_count")
        groups = number("attention.head_count_kv") or heads
        self.layer_count = number("block_count")
        self.expert_count = number("expert_count")
        self.has_groups = bool(groups) and heads // groups >= 4
        is_known = architecture in _ARCHITECTURES_OF_70B or (
            architecture == "llama" and heads != groups
        )
        self.is_70b = is_known and self.layer_count == _LAYERS_OF_70B


def _is_value(name: str) -> bool:
    return any(part in name for part in _VALUE_PARTS)


def _fits(format_name: str, row_length: int) -> bool:
    return row_length % TENSOR_TYPES[TYPE_IDS[format_name]].block_elements == 0


def _fitting(format_name: str, row_length: int) -> str:
    for candidate in (format_name, FALLBACKS.get(format_name, format_name)):
        if _fits(candidate, row_length):
            return candidate
    return _LAST_FALLBACK

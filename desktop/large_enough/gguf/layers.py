"""Works out from a header what each layer of a model keeps of the text it has read.

The rules are those of llama.cpp's hyper-parameter loading (llama-model.cpp and models/*.cpp).
Where a header does not say, the answer is the one that needs more memory.
"""

import dataclasses
import re

from large_enough.gguf.header import GgufHeader

_MOST_LAYERS = 512  # LLAMA_MAX_LAYERS
_BLOCK = re.compile(r"blk\.(\d{1,4})\.")

_SLIDING_PERIODS = {
    "afmoe": 4,
    "cohere2": 4,
    "exaone-moe": 4,
    "exaone4": 4,
    "gemma2": 2,
    "gemma3": 6,
    "gemma3n": 5,
    "gpt-oss": 2,
    "llama4": 4,
    "mellum": 4,
    "muse-glimmer": 4,
    "olmo2": 4,
    "plamo3": 8,
}
"""Architectures whose every n-th layer sees the whole context, the others a window of it."""
_DENSE_FIRST_PERIODS = {"cohere2moe": 4, "laguna": 4, "smallthinker": 4}
"""The same, with the whole context seen by the first layer of each n."""
_DEFAULT_WINDOWS_TOKENS = {"gemma2": 4096, "llama4": 8192}
_FULL_ATTENTION_INTERVALS = dict.fromkeys(
    ("qwen3next", "qwen35", "qwen35moe", "qwen4exp", "minimax-01"), 4
)
"""Architectures whose other layers keep a state of fixed size instead of keys and values."""


@dataclasses.dataclass(frozen=True, slots=True)
class Layer:
    """What one layer keeps for each token of the context."""

    key_width: int
    """Elements of the keys; 0 if the layer keeps no keys and values."""
    value_width: int
    """Elements of the values."""
    is_sliding: bool
    """Whether it only looks back over `sliding_window_tokens`."""


class Shape:
    """The dimensions of a model, with safe answers for what its header leaves out."""

    def __init__(self, header: GgufHeader) -> None:
        self._header = header
        self.architecture = header.text("general.architecture") or ""
        self.embedding_width = self._number("embedding_length") or self._first_width()
        self.layer_count = min(self._number("block_count") or self._block_count(), _MOST_LAYERS)
        self.vocabulary_size = self._vocabulary_size()

    @property
    def feed_forward_width(self) -> int:
        """Largest number of elements between the two halves of a layer."""
        dense = max(self._per_layer("feed_forward_length", 4 * self.embedding_width), default=0)
        expert = max(self._per_layer("expert_feed_forward_length", 0), default=0)
        return max(dense, expert * self._number("expert_used_count"))

    @property
    def sliding_window_tokens(self) -> int:
        """How far layers with a sliding window look back; 0 if there are none."""
        default = _DEFAULT_WINDOWS_TOKENS.get(self.architecture, 0)
        return self._number("attention.sliding_window") or default

    @property
    def state_width(self) -> int:
        """Elements of the state of fixed size that one recurrent layer keeps; 0 if none does."""
        inner, state = self._number("ssm.inner_size"), self._number("ssm.state_size")
        before = max(self._number("ssm.conv_kernel") - 1, 0)
        selective = before * (inner + 2 * self._number("ssm.group_count") * state) + inner * state
        head = self._number("wkv.head_size")
        receptance = (head + self._number("token_shift_count")) * self.embedding_width
        convolution = max(self._number("shortconv.l_cache") - 1, 0) * self.embedding_width
        delta_head = self._number("kda.head_dim")
        delta = delta_head * max(self._per_layer("attention.head_count", 0), default=0)
        delta *= delta_head + 3 * before
        return max(selective, receptance if head else 0, convolution, delta)

    def layers(self) -> list[Layer]:
        """Return all layers that keep something of their own, in order."""
        own_count = max(self.layer_count - self._number("attention.shared_kv_layers"), 0)
        layers = zip(self._kv_heads(), self._sliding(), self._recurrent(), strict=True)
        return [
            Layer(0, 0, is_sliding=False)
            if is_recurrent
            else Layer(*self._widths(*heads, is_sliding), is_sliding=is_sliding)
            for heads, is_sliding, is_recurrent in list(layers)[:own_count]
        ]

    def _kv_heads(self) -> list[tuple[int, int]]:
        """Return for each layer its numbers of heads and of key-and-value heads.

        Without a word in the header, one head as wide as the layer is assumed.
        """
        default = 0 if self._has("attention.head_count") else 1
        head_counts = self._per_layer("attention.head_count", default)
        if not self._has("attention.head_count_kv"):
            return [(count, count) for count in head_counts]
        return list(zip(head_counts, self._per_layer("attention.head_count_kv", 0), strict=True))

    def _widths(self, head_count: int, kv_head_count: int, is_sliding: bool) -> tuple[int, int]:
        """Return the elements of keys and of values that a layer keeps for each token."""
        usual = -(-self.embedding_width // max(head_count, 1))
        suffix = "_swa" if is_sliding and self._has("attention.key_length_swa") else ""
        key_length = self._number(f"attention.key_length{suffix}") or usual
        value_length = self._number(f"attention.value_length{suffix}") or usual
        if self._has("attention.key_length_mla"):  # values are computed from the keys
            value_length = 0
        return kv_head_count * key_length, kv_head_count * value_length

    def _sliding(self) -> list[bool]:
        """Return for each layer whether it looks at a window of the context only."""
        key = "attention.sliding_window_pattern"
        flags = self._header.integers(f"{self.architecture}.{key}")
        if not self.sliding_window_tokens:
            return [False] * self.layer_count
        if flags is not None and len(flags) >= self.layer_count:
            return [bool(flag) for flag in flags[: self.layer_count]]
        dense_first = _DENSE_FIRST_PERIODS.get(self.architecture, 0)
        period = self._number(key) or _SLIDING_PERIODS.get(self.architecture, dense_first) or 1
        dense_index = 0 if dense_first else period - 1
        return [index % period != dense_index for index in range(self.layer_count)]

    def _recurrent(self) -> list[bool]:
        """Return for each layer whether it keeps a state of fixed size instead."""
        flags = self._header.integers(f"{self.architecture}.attention.recurrent_layers")
        if flags is not None and len(flags) >= self.layer_count:
            return [bool(flag) for flag in flags[: self.layer_count]]
        default = _FULL_ATTENTION_INTERVALS.get(self.architecture, 1)
        interval = self._number("full_attention_interval") or default
        return [(index + 1) % interval != 0 for index in range(self.layer_count)]

    def _has(self, key: str) -> bool:
        return f"{self.architecture}.{key}" in self._header.metadata

    def _number(self, key: str) -> int:
        """Return a whole number of the header; 0 if it is missing or makes no sense."""
        return max(self._header.integer(f"{self.architecture}.{key}") or 0, 0)

    def _per_layer(self, key: str, default: int) -> list[int]:
        """Return a value for each layer; the header may hold one for all, or a list."""
        full_key = f"{self.architecture}.{key}"
        listed = self._header.integers(full_key)
        if listed:
            values = [max(value, 0) for value in listed[: self.layer_count]]
            return values + [max(values)] * (self.layer_count - len(values))
        value = self._header.integer(full_key)
        return [default if value is None else max(value, 0)] * self.layer_count

    def _block_count(self) -> int:
        matches = (_BLOCK.match(tensor.name) for tensor in self._header.tensors)
        return max((int(match[1]) + 1 for match in matches if match), default=0)

    def _first_width(self) -> int:
        return max((shape[0] for shape in self._embedding_shapes()), default=0)

    def _vocabulary_size(self) -> int:
        """Return the number of words, which is the width of the last layer's output."""
        from_tensors = max((shape[1] for shape in self._embedding_shapes()), default=0)
        listed = self._header.list_lengths.get("tokenizer.ggml.tokens", 0)
        return max(from_tensors, listed)

    def _embedding_shapes(self) -> list[tuple[int, ...]]:
        names = {"token_embd.weight", "output.weight"}
        tensors = (tensor for tensor in self._header.tensors if tensor.name in names)
        return [tensor.shape for tensor in tensors if len(tensor.shape) >= 2]

"""Estimates the memory that loading a model will take, before it is loaded.

The formulas follow llama.cpp's allocations. The scratch space was fitted to what version 0.3.36 of
the bindings logs (`sched_reserve: ... compute buffer size`): exact for SmolLM2 135M and Qwen2.5
0.5B and 1.5B at contexts of 512 to 32,768 tokens and micro-batches of 256 and 512.
"""

import platform

from large_enough.domain.generation import CacheType, LoadSettings
from large_enough.domain.model_card import MemoryEstimate
from large_enough.gguf.header import GgufHeader, TensorInfo
from large_enough.gguf.layers import Shape
from large_enough.gguf.tensor_types import TENSOR_TYPES

PROCESS_BYTES = 32_000_000
"""Python with the bindings and the template engine, before a model is loaded.

Private memory, measured on Linux: 25 MB, and up to 6 MB of libraries that count as weights there.
The rest of the libraries are files, whose pages all workers share."""
VOCABULARY_WORD_BYTES = 350
"""What llama.cpp's tables take for each word (49,152 words: 18 MB; 151,936 words: 47 MB)."""

_CONTEXT_STEP_TOKENS = 256  # llama.cpp pads the context to a multiple of this
_NUMBER_BYTES = 4  # of 32-bit floats, in which everything between the layers is kept
_MASK_BYTES = 2  # the attention mask holds 16-bit floats when flash attention is on
_MOST_BYTES = 1 << 60  # keeps absurd headers within the range of 64-bit records

_BITS_PER_CACHE_ELEMENT = {CacheType.F16: 16.0, CacheType.Q8_0: 34 / 4, CacheType.Q4_0: 18 / 4}

_REPACKED_TYPES = frozenset({"Q4_0", "Q4_K", "Q2_K", "IQ4_NL", "MXFP4"})
_REPACKED_TYPES_ON_ARM = _REPACKED_TYPES | {"Q5_K", "Q6_K", "Q8_0"}
_REPACKED_ROWS = 8  # rows are interleaved in groups of 8 (4 for some types on ARM)


def estimate_memory(
    header: GgufHeader,
    settings: LoadSettings,
    *,
    processor: str | None = None,
) -> MemoryEstimate:
    """Estimate what a worker will take with this model; on the high side where in doubt.

    Args:
        header: Of the whole model (`split.read_model` for one that is split).
        settings: How it is to be loaded.
        processor: As `platform.machine()` names it; None means this machine.
    """
    shape = Shape(header)
    sequence_count = _sequence_count(shape, settings)
    context_tokens = _context_tokens(shape, header, settings)
    ubatch_tokens = min(settings.ubatch_tokens, settings.batch_tokens, context_tokens)
    parts = {
        "weights_bytes": sum(tensor.size_bytes for tensor in header.tensors),
        "repacked_bytes": _repacked_bytes(header, settings, processor or platform.machine()),
        "kv_cache_bytes": sequence_count
        * _cache_bytes(shape, settings.cache_type, context_tokens, ubatch_tokens),
        "compute_bytes": _compute_bytes(shape, context_tokens, ubatch_tokens, sequence_count),
        "process_bytes": PROCESS_BYTES + VOCABULARY_WORD_BYTES * shape.vocabulary_size,
    }
    return MemoryEstimate(**{name: min(size, _MOST_BYTES) for name, size in parts.items()})


def _context_tokens(shape: Shape, header: GgufHeader, settings: LoadSettings) -> int:
    """Return the context of one text as llama.cpp pads it; 0 asks for what it was trained for.

    The worker sets up no more than that (`worker.llama_context.suited`).
    """
    trained = max(header.integer(f"{shape.architecture}.context_length") or 0, 0)
    wanted = settings.context_tokens or trained
    return _padded(max(min(wanted, trained or wanted), 1))


def _sequence_count(shape: Shape, settings: LoadSettings) -> int:
    """Return how many texts the worker computes at once: models with a running state do one."""
    return 1 if shape.state_width else max(1, settings.parallel_sequences)


def _cache_bytes(
    shape: Shape,
    cache_type: CacheType,
    context_tokens: int,
    ubatch_tokens: int,
) -> int:
    """Return the size of keys and values of one text, and of the states of recurrent layers."""
    window_tokens = shape.sliding_window_tokens + ubatch_tokens
    sliding_tokens = _padded(min(context_tokens, window_tokens))
    element_count = sum(
        (sliding_tokens if layer.is_sliding else context_tokens)
        * (layer.key_width + layer.value_width)
        for layer in shape.layers()
    )
    states = shape.layer_count * shape.state_width * _NUMBER_BYTES
    return int(element_count * _BITS_PER_CACHE_ELEMENT[cache_type]) // 8 + states


def _compute_bytes(
    shape: Shape, context_tokens: int, ubatch_tokens: int, sequence_count: int
) -> int:
    """Return the scratch space of one step, with one row of output for each sequence."""
    width = 3 * shape.feed_forward_width + 4 * _attention_width(shape)
    mask_count = 2 if shape.sliding_window_tokens else 1
    masks = mask_count * context_tokens * ubatch_tokens * _MASK_BYTES
    layer = ubatch_tokens * width * _NUMBER_BYTES + masks
    output = shape.vocabulary_size * sequence_count * _NUMBER_BYTES
    return max(layer, output) + output


def _attention_width(shape: Shape) -> int:
    return max(shape.embedding_width, *(layer.key_width for layer in shape.layers()), 0)


def _repacked_bytes(header: GgufHeader, settings: LoadSettings, processor: str) -> int:
    """Return the second copy; without mapping, weights are only ever in their new order."""
    if not (settings.use_repack and settings.use_mmap and settings.gpu_layers == 0):
        return 0
    is_arm = processor.lower().startswith(("arm", "aarch64"))
    types = _REPACKED_TYPES_ON_ARM if is_arm else _REPACKED_TYPES
    tensors = (tensor for tensor in header.tensors if _is_multiplied(tensor, header))
    return sum(t.size_bytes for t in tensors if TENSOR_TYPES[t.type_id].name in types)


def _is_multiplied(tensor: TensorInfo, header: GgufHeader) -> bool:
    """Return whether a tensor is one that the processor's matrix routines re-arrange.

    The table of word vectors is only looked up, unless it serves as the output layer too.
    """
    if len(tensor.shape) < 2 or tensor.shape[1] % _REPACKED_ROWS:
        return False
    if "token_embd" not in tensor.name:
        return True
    has_output = any(other.name == "output.weight" for other in header.tensors)
    return tensor.name == "token_embd.weight" and not has_output


def _padded(tokens: int) -> int:
    return -(-tokens // _CONTEXT_STEP_TOKENS) * _CONTEXT_STEP_TOKENS

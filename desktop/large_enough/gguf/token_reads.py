"""Works out how much of a model is read from memory to generate one token.

Generating a token multiplies one vector with every weight matrix, so each weight in use is read
once, and every layer reads the keys and values of all tokens before it. Not read are the table of
word vectors, of which only one row is looked up unless it serves as the output layer too, and the
experts that were not chosen.
"""

import math

import msgspec

from large_enough.domain.generation import LoadSettings
from large_enough.domain.speed_bound import TokenReads
from large_enough.gguf.header import GgufHeader, TensorInfo
from large_enough.gguf.memory import estimate_memory

EXPERTS = "_exps."
"""Part of the name of a tensor that holds all experts of a layer (llama.cpp's naming)."""


def token_reads(header: GgufHeader, settings: LoadSettings, length_tokens: int) -> TokenReads:
    """Return what one token reads.

    Args:
        header: Of the whole model.
        settings: How it was loaded.
        length_tokens: Prompt and answer before the token.
    """
    has_output = any(tensor.name == "output.weight" for tensor in header.tensors)
    share = expert_share(header)
    weights_bytes = sum(
        math.ceil(tensor.size_bytes * (share if EXPERTS in tensor.name else 1.0))
        for tensor in header.tensors
        if not (has_output and _is_looked_up(tensor))
    )
    used = msgspec.structs.replace(settings, context_tokens=max(1, length_tokens))
    return TokenReads(
        weights_bytes=weights_bytes,
        cache_bytes=estimate_memory(header, used).kv_cache_bytes,
        is_upper_bound=False,
        has_experts=any(EXPERTS in tensor.name for tensor in header.tensors),
    )


def _is_looked_up(tensor: TensorInfo) -> bool:
    return tensor.name == "token_embd.weight"


def expert_share(header: GgufHeader) -> float:
    """Return the share of the experts that one token uses; 1 if the header makes no sense."""
    architecture = header.text("general.architecture") or ""
    used = header.integer(f"{architecture}.expert_used_count") or 0
    count = header.integer(f"{architecture}.expert_count") or 0
    return used / count if 0 < used <= count else 1.0

"""Tells tensors that llama.cpp leaves as they are when it quantises a model.

The rules are those of `tensor_allows_quantization` in llama.cpp's llama-quant.cpp, but for the ones
it has for glm5-next alone.
"""

from large_enough.gguf.header import TensorInfo

_KEPT_PARTS = (
    "_norm.weight",
    "ffn_gate_inp.weight",  # chooses experts
    "ffn_gate_tid2eid.weight",
    "altup",
    "laurel",
    "per_layer_model_proj",
    "ssm_conv1d",
    "shortconv.conv.weight",
    "indexer.k_proj.weight",
    "indexer.q_proj.weight",
    "time_mix_first.weight",
    "time_mix_w0.weight",
    "time_mix_w1.weight",
    "time_mix_w2.weight",
    "time_mix_v0.weight",
    "time_mix_v1.weight",
    "time_mix_v2.weight",
    "time_mix_a0.weight",
    "time_mix_a1.weight",
    "time_mix_a2.weight",
    "time_mix_g1.weight",
    "time_mix_g2.weight",
    "time_mix_decay_w1.weight",
    "time_mix_decay_w2.weight",
    "time_mix_lerp_fused.weight",
    "attn_rel_b.weight",
    ".position_embd",
    "sam.pos_embd",
    "sam.neck.",
    "sam.net_",
    ".rel_pos",
    ".patch_embd",
    ".patch_merger",
    "a.rvq.codebook",
    "mm.a.code_embd",
)
"""Small or delicate; a tensor whose name holds one of these keeps its format."""
_KEPT_NAMES = frozenset({"position_embd.weight", "token_types.weight"})


def is_kept(tensor: TensorInfo) -> bool:
    """Return whether a tensor keeps its number format whatever the model is quantised to."""
    if dimension_count(tensor.shape) < 2 or not tensor.name.endswith("weight"):
        return True
    return tensor.name in _KEPT_NAMES or any(part in tensor.name for part in _KEPT_PARTS)


def dimension_count(shape: tuple[int, ...]) -> int:
    """Return the number of dimensions as ggml counts them: without ones at the end."""
    lengths = [number for number, length in enumerate(shape, 1) if length > 1]
    return max(lengths, default=1)

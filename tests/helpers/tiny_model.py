"""Writes tiny but complete models that say what a test wants when the real engine runs them.

Such a model's state is its last token, one dimension each: what it says next depends on nothing
else, with a margin that no rounding can bridge. So the real engine's loading, tokenising, memory
and end rules are tested in milliseconds, without any model from outside.
"""

from collections.abc import Sequence
from pathlib import Path

import gguf
import numpy as np
from tests.helpers.gguf_files import Value as HeaderValue

Value = HeaderValue | Sequence[float]
"""What a key of the header may hold."""

TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}"
    "<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n"
    "{% endfor %}{{ '<|im_start|>' }}"
)
BEGIN = "<|im_start|>"
"""After this token a tiny model begins to speak: the last one of `TEMPLATE`."""
END = "</s>"

NORMAL, UNKNOWN, CONTROL, BYTE = 1, 2, 3, 6
"""Numbers of the types of tokens."""

HEADS = 4
FIXED_TOKENS = [
    ("<unk>", UNKNOWN),
    ("<s>", CONTROL),
    (END, CONTROL),
    *((f"<0x{byte:02X}>", BYTE) for byte in range(256)),
    (BEGIN, CONTROL),
    ("<|im_end|>", CONTROL),
    ("▁", NORMAL),
]


def write_tiny_model(
    path: Path,
    says: Sequence[str] = ("▁Yes", ".", END),
    *,
    architecture: str = "llama",
    template: str | None = TEMPLATE,
    after: str = BEGIN,
    control: Sequence[str] = (),
    context_tokens: int = 4096,
    metadata: dict[str, Value] | None = None,
    without: Sequence[str] = (),
) -> Path:
    """Write a model.

    Args:
        path: Where to.
        says: Its tokens, each at most once; the one after the last is the first again. A space is
            written as SentencePiece does, a single byte as "<0xE2>".
        architecture: llama, cohere2 (sliding windows of 16 tokens) or mamba (a recurrent state).
        template: Its chat template; None for none.
        after: The control token after which it begins to speak.
        control: Which of its tokens the vocabulary hides.
        context_tokens: Length it is said to have been trained for.
        metadata: Further keys of the header, or other values for the usual ones.
        without: Names of tensors to leave out.
    """
    tokens = tiny_tokens(says, after=after, control=control)
    numbers = {text: number for number, (text, _) in enumerate(tokens)}
    size = len(tokens)
    follow = np.eye(size, dtype=np.float32)
    for before, then in zip([after, *says], [*says, says[0]], strict=True):
        follow[:, numbers[before]] = 0
        follow[numbers[then], numbers[before]] = 1
    keys = _metadata(architecture, tokens, context_tokens)
    if template is not None:
        keys["tokenizer.chat_template"] = template
    tensors = {
        name: data
        for name, data in _tensors(architecture, size, follow).items()
        if name not in without
    }
    _write(path, architecture, {**keys, **(metadata or {})}, tensors)
    return path


def tiny_tokens(
    says: Sequence[str], *, after: str = BEGIN, control: Sequence[str] = ()
) -> list[tuple[str, int]]:
    """Return the vocabulary of a tiny model: the text and the type of each token."""
    tokens = [*FIXED_TOKENS]
    known = {text for text, _ in tokens}
    tokens += [
        (text, CONTROL if text in {after, *control} else NORMAL)
        for text in (after, *says)
        if text not in known
    ]
    tokens += [(f"filling{number}", NORMAL) for number in range(-len(tokens) % 32)]
    return tokens


def _layer_count(architecture: str) -> int:
    """Return how many layers to make: in cohere2 every fourth one looks back without a window."""
    return 4 if architecture == "cohere2" else 1


def _metadata(
    architecture: str, tokens: Sequence[tuple[str, int]], context_tokens: int
) -> dict[str, Value]:
    size = len(tokens)
    keys: dict[str, Value] = {
        "block_count": _layer_count(architecture),
        "context_length": context_tokens,
        "embedding_length": size,
        "feed_forward_length": size,
        "attention.head_count": HEADS,
        "attention.layer_norm_rms_epsilon": 1e-5,
        "attention.layer_norm_epsilon": 1e-5,
        "attention.sliding_window": 16,
        "logit_scale": 1.0,
        "ssm.conv_kernel": 4,
        "ssm.inner_size": 2 * size,
        "ssm.state_size": 16,
        "ssm.time_step_rank": 16,
    }
    if architecture == "llama":
        del keys["attention.sliding_window"]
    return {
        **{f"{architecture}.{name}": value for name, value in keys.items()},
        "general.name": "Tiny",
        "tokenizer.ggml.model": "llama",
        "tokenizer.ggml.tokens": [text for text, _ in tokens],
        "tokenizer.ggml.token_type": [kind for _, kind in tokens],
        "tokenizer.ggml.scores": [0.0] * size,
        "tokenizer.ggml.bos_token_id": 1,
        "tokenizer.ggml.eos_token_id": 2,
        "tokenizer.ggml.unknown_token_id": 0,
        "tokenizer.ggml.add_bos_token": True,
    }


def _tensors(architecture: str, size: int, follow: np.ndarray) -> dict[str, np.ndarray]:
    identity, zeros, ones = np.eye(size, dtype=np.float32), _zeros(size, size), _ones(size)
    tensors = {"token_embd.weight": identity, "output_norm.weight": ones}
    if architecture != "cohere2":  # which has no output matrix of its own
        tensors["output.weight"] = follow
    for layer in range(_layer_count(architecture)):
        names = _mamba_layer(size) if architecture == "mamba" else _attention_layer(size)
        if architecture == "llama":
            names["ffn_norm.weight"] = ones
        tensors |= {f"blk.{layer}.{name}": data for name, data in names.items()}
        if architecture == "cohere2" and layer == 0:
            # The first feed-forward network adds the next token to the present one, a hundred fold.
            tensors["blk.0.ffn_gate.weight"] = tensors["blk.0.ffn_up.weight"] = identity
            tensors["blk.0.ffn_down.weight"] = follow
        elif architecture != "mamba":
            for part in ("gate", "up", "down"):
                tensors[f"blk.{layer}.ffn_{part}.weight"] = zeros
    return tensors


def _attention_layer(size: int) -> dict[str, np.ndarray]:
    zeros = _zeros(size, size)
    weights = {f"attn_{part}.weight": zeros for part in ("q", "k", "v", "output")}
    return {"attn_norm.weight": _ones(size), **weights}


def _mamba_layer(size: int) -> dict[str, np.ndarray]:
    inner = 2 * size
    return {
        "attn_norm.weight": _ones(size),
        "ssm_in.weight": _zeros(2 * inner, size),
        "ssm_conv1d.weight": _zeros(inner, 4),
        "ssm_conv1d.bias": _zeros(inner),
        "ssm_x.weight": _zeros(16 + 2 * 16, inner),
        "ssm_dt.weight": _zeros(inner, 16),
        "ssm_dt.bias": _zeros(inner),
        "ssm_a": -np.ones((inner, 16), dtype=np.float32),
        "ssm_d": _zeros(inner),
        "ssm_out.weight": _zeros(size, inner),
    }


def _zeros(*shape: int) -> np.ndarray:
    return np.zeros(shape, dtype=np.float32)


def _ones(length: int) -> np.ndarray:
    return np.ones(length, dtype=np.float32)


def _write(
    path: Path, architecture: str, metadata: dict[str, Value], tensors: dict[str, np.ndarray]
) -> None:
    said = metadata.get("general.architecture", architecture)
    writer = gguf.GGUFWriter(path, str(said))
    for key, value in metadata.items():
        if key == "general.architecture":
            continue  # written already
        if isinstance(value, bool):
            writer.add_bool(key, value)
        elif isinstance(value, int):
            writer.add_uint32(key, value)
        elif isinstance(value, float):
            writer.add_float32(key, value)
        elif isinstance(value, str):
            writer.add_string(key, value)
        else:
            writer.add_array(key, list(value))
    for name, data in tensors.items():
        writer.add_tensor(name, data)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()

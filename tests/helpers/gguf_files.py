"""Writes small GGUF files: good ones with the format's own writer, bad ones byte by byte."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import gguf
import numpy as np

U8, U32, F32, BOOL, STRING, ARRAY, U64 = 0, 4, 6, 7, 8, 9, 10
"""Numbers of the types of values."""

Value = str | int | float | bool | Sequence[int] | Sequence[str]

CHAT_TEMPLATE = "{% for message in messages %}{{ message['content'] }}{% endfor %}"

TINY_METADATA: Mapping[str, Value] = {
    "general.name": "Tiny 1M",
    "general.size_label": "1M",
    "general.license": "mit",
    "llama.block_count": 2,
    "llama.context_length": 512,
    "llama.embedding_length": 64,
    "llama.feed_forward_length": 128,
    "llama.attention.head_count": 4,
    "llama.attention.head_count_kv": 2,
    "tokenizer.ggml.model": "gpt2",
    "tokenizer.ggml.tokens": ["a", "b", "c"],
    "tokenizer.chat_template": CHAT_TEMPLATE,
}
"""What a small language model says about itself."""

TINY_SHAPES: Mapping[str, tuple[int, ...]] = {
    "token_embd.weight": (64, 96),
    "blk.0.attn_k.weight": (64, 32),
    "blk.1.attn_k.weight": (64, 32),
}
"""Its tensors, the row length first."""


def write_gguf(
    path: Path,
    metadata: Mapping[str, Value] = TINY_METADATA,
    shapes: Mapping[str, tuple[int, ...]] = TINY_SHAPES,
    *,
    architecture: str = "llama",
) -> Path:
    """Write a file with the `gguf` package; all tensors hold 32-bit floats."""
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = gguf.GGUFWriter(path, architecture)
    for key, value in metadata.items():
        _add(writer, key, value)
    for name, shape in shapes.items():
        writer.add_tensor(name, np.zeros(tuple(reversed(shape)), dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _add(writer: gguf.GGUFWriter, key: str, value: Value) -> None:
    if isinstance(value, bool):
        writer.add_bool(key, value)
    elif isinstance(value, str):
        writer.add_string(key, value)
    elif isinstance(value, int):
        writer.add_uint32(key, value)
    elif isinstance(value, float):
        writer.add_float32(key, value)
    else:
        writer.add_array(key, list(value))


def string(text: str | bytes) -> bytes:
    """Return a text as the format stores it."""
    raw = text.encode() if isinstance(text, str) else text
    return struct.pack("<Q", len(raw)) + raw


def key(name: str | bytes, type_id: int, value: bytes) -> bytes:
    """Return a key with its value."""
    return string(name) + struct.pack("<I", type_id) + value


def text_key(name: str, text: str | bytes) -> bytes:
    """Return a key with a text."""
    return key(name, STRING, string(text))


def number_key(name: str, number: int) -> bytes:
    """Return a key with an unsigned 32-bit number."""
    return key(name, U32, struct.pack("<I", number))


def list_key(name: str, type_id: int, length: int, elements: bytes) -> bytes:
    """Return a key with a list; the length need not be true."""
    return key(name, ARRAY, struct.pack("<IQ", type_id, length) + elements)


def tensor(name: str | bytes, shape: Sequence[int], type_id: int = 0, offset: int = 0) -> bytes:
    """Return a line of the table of tensors."""
    head = string(name) + struct.pack(f"<I{len(shape)}Q", len(shape), *shape)
    return head + struct.pack("<IQ", type_id, offset)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawGguf:
    """A file put together from its parts, none of which need make sense."""

    magic: bytes = b"GGUF"
    version: bytes = struct.pack("<I", 3)
    keys: Sequence[bytes] = field(default_factory=lambda: (text_key("general.architecture", "x"),))
    tensors: Sequence[bytes] = ()
    key_count: int | None = None
    tensor_count: int | None = None
    data: bytes = b""
    alignment: int = 32

    def build(self) -> bytes:
        """Return the bytes of the file."""
        key_count = len(self.keys) if self.key_count is None else self.key_count
        tensor_count = len(self.tensors) if self.tensor_count is None else self.tensor_count
        counts = struct.pack("<QQ", tensor_count, key_count)
        head = b"".join((self.magic, self.version, counts, *self.keys, *self.tensors))
        padding = b"\0" * (-len(head) % self.alignment) if self.data else b""
        return head + padding + self.data

    def write(self, path: Path) -> Path:
        """Write the file."""
        path.write_bytes(self.build())
        return path

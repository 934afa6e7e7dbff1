"""Writes small LoRA adapters."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import gguf
import numpy as np
from tests.helpers.tiny_model import BEGIN, tiny_tokens

RANK = 4
Pair = tuple[np.ndarray, np.ndarray]
"""The two matrices of one tensor: (rank, row length), then (rows, rank); their product is added."""


def write_adapter(
    path: Path,
    pairs: Mapping[str, Pair],
    *,
    architecture: str = "llama",
    general_type: str = "adapter",
    adapter_type: str = "lora",
    invocation: tuple[int, ...] = (),
    base_model: str = "",
) -> Path:
    """Write an adapter.

    Args:
        path: Where to.
        pairs: By the name of the tensor they are added to.
        architecture: Of the model it is for.
        general_type: What it says it is.
        adapter_type: What kind of adapter it says it is.
        invocation: Tokens after which alone it acts.
        base_model: Name of the model that it was made for, if it says so.
    """
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_string("general.type", general_type)
    writer.add_string("adapter.type", adapter_type)
    rank = next((first.shape[-2] for first, _ in pairs.values()), RANK)
    writer.add_float32("adapter.lora.alpha", float(rank))  # so that the strength is 1
    if base_model:
        writer.add_string("general.base_model.0.name", base_model)
    if invocation:
        writer.add_array("adapter.alora.invocation_tokens", list(invocation))
    for name, (first, second) in pairs.items():
        writer.add_tensor(f"{name}.lora_a", first.astype(np.float32))
        writer.add_tensor(f"{name}.lora_b", second.astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def random_pair(row_length: int, rows: int, strength: float = 1.0, rank: int = RANK) -> Pair:
    """Return two matrices of random numbers, the same every time."""
    numbers = np.random.default_rng(1)
    first = numbers.normal(size=(rank, row_length))
    return first, numbers.normal(size=(rows, rank)) * strength


def first_word_pair(says: Sequence[str], word: str) -> Pair:
    """Return what, added to "output.weight", makes a tiny model begin with another of its words.

    Args:
        says: The model's tokens, as `write_tiny_model` takes them.
        word: The one to begin with.
    """
    texts = [text for text, _ in tiny_tokens(says)]
    after_begin, change = np.zeros((1, len(texts))), np.zeros((len(texts), 1))
    after_begin[0, texts.index(BEGIN)] = 1
    change[texts.index(says[0]), 0] = -1
    change[texts.index(word), 0] = 1
    return after_begin, change

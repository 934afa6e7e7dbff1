"""What generating one token reads of a model."""

import pytest
from tests.unit.gguf.test_memory import SMOLLM2, header, tensor

from large_enough.domain.generation import CacheType, LoadSettings
from large_enough.gguf.header import TensorInfo
from large_enough.gguf.memory import estimate_memory
from large_enough.gguf.token_reads import token_reads

WEIGHT = tensor("blk.0.ffn_up.weight", (8, 8), 0, 1000)
WORDS = tensor("token_embd.weight", (8, 100), 0, 500)
OUTPUT = tensor("output.weight", (8, 100), 0, 700)
EXPERTS = tensor("blk.0.ffn_up_exps.weight", (8, 8, 8), 0, 8000)


@pytest.mark.parametrize(
    ("tensors", "weights_bytes"),
    [
        ((WEIGHT, WORDS), 1500),  # the word vectors serve as the output layer too
        ((WEIGHT, WORDS, OUTPUT), 1700),  # looked up only
        ((), 0),
    ],
)
def test_weights_in_use(tensors: tuple[TensorInfo, ...], weights_bytes: int) -> None:
    reads = token_reads(header("llama", tensors), LoadSettings(), 10)
    assert reads.weights_bytes == weights_bytes
    assert not reads.is_upper_bound
    assert not reads.has_experts


@pytest.mark.parametrize(
    ("used", "count", "weights_bytes"),
    [(2, 8, 3000), (8, 8, 9000), (0, 8, 9000), (9, 8, 9000), (2, 0, 9000)],
)
def test_only_the_experts_in_use_are_read(used: int, count: int, weights_bytes: int) -> None:
    mixture = header("llama", (WEIGHT, EXPERTS), expert_used_count=used, expert_count=count)
    reads = token_reads(mixture, LoadSettings(), 10)
    assert reads.weights_bytes == weights_bytes
    assert reads.has_experts


def test_keys_and_values_grow_with_the_text() -> None:
    settings = LoadSettings(cache_type=CacheType.F16)
    short, long = (token_reads(SMOLLM2, settings, length) for length in (100, 4000))
    whole = estimate_memory(SMOLLM2, LoadSettings(context_tokens=4096)).kv_cache_bytes
    assert long.cache_bytes == whole
    assert isinstance(short.cache_bytes, int)
    assert 0 < short.cache_bytes < whole
    assert long.total_bytes == long.weights_bytes + whole
    assert isinstance(token_reads(SMOLLM2, settings, 0).cache_bytes, int)

"""The real SmolLM2 starter model."""

from pathlib import Path

import pytest

from large_enough.domain.clock import SystemClock
from large_enough.domain.generation import LoadSettings
from large_enough.gguf.card import read_card
from large_enough.gguf.header import read_header
from large_enough.gguf.memory import estimate_memory

pytestmark = pytest.mark.model

SLOW_S = 1.0
"""Some 15 ms on a quiet machine; the reader of the `gguf` package takes two seconds."""


def test_card(smollm2_path: Path) -> None:
    card = read_card(smollm2_path)
    assert card.name == "SmolLM2 135M Instruct"
    assert card.parameter_count == 134_515_008
    assert card.quantisation == "Q4_1"
    assert card.context_length_tokens == 8192
    assert card.licence == "apache-2.0"
    assert card.tokenizer == "gpt2"
    assert card.has_chat_template


def test_memory(smollm2_path: Path) -> None:
    found = estimate_memory(read_header(smollm2_path), LoadSettings())
    assert found.kv_cache_bytes == 90 << 20
    assert found.repacked_bytes == 0  # no routine re-arranges Q4_1
    assert found.weights_bytes == 96_576_768


def test_a_vocabulary_is_skipped_fast(smollm2_path: Path) -> None:
    clock = SystemClock()
    began_s = clock.monotonic_s()
    header = read_header(smollm2_path)
    assert clock.monotonic_s() - began_s < SLOW_S
    assert header.list_lengths["tokenizer.ggml.tokens"] == 49_152

"""What of a model lies on a graphics card."""

import pytest
from tests.unit.gguf.test_memory import header, tensor

from large_enough.domain.generation import LoadSettings
from large_enough.gguf.header import GgufHeader
from large_enough.gguf.memory import estimate_memory
from large_enough.gguf.offload import layer_count, offload

LAYERS = 4
LAYER_BYTES, OUTPUT_BYTES, WORDS_BYTES = 100_000_000, 30_000_000, 20_000_000


def model(*, is_tied: bool = False) -> GgufHeader:
    layers = (
        tensor(f"blk.{number}.ffn_up.weight", (8, 8), 0, LAYER_BYTES) for number in range(LAYERS)
    )
    output = () if is_tied else (tensor("output.weight", (8, 100), 0, OUTPUT_BYTES),)
    words = tensor("token_embd.weight", (8, 100), 0, WORDS_BYTES)
    return header(
        "llama",
        (words, *layers, *output),
        block_count=LAYERS,
        embedding_length=8,
        attention__head_count=2,
    )


def on_card(gpu_layers: int, *, is_tied: bool = False) -> tuple[int, int]:
    found = offload(model(is_tied=is_tied), LoadSettings(gpu_layers=gpu_layers))
    return found.weights_bytes, found.copied_bytes


@pytest.mark.parametrize(
    ("gpu_layers", "weights_bytes"),
    [
        (0, 0),
        (1, OUTPUT_BYTES),
        (2, OUTPUT_BYTES + LAYER_BYTES),
        (5, OUTPUT_BYTES + 4 * LAYER_BYTES),
        (99, OUTPUT_BYTES + 4 * LAYER_BYTES),
        (-1, OUTPUT_BYTES + 4 * LAYER_BYTES),
    ],
)
def test_a_card_is_filled_from_the_end(gpu_layers: int, weights_bytes: int) -> None:
    assert on_card(gpu_layers) == (weights_bytes, 0)


def test_word_vectors_that_serve_as_output_are_copied() -> None:
    assert on_card(2, is_tied=True) == (LAYER_BYTES, WORDS_BYTES)
    assert on_card(0, is_tied=True) == (0, 0)


def test_layers_take_their_part_of_the_cache_along() -> None:
    whole = estimate_memory(model(), LoadSettings()).kv_cache_bytes
    shares = [
        offload(model(), LoadSettings(gpu_layers=layers)).cache_bytes / whole
        for layers in range(LAYERS + 2)
    ]
    assert shares == [0, 0, 0.25, 0.5, 0.75, 1]


def test_the_output_layer_counts_as_one() -> None:
    assert layer_count(model()) == LAYERS + 1

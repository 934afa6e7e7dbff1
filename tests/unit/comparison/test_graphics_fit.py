"""How many layers are proposed for made-up graphics cards."""

import pytest
from tests.helpers.fit_world import CPU, graphics_room
from tests.unit.gguf.test_offload import LAYER_BYTES, LAYERS, OUTPUT_BYTES, model

from large_enough.comparison.graphics_fit import (
    CARD_RESERVE_BYTES,
    NO_CARD,
    NO_FREE_MEMORY_TOLD,
    NOT_ASKED,
    card_fit,
    graphics_card,
    shares_memory,
)
from large_enough.domain.dry_run import DeviceRoom, DryRun
from large_enough.domain.fit import CardFit
from large_enough.domain.generation import LoadSettings

SCRATCH_BYTES = 50_000_000
SETTINGS = LoadSettings(context_tokens=256)


def proposed(free_bytes: int, gpu_layers: int = 0) -> CardFit:
    settings = LoadSettings(context_tokens=256, gpu_layers=gpu_layers)
    found = card_fit(model(), settings, graphics_room(free_bytes), SCRATCH_BYTES)
    assert isinstance(found, CardFit)
    return found


def dry_run(*rooms: DeviceRoom) -> DryRun:
    return DryRun(context_tokens=256, weights_bytes=1, kv_cache_bytes=1, rooms=rooms)


@pytest.mark.parametrize(
    ("layers_bytes", "layers"),
    [
        (OUTPUT_BYTES - 1, 0),
        (OUTPUT_BYTES + 1_000_000, 1),
        (OUTPUT_BYTES + LAYER_BYTES + 2_000_000, 2),
        (OUTPUT_BYTES + 3 * LAYER_BYTES + 2_000_000, 4),
        (OUTPUT_BYTES + 9 * LAYER_BYTES, LAYERS + 1),
    ],
)
def test_as_many_layers_as_there_is_room_for(layers_bytes: int, layers: int) -> None:
    found = proposed(CARD_RESERVE_BYTES + SCRATCH_BYTES + layers_bytes)
    assert found.proposed_layers == layers


def test_layers_that_are_asked_for_are_judged() -> None:
    free_bytes = CARD_RESERVE_BYTES + SCRATCH_BYTES + OUTPUT_BYTES + 2 * LAYER_BYTES + 2_000_000
    assert proposed(free_bytes, 3).has_room
    too_many = proposed(free_bytes, -1)
    assert not too_many.has_room
    assert too_many.wanted_layers == LAYERS + 1
    assert too_many.wanted_bytes > free_bytes - CARD_RESERVE_BYTES


def test_the_card_with_most_room_is_taken_one_of_its_own_first() -> None:
    small, large = graphics_room(4_000_000_000), graphics_room(8_000_000_000)
    shared = graphics_room(16_000_000_000, "integrated_gpu")
    assert graphics_card(dry_run(small, shared, large, CPU)) == large
    assert graphics_card(dry_run(shared, CPU)) == shared


def test_reasons_why_none_is_proposed() -> None:
    assert graphics_card(dry_run(CPU)) == NO_CARD
    assert graphics_card(None) == NOT_ASKED
    assert graphics_card(dry_run(graphics_room(0))) == NO_FREE_MEMORY_TOLD
    assert card_fit(model(), SETTINGS, NO_CARD) == NO_CARD


def test_some_cards_have_no_memory_of_their_own() -> None:
    assert not shares_memory(graphics_room(1), "linux")
    assert shares_memory(graphics_room(1), "darwin")
    assert shares_memory(graphics_room(1, "integrated_gpu"), "win32")
    assert not shares_memory(NO_CARD, "darwin")

"""Proposes how many layers of a model go on the graphics card."""

import sys

import msgspec

from large_enough.domain.dry_run import DeviceRoom, DryRun
from large_enough.domain.fit import CardFit
from large_enough.domain.generation import LoadSettings
from large_enough.domain.quantity import Unavailable
from large_enough.gguf.header import GgufHeader
from large_enough.gguf.memory import estimate_memory
from large_enough.gguf.offload import layer_count, offload

CARD_RESERVE_BYTES = 1 << 30
"""Left free on the card: as llama.cpp's own `common_fit_params` leaves it by default."""

NO_CARD = Unavailable(reason="the engine sees no graphics card")
NOT_ASKED = Unavailable(reason="the engine could not be asked about graphics cards")
NO_FREE_MEMORY_TOLD = Unavailable(reason="the graphics card does not tell how much of it is free")

_CARD_KINDS = ("gpu", "integrated_gpu")
_SHARED_KIND = "integrated_gpu"


def graphics_card(dry_run: DryRun | None) -> DeviceRoom | Unavailable:
    """Return the card with the most free memory, one of its own before one that shares."""
    if dry_run is None:
        return NOT_ASKED
    cards = [room for room in dry_run.rooms if room.device.kind in _CARD_KINDS]
    if not cards:
        return NO_CARD
    best = max(cards, key=lambda room: (room.device.kind != _SHARED_KIND, room.free_bytes))
    return best if best.free_bytes > 0 else NO_FREE_MEMORY_TOLD


def shares_memory(room: DeviceRoom | Unavailable, platform: str = sys.platform) -> bool:
    """Return whether a card's memory is the machine's own: integrated ones, and Apple's.

    Args:
        room: The card, if there is one.
        platform: As `sys.platform`.
    """
    if isinstance(room, Unavailable):
        return False
    return room.device.kind == _SHARED_KIND or platform == "darwin"


def card_fit(
    header: GgufHeader,
    settings: LoadSettings,
    room: DeviceRoom | Unavailable,
    card_compute_bytes: int = 0,
) -> CardFit | Unavailable:
    """Return how many layers fit on a card, found by bisection.

    Args:
        header: Of the model.
        settings: How it is to be loaded; the context's share of a layer counts.
        room: The card, or why there is none.
        card_compute_bytes: Scratch space there, as the dry run has it; 0 if it is not known.
    """
    if isinstance(room, Unavailable):
        return room
    count = layer_count(header)
    scratch_bytes = max(card_compute_bytes, estimate_memory(header, settings).compute_bytes)

    def taken_bytes(layers: int) -> int:
        trial = msgspec.structs.replace(settings, gpu_layers=layers)
        return offload(header, trial).total_bytes + scratch_bytes if layers else 0

    wanted = count if settings.gpu_layers < 0 else min(settings.gpu_layers, count)
    fitting, too_many = 0, count + 1
    while too_many - fitting > 1:
        middle = (fitting + too_many) // 2
        if taken_bytes(middle) + CARD_RESERVE_BYTES <= room.free_bytes:
            fitting = middle
        else:
            too_many = middle
    return CardFit(
        device=room.device.description.strip() or room.device.name,
        free_bytes=room.free_bytes,
        reserve_bytes=CARD_RESERVE_BYTES,
        layer_count=count,
        proposed_layers=fitting,
        wanted_layers=wanted,
        wanted_bytes=taken_bytes(wanted),
    )

"""Whether a model fits into memory as it is to be loaded, before it is loaded."""

import enum

import msgspec

from large_enough.domain.errors import ErrorInfo
from large_enough.domain.expected_speed import ExpectedSpeed
from large_enough.domain.generation import LoadSettings
from large_enough.domain.model_card import MemoryEstimate, ModelCard
from large_enough.domain.quantity import Count, Unavailable

CONTEXT_STEP_TOKENS = 256
"""llama.cpp pads contexts to multiples of this, so largest contexts are given in such steps."""
TIGHT_SHARE = 0.1
"""Of the need. Forecasts were up to 4 % above what was measured on Linux (`make bench`); with as
much again for long conversations and other systems, a forecast may be wrong by a tenth, and where
less than that is left over the model may turn out not to fit."""


class NeedMethod(enum.StrEnum):
    """How a need was found out."""

    DRY_RUN = "dry_run"
    """By the engine itself, without loading the weights; exact but for the process."""
    FORMULA = "formula"
    """Computed from the file's header."""


class FitVerdict(enum.StrEnum):
    """What comes of need and room."""

    FITS = "fits"
    TIGHT = "tight"
    """It fits by less than the forecast may be wrong."""
    DOES_NOT_FIT = "does_not_fit"


class MemoryNeed(msgspec.Struct, frozen=True, kw_only=True):
    """What loading a model takes of the machine's memory."""

    estimate: MemoryEstimate
    """By parts, without what would lie on a graphics card."""
    context_tokens: int
    """The context that is really set up: at most what the model was trained for, padded."""
    method: NeedMethod
    why_formula: ErrorInfo | None = None
    """Why there was no dry run; None if there was one."""

    @property
    def needed_bytes(self) -> int:
        """The sum of all parts."""
        return self.estimate.needed_bytes


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """The memory that a model can have."""

    available_bytes: int
    """What programs can get now without swapping."""
    released_bytes: int = 0
    """What models give back that are loaded now and will be unloaded."""
    others_bytes: int = 0
    """What the other contenders need that are to be loaded at the same time."""
    reserve_bytes: int
    """Left to the rest of the machine."""

    @property
    def usable_bytes(self) -> int:
        """What is left for this model; below zero if not even the others fit."""
        return self.available_bytes + self.released_bytes - self.others_bytes - self.reserve_bytes


class CardFit(msgspec.Struct, frozen=True, kw_only=True):
    """How much of a model fits on the graphics card."""

    device: str
    """The card's name."""
    free_bytes: int
    reserve_bytes: int
    """Left to the desktop and to the driver."""
    layer_count: int
    """Layers of the whole model, the output layer counted as one."""
    proposed_layers: int
    """So many fit; 0 to `layer_count`."""
    wanted_layers: int
    """As the settings ask for; -1 is written as `layer_count`."""
    wanted_bytes: int
    """What these take on the card; 0 if there are none."""

    @property
    def has_room(self) -> bool:
        """Whether what the settings ask for fits."""
        return self.wanted_layers <= self.proposed_layers


class ModelFit(msgspec.Struct, frozen=True, kw_only=True, tag="fit"):
    """The forecast for one model."""

    card: ModelCard
    settings: LoadSettings
    """As it is to be loaded; without layers on a graphics card where there is none."""
    need: MemoryNeed
    room: Room
    largest_context_tokens: Count
    """The largest context that fits with room to spare (tightly, if none does), in steps of 256
    and at most what the model was trained for; unavailable if not even the smallest one fits."""
    smaller_cache_tokens: Count
    """The same with a cache of 8 bits; unavailable where the cache has no more than that."""
    graphics: CardFit | Unavailable
    """How much of it fits on the graphics card, or why none is proposed."""
    speed: ExpectedSpeed | Unavailable
    """How fast it will probably generate."""

    @property
    def left_bytes(self) -> int:
        """What is left over when it is loaded; below zero: what is missing."""
        return self.room.usable_bytes - self.need.needed_bytes

    @property
    def verdict(self) -> FitVerdict:
        """What comes of it."""
        if isinstance(self.graphics, CardFit) and not self.graphics.has_room:
            return FitVerdict.DOES_NOT_FIT
        return verdict_of(self.need.needed_bytes, self.room.usable_bytes)


class Unjudged(msgspec.Struct, frozen=True, kw_only=True, tag="unjudged"):
    """A model that nothing can be forecast for."""

    card: ModelCard
    error: ErrorInfo | None = None
    """Why it cannot be loaded at all; None for a scripted one, which takes next to nothing."""


class GroupFit(msgspec.Struct, frozen=True, kw_only=True):
    """The forecast for several models."""

    fits: tuple[ModelFit | Unjudged, ...]
    """In the order in which they were given."""
    together: bool
    """Whether they are to be in memory at the same time."""


def verdict_of(needed_bytes: int, usable_bytes: int) -> FitVerdict:
    """Return what comes of a need and the memory that there is for it."""
    if needed_bytes > usable_bytes:
        return FitVerdict.DOES_NOT_FIT
    is_tight = usable_bytes - needed_bytes < TIGHT_SHARE * needed_bytes
    return FitVerdict.TIGHT if is_tight else FitVerdict.FITS

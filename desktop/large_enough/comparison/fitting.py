"""Forecasts whether models fit into memory as they are to be loaded, before any is loaded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from large_enough.comparison.graphics_fit import (
    NO_CARD,
    NOT_ASKED,
    card_fit,
    graphics_card,
    shares_memory,
)
from large_enough.comparison.largest_context import largest_context
from large_enough.comparison.needs import AskEngine, CannotLoadError, need_of
from large_enough.domain.dry_run import DryRun
from large_enough.domain.errors import LargeEnoughError
from large_enough.domain.expected_speed import ExpectedSpeed
from large_enough.domain.fit import GroupFit, MemoryNeed, ModelFit, Room, Unjudged
from large_enough.domain.generation import CacheType, LoadSettings
from large_enough.domain.model_card import BackendKind, ModelCard
from large_enough.domain.quantity import Count, Unavailable
from large_enough.engine.admission import RESERVE_BYTES
from large_enough.gguf.header import GgufHeader
from large_enough.gguf.split import read_model

CACHE_IS_SMALL = Unavailable(reason="the cache is that small already")
CACHE_IS_REFUSED = Unavailable(reason="the engine refuses a smaller cache for this model")
SPEED_NOT_ASKED = Unavailable(reason="it was not asked for")

ExpectSpeed = Callable[[ModelCard, GgufHeader, LoadSettings], ExpectedSpeed | Unavailable]


def no_speed(
    card: ModelCard, header: GgufHeader, settings: LoadSettings
) -> ExpectedSpeed | Unavailable:
    """Expect nothing: for those who only ask about memory."""
    del card, header, settings
    return SPEED_NOT_ASKED


def _read_header(path: str) -> GgufHeader:
    return read_model(Path(path)).header


@dataclass(frozen=True, slots=True, kw_only=True)
class FitSources:
    """Where a forecast gets its numbers from; tests hand in their own."""

    ask_engine: AskEngine
    available_bytes: int
    """What programs can get now without swapping."""
    released_bytes: int = 0
    """What models give back that will be unloaded first."""
    read_header: Callable[[str], GgufHeader] = _read_header
    """Raises ModelFileError for a file that cannot be read."""
    expect_speed: ExpectSpeed = no_speed


@dataclass(frozen=True, slots=True)
class _Judged:
    """A model with its need, before it is known what the others take."""

    card: ModelCard
    settings: LoadSettings
    """As far as this machine can follow them."""
    header: GgufHeader
    need: MemoryNeed
    dry_run: DryRun | None


def fit_models(
    wishes: Sequence[tuple[ModelCard, LoadSettings]], sources: FitSources, *, together: bool
) -> GroupFit:
    """Return for each model whether it fits as it is to be loaded, and what would.

    Args:
        wishes: Models, each with how it is to be loaded.
        sources: Where the numbers come from.
        together: Whether all are to be in memory at the same time.
    """
    judged = [_judge(card, settings, sources) for card, settings in wishes]
    needs = [each.need.needed_bytes if isinstance(each, _Judged) else 0 for each in judged]
    fits = [
        _fit(each, sources, sum(needs) - own if together else 0)
        if isinstance(each, _Judged)
        else each
        for each, own in zip(judged, needs, strict=True)
    ]
    return GroupFit(fits=tuple(fits), together=together)


def _judge(card: ModelCard, settings: LoadSettings, sources: FitSources) -> _Judged | Unjudged:
    if card.backend is BackendKind.ECHO:
        return Unjudged(card=card)
    try:
        header = sources.read_header(card.path)
        settings = _possible(card, settings, sources)
        need, dry_run = _need(card, header, settings, sources)
    except LargeEnoughError as error:
        return Unjudged(card=card, error=error.info)
    return _Judged(card, settings, header, need, dry_run)


def _possible(card: ModelCard, settings: LoadSettings, sources: FitSources) -> LoadSettings:
    """Return the settings without layers on a card that is not there: they stay in memory."""
    if not settings.gpu_layers:
        return settings
    found = sources.ask_engine(card, settings)
    has_none = isinstance(found, DryRun) and graphics_card(found) == NO_CARD
    return msgspec.structs.replace(settings, gpu_layers=0) if has_none else settings


def _need(
    card: ModelCard, header: GgufHeader, settings: LoadSettings, sources: FitSources
) -> tuple[MemoryNeed, DryRun | None]:
    need, dry_run = need_of(card, header, settings, sources.ask_engine)
    if settings.gpu_layers and shares_memory(graphics_card(dry_run)):
        return need_of(card, header, settings, sources.ask_engine, is_shared_memory=True)
    return need, dry_run


def _fit(judged: _Judged, sources: FitSources, others_bytes: int) -> ModelFit | Unjudged:
    try:
        return _fit_of_present(judged, sources, others_bytes)
    except CannotLoadError as error:  # its file went away since it was judged
        return Unjudged(card=judged.card, error=error.info)


def _fit_of_present(judged: _Judged, sources: FitSources, others_bytes: int) -> ModelFit:
    card, settings, dry_run = judged.card, judged.settings, judged.dry_run
    room = Room(
        available_bytes=sources.available_bytes,
        released_bytes=sources.released_bytes,
        others_bytes=others_bytes,
        reserve_bytes=RESERVE_BYTES,
    )
    scratch_bytes = dry_run.card_compute_bytes if dry_run else 0
    device = graphics_card(dry_run) if dry_run else NOT_ASKED
    return ModelFit(
        card=card,
        settings=settings,
        need=judged.need,
        room=room,
        largest_context_tokens=_largest(judged, settings, sources, room),
        smaller_cache_tokens=_with_smaller_cache(judged, sources, room),
        graphics=card_fit(judged.header, settings, device, scratch_bytes),
        speed=sources.expect_speed(card, judged.header, settings),
    )


def _with_smaller_cache(judged: _Judged, sources: FitSources, room: Room) -> Count:
    if judged.settings.cache_type is not CacheType.F16:
        return CACHE_IS_SMALL
    smaller = msgspec.structs.replace(judged.settings, cache_type=CacheType.Q8_0)
    try:
        return _largest(judged, smaller, sources, room)
    except CannotLoadError:
        return CACHE_IS_REFUSED


def _largest(judged: _Judged, settings: LoadSettings, sources: FitSources, room: Room) -> Count:
    def needed_bytes(context_tokens: int) -> int:
        trial = msgspec.structs.replace(settings, context_tokens=context_tokens)
        return _need(judged.card, judged.header, trial, sources)[0].needed_bytes

    return largest_context(needed_bytes, room.usable_bytes, judged.card.context_length_tokens)

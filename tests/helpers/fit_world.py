"""A machine for forecasts, made of numbers: an engine that answers by a rule, and memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from tests.helpers.gguf_files import TINY_METADATA, write_gguf

from large_enough.comparison.fitting import FitSources, no_speed
from large_enough.domain.dry_run import DeviceRoom, DryRun
from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.generation import Buffer, BufferKind, CacheType, Device, LoadSettings
from large_enough.domain.model_card import ModelCard
from large_enough.gguf.card import read_card

WEIGHTS_BYTES = 1_000_000_000
BYTES_PER_TOKEN = 100_000
SCRATCH_BYTES = 50_000_000

CPU = DeviceRoom(
    device=Device(name="CPU", description="Processor", kind="cpu", memory_bytes=1), free_bytes=1
)
NO_ENGINE = ErrorInfo(kind=FailureKind.BINDINGS_MISSING, subject="llama.cpp")


def graphics_room(free_bytes: int, kind: str = "gpu", name: str = "Card") -> DeviceRoom:
    """Return a graphics card with so much free memory."""
    device = Device(name=name, description=name, kind=kind, memory_bytes=2 * free_bytes)
    return DeviceRoom(device=device, free_bytes=free_bytes)


@dataclass(slots=True)
class FakeEngine:
    """Answers that a model takes a gigabyte and so much for each token; notes its questions."""

    rooms: tuple[DeviceRoom, ...] = (CPU,)
    failure: ErrorInfo | None = None
    refused_caches: Mapping[CacheType, ErrorInfo] = field(default_factory=dict)
    asked: list[LoadSettings] = field(default_factory=list)

    def ask(self, card: ModelCard, settings: LoadSettings) -> DryRun | ErrorInfo:
        """Answer by the rule."""
        self.asked.append(settings)
        failure = self.failure or self.refused_caches.get(settings.cache_type)
        if failure is not None:
            return failure
        trained = card.context_length_tokens
        wanted = settings.context_tokens
        tokens = min(wanted, trained) if isinstance(trained, int) else wanted
        share = {"f16": 1.0, "q8_0": 34 / 64, "q4_0": 18 / 64}[settings.cache_type.value]
        scratch = Buffer(kind=BufferKind.COMPUTE, device="CPU", size_bytes=SCRATCH_BYTES)
        return DryRun(
            context_tokens=tokens,
            weights_bytes=WEIGHTS_BYTES,
            kv_cache_bytes=round(tokens * BYTES_PER_TOKEN * share),
            buffers=(scratch,),
            rooms=self.rooms,
        )


def sources(engine: FakeEngine, available_bytes: int, released_bytes: int = 0) -> FitSources:
    """Return a machine with that engine and so much free memory."""
    return FitSources(
        ask_engine=engine.ask,
        available_bytes=available_bytes,
        released_bytes=released_bytes,
        expect_speed=no_speed,
    )


def write_card(path: Path, context_tokens: int = 32_768) -> ModelCard:
    """Write a tiny file that was trained for so many tokens; return its card."""
    write_gguf(path, {**TINY_METADATA, "llama.context_length": context_tokens})
    return msgspec.structs.replace(read_card(path), name=path.stem)

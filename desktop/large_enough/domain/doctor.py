"""What can be measured on a machine, and what it would take to measure more."""

import enum

import msgspec

from large_enough.domain.errors import ErrorInfo
from large_enough.domain.generation import EngineBuild
from large_enough.domain.power import Scope
from large_enough.domain.quantity import Count, NumberQuality, Quantity, Unavailable
from large_enough.domain.round import Machine

SCHEMA_VERSION = 1
"""Changes when a field of `DoctorReport` changes its meaning."""


class InstrumentVerdict(enum.StrEnum):
    """What became of an instrument while it was watched."""

    IN_USE = "in_use"
    """It was read, and its numbers make sense."""
    OBSERVING = "observing"
    """It answers, but is renewed too seldom to be judged in so short a time."""
    RESTING = "resting"
    """It is there and says nothing for now."""
    OUT = "out"
    """It failed, or its numbers make no sense."""
    NOT_AVAILABLE = "not_available"
    """There is none, or it may not be read."""


class InstrumentReport(msgspec.Struct, frozen=True, kw_only=True):
    """One instrument that was looked for."""

    key: str
    """Its name in logs, for example "rapl:package-0"; empty if there is none."""
    instrument: str
    """Its name for people."""
    scope: Scope
    verdict: InstrumentVerdict
    reason: str
    """Why it is not in use: a short lower-case phrase; empty if it is."""
    unlock: str
    """What would unlock it: one command or one step, on one line; empty if nothing would."""
    unlock_note: str
    """What the unlocking costs, one sentence; empty if it costs nothing."""
    quality: NumberQuality
    """How its numbers come about; known of an estimate even while it is switched off."""
    is_vendor_model: bool
    """Whether the vendor computes the number from activity instead of sensing a current."""
    is_verified: bool
    """Whether a recording from real hardware backs the reading of such an instrument."""
    update_period_s: Quantity
    """Time between two updates, as observed."""
    power_w: Quantity
    """Watts at the end of the watching."""
    is_preferred: bool
    """Whether it is the one that is shown for its part of the machine."""


class EngineFound(msgspec.Struct, frozen=True, kw_only=True, tag="found"):
    """The engine that runs models, as a worker that was started told it."""

    build: EngineBuild
    backends: tuple[str, ...]
    """As the engine names what it can compute with: CPU, CUDA."""
    instruction_sets: tuple[str, ...]
    """Of the processor, those the engine uses: AVX2, FMA."""
    has_openmp: bool | Unavailable


class EngineFailed(msgspec.Struct, frozen=True, kw_only=True, tag="failed"):
    """No model can be run."""

    error: ErrorInfo


class MemoryState(msgspec.Struct, frozen=True, kw_only=True):
    """The memory of the machine."""

    total_bytes: int
    available_bytes: int
    """What programs can still get without swapping."""
    swap_used_bytes: int
    """What lies on the disk of what should be in memory."""


class BatteryCharge(msgspec.Struct, frozen=True, kw_only=True):
    """The battery of the machine."""

    on_battery: bool | Unavailable
    """Whether the machine runs on it."""
    percent: Quantity
    """How full it is."""


class FolderState(msgspec.Struct, frozen=True, kw_only=True):
    """A folder of this program, and the room on its disk."""

    path: str
    free_bytes: Count


class ModelsFound(msgspec.Struct, frozen=True, kw_only=True):
    """What lies in the models folder."""

    count: int
    names: tuple[str, ...]
    set_aside_count: int
    """Files that cannot be used."""


class DoctorReport(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that was found out about a machine."""

    schema_version: int = SCHEMA_VERSION
    machine: Machine
    engine: EngineFound | EngineFailed
    memory: MemoryState
    battery: BatteryCharge
    models_folder: FolderState
    results_folder: FolderState
    models: ModelsFound
    instruments: tuple[InstrumentReport, ...]
    """In the order of preference."""
    duration_s: float
    """How long it took to find out."""


def engine_found(build: EngineBuild) -> EngineFound:
    """Take apart what the engine says of itself; what is in no known form is left out.

    The line has one part for each backend, which begins with its name ("CPU : AVX2 = 1 | FMA = 1
    | OPENMP = 1 | "); what stands behind the name of the processor are its instruction sets, and
    some features of the engine's own.
    """
    backends: list[str] = []
    features: dict[str, str] = {}
    for part in build.system_info.split("|"):
        name, is_head, rest = part.partition(" : ")
        if is_head:
            backends.append(name.strip())
        feature, _equals, value = (rest if is_head else part).partition("=")
        if backends and backends[-1] == _PROCESSOR and feature.strip():
            features[feature.strip()] = value.strip()
    return EngineFound(
        build=build,
        backends=tuple(backends),
        instruction_sets=tuple(
            name for name, value in features.items() if value == "1" and name not in _NOT_A_SET
        ),
        has_openmp=features.get(_OPENMP) == "1" if backends else _NOT_TOLD,
    )


_PROCESSOR = "CPU"
_OPENMP = "OPENMP"
_NOT_A_SET = frozenset({_OPENMP, "LLAMAFILE", "REPACK", "ACCELERATE", "KLEIDIAI"})
"""Features of the engine among those of the processor (ggml_backend_cpu_get_features)."""
_NOT_TOLD = Unavailable(reason="the engine does not tell")

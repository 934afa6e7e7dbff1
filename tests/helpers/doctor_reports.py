"""Findings of the doctor for tests."""

import msgspec

from large_enough.domain.doctor import (
    BatteryCharge,
    DoctorReport,
    EngineFailed,
    EngineFound,
    FolderState,
    InstrumentReport,
    InstrumentVerdict,
    MemoryState,
    ModelsFound,
)
from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.generation import Device, EngineBuild
from large_enough.domain.power import Scope
from large_enough.domain.quantity import NumberQuality, Unavailable
from large_enough.domain.round import Machine

SYSTEM_INFO = "CUDA : ARCHS = 890 | USE_GRAPHS = 1 | CPU : AVX2 = 1 | FMA = 1 | OPENMP = 1 |"

BUILD = EngineBuild(
    name="llama.cpp",
    bindings_version="0.3.36",
    engine_version="b9999 (0c1e570)",
    system_info=SYSTEM_INFO,
    devices=(
        Device(name="CPU", description="Fast chip ", kind="cpu", memory_bytes=16_000_000_000),
        Device(
            name="CUDA0",
            description="Fast card",
            kind="gpu",
            memory_bytes=Unavailable(reason="not told"),
        ),
    ),
)
NO_ENGINE = EngineFailed(
    error=ErrorInfo(
        kind=FailureKind.BINDINGS_MISSING, subject="llama.cpp", detail="no module llama_cpp"
    )
)


def make_instrument(**changes: object) -> InstrumentReport:
    """Return a processor counter in use, but for the changes."""
    instrument = InstrumentReport(
        key="rapl:package-0",
        instrument="RAPL counter of the processor (Linux powercap)",
        scope=Scope.CPU_PACKAGE,
        verdict=InstrumentVerdict.IN_USE,
        reason="",
        unlock="",
        unlock_note="",
        quality=NumberQuality.MEASURED,
        is_vendor_model=False,
        is_verified=False,
        update_period_s=0.01,
        power_w=12.345,
        is_preferred=True,
    )
    return msgspec.structs.replace(instrument, **changes)


def make_absent(reason: str = "there is none", **changes: object) -> InstrumentReport:
    """Return an instrument that was not found."""
    nothing = Unavailable(reason=reason)
    absent: dict[str, object] = {
        "key": "",
        "verdict": InstrumentVerdict.NOT_AVAILABLE,
        "reason": reason,
        "quality": NumberQuality.NOT_AVAILABLE,
        "update_period_s": nothing,
        "power_w": nothing,
        "is_preferred": False,
    }
    return make_instrument(**(absent | changes))


def make_resting(reason: str = "the charger is connected", **changes: object) -> InstrumentReport:
    """Return a battery that says nothing for now."""
    resting: dict[str, object] = {
        "key": "battery",
        "instrument": "Battery gauge (Linux power_supply)",
        "scope": Scope.WHOLE_MACHINE,
        "verdict": InstrumentVerdict.RESTING,
    }
    return make_absent(reason, **(resting | changes))


def make_report(*instruments: InstrumentReport, **changes: object) -> DoctorReport:
    """Return findings on a laptop."""
    report = DoctorReport(
        machine=Machine(
            operating_system="Linux 6.8 (Ubuntu 24.04), x86_64",
            cpu_name="Fast chip",
            physical_core_count=4,
            logical_core_count=8,
            usable_core_count=4,
            memory_bytes=16_000_000_000,
            on_battery=False,
            python_version="3.11.7",
            program_version="0.1.0",
            source_revision=Unavailable(reason="installed"),
        ),
        engine=EngineFound(
            build=BUILD,
            backends=("CUDA", "CPU"),
            instruction_sets=("AVX2", "FMA"),
            has_openmp=True,
        ),
        memory=MemoryState(
            total_bytes=16_000_000_000, available_bytes=9_000_000_000, swap_used_bytes=0
        ),
        battery=BatteryCharge(on_battery=False, percent=81.0),
        models_folder=FolderState(path="/data/models", free_bytes=50_000_000_000),
        results_folder=FolderState(
            path="/data/rounds", free_bytes=Unavailable(reason="the system does not tell")
        ),
        models=ModelsFound(count=1, names=("Tiny",), set_aside_count=2),
        instruments=instruments,
        duration_s=3.2,
    )
    return msgspec.structs.replace(report, **changes)

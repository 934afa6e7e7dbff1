"""Finds out what can be measured on this machine, and whether models can be run on it."""

import contextlib
import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from large_enough import __version__
from large_enough.catalog.catalogue import CatalogueEntry
from large_enough.catalog.scan import scan_folder
from large_enough.domain.calibration import Calibration
from large_enough.domain.clock import Clock, SystemClock
from large_enough.domain.doctor import (
    DoctorReport,
    EngineFailed,
    EngineFound,
    ModelsFound,
    engine_found,
)
from large_enough.domain.errors import ErrorInfo
from large_enough.domain.model_card import BackendKind
from large_enough.domain.quantity import Unavailable
from large_enough.engine.inspection import EngineInspection
from large_enough.engine.launcher import LaunchCommand, worker_command
from large_enough.measure.machine import describe_machine
from large_enough.measure.observing import Observation, may_ask_cards
from large_enough.measure.power.trace import TraceRecorder
from large_enough.measure.power.trace_file import Trace
from large_enough.measure.probe_all import ProbeEnvironment
from large_enough.measure.recording import private_words, recorded_environment
from large_enough.measure.vitals import battery_charge, folder_state, memory_state


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """What the doctor looks at."""

    models_folder: Path
    results_folder: Path
    entries: tuple[CatalogueEntry, ...]
    """The catalogue, by which models are known."""
    worker: LaunchCommand
    """Starts a worker."""
    probes: ProbeEnvironment

    @property
    def clock(self) -> Clock:
        """Measures how long it takes."""
        return self.probes.clock


def this_machine(
    environ: Mapping[str, str],
    models_folder: Path,
    results_folder: Path,
    entries: tuple[CatalogueEntry, ...],
    *,
    is_estimate_wanted: bool = False,
    calibration: Calibration | None = None,
) -> Patient:
    """Return this machine as a patient.

    Args:
        environ: Usually `os.environ`.
        models_folder: Where model files lie.
        results_folder: Where the logs of rounds are written.
        entries: The catalogue.
        is_estimate_wanted: Whether the user switched estimates on.
        calibration: Of this machine with its battery, for the estimate.
    """
    probes = ProbeEnvironment(
        clock=SystemClock(),
        is_gpu_in_use=lambda: False,
        is_estimate_wanted=is_estimate_wanted,
        calibration=calibration,
    )
    may_ask = may_ask_cards(probes)
    return Patient(
        models_folder=models_folder,
        results_folder=results_folder,
        entries=entries,
        worker=worker_command(BackendKind.LLAMA, environ),
        probes=replace(probes, is_gpu_in_use=lambda: may_ask),
    )


def examine(patient: Patient, least_s: float = 0.0) -> DoctorReport:
    """Find out everything; takes a second, and about four where there are instruments.

    Nothing that sleeps is woken, nothing is asked of the user, and nothing that was started is
    left running. Must be called on a thread that lives as long as the worker it starts.

    Args:
        patient: The machine.
        least_s: How long instruments are to be read at least.
    """
    started_s = patient.clock.monotonic_s()
    with contextlib.ExitStack() as running:
        inspection = EngineInspection(patient.worker, patient.clock)
        running.callback(inspection.close)
        observation = running.enter_context(Observation(patient.probes))
        assemble = functools.partial(
            DoctorReport,
            machine=describe_machine(__version__),
            memory=memory_state(),
            battery=battery_charge(),
            models_folder=folder_state(patient.models_folder),
            results_folder=folder_state(patient.results_folder),
            models=_models(patient),
        )
        instruments = observation.reports(least_s)
        engine = _engine(inspection)
    duration_s = patient.clock.monotonic_s() - started_s
    return assemble(instruments=instruments, engine=engine, duration_s=duration_s)


def examine_recorded(
    patient: Patient, environ: Mapping[str, str], least_s: float
) -> tuple[DoctorReport, Trace]:
    """Find out everything, and write down what the instruments answer meanwhile.

    Args:
        patient: The machine.
        environ: Tells the words that the recording must not hold.
        least_s: How long instruments are to be read at least.
    """
    recorder = TraceRecorder(patient.clock, about=_about(), private=private_words(environ))
    probes = recorded_environment(patient.probes, recorder)
    report = examine(replace(patient, probes=probes), least_s)
    return report, recorder.trace()


def _models(patient: Patient) -> ModelsFound:
    scan = scan_folder(patient.models_folder, patient.entries)
    return ModelsFound(
        count=len(scan.cards),
        names=tuple(card.name for card in scan.cards),
        set_aside_count=len(scan.set_aside),
    )


def _engine(inspection: EngineInspection) -> EngineFound | EngineFailed:
    result = inspection.result()
    if isinstance(result, ErrorInfo):
        return EngineFailed(error=result)
    return engine_found(result)


def _about() -> str:
    machine = describe_machine(__version__)
    is_known = not isinstance(machine.cpu_name, Unavailable)
    processor = machine.cpu_name if is_known else "unknown processor"
    return f"{processor}, {machine.operating_system}, Large Enough {machine.program_version}"

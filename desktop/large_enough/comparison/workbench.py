"""Wires the program together: what the window and the command line work with.

Nothing is started or read before it is needed: building a workbench is cheap.
"""

import functools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from large_enough import __version__
from large_enough.catalog.catalogue import CatalogueEntry, read_catalogue, starter_pair
from large_enough.catalog.choose import resolve, suggest_pair
from large_enough.catalog.fetch import FetchProgress
from large_enough.catalog.hub_address import hub_address, with_hub
from large_enough.catalog.identity import CACHE_FILE_NAME, FileHashes
from large_enough.catalog.scan import Scan, scan_folder
from large_enough.comparison.calibrating import CalibrationProgress, calibrate, this_laptop
from large_enough.comparison.costing_settings import costing_of
from large_enough.comparison.doctor import examine, this_machine
from large_enough.comparison.events import Listener
from large_enough.comparison.fetching import Wanted, fetch_models
from large_enough.comparison.instruments import Instruments
from large_enough.comparison.journal import Journal
from large_enough.comparison.memory_need import memory_need
from large_enough.comparison.round_in_progress import run_round
from large_enough.comparison.thorough import ThoroughListener, run_thorough
from large_enough.domain.calibration import Calibration
from large_enough.domain.clock import SystemClock
from large_enough.domain.costing import Costing
from large_enough.domain.doctor import DoctorReport
from large_enough.domain.energy import IdlePower, PowerConditions
from large_enough.domain.errors import StoreError
from large_enough.domain.model_card import ModelCard
from large_enough.domain.power import Absent
from large_enough.domain.round import RoundPlan, RoundRecord
from large_enough.domain.thorough import ThoroughPlan, ThoroughRecord
from large_enough.engine.fleet import Fleet, StopWanted
from large_enough.engine.launcher import worker_command
from large_enough.measure.activity import activity_reader
from large_enough.measure.machine import (
    SystemLoad,
    describe_machine,
    fast_core_ids,
    machine_name,
)
from large_enough.measure.memory import available_memory_bytes, memory_reader
from large_enough.measure.meter import EnergyMeter
from large_enough.measure.power.estimate import INSTRUMENT as ESTIMATE
from large_enough.measure.power.rusage import load_process_energy
from large_enough.measure.power.source import Found
from large_enough.measure.probe_all import ProbeEnvironment, probe_instruments
from large_enough.measure.sampler import MemorySampler
from large_enough.measure.surroundings import SystemSurroundings
from large_enough.resources.locate import catalogue_path
from large_enough.resources.paths import UserFolders, models_folder, user_folders
from large_enough.resources.settings import load_settings
from large_enough.store.calibration_file import load_calibration, save_calibration
from large_enough.store.thorough_file import write_thorough

ROUNDS_FOLDER = "rounds"
"""Below the user's data folder: one log for each round."""
THOROUGH_FOLDER = "measurements"
"""Below the user's data folder: one file for each thorough measurement."""


class Workbench:
    """Models, workers and measurements of one running program. Close it when done."""

    def __init__(
        self,
        folders: UserFolders,
        models: Path,
        environ: Mapping[str, str],
        entries: tuple[CatalogueEntry, ...],
    ) -> None:
        self.folders = folders
        self._environ = environ
        self.models_folder = models
        self.entries = entries
        """What the catalogue offers."""
        self._clock = SystemClock()
        self._hashes = FileHashes(folders.cache / CACHE_FILE_NAME)
        self._sampler = MemorySampler(memory_reader(), self._clock)
        self._fleet = Fleet(functools.partial(worker_command, environ=environ), self._clock)
        self.is_estimate_wanted = False
        """Whether energy is estimated where nothing measures it: the user's word."""
        self.hub_setting: str | None = None
        """Address of a mirror of the Hugging Face Hub: the user's word."""
        self.added_models: tuple[str, ...] = ()
        """Paths of model files and folders elsewhere: the user's word."""
        self.costing = Costing()
        """The user's price of energy and intensity of the grid."""
        self._meter = EnergyMeter(
            self._probe,
            self._clock,
            self._conditions,
            activity=lambda: activity_reader(load_process_energy()),
        )

    @classmethod
    def for_user(cls, environ: Mapping[str, str], models_dir: Path | None = None) -> "Workbench":
        """Build the workbench of the person whose environment this is.

        Args:
            environ: Usually `os.environ`.
            models_dir: Folder of model files; overrides settings and environment.

        Raises:
            LargeEnoughError: The catalogue that came with the program is damaged.
        """
        folders = user_folders(environ)
        settings, _ = load_settings(folders.config)
        models = models_folder(folders, environ, override=models_dir, setting=settings.models_dir)
        workbench = cls(folders, models, environ, read_catalogue(catalogue_path()))
        workbench.is_estimate_wanted = settings.estimate_energy
        workbench.costing = costing_of(settings)
        workbench.hub_setting = settings.hub_address
        workbench.added_models = settings.added_models
        return workbench

    @property
    def rounds_folder(self) -> Path:
        """Where the logs of rounds are written."""
        return self.folders.data / ROUNDS_FOLDER

    @property
    def thorough_folder(self) -> Path:
        """Where the records of thorough measurements are written."""
        return self.folders.data / THOROUGH_FOLDER

    # --- models

    def scan(self) -> Scan:
        """Read what lies in the models folder, and what was added from elsewhere."""
        return scan_folder(self.models_folder, self.entries, added=self.added_models)

    def resolve(self, name: str, cards: Sequence[ModelCard]) -> ModelCard:
        """Find the model that a person means: catalogue id, file path or part of a name.

        Raises:
            RequestError: No model is meant, or more than one.
            ModelFileError: The named file is not a model.
        """
        return resolve(name, cards, self.entries)

    def suggested_pair(self, cards: Sequence[ModelCard]) -> tuple[ModelCard, ...]:
        """Return a small and a large model that are good to compare; fewer if there are fewer."""
        return suggest_pair(cards, self.entries)

    def starter_pair(self) -> tuple[CatalogueEntry, ...]:
        """Return the two models that a newcomer gets."""
        return starter_pair(self.entries)

    def fetch(
        self,
        entries: Sequence[CatalogueEntry],
        on_progress: Callable[[FetchProgress], None],
        is_cancelled: Callable[[], bool],
    ) -> bool:
        """Fetch models from the network: only ever because the user asked for it.

        Returns:
            True when all are here, False if it was cancelled.

        Raises:
            FetchError: A model could not be fetched.
            RequestError: The address of the hub that the user chose cannot be used.
        """
        address = hub_address(self._environ, setting=self.hub_setting)
        wanted = Wanted(
            entries=tuple(entries),
            models=self.models_folder,
            environ=with_hub(self._environ, address),
        )
        return fetch_models(wanted, self._hashes, on_progress, is_cancelled)

    # --- the machine

    def why_no_estimate(self) -> str:
        """Return why energy cannot be estimated here although the user wants it; "" if it can."""
        reason = ""
        for found in self._probe():
            if isinstance(found, Absent):
                reason = found.reason if found.instrument == ESTIMATE else reason
            else:
                for source in found:
                    source.close()
        return reason

    def examine(self) -> DoctorReport:
        """Find out what can be measured here; takes up to six seconds."""
        return examine(
            this_machine(
                self._environ,
                self.models_folder,
                self.rounds_folder,
                self.entries,
                is_estimate_wanted=self.is_estimate_wanted,
                calibration=load_calibration(self.folders.config),
            )
        )

    def calibrate(
        self,
        on_progress: Callable[[CalibrationProgress], None],
        is_cancelled: Callable[[], bool],
    ) -> Calibration | None:
        """Calibrate the estimate of energy with this laptop's battery: about three minutes.

        Returns:
            The calibration, which is kept; None if it was cancelled.

        Raises:
            RequestError: The machine does not run on a battery that tells its power, or what it
                told makes no sense.
            StoreError: The calibration cannot be kept.
        """
        calibration = calibrate(
            this_laptop(self._clock, self._conditions), on_progress, is_cancelled
        )
        if calibration is not None:
            save_calibration(self.folders.config, calibration)
        return calibration

    # --- rounds

    def run_round(self, plan: RoundPlan, listener: Listener) -> RoundRecord:
        """Run one round to its end on the caller's thread."""
        journal = Journal(self.rounds_folder, self._instruments.machine, self._clock)
        return run_round(
            plan,
            listener,
            fleet=self._fleet,
            instruments=self._instruments,
            journal=journal,
            clock=self._clock,
        )

    def measure_thoroughly(self, plan: ThoroughPlan, listener: ThoroughListener) -> ThoroughRecord:
        """Run the measured protocol to its end on the caller's thread, and keep its record."""
        record = run_thorough(plan, listener, bench=self, clock=self._clock)
        try:
            write_thorough(self.thorough_folder, record)
        except StoreError as error:  # it is shown all the same
            return msgspec.structs.replace(record, log_problem=str(error))
        return record

    def pause(self, duration_s: float) -> bool:
        """Let time pass between rounds; return False as soon as somebody wants it to stop."""
        until_s = self._clock.monotonic_s() + duration_s
        while (left_s := until_s - self._clock.monotonic_s()) > 0:
            happening = self._fleet.inbox.take(left_s)
            if isinstance(happening, StopWanted) and happening.letter is None:
                return False
        return True

    @property
    def has_instruments(self) -> bool:
        """Whether any power instrument is in use."""
        return self._meter.has_instruments

    def idle_powers(self) -> tuple[IdlePower, ...]:
        """Return the idle powers of the quiet stretch that is on."""
        return tuple(self._meter.learn_idle().values())

    def stop(self, letter: str | None = None, round_id: str | None = None) -> None:
        """Stop contenders of a running round.

        May be called from any thread and from a signal handler.

        Args:
            letter: One contender, or None for all.
            round_id: The round that is meant; a stop that comes too late for it does nothing.
        """
        self._fleet.inbox.put_first(StopWanted(letter, round_id))

    def close(self) -> None:
        """End all workers. Must be called on the thread that ran the rounds."""
        self._fleet.close()
        self._sampler.close()
        self._meter.close()

    @functools.cached_property
    def _instruments(self) -> Instruments:
        system_load = SystemLoad()
        return Instruments(
            machine=describe_machine(__version__),
            core_ids=fast_core_ids(),
            memory=self._sampler,
            power=self._meter,
            surroundings=self._surroundings,
            available_memory_bytes=available_memory_bytes,
            system_load=system_load.share,
            memory_need=memory_need,
            sha256_of=self._sha256_of,
        )

    @functools.cached_property
    def _surroundings(self) -> SystemSurroundings:
        return SystemSurroundings(machine_name(), lambda: self._fleet.is_gpu_in_use)

    def _conditions(self) -> PowerConditions:
        return self._surroundings.conditions()

    def _probe(self) -> tuple[Found, ...]:
        return probe_instruments(
            ProbeEnvironment(
                clock=self._clock,
                is_gpu_in_use=lambda: self._fleet.is_gpu_in_use,
                is_estimate_wanted=self.is_estimate_wanted,
                calibration=load_calibration(self.folders.config),
            )
        )

    def _sha256_of(
        self, path: str, on_progress: Callable[[float], None], is_cancelled: Callable[[], bool]
    ) -> str | None:
        return self._hashes.sha256_of(Path(path), on_progress, is_cancelled)

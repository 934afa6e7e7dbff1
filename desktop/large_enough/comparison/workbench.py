"""Wires the program together: what the window and the command line work with.

Nothing is started or read before it is needed: building a workbench is cheap.
"""

import contextlib
import functools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from large_enough import __version__
from large_enough.catalog.catalogue import CatalogueEntry, read_catalogue, starter_pair
from large_enough.catalog.choose import suggest_pair
from large_enough.catalog.hub_address import hub_address, with_hub
from large_enough.catalog.identity import CACHE_FILE_NAME, FileHashes
from large_enough.catalog.scan import Scan
from large_enough.comparison.calibrating import CalibrationProgress, calibrate, this_laptop
from large_enough.comparison.costing_settings import costing_of
from large_enough.comparison.doctor import examine, this_machine
from large_enough.comparison.events import Listener
from large_enough.comparison.fetching import FetchDesk
from large_enough.comparison.fit_desk import Wishes, forecast
from large_enough.comparison.instruments import Instruments
from large_enough.comparison.journal import Journal
from large_enough.comparison.memory_need import memory_need
from large_enough.comparison.model_search import ModelSearch
from large_enough.comparison.pack_run_loading import RunTools
from large_enough.comparison.quantising import quantise
from large_enough.comparison.quantising_plan import QuantisingPlan, plan_quantising
from large_enough.comparison.quantising_tools import QuantisingTools
from large_enough.comparison.round_in_progress import run_round
from large_enough.comparison.run_bench import RunBench
from large_enough.comparison.speed_learning import speed_runs_of
from large_enough.comparison.thorough import ThoroughListener, run_thorough
from large_enough.domain.calibration import Calibration
from large_enough.domain.clock import SystemClock
from large_enough.domain.costing import Costing
from large_enough.domain.doctor import DoctorReport
from large_enough.domain.energy import IdlePower, PowerConditions
from large_enough.domain.errors import StoreError
from large_enough.domain.fit import GroupFit
from large_enough.domain.found_model import FoundModel
from large_enough.domain.model_card import ModelCard
from large_enough.domain.power import Absent
from large_enough.domain.quantising import Parentage, QuantisedFile, QuantisingProgress
from large_enough.domain.round import RoundPlan, RoundRecord
from large_enough.domain.thorough import ThoroughPlan, ThoroughRecord
from large_enough.engine.fleet import Fleet, StopWanted
from large_enough.engine.launcher import quantiser_command, worker_command
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
from large_enough.resources.paths import UserFolders, user_folders
from large_enough.resources.settings import load_settings
from large_enough.store.calibration_file import load_calibration, save_calibration
from large_enough.store.pack_run_log import RUNS_FOLDER
from large_enough.store.parentage import PARENTAGE_FOLDER, parent_of
from large_enough.store.speed_runs import add_speed_runs
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
        search: ModelSearch,
        environ: Mapping[str, str],
        entries: tuple[CatalogueEntry, ...],
    ) -> None:
        self.folders = folders
        self._environ = environ
        self._search = search
        self.models_folder = search.models_folder
        self.entries = entries
        """What the catalogue offers."""
        self._clock = SystemClock()
        self._hashes = FileHashes(folders.cache / CACHE_FILE_NAME)
        self.fetch_desk = FetchDesk(
            self.models_folder, entries, self._hashes, self._environ_for_hub
        )
        """Fetches models from the network: only ever because the user asked for it."""
        self._sampler = MemorySampler(memory_reader(), self._clock)
        self._fleet = Fleet(functools.partial(worker_command, environ=environ), self._clock)
        self.is_estimate_wanted = False
        """Whether energy is estimated where nothing measures it: the user's word."""
        self.hub_setting: str | None = None
        """Address of a mirror of the Hugging Face Hub: the user's word."""
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
            models_dir: Folder of model files; overrides settings and environment, and only this
                folder is looked at.

        Raises:
            LargeEnoughError: The catalogue that came with the program is damaged.
        """
        folders = user_folders(environ)
        settings, _ = load_settings(folders.config)
        entries = read_catalogue(catalogue_path())
        search = ModelSearch.for_user(environ, folders, entries, models_dir)
        workbench = cls(folders, search, environ, entries)
        workbench.is_estimate_wanted = settings.estimate_energy
        workbench.costing = costing_of(settings)
        workbench.hub_setting = settings.hub_address
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

    def scan(
        self,
        on_found: Callable[[FoundModel], None] = lambda _model: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> Scan:
        """Read what lies in the models folder and elsewhere: of other programs, and added.

        Args:
            on_found: Called with each model as soon as it is read, on the caller's thread.
            is_cancelled: Asked before each file.
        """
        return self._search.scan(on_found, is_cancelled)

    def has_new_models(self) -> bool:
        """Return whether files came or went since the last scan; ask beside the window."""
        return self._search.has_changed()

    def resolve(self, name: str, cards: Sequence[ModelCard]) -> ModelCard:
        """Find the model that a person means: catalogue id, file path or part of a name.

        Names that other programs give to models are known from the last scan.

        Raises:
            RequestError: No model is meant, or more than one.
            ModelFileError: The named file is not a model.
        """
        return self._search.resolve(name, cards)

    def suggested_pair(self, cards: Sequence[ModelCard]) -> tuple[ModelCard, ...]:
        """Return a small and a large model that are good to compare; fewer if there are fewer."""
        return suggest_pair(cards, self.entries)

    def starter_pair(self) -> tuple[CatalogueEntry, ...]:
        """Return the two models that a newcomer gets."""
        return starter_pair(self.entries)

    def forecast(
        self, wishes: Wishes, *, together: bool, is_busy: Callable[[], bool] | None = None
    ) -> GroupFit:
        """Return whether models fit as they are to be loaded, and how fast they will be.

        Takes some seconds the first time, on any thread of the caller's own. Models that are
        loaded now are taken to be unloaded first.

        Args:
            wishes: Models, each with how it is to be loaded.
            together: Whether all are to be in memory at the same time.
            is_busy: Whether models load or answer: while they do, memory's speed is not measured;
                None forbids to measure it at all.
        """
        return forecast(
            wishes,
            self.folders,
            self._environ,
            self._clock,
            together=together,
            released_bytes=self._releasable_bytes(),
            is_busy=is_busy,
        )

    def plan_quantising(self, parent: ModelCard, type_name: str) -> QuantisingPlan:
        """Settle what a quantised copy of a model will be like and where it will lie.

        Raises:
            RequestError: There is no such type, or the model cannot be quantised to it.
            ModelFileError: The model's file cannot be read.
        """
        return plan_quantising(parent, type_name, self.models_folder)

    def quantise(
        self,
        plan: QuantisingPlan,
        on_progress: Callable[[QuantisingProgress], None],
        is_cancelled: Callable[[], bool],
        *,
        may_replace: bool = False,
    ) -> QuantisedFile | None:
        """Make a quantised copy on the caller's thread, while no round is running.

        Returns:
            The copy; None if it was cancelled.

        Raises:
            LargeEnoughError: It could not be made; nothing is left of it.
        """
        tools = QuantisingTools(
            command=quantiser_command(self._environ),
            thread_count=len(fast_core_ids()),
            parentage_folder=self.folders.data / PARENTAGE_FOLDER,
            sha256_of=self.sha256_of,
            clock=self._clock,
        )
        return quantise(plan, on_progress, is_cancelled, tools=tools, may_replace=may_replace)

    def parent_of(self, path: Path) -> Parentage | None:
        """Return which model a file was quantised from; None if that was not done here."""
        return parent_of(self.folders.data / PARENTAGE_FOLDER, path)

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
        record = run_round(
            plan,
            listener,
            fleet=self._fleet,
            instruments=self._instruments,
            journal=journal,
            clock=self._clock,
        )
        self._learn_speeds(record)
        return record

    def measure_thoroughly(self, plan: ThoroughPlan, listener: ThoroughListener) -> ThoroughRecord:
        """Run the measured protocol to its end on the caller's thread, and keep its record."""
        record = run_thorough(plan, listener, bench=self, clock=self._clock)
        try:
            write_thorough(self.thorough_folder, record)
        except StoreError as error:  # it is shown all the same
            return msgspec.structs.replace(record, log_problem=str(error))
        return record

    @functools.cached_property
    def runs(self) -> RunBench:
        """Where packs are run."""
        return RunBench(
            folder=self.folders.data / RUNS_FOLDER,
            make_tools=self._run_tools,
            forecast=functools.partial(self.forecast, together=False, is_busy=_is_busy),
        )

    def _run_tools(self, is_pause_wanted: Callable[[], bool]) -> RunTools:
        return RunTools(
            fleet=self._fleet,
            instruments=self._instruments,
            clock=self._clock,
            is_pause_wanted=is_pause_wanted,
            learn_speeds=self._learn_speeds,
        )

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
        self.fetch_desk.close()
        self._fleet.close()
        self._sampler.close()
        self._meter.close()

    def _environ_for_hub(self) -> Mapping[str, str]:
        """Return the environment for programs that fetch.

        Raises:
            RequestError: The address of the hub that the user chose cannot be used.
        """
        return with_hub(self._environ, hub_address(self._environ, setting=self.hub_setting))

    def _releasable_bytes(self) -> int:
        """Return the private memory of all workers; mapped weights count as available already."""
        reader = memory_reader()
        samples = (reader.read(worker.client.process_id, 0) for worker in self._fleet.workers)
        sizes = (sample.working_bytes for sample in samples if sample is not None)
        return sum(size for size in sizes if isinstance(size, int))

    def _learn_speeds(self, record: RoundRecord) -> None:
        """Note how fast models were; a note that cannot be written is no reason to fail."""
        utc = self._clock.utc_now().isoformat(timespec="seconds")
        runs = speed_runs_of(record, machine_name(), utc)
        if runs:
            with contextlib.suppress(StoreError):
                add_speed_runs(self.folders.data, runs)

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
            sha256_of=self.sha256_of,
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

    def sha256_of(
        self, path: str, on_progress: Callable[[float], None], is_cancelled: Callable[[], bool]
    ) -> str | None:
        """Return the SHA-256 of a model's file; None if it was cancelled.

        Args:
            path: The file.
            on_progress: Called with the share done, 0 to 1.
            is_cancelled: Asked several times a second.

        Raises:
            ModelFileError: The file is missing or cannot be read.
        """
        return self._hashes.sha256_of(Path(path), on_progress, is_cancelled)


def _is_busy() -> bool:
    """Return whether models work while a run's obstacles are looked for: it comes before them."""
    return False

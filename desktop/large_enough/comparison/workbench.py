"""Wires the program together: what the window and the command line work with.

Nothing is started or read before it is needed: building a workbench is cheap.
"""

import functools
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from large_enough import __version__
from large_enough.catalog.catalogue import CatalogueEntry, read_catalogue, starter_pair
from large_enough.catalog.choose import resolve, suggest_pair
from large_enough.catalog.fetch import FetchProgress, fetch
from large_enough.catalog.identity import CACHE_FILE_NAME, FileHashes
from large_enough.catalog.scan import Scan, scan_folder
from large_enough.comparison.events import Listener
from large_enough.comparison.instruments import Instruments
from large_enough.comparison.journal import Journal
from large_enough.comparison.memory_need import memory_need
from large_enough.comparison.round_in_progress import run_round
from large_enough.domain.clock import SystemClock
from large_enough.domain.model_card import ModelCard
from large_enough.domain.round import RoundPlan, RoundRecord
from large_enough.engine.fleet import Fleet, StopWanted
from large_enough.engine.launcher import worker_command
from large_enough.measure.machine import SystemLoad, describe_machine, fast_core_ids
from large_enough.measure.memory import available_memory_bytes, memory_reader
from large_enough.measure.sampler import MemorySampler
from large_enough.resources.locate import catalogue_path
from large_enough.resources.paths import UserFolders, models_folder, user_folders
from large_enough.resources.settings import load_settings

ROUNDS_FOLDER = "rounds"
"""Below the user's data folder: one log for each round."""


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
        self.models_folder = models
        self.entries = entries
        """What the catalogue offers."""
        self._clock = SystemClock()
        self._hashes = FileHashes(folders.cache / CACHE_FILE_NAME)
        self._sampler = MemorySampler(memory_reader(), self._clock)
        self._fleet = Fleet(functools.partial(worker_command, environ=environ), self._clock)

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
        return cls(folders, models, environ, read_catalogue(catalogue_path()))

    @property
    def rounds_folder(self) -> Path:
        """Where the logs of rounds are written."""
        return self.folders.data / ROUNDS_FOLDER

    # --- models

    def scan(self) -> Scan:
        """Read what lies in the models folder."""
        return scan_folder(self.models_folder, self.entries)

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
        """
        for entry in entries:
            path = fetch(entry, self.models_folder, on_progress, is_cancelled)
            if path is None:
                return False
            self._hashes.remember(path, entry.sha256)
        return True

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

    @functools.cached_property
    def _instruments(self) -> Instruments:
        system_load = SystemLoad()
        return Instruments(
            machine=describe_machine(__version__),
            core_ids=fast_core_ids(),
            memory=self._sampler,
            available_memory_bytes=available_memory_bytes,
            system_load=system_load.share,
            memory_need=memory_need,
            sha256_of=self._sha256_of,
        )

    def _sha256_of(
        self, path: str, on_progress: Callable[[float], None], is_cancelled: Callable[[], bool]
    ) -> str | None:
        return self._hashes.sha256_of(Path(path), on_progress, is_cancelled)

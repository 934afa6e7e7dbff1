"""Asks the engine what a model would take, each question once."""

import contextlib
import importlib.metadata
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from large_enough.domain.clock import Clock
from large_enough.domain.dry_run import DryRun
from large_enough.domain.errors import ErrorInfo, FailureKind
from large_enough.domain.generation import LoadSettings
from large_enough.domain.model_card import ModelCard
from large_enough.engine.dry_runs import DryRuns
from large_enough.engine.launcher import LaunchCommand
from large_enough.store.dry_run_file import DryRunKey, KeptDryRun, load_dry_runs, save_dry_runs

_BINDINGS = "llama-cpp-python"


class AsksEngine(Protocol):
    """Makes dry runs; `engine.dry_runs.DryRuns` is the real one."""

    def run(self, path: str, settings: LoadSettings) -> DryRun | ErrorInfo:
        """Return what loading a model would take, or why the engine cannot tell."""
        ...

    def close(self) -> None:
        """End what was started for it."""
        ...


class DryRunCache:
    """Answers from a file in the user's cache where it can, else by a worker of its own.

    What is free on a graphics card changes, so where there is one nothing goes into the file. An
    engine that failed once is not asked about that model again, since the next question would fail
    as well; one that only refused some settings is.
    """

    def __init__(self, folder: Path, dry_runs: AsksEngine, engine: str | None = None) -> None:
        """Read what is kept.

        Args:
            folder: The user's cache folder.
            dry_runs: Asks the engine.
            engine: Version of the bindings; None looks it up.
        """
        self._folder = folder
        self._dry_runs = dry_runs
        self._engine = bindings_version() if engine is None else engine
        self._known = {kept.key: kept.dry_run for kept in load_dry_runs(folder)}
        self._refusals: dict[DryRunKey, ErrorInfo] = {}
        self._failures: dict[str, ErrorInfo] = {}
        self._is_changed = False

    def ask(self, card: ModelCard, settings: LoadSettings) -> DryRun | ErrorInfo:
        """Return what loading the model would take, or why the engine cannot tell."""
        key = self._key(card.path, settings)
        if isinstance(key, ErrorInfo):
            return key
        if key in self._known:
            return self._known[key]
        failure = self._refusals.get(key) or self._failures.get(card.path)
        if failure is not None:
            return failure
        found = self._dry_runs.run(card.path, settings)
        if isinstance(found, ErrorInfo):
            self._note(key, found)
        else:
            self._known[key] = found
            self._is_changed = True
        return found

    def close(self) -> None:
        """End the worker, and keep what is new."""
        self._dry_runs.close()
        if self._is_changed:
            kept = (KeptDryRun(key=key, dry_run=run) for key, run in self._known.items())
            save_dry_runs(self._folder, tuple(filter(_may_be_kept, kept)))
            self._is_changed = False

    def _note(self, key: DryRunKey, failure: ErrorInfo) -> None:
        if failure.kind is FailureKind.LOAD_REFUSED:
            self._refusals[key] = failure
        else:
            self._failures[key.path] = failure

    def _key(self, path: str, settings: LoadSettings) -> DryRunKey | ErrorInfo:
        try:
            status = Path(path).stat()
        except OSError as error:
            detail = error.strerror or str(error)
            return ErrorInfo(kind=FailureKind.FILE_MISSING, subject=path, detail=detail)
        return DryRunKey(
            path=path,
            size_bytes=status.st_size,
            modified_ns=status.st_mtime_ns,
            inode=status.st_ino,
            settings=settings,
            engine=self._engine,
        )


def _may_be_kept(kept: KeptDryRun) -> bool:
    return all(room.device.kind == "cpu" for room in kept.dry_run.rooms)


@contextlib.contextmanager
def dry_run_cache(folder: Path, command: LaunchCommand, clock: Clock) -> Iterator[DryRunCache]:
    """Give a cache, and end its worker behind the block.

    Args:
        folder: The user's cache folder.
        command: How to start a worker.
        clock: For the time that an answer may take.
    """
    cache = DryRunCache(folder, DryRuns(command, clock))
    try:
        yield cache
    finally:
        cache.close()


def bindings_version() -> str:
    """Return the version of llama-cpp-python; empty if it is not installed."""
    try:
        return importlib.metadata.version(_BINDINGS)
    except importlib.metadata.PackageNotFoundError:
        return ""

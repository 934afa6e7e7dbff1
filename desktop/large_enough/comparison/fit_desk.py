"""Puts a forecast together from this machine's own readings."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from large_enough.catalog.fingerprint import file_fingerprint
from large_enough.comparison.dry_run_cache import dry_run_cache
from large_enough.comparison.expected_speeds import MIDDLE_TOKENS, expected_speed
from large_enough.comparison.fitting import FitSources, fit_models
from large_enough.domain.clock import Clock
from large_enough.domain.errors import ModelFileError
from large_enough.domain.expected_speed import ExpectedSpeed, SpeedRun
from large_enough.domain.fit import GroupFit
from large_enough.domain.generation import LoadSettings
from large_enough.domain.model_card import BackendKind, ModelCard
from large_enough.domain.quantity import Unavailable
from large_enough.domain.speed_bound import Bandwidth
from large_enough.engine.launcher import worker_command
from large_enough.gguf.header import GgufHeader
from large_enough.gguf.token_reads import token_reads
from large_enough.measure.bandwidth_file import known_bandwidth, load_bandwidth
from large_enough.measure.cores import fast_core_ids
from large_enough.measure.load import SystemLoad
from large_enough.measure.machine import machine_name
from large_enough.measure.memory import available_memory_bytes
from large_enough.resources.paths import UserFolders
from large_enough.store.speed_runs import load_speed_runs

NOT_MEASURED = Unavailable(reason="how fast this machine reads from memory is not measured yet")
GONE = Unavailable(reason="the model's file cannot be read")

Wishes = Sequence[tuple[ModelCard, LoadSettings]]


def forecast(
    wishes: Wishes,
    folders: UserFolders,
    environ: Mapping[str, str],
    clock: Clock,
    *,
    together: bool,
    released_bytes: int = 0,
    is_busy: Callable[[], bool] | None = None,
) -> GroupFit:
    """Return whether models fit on this machine as they are to be loaded, and how fast they are.

    Takes about a second the first time for each model, on a thread of the caller's own, and two
    more if memory's speed is measured.

    Args:
        wishes: Models, each with how it is to be loaded.
        folders: The user's.
        environ: For the worker that makes the dry runs.
        clock: The program's.
        together: Whether all are to be in memory at the same time.
        released_bytes: What models give back that will be unloaded first.
        is_busy: Whether models load or answer; None forbids to measure memory's speed, which is
            then known only if it was measured before.
    """
    bandwidth = _bandwidth(folders.cache, is_busy)
    memory = _Memory(bandwidth=bandwidth, runs=_runs_here(folders.data))
    command = worker_command(BackendKind.LLAMA, environ)
    with dry_run_cache(folders.cache, command, clock) as cache:
        sources = FitSources(
            ask_engine=cache.ask,
            available_bytes=available_memory_bytes(),
            released_bytes=released_bytes,
            expect_speed=memory.expect,
        )
        return fit_models(wishes, sources, together=together)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Memory:
    """What is known about speeds on this machine."""

    bandwidth: Bandwidth | Unavailable
    runs: tuple[SpeedRun, ...]

    def expect(
        self, card: ModelCard, header: GgufHeader, settings: LoadSettings
    ) -> ExpectedSpeed | Unavailable:
        """Return how fast a model will generate in the middle of a usual answer."""
        try:
            model = file_fingerprint(Path(card.path))
        except ModelFileError:  # it went away a moment ago
            return GONE
        return expected_speed(
            token_reads(header, settings, min(MIDDLE_TOKENS, settings.context_tokens)),
            self.bandwidth,
            self.runs,
            model=model,
            gpu_layers=settings.gpu_layers,
        )


def _bandwidth(cache: Path, is_busy: Callable[[], bool] | None) -> Bandwidth | Unavailable:
    if is_busy is None:
        return load_bandwidth(cache, machine_name()) or NOT_MEASURED
    return known_bandwidth(cache, machine_name(), is_busy=is_busy, system_load=SystemLoad().share)


def _runs_here(data: Path) -> tuple[SpeedRun, ...]:
    """Return runs of this machine with all of its cores, as a model that runs alone has them."""
    machine, thread_count = machine_name(), len(fast_core_ids())
    return tuple(
        run
        for run in load_speed_runs(data)
        if run.machine == machine and run.thread_count == thread_count
    )

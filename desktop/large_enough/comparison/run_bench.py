"""What window and command line work with where packs are run."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from large_enough.comparison.fit_desk import Wishes
from large_enough.comparison.pack_judge import JudgeSettings, judge_run
from large_enough.comparison.pack_preflight import PreflightDesk, PreflightLine, preflight
from large_enough.comparison.pack_run import run_or_resume
from large_enough.comparison.pack_run_events import RunListener
from large_enough.comparison.pack_run_loading import RunTools
from large_enough.comparison.pack_run_questions import as_loaded
from large_enough.domain.fit import GroupFit
from large_enough.domain.pack_run import PackRunPlan, PackRunRecord
from large_enough.resources.files import free_disk_bytes


@dataclass(slots=True, kw_only=True)
class RunBench:
    """Runs packs with the workers and instruments of a workbench."""

    folder: Path
    """Where the logs of runs lie."""
    make_tools: Callable[[Callable[[], bool]], RunTools]
    """Makes what a run works with; told how to find out whether to pause."""
    forecast: Callable[[Wishes], GroupFit]
    """Tells whether models fit, one at a time, and how fast they will be."""
    _pause_wanted: threading.Event = field(default_factory=threading.Event, init=False)

    def run_pack(self, plan: PackRunPlan, listener: RunListener) -> PackRunRecord:
        """Run a pack on the caller's thread, or go on with it if it is on record.

        Raises:
            StoreError: Its record cannot be begun, or another process writes it.
        """
        return run_or_resume(plan, listener, folder=self.folder, tools=self._tools())

    def preflight(
        self, plan: PackRunPlan, on_line: Callable[[PreflightLine], None] = lambda _line: None
    ) -> tuple[PreflightLine, ...]:
        """Look at everything that could stand in a run's way; loads every model once."""
        wishes = [(one.card, as_loaded(plan, one).load) for one in plan.contenders]
        desk = PreflightDesk(
            tools=self._tools(),
            forecast=lambda: self.forecast(wishes),
            free_disk_bytes=lambda: free_disk_bytes(self.folder),
        )
        return preflight(plan, desk, on_line)

    def judge_run(
        self, path: Path, settings: JudgeSettings, on_progress: Callable[[int, int], None]
    ) -> PackRunRecord:
        """Let a third model compare the answers of a run that no rule can judge.

        Raises:
            RequestError: The judge takes part in the run, or is of a contender's family.
            StoreError: The record cannot be read or written.
        """
        return judge_run(path, settings, on_progress, tools=self._tools())

    def pause(self) -> None:
        """Let the run pause once the answers that are being written have ended.

        May be called from any thread. To end it at once, stop the workbench.
        """
        self._pause_wanted.set()

    def _tools(self) -> RunTools:
        self._pause_wanted.clear()
        return self.make_tools(self._pause_wanted.is_set)

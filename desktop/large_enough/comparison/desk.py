"""Runs rounds on a thread of its own, for faces that must not block.

There is one thread for the whole life of the program: on Linux workers are killed when the thread
that started them ends.
"""

import queue
import threading
import traceback
from collections.abc import Callable
from typing import NamedTuple, Protocol

from large_enough.comparison.events import Listener, RoundEvent
from large_enough.comparison.pack_preflight import PreflightLine
from large_enough.comparison.pack_run_events import RunEvent, RunListener
from large_enough.comparison.thorough import ThoroughListener
from large_enough.domain.errors import ErrorInfo, FailureKind, LargeEnoughError
from large_enough.domain.pack_run import PackRunPlan, PackRunRecord
from large_enough.domain.round import RoundPlan, RoundRecord
from large_enough.domain.thorough import ThoroughPlan, ThoroughRecord


class DeskListener(ThoroughListener, Protocol):
    """A listener that also hears how a job ended, or that it could not be run at all."""

    def on_event(self, event: RoundEvent) -> None:
        """Take note of one event."""
        ...

    def on_measured(self, record: ThoroughRecord) -> None:
        """Take note that a thorough measurement has ended."""
        ...

    def on_error(self, error: ErrorInfo) -> None:
        """Take note that the round ended without a record: a fault of this program."""
        ...

    def on_run_event(self, event: RunEvent) -> None:
        """Take note of one event of a pack that is run."""
        ...

    def on_run_error(self, error: ErrorInfo) -> None:
        """Take note that a pack could not be run, or its record not be begun."""
        ...


class CheckListener(Protocol):
    """Somebody who hears what is found before a run."""

    @property
    def is_gone(self) -> bool:
        """Whether nobody wants to know any more."""
        ...

    def on_check_line(self, line: PreflightLine) -> None:
        """Take note of one thing that was looked at."""
        ...

    def on_checked(self) -> None:
        """Take note that everything was looked at."""
        ...

    def on_check_error(self, error: ErrorInfo) -> None:
        """Take note that it could not be looked at."""
        ...


class PackBench(Protocol):
    """Runs packs; `RunBench` is the real one."""

    def run_pack(self, plan: PackRunPlan, listener: RunListener) -> PackRunRecord:
        """Run a pack, or go on with it if it is on record."""
        ...

    def preflight(
        self, plan: PackRunPlan, on_line: Callable[[PreflightLine], None]
    ) -> tuple[PreflightLine, ...]:
        """Look at everything that could stand in a run's way."""
        ...

    def pause(self) -> None:
        """Let the run pause; called from other threads."""
        ...


class RoundRunner(Protocol):
    """Runs rounds; `Workbench` is the real one."""

    def run_round(self, plan: RoundPlan, listener: Listener) -> RoundRecord:
        """Run one round to its end."""
        ...

    def measure_thoroughly(self, plan: ThoroughPlan, listener: ThoroughListener) -> ThoroughRecord:
        """Run the measured protocol to its end."""
        ...

    @property
    def runs(self) -> PackBench:
        """Where packs are run."""
        ...

    def stop(self, letter: str | None = None, round_id: str | None = None) -> None:
        """Stop contenders of that round; called from other threads."""
        ...

    def close(self) -> None:
        """End all workers."""
        ...


class PackCheck(NamedTuple):
    """A run that is to be looked at before it begins."""

    plan: PackRunPlan
    listener: CheckListener


Job = RoundPlan | ThoroughPlan | PackRunPlan | PackCheck


class Desk:
    """Takes plans, one at a time, and runs them in the background."""

    def __init__(self, runner: RoundRunner, listener: DeskListener) -> None:
        self._runner = runner
        self._listener = listener
        self._plans: queue.Queue[Job | None] = queue.Queue()
        self._busy = threading.Event()
        self._asked_round_id: str | None = None
        self._is_asked = False
        self._knows_packs = False
        self._thread = threading.Thread(target=self._work, name="desk")

    @property
    def is_busy(self) -> bool:
        """Whether a round is being run or waits to be."""
        return self._busy.is_set() or not self._plans.empty()

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def ask(self, plan: RoundPlan) -> None:
        """Run this round, after those asked for before."""
        self._asked_round_id, self._is_asked = plan.round_id, True
        self._plans.put(plan)

    def measure(self, plan: ThoroughPlan) -> None:
        """Measure this thoroughly, after what was asked for before."""
        self._asked_round_id, self._is_asked = None, True  # it makes rounds of its own
        self._plans.put(plan)

    def run_pack(self, plan: PackRunPlan) -> None:
        """Run this pack, or go on with it, after what was asked for before."""
        self._asked_round_id, self._is_asked, self._knows_packs = None, True, True
        self._plans.put(plan)

    def check_pack(self, plan: PackRunPlan, listener: CheckListener) -> None:
        """Look at this run before it begins, after what was asked for before."""
        self._knows_packs = True
        self._plans.put(PackCheck(plan, listener))

    def pause_pack(self) -> None:
        """Let the pack pause, or what is looked at before it end soon."""
        if self._knows_packs:
            self._runner.runs.pause()

    def stop(self, letter: str | None = None) -> None:
        """Stop one contender of what was asked last, or all of them."""
        if self._is_asked:
            self._runner.stop(letter, self._asked_round_id)

    def close(self) -> None:
        """Stop everything, end all workers and wait for the thread. Safe to call twice."""
        self._plans.put(None)
        self.pause_pack()
        self.stop()
        if self._thread.is_alive():
            self._thread.join()

    def _work(self) -> None:
        while (job := self._plans.get()) is not None:
            self._busy.set()
            try:
                self._do(job)
            except LargeEnoughError as error:
                self._tell(job, error.info)
            except Exception as error:  # noqa: BLE001 - a thread's entry: nobody else could tell
                trace = traceback.format_exc()
                self._tell(
                    job, ErrorInfo(kind=FailureKind.INTERNAL, subject=str(error), detail=trace)
                )
            finally:
                self._busy.clear()
        self._runner.close()

    def _do(self, job: Job) -> None:
        match job:
            case RoundPlan():
                self._runner.run_round(job, self._listener)
            case ThoroughPlan():
                self._listener.on_measured(self._runner.measure_thoroughly(job, self._listener))
            case PackRunPlan():
                self._runner.runs.run_pack(job, self._listener)
            case PackCheck(plan=plan, listener=listener):
                if not listener.is_gone:
                    self._runner.runs.preflight(plan, listener.on_check_line)
                    listener.on_checked()

    def _tell(self, job: Job, error: ErrorInfo) -> None:
        match job:
            case RoundPlan() | ThoroughPlan():
                self._listener.on_error(error)
            case PackRunPlan():
                self._listener.on_run_error(error)
            case PackCheck(listener=listener):
                listener.on_check_error(error)

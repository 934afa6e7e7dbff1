"""Runs rounds on a thread of its own, for faces that must not block.

There is one thread for the whole life of the program: on Linux workers are killed when the thread
that started them ends.
"""

import queue
import threading
import traceback
from typing import Protocol

from large_enough.comparison.events import Listener, RoundEvent
from large_enough.comparison.thorough import ThoroughListener
from large_enough.domain.errors import ErrorInfo, FailureKind, LargeEnoughError
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


class RoundRunner(Protocol):
    """Runs rounds; `Workbench` is the real one."""

    def run_round(self, plan: RoundPlan, listener: Listener) -> RoundRecord:
        """Run one round to its end."""
        ...

    def measure_thoroughly(self, plan: ThoroughPlan, listener: ThoroughListener) -> ThoroughRecord:
        """Run the measured protocol to its end."""
        ...

    def stop(self, letter: str | None = None, round_id: str | None = None) -> None:
        """Stop contenders of that round; called from other threads."""
        ...

    def close(self) -> None:
        """End all workers."""
        ...


class Desk:
    """Takes plans, one at a time, and runs them in the background."""

    def __init__(self, runner: RoundRunner, listener: DeskListener) -> None:
        self._runner = runner
        self._listener = listener
        self._plans: queue.Queue[RoundPlan | ThoroughPlan | None] = queue.Queue()
        self._busy = threading.Event()
        self._asked_round_id: str | None = None
        self._is_asked = False
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

    def stop(self, letter: str | None = None) -> None:
        """Stop one contender of what was asked last, or all of them."""
        if self._is_asked:
            self._runner.stop(letter, self._asked_round_id)

    def close(self) -> None:
        """Stop everything, end all workers and wait for the thread. Safe to call twice."""
        self._plans.put(None)
        self.stop()
        if self._thread.is_alive():
            self._thread.join()

    def _work(self) -> None:
        while (plan := self._plans.get()) is not None:
            self._busy.set()
            try:
                self._do(plan)
            except LargeEnoughError as error:
                self._listener.on_error(error.info)
            except Exception as error:  # noqa: BLE001 - a thread's entry: nobody else could tell
                trace = traceback.format_exc()
                self._listener.on_error(
                    ErrorInfo(kind=FailureKind.INTERNAL, subject=str(error), detail=trace)
                )
            finally:
                self._busy.clear()
        self._runner.close()

    def _do(self, plan: RoundPlan | ThoroughPlan) -> None:
        if isinstance(plan, RoundPlan):
            self._runner.run_round(plan, self._listener)
        else:
            self._listener.on_measured(self._runner.measure_thoroughly(plan, self._listener))

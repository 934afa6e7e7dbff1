"""The requests that are answered several at once, and those that wait in line for it."""

import collections
import functools
from collections.abc import Callable

from large_enough.domain.clock import Clock
from large_enough.domain.errors import LargeEnoughError
from large_enough.protocol.messages import Choose, Generate
from large_enough.worker.alarm import Alarm
from large_enough.worker.backend import Batch, Ended, Output
from large_enough.worker.cancelling import CancelSwitch


class Crowd:
    """Keeps a batch full."""

    def __init__(
        self,
        batch: Batch,
        switch: CancelSwitch,
        clock: Clock,
        output_for: Callable[[int], Output],
    ) -> None:
        """Prepare.

        Args:
            batch: Where the answers are made.
            switch: Knows which of them are to be stopped.
            clock: For limits of time.
            output_for: Returns where a request's progress is told.
        """
        self._batch = batch
        self._switch = switch
        self._clock = clock
        self._output_for = output_for
        self._line: collections.deque[tuple[Generate | Choose, int]] = collections.deque()
        self._begun: set[int] = set()
        self._alarms: dict[int, Alarm] = {}

    @property
    def is_idle(self) -> bool:
        """Whether there is nothing to do."""
        return not self._line and not self._batch.request_ids

    def add(self, command: Generate | Choose, arrived_ns: int) -> None:
        """Put a request into the line."""
        self._line.append((command, arrived_ns))

    def step(self) -> list[Ended]:
        """Give free seats to those in line, then go on with all for a moment.

        Returns:
            The requests that have ended. If one cannot be started, it alone: so a failure is told
            before the next one can happen.

        Raises:
            Exception: Whatever goes wrong in the engine; then `abandon` must be called.
        """
        while self._line and self._batch.has_room:
            command, arrived_ns = self._line.popleft()
            try:
                self._start(command, arrived_ns)
            except LargeEnoughError as error:
                self._release(command.request_id)
                return [Ended(command.request_id, error)]
        ended = [*self._batch.step(self._switch.stopped)]
        for request in ended:
            self._release(request.request_id)
        return ended

    def abandon(self) -> list[int]:
        """Give up all that were being answered; return their requests. Those in line stay."""
        request_ids = sorted(self._batch.abandon() | self._begun)
        for request_id in request_ids:
            self._release(request_id)
        return request_ids

    def _start(self, command: Generate | Choose, arrived_ns: int) -> None:
        request_id = command.request_id
        self._begun.add(request_id)
        self._switch.begin(request_id)
        self._batch.start(
            request_id,
            command.request,
            command.labels if isinstance(command, Choose) else None,
            arrived_ns,
            self._output_for(request_id),
        )
        if command.request.longest_s is not None:
            ring = functools.partial(self._switch.interrupt, request_id)
            self._alarms[request_id] = Alarm(command.request.longest_s, ring, self._clock)

    def _release(self, request_id: int) -> None:
        alarm = self._alarms.pop(request_id, None)
        if alarm is not None:
            alarm.switch_off()
        self._switch.end(request_id)
        self._begun.discard(request_id)

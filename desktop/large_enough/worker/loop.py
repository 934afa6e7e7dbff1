"""The worker's life: takes commands, has them carried out, tells what came of them.

Three threads. The main thread runs the engine. The reader takes commands from the pipe and raises
the cancel flag at once, also while the engine computes; when the pipe closes, the program is gone
and the process ends on the spot. The third one sends a heartbeat each second.
"""

import functools
import gc
import os
import queue
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from large_enough.domain.clock import Clock
from large_enough.domain.errors import ErrorInfo, FailureKind, LargeEnoughError, ProtocolError
from large_enough.domain.generation import Answer, GenerationRequest
from large_enough.protocol.codec import decode_command
from large_enough.protocol.messages import (
    HEARTBEAT_PERIOD_S,
    MAX_FRAME_BYTES,
    Cancel,
    Choose,
    Chosen,
    CountTokens,
    Failed,
    Generate,
    Generated,
    Heartbeat,
    Inspect,
    Inspected,
    Load,
    Loaded,
    Loading,
    Quit,
    Ready,
    TokensCounted,
)
from large_enough.worker.alarm import time_limit
from large_enough.worker.backend import Backend, Ended, Outcome
from large_enough.worker.cancelling import CancelSwitch
from large_enough.worker.channel import Channel
from large_enough.worker.crowd import Crowd
from large_enough.worker.failing import failure_of
from large_enough.worker.greeting import make_greeting
from large_enough.worker.request_output import RequestOutput

Job = Load | Inspect | Generate | Choose | CountTokens
"""Commands that the main thread carries out: one at a time, or several answers at once."""

EXIT_DONE = 0
EXIT_BAD_COMMAND = 3
"""A command made no sense: program and worker do not belong together."""
EXIT_ENGINE_BROKEN = 4
"""The engine faulted inside the process (Windows only); its state is undefined."""

LOADING_PERIOD_NS = 50_000_000
"""Progress of loading is told at most 20 times a second; the engine reports every tensor."""
LAST_FRAME_S = 0.5
"""How long the end of the process waits for a frame that is being written."""


class WorkerLoop:
    """Connects a backend with the program."""

    def __init__(
        self,
        backend: Backend,
        channel: Channel,
        commands: IO[bytes],
        clock: Clock,
        *,
        silence: threading.Event | None = None,
        leave: Callable[[int], None] = os._exit,
    ) -> None:
        """Prepare.

        Args:
            backend: Runs the model.
            channel: The way up.
            commands: The way down.
            clock: Stamps the arrival of requests.
            silence: Ends the heartbeat when it is set; only the scripted backend does so.
            leave: Ends the process with an exit code, from any thread, without clean-up: native
                threads may be computing.
        """
        self._backend = backend
        self._channel = channel
        self._commands = commands
        self._clock = clock
        self._leave = leave
        self._switch = CancelSwitch(backend.set_cancelled)
        self._jobs: queue.SimpleQueue[tuple[Job, int] | None] = queue.SimpleQueue()
        self._silence = silence or threading.Event()
        self._is_loaded = False
        self._crowd: Crowd | None = None

    def run(self, ready: Ready | None = None) -> None:
        """Greet, then work until the program says to quit or closes the pipe.

        Args:
            ready: The greeting; None makes the usual one.
        """
        self._channel.send(ready or self.greeting())
        threading.Thread(target=self._read_commands, name="commands", daemon=True).start()
        threading.Thread(target=self._beat, name="heartbeat", daemon=True).start()
        while self._take_turn():
            pass

    def greeting(self) -> Ready:
        """Return the first message."""
        return make_greeting(self._backend.build, self._clock)

    def _take_turn(self) -> bool:
        """Carry out a command or, while there is none, go on with answers; False at the end."""
        crowd = self._crowd
        if crowd is not None and not crowd.is_idle and self._jobs.empty():
            self._go_on(crowd)
            return True
        job = self._jobs.get()
        if job is None:
            return False
        self._carry_out(*job)
        return True

    def _carry_out(self, command: Job, arrived_ns: int) -> None:
        """Carry out one command; whatever goes wrong becomes a `Failed` and the worker lives on."""
        request_id = None if isinstance(command, Load | Inspect) else command.request_id
        try:
            if isinstance(command, Load):
                self._load(command)
            elif isinstance(command, Inspect):
                self._inspect(command)
            else:
                self._serve(command, arrived_ns)
        except Exception as error:  # noqa: BLE001 - the worker's loop is one of the three places
            self._fail(request_id, failure_of(error))
            self._end_if_broken(error)

    def _go_on(self, crowd: Crowd) -> None:
        """Go on with several answers; if the engine fails, it fails all of them."""
        try:
            for ended in crowd.step():
                self._tell(ended)
        except Exception as error:  # noqa: BLE001 - the worker's loop is one of the three places
            for request_id in crowd.abandon():
                self._fail(request_id, failure_of(error))
            self._end_if_broken(error)

    def _load(self, command: Load) -> None:
        if self._is_loaded:
            raise ProtocolError(FailureKind.PROTOCOL_BROKEN, detail="a model is loaded already")
        model = self._backend.load(
            command.path,
            command.settings,
            command.placement,
            self._loading_reporter(),
            adapter=command.adapter,
        )
        self._is_loaded = True
        if (batch := self._backend.batch) is not None:
            self._crowd = Crowd(batch, self._switch, self._clock, self._output_for)
        # What loading left behind stays for good: keep the collector from walking over it.
        gc.collect()
        gc.freeze()
        self._channel.send(Loaded(model=model))

    def _inspect(self, command: Inspect) -> None:
        if self._is_loaded:  # the engine keeps one log, and a dry run reads it
            raise ProtocolError(FailureKind.PROTOCOL_BROKEN, detail="a model is loaded already")
        self._channel.send(Inspected(dry_run=self._backend.inspect(command.path, command.settings)))

    def _loading_reporter(self) -> Callable[[float], None]:
        next_ns = 0

        def report(fraction: float) -> None:
            nonlocal next_ns
            now_ns = self._clock.monotonic_ns()
            if now_ns >= next_ns:
                next_ns = now_ns + LOADING_PERIOD_NS
                self._channel.send(Loading(fraction=min(max(fraction, 0.0), 1.0)))

        return report

    def _serve(self, command: Generate | Choose | CountTokens, arrived_ns: int) -> None:
        if not self._is_loaded:
            raise ProtocolError(FailureKind.PROTOCOL_BROKEN, detail="no model is loaded")
        if isinstance(command, CountTokens):
            self._count_tokens(command)
        elif self._crowd is not None:
            self._crowd.add(command, arrived_ns)
        else:
            self._answer(command, arrived_ns)

    def _answer(self, command: Generate | Choose, arrived_ns: int) -> None:
        """Answer one request and nothing else."""
        request_id, request = command.request_id, command.request
        output = self._output_for(request_id)
        outcome: Outcome
        with (
            self._switch.serving(request_id),
            time_limit(
                request.longest_s,
                functools.partial(self._switch.interrupt, request_id),
                self._clock,
            ),
            _no_garbage_collection(),
        ):
            if isinstance(command, Choose):
                outcome = self._backend.choose(request, command.labels, arrived_ns, output)
            else:
                outcome = self._backend.generate(request, arrived_ns, output)
        self._send_outcome(Ended(request_id, outcome))

    def _count_tokens(self, command: CountTokens) -> None:
        counts = tuple(self._token_count(request) for request in command.requests)
        self._channel.send(TokensCounted(request_id=command.request_id, counts=counts))

    def _token_count(self, request: GenerationRequest) -> int | ErrorInfo:
        try:
            return self._backend.count_tokens(request)
        except LargeEnoughError as error:
            return failure_of(error)

    def _output_for(self, request_id: int) -> RequestOutput:
        return RequestOutput(self._channel, request_id)

    def _tell(self, ended: Ended) -> None:
        """Send how one of several requests has ended; what is wrong with it concerns no other."""
        try:
            self._send_outcome(ended)
        except ProtocolError as error:  # longer than a frame may be
            self._fail(ended.request_id, failure_of(error))

    def _send_outcome(self, ended: Ended) -> None:
        request_id, outcome = ended.request_id, ended.outcome
        if isinstance(outcome, LargeEnoughError):
            self._fail(request_id, failure_of(outcome))
        elif isinstance(outcome, Answer):
            is_pinned = self._backend.is_pinned
            self._channel.send(
                Generated(request_id=request_id, answer=outcome, is_pinned=is_pinned)
            )
        else:
            self._channel.send(Chosen(request_id=request_id, choice=outcome))

    def _fail(self, request_id: int | None, error: ErrorInfo) -> None:
        self._channel.send(Failed(request_id=request_id, error=error))

    def _read_commands(self) -> None:
        """Thread: take commands until the pipe closes or one makes no sense.

        However it ends, the process ends with it: without this thread nothing would notice that the
        program is gone.
        """
        exit_code = EXIT_BAD_COMMAND
        try:
            while line := self._commands.readline(MAX_FRAME_BYTES + 1):
                if not self._take_in(line):
                    break
            exit_code = EXIT_DONE
        except ProtocolError as error:
            print(f"bad command: {error}", file=sys.stderr)  # noqa: T201 - the plain cause
            self._fail(None, failure_of(error))
        except OSError as error:
            print(f"commands cannot be read: {error}", file=sys.stderr)  # noqa: T201
        finally:
            self._end(exit_code)

    def _take_in(self, line: bytes) -> bool:
        """Take one command; return False if it is the last one."""
        command = decode_command(line)
        if isinstance(command, Cancel):
            self._switch.cancel(command.request_id)
        elif isinstance(command, Job):
            self._jobs.put((command, self._clock.monotonic_ns()))
        return not isinstance(command, Quit)

    def _end(self, exit_code: int) -> None:
        """End the process: a frame begun is finished, a computation is not."""
        self._channel.hold(LAST_FRAME_S)
        sys.stderr.flush()
        self._jobs.put(None)
        self._leave(exit_code)

    def _end_if_broken(self, error: Exception) -> None:
        if is_engine_fault(error):
            self._end(EXIT_ENGINE_BROKEN)

    def _beat(self) -> None:
        """Thread: say that the worker is alive, and notice when its parent no longer is."""
        parent_id = os.getppid()
        while not self._silence.wait(HEARTBEAT_PERIOD_S):
            if os.getppid() != parent_id:  # on macOS this is the only notice besides the pipe's end
                self._end(EXIT_DONE)
            self._channel.send(Heartbeat())


def is_engine_fault(error: BaseException) -> bool:
    """Tell whether Windows turned a fault of the engine into an exception.

    There ctypes catches access violations ("exception: access violation ...") and illegal
    instructions (the NTSTATUS as a negative number) and raises OSError; the engine's state is
    undefined from then on.
    """
    if not isinstance(error, OSError):
        return False
    return (getattr(error, "winerror", None) or 0) < 0 or str(error).startswith("exception: ")


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Keep the collector from pausing the middle of a measurement."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()

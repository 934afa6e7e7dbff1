"""The quantising worker: `python -m large_enough.worker.quantise`.

It takes one `Quantise`, carries it out and stays until the program has nothing more to do with it.
The engine's function cannot be stopped, so whoever wants it to end ends the process: when standard
input closes or says to quit, the unfinished file is removed and the process leaves on the spot.
"""

import os
import queue
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO

from large_enough.domain.clock import Clock, SystemClock
from large_enough.domain.errors import EngineError, LargeEnoughError
from large_enough.protocol.codec import decode_command
from large_enough.protocol.messages import (
    HEARTBEAT_PERIOD_S,
    MAX_FRAME_BYTES,
    Event,
    Failed,
    Heartbeat,
    Quantise,
    Quantised,
    Quantising,
)
from large_enough.worker.bindings import Bindings
from large_enough.worker.channel import Channel
from large_enough.worker.engine_log import EngineLog
from large_enough.worker.failing import failure_of
from large_enough.worker.greeting import make_greeting
from large_enough.worker.llama_quantiser import TensorWatch, quantise
from large_enough.worker.process_setup import claim_channel, prepare_process
from large_enough.worker.unavailable_backend import UnavailableBackend


class QuantiseWorker:
    """Quantises one file in this process.

    Three threads: the main one runs the engine, one takes commands, one sends heartbeats.
    """

    def __init__(
        self,
        commands: IO[bytes],
        events: IO[bytes],
        clock: Clock,
        *,
        leave: Callable[[int], None] = os._exit,
    ) -> None:
        """Prepare.

        Args:
            commands: The way down.
            events: The way up.
            clock: For durations.
            leave: Ends the process with an exit code, from any thread.
        """
        self._commands = commands
        self._channel = Channel(events, on_lost=self._end)
        self._clock = clock
        self._leave = leave
        self._orders: queue.SimpleQueue[Quantise] = queue.SimpleQueue()
        self._unfinished: Path | None = None
        self._watch = TensorWatch(self._tell_progress)
        self._log = EngineLog(self._watch.read)

    def run(self) -> None:
        """Greet and work. Returns when the work is done; the process ends with its input."""
        engine = self._start_engine()
        reader = threading.Thread(target=self._read_commands, name="commands", daemon=True)
        reader.start()
        threading.Thread(target=self._beat, name="heartbeat", daemon=True).start()
        order = self._orders.get()
        try:
            self._carry_out(order, engine)
        except Exception as error:  # noqa: BLE001 - a worker's loop is one of the three places
            self._send(Failed(request_id=None, error=failure_of(error)))
        reader.join()

    def _start_engine(self) -> Bindings | EngineError:
        """Start the engine and greet; one that is missing is told when there is work to do."""
        # Only now: the environment is set.
        from large_enough.worker.llama_backend import start_engine

        try:
            bindings, build = start_engine(self._log)
        except EngineError as error:
            self._send(make_greeting(UnavailableBackend(error).build, self._clock))
            return error
        self._send(make_greeting(build, self._clock))
        return bindings

    def _carry_out(self, order: Quantise, engine: Bindings | EngineError) -> None:
        if isinstance(engine, EngineError):
            raise engine.with_traceback(None)
        start_s = self._clock.monotonic_s()
        self._log.clear()
        quantise(engine, self._log, self._watch, order)
        self._send(Quantised(duration_s=self._clock.monotonic_s() - start_s))

    def _tell_progress(self, fraction: float) -> None:
        """Called from within native code, which no exception may reach: nothing raises one."""
        self._send(Quantising(fraction=fraction))

    def _send(self, event: Event) -> None:
        self._channel.send(event)

    def _read_commands(self) -> None:
        """Thread: take the order, then wait for the end; whatever else comes means it, too."""
        try:
            while line := self._commands.readline(MAX_FRAME_BYTES + 1):
                command = decode_command(line)
                if not isinstance(command, Quantise):
                    break
                self._unfinished = Path(command.unfinished_path)
                self._orders.put(command)
        except (LargeEnoughError, OSError) as error:
            print(f"commands cannot be read: {error}", file=sys.stderr)  # noqa: T201
        finally:
            self._end()

    def _beat(self) -> None:
        """Thread: say that the worker is alive, and notice when its parent no longer is."""
        parent_id = os.getppid()
        pause = threading.Event()
        while not pause.wait(HEARTBEAT_PERIOD_S):
            if os.getppid() != parent_id:
                self._end()
            self._send(Heartbeat())

    def _end(self) -> None:
        """Remove what is unfinished and leave, whatever is being computed."""
        try:
            if self._unfinished is not None:
                self._unfinished.unlink(missing_ok=True)
        except OSError as error:  # Windows does not remove open files; the program will
            print(f"the unfinished file stays: {error}", file=sys.stderr)  # noqa: T201
        finally:
            self._leave(0)


def main() -> int:
    """Run a quantising worker until the program closes its standard input.

    Returns:
        The exit code.
    """
    commands, events = claim_channel()
    prepare_process(is_killed_with_parent=False)
    QuantiseWorker(commands, events, SystemClock()).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())

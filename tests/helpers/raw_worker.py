"""Talks to a worker process over its bare pipes, without the program's own client."""

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypeVar

from large_enough.domain.clock import SystemClock
from large_enough.domain.errors import ProtocolError
from large_enough.domain.generation import (
    GenerationRequest,
    LoadSettings,
    Message,
    Placement,
    Role,
)
from large_enough.protocol.codec import decode_event, encode
from large_enough.protocol.messages import (
    Cancel,
    Command,
    Event,
    Failed,
    Generate,
    Generated,
    Heartbeat,
    Load,
    Loaded,
    Quit,
    Ready,
)

TIMEOUT_S = 60.0
ONE_THREAD = Placement(thread_count=1)

Kind = TypeVar("Kind", bound=Event)


class RawWorker:
    """One worker process. Every event it sends is kept, in order, in `events`."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.process = process
        self.events: list[Event] = []
        self.lines: list[bytes] = []
        self._arrivals: queue.Queue[Event | None] = queue.Queue()
        self._errors: list[bytes] = []
        self._clock = SystemClock()
        self._threads = [
            threading.Thread(target=self._read_events, daemon=True),
            threading.Thread(target=self._read_errors, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    @property
    def error_text(self) -> str:
        """What it has written to standard error, complete once it has ended."""
        return b"".join(self._errors).decode("utf-8", "replace")

    def send(self, command: Command) -> None:
        self.send_raw(encode(command))

    def send_raw(self, data: bytes) -> None:
        stdin = _pipe(self.process.stdin)
        stdin.write(data)
        stdin.flush()

    def next_event(self, *, heartbeats: bool = False) -> Event | None:
        """Return the next event, or None once the channel is closed."""
        while True:
            event = self._arrivals.get(timeout=TIMEOUT_S)
            if event is None:
                self._arrivals.put(None)
                return None
            self.events.append(event)
            if heartbeats or not isinstance(event, Heartbeat):
                return event

    def wait_for(self, kind: type[Kind]) -> Kind:
        """Return the next event of a kind; other ones on the way are kept in `events`."""
        while (event := self.next_event(heartbeats=kind is Heartbeat)) is not None:
            if isinstance(event, kind):
                return event
            if isinstance(event, Failed):
                raise AssertionError(f"the worker failed: {event.error}")
        raise AssertionError(f"the worker ended: {self.end()}\n{self.error_text}")

    def load(
        self,
        path: Path | str,
        settings: LoadSettings | None = None,
        placement: Placement = ONE_THREAD,
    ) -> Loaded:
        self.wait_for(Ready)
        self.send(Load(path=str(path), settings=settings or LoadSettings(), placement=placement))
        return self.wait_for(Loaded)

    def ask(self, request_id: int, request: GenerationRequest) -> Generated:
        self.send(Generate(request_id=request_id, request=request))
        return self.wait_for(Generated)

    def cancel(self, request_id: int) -> None:
        self.send(Cancel(request_id=request_id))

    def end(self) -> int:
        """Wait for the process to end; return its exit code."""
        exit_code = self.process.wait(TIMEOUT_S)
        for thread in self._threads:
            thread.join(TIMEOUT_S)
        return exit_code

    def falls_silent(self, duration_s: float) -> bool:
        """Tell whether, after what may still be on its way, nothing comes for this long."""
        latest_s = self._clock.monotonic_s() + TIMEOUT_S
        while self._clock.monotonic_s() < latest_s:
            try:
                if self._arrivals.get(timeout=duration_s) is None:
                    return False
            except queue.Empty:
                return True
        return False

    def close_stdin(self) -> None:
        _pipe(self.process.stdin).close()

    def quit(self) -> int:
        self.send(Quit())
        return self.end()

    def _read_events(self) -> None:
        for line in _pipe(self.process.stdout):
            self.lines.append(line)
            try:
                event = decode_event(line)
            except ProtocolError:  # the line is in `lines`
                continue
            if event is not None:
                self._arrivals.put(event)
        self._arrivals.put(None)

    def _read_errors(self) -> None:
        self._errors.extend(_pipe(self.process.stderr))


@contextmanager
def raw_worker(
    backend: str,
    *options: str,
    environment: dict[str, str] | None = None,
    program: Sequence[str] | None = None,
) -> Iterator[RawWorker]:
    """Start a worker and make sure that it is gone in the end."""
    arguments = program or (sys.executable, "-m", "large_enough.worker")
    with subprocess.Popen(
        (*arguments, "--backend", backend, *options),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **(environment or {})},
    ) as process:
        worker = RawWorker(process)
        try:
            yield worker
        finally:
            process.kill()
            worker.end()


def ask(text: str, **fields: object) -> GenerationRequest:
    """Return a request with one user message."""
    messages = (Message(role=Role.USER, content=text),)
    return GenerationRequest(messages=messages, **{"placement": ONE_THREAD, **fields})  # type: ignore[arg-type]


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream

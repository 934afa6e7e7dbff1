"""The worker process: `python -m large_enough.worker --backend llama`."""

import argparse
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from large_enough.domain.clock import SystemClock
from large_enough.domain.echo_script import StartKind, read_script
from large_enough.domain.errors import EngineError, ModelFileError
from large_enough.domain.model_card import BackendKind
from large_enough.worker.backend import Backend
from large_enough.worker.channel import Channel
from large_enough.worker.echo_backend import EchoBackend
from large_enough.worker.echo_faults import Faults
from large_enough.worker.loop import WorkerLoop
from large_enough.worker.process_setup import claim_channel, prepare_process
from large_enough.worker.unavailable_backend import UnavailableBackend


def main(argv: Sequence[str] | None = None) -> int:
    """Run a worker until the program closes its standard input.

    Args:
        argv: Command line without the program's name; None takes the process's own.

    Returns:
        The exit code.
    """
    commands, events = claim_channel()
    prepare_process()
    options = _parse(argv)
    start = _start_kind(options.script)
    channel = Channel(events, on_lost=lambda: os._exit(0))
    silence = threading.Event()
    faults = Faults(channel, stop_heartbeat=silence.set)
    backend = _make_backend(BackendKind(options.backend), faults)
    loop = WorkerLoop(backend, channel, commands, SystemClock(), silence=silence)
    loop.run(faults.greet(start, loop.greeting()))
    return 0


def _parse(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="large_enough.worker", description=__doc__)
    kinds = [kind.value for kind in BackendKind]
    parser.add_argument("--backend", choices=kinds, required=True)
    parser.add_argument(
        "--script", type=Path, help="*.echo.json whose `start` says how to greet (echo only)"
    )
    return parser.parse_args(argv)


def _start_kind(script: Path | None) -> StartKind:
    """Return how the script, if there is one, wants the worker to greet."""
    if script is None:
        return StartKind.NORMAL
    try:
        return read_script(script).start
    except ModelFileError as error:
        sys.exit(f"the script cannot be read: {error}")


def _make_backend(kind: BackendKind, faults: Faults) -> Backend:
    clock = SystemClock()
    if kind is BackendKind.ECHO:
        return EchoBackend(clock, faults)
    try:
        # Only now: the environment is set, and the scripted worker never loads it.
        from large_enough.worker.llama_backend import LlamaBackend

        return LlamaBackend(clock)
    except EngineError as error:
        return UnavailableBackend(error)


if __name__ == "__main__":
    sys.exit(main())

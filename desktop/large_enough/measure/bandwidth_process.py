"""Measures the memory's speed in a process of its own, so that the window never loads numpy.

`python -m large_enough.measure.bandwidth_process` prints the result as one line of JSON. The
process is killed as soon as models begin to work: their figures come first.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import msgspec

from large_enough.domain.clock import SystemClock
from large_enough.domain.quantity import Unavailable
from large_enough.domain.speed_bound import Bandwidth
from large_enough.measure.bandwidth import (
    ROUND_RUNS,
    buffer_size_bytes,
    measure_bandwidth,
    numpy_readers,
)
from large_enough.measure.cores import fast_core_ids
from large_enough.measure.last_cache import last_cache_bytes
from large_enough.measure.machine import machine_name
from large_enough.measure.memory import available_memory_bytes
from large_enough.resources.locate import checkout_root

PATIENCE_S = 15.0
"""A process that takes longer is killed; it wants one or two seconds."""
_LOOK_S = 0.05
"""How often it is looked whether models have begun to work."""
_MOST_FASTER_BYTES_PER_S = 1e14
"""No memory is faster."""
NO_RESULT = Unavailable(reason="the measurement gave no result")
IN_A_BUNDLE = Unavailable(reason="this installation has no Python of its own to measure it with")
"""The executable of a bundle is the program itself: started again, it would open a window."""

_decoder: msgspec.json.Decoder[Bandwidth | Unavailable] = msgspec.json.Decoder(
    Bandwidth | Unavailable
)


class Child(Protocol):
    """The part of `subprocess.Popen` that is used."""

    def communicate(self, *, timeout: float) -> tuple[bytes, bytes]:
        """Return what it printed, once it has ended."""
        ...

    def kill(self) -> None:
        """End it."""
        ...


def run_child() -> Child:
    """Start the process that measures."""
    environment = dict(os.environ)
    if checkout_root() is not None:
        environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "large_enough.measure.bandwidth_process"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def bandwidth_in_child(
    is_busy: Callable[[], bool],
    *,
    start: Callable[[], Child] = run_child,
    is_bundle: bool = getattr(sys, "frozen", False),
) -> Bandwidth | Unavailable:
    """Measure, on the caller's thread, for as long as no model works.

    Args:
        is_busy: Whether models load or answer.
        start: Starts the process; replaced in tests.
        is_bundle: Whether this is a frozen bundle.
    """
    if is_bundle:
        return IN_A_BUNDLE
    try:
        child = start()
    except OSError:
        return NO_RESULT
    for _look in range(round(PATIENCE_S / _LOOK_S)):
        if is_busy():
            _end(child)
            return ROUND_RUNS
        try:
            return _read(child.communicate(timeout=_LOOK_S)[0])
        except subprocess.TimeoutExpired:
            continue
    _end(child)
    return NO_RESULT


def _end(child: Child) -> None:
    child.kill()
    child.communicate(timeout=PATIENCE_S)


def _read(output: bytes) -> Bandwidth | Unavailable:
    try:
        found = _decoder.decode(output)
    except (msgspec.MsgspecError, ValueError):
        return NO_RESULT
    return found if isinstance(found, Unavailable) or is_possible(found) else NO_RESULT


def is_possible(bandwidth: Bandwidth) -> bool:
    """Return whether memory can be as fast as that."""
    return 0 < bandwidth.bytes_per_s < _MOST_FASTER_BYTES_PER_S


def main() -> int:
    """Measure and print."""
    size_bytes = buffer_size_bytes(last_cache_bytes(), available_memory_bytes())
    found = (
        size_bytes
        if isinstance(size_bytes, Unavailable)
        else measure_bandwidth(
            SystemClock(),
            machine=machine_name(),
            thread_count=len(fast_core_ids()),
            size_bytes=size_bytes,
            make_readers=numpy_readers,
        )
    )
    sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

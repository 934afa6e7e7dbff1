"""Keeps the speed of this machine's memory in the user's cache, so that it is measured once."""

import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.speed_bound import Bandwidth
from large_enough.measure.bandwidth import why_not_now
from large_enough.measure.bandwidth_process import bandwidth_in_child, is_possible
from large_enough.resources.files import replace_file

FILE_NAME = "memory-speed.json"
"""In the user's cache folder."""
LOAD_WINDOW_S = 0.25
"""How long it is looked whether other programs are busy, if nobody has looked so far."""
_LONGEST_FILE_BYTES = 1 << 16

Measure = Callable[[Callable[[], bool]], Bandwidth | Unavailable]


def load_bandwidth(folder: Path, machine: str) -> Bandwidth | None:
    """Return what was measured before on this machine; None if nothing was.

    Args:
        folder: The user's cache folder.
        machine: Name of this machine; what another one left there does not hold here.
    """
    try:
        with (folder / FILE_NAME).open("rb") as file:
            found = msgspec.json.decode(file.read(_LONGEST_FILE_BYTES), type=Bandwidth)
    except (OSError, msgspec.MsgspecError, RecursionError, ValueError):
        return None
    return found if found.machine == machine and is_possible(found) else None


def save_bandwidth(folder: Path, bandwidth: Bandwidth) -> Path:
    """Keep it.

    Returns:
        Where it lies.

    Raises:
        OSError: The file cannot be written.
    """
    return replace_file(folder, FILE_NAME, msgspec.json.encode(bandwidth) + b"\n")


def _load_now(system_load: Callable[[], Quantity], wait: Callable[[float], object]) -> Quantity:
    """Return the load; of a window of its own where it was asked too early to have one."""
    load = system_load()
    if isinstance(load, Unavailable):
        wait(LOAD_WINDOW_S)
        load = system_load()
    return load


def known_bandwidth(
    folder: Path,
    machine: str,
    *,
    is_busy: Callable[[], bool],
    system_load: Callable[[], Quantity],
    measure: Measure = bandwidth_in_child,
    wait: Callable[[float], object] | None = None,
) -> Bandwidth | Unavailable:
    """Return the speed of this machine's memory: what is kept or else a new measurement.

    Takes up to two seconds the first time, on a thread of the caller's own.

    Args:
        folder: The user's cache folder.
        machine: Name of this machine (`measure.machine.machine_name`).
        is_busy: Whether models load or answer; nothing is measured while they do.
        system_load: Share of the processor in use just now.
        measure: Measures; replaced in tests.
        wait: Lets so many seconds pass; replaced in tests.
    """
    kept = load_bandwidth(folder, machine)
    if kept is not None:
        return kept
    load = _load_now(system_load, wait or threading.Event().wait)
    obstacle = why_not_now(is_busy(), load)
    found = obstacle or measure(is_busy)
    if isinstance(found, Bandwidth):
        try:
            save_bandwidth(folder, found)
        except OSError:
            return found  # measured again the next time
    return found

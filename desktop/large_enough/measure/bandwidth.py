"""Measures how fast this machine reads from memory, with as many threads as models get.

Each thread looks for the largest byte of its part of a buffer, which is far less work than reading
it; the buffer is larger than the last cache, so that each pass comes from memory. The best of some
passes counts: others were disturbed. It takes about a second, and wants a machine at rest.
"""

import concurrent.futures
from collections.abc import Callable, Sequence
from typing import Protocol

from large_enough.domain.clock import Clock
from large_enough.domain.quantity import Quantity, Unavailable
from large_enough.domain.speed_bound import Bandwidth

MEBIBYTE = 1 << 20
SMALLEST_BUFFER_BYTES = 256 * MEBIBYTE
LARGEST_BUFFER_BYTES = 512 * MEBIBYTE
"""Filling more takes longer than anybody likes to wait."""
CACHES_IN_A_BUFFER = 3
"""So many times the last cache is wanted; half of that is still enough."""
MOST_MEMORY_SHARE = 0.25
"""Of the available memory."""
READING_S = 0.4
"""Passes begin until so much time is over."""
_FEWEST_PASSES = 3
_MOST_PASSES = 40
BUSY_LOAD = 0.25
"""As for answers: from here on, other programs would be measured as well."""

ROUND_RUNS = Unavailable(reason="models are at work")
BUSY = Unavailable(reason="other programs use the processor")
TOO_LITTLE_MEMORY = Unavailable(reason="too little memory is free to measure it")


class Reader(Protocol):
    """Reads one part of the buffer; `numpy_readers` makes the real ones."""

    def __call__(self) -> object:
        """Read all of it once."""
        ...


MakeReaders = Callable[[int, int], Sequence[Reader]]
"""Takes the bytes of the buffer and the number of threads."""


def buffer_size_bytes(last_cache_bytes: int, available_bytes: int) -> int | Unavailable:
    """Return how large the buffer is to be, or why there can be none.

    Args:
        last_cache_bytes: 0 if it is not known.
        available_bytes: Free memory.
    """
    wanted = max(SMALLEST_BUFFER_BYTES, CACHES_IN_A_BUFFER * last_cache_bytes)
    size = min(wanted, LARGEST_BUFFER_BYTES, int(available_bytes * MOST_MEMORY_SHARE))
    enough = max(SMALLEST_BUFFER_BYTES, CACHES_IN_A_BUFFER * last_cache_bytes // 2)
    return size if size >= enough else TOO_LITTLE_MEMORY


def measure_bandwidth(
    clock: Clock,
    *,
    machine: str,
    thread_count: int,
    size_bytes: int,
    make_readers: MakeReaders,
) -> Bandwidth:
    """Read the buffer again and again, and return the speed of the best pass.

    Args:
        clock: Times the passes.
        machine: Name of this machine.
        thread_count: As models get.
        size_bytes: Of the buffer.
        make_readers: Fills the buffer and shares it out.
    """
    with concurrent.futures.ThreadPoolExecutor(thread_count) as pool:
        readers = make_readers(size_bytes, thread_count)
        durations_s = _passes(clock, pool, readers)
    return Bandwidth(
        bytes_per_s=size_bytes / max(min(durations_s), 1e-9),
        buffer_bytes=size_bytes,
        thread_count=thread_count,
        pass_count=len(durations_s),
        machine=machine,
        measured_utc=clock.utc_now().isoformat(timespec="seconds"),
    )


def _passes(
    clock: Clock, pool: concurrent.futures.Executor, readers: Sequence[Reader]
) -> list[float]:
    durations_s: list[float] = []
    begin_s = clock.monotonic_s()
    while len(durations_s) < _MOST_PASSES:
        start_s = clock.monotonic_s()
        concurrent.futures.wait([pool.submit(reader) for reader in readers])
        end_s = clock.monotonic_s()
        durations_s.append(end_s - start_s)
        if end_s - begin_s >= READING_S and len(durations_s) >= _FEWEST_PASSES:
            break
    return durations_s


def why_not_now(is_busy: bool, load: Quantity) -> Unavailable | None:
    """Return why this is no time to measure; None if it is.

    Args:
        is_busy: Whether models load or answer.
        load: Share of the processor in use.
    """
    if is_busy:
        return ROUND_RUNS
    return BUSY if not isinstance(load, Unavailable) and load > BUSY_LOAD else None


def numpy_readers(size_bytes: int, thread_count: int) -> Sequence[Reader]:
    """Return readers of a buffer that is really there, each page of it written once.

    numpy is imported here because the window never does: it measures in a process of its own
    (`measure.bandwidth_process`).
    """
    import numpy as np

    part_bytes = size_bytes // thread_count
    parts = [np.full(part_bytes, 1, dtype=np.uint8) for _number in range(thread_count)]
    return [part.max for part in parts]

"""Reads the memory of processes on NVIDIA cards where process ids can be trusted.

Drivers list processes by the ids of the first namespace (nvidia-docker#1483), in which an id of a
container may be a stranger's; newer ones (seen with 580) by those of the asking program's own. So
inside a container a number counts only if every process on the card is one that is there.
"""

from collections.abc import Collection, Iterator
from pathlib import Path

from large_enough.domain.quantity import Count, Unavailable
from large_enough.measure.power.nvml import gpu_process_memory_bytes
from large_enough.measure.power.nvml_session import Card, NvmlSession

IN_CONTAINER = Unavailable(
    reason="inside a container, NVIDIA's driver may list processes by other numbers"
)

_NOT_LISTED = Unavailable(reason="NVIDIA's driver does not list this process")
_FIRST_NAMESPACE = "pid:[4026531836]"  # PROC_PID_INIT_INO of include/linux/proc_ns.h


def nvidia_memory_bytes(session: NvmlSession, process_ids: Collection[int], root: Path) -> Count:
    """Return the memory that processes take on all NVIDIA cards that are awake.

    Args:
        session: The library; the caller releases it when it has done.
        process_ids: A worker with its children.
        root: Folder that holds `proc`.
    """
    used_bytes = gpu_process_memory_bytes(session, process_ids)
    is_other_reason = isinstance(used_bytes, Unavailable) and used_bytes != _NOT_LISTED
    if is_other_reason or not _is_in_container(root):
        return used_bytes
    if used_bytes == _NOT_LISTED or not _are_all_here(session, root):
        return IN_CONTAINER
    return used_bytes


def _is_in_container(root: Path) -> bool:
    try:
        return (root / "proc/self/ns/pid").readlink().name != _FIRST_NAMESPACE
    except OSError:
        return False


def _are_all_here(session: NvmlSession, root: Path) -> bool:
    cards = session.cards()
    if not isinstance(cards, tuple):
        return False
    listed = (process_id for card in cards for process_id in _listed(session, card))
    return all((root / "proc" / str(process_id)).is_dir() for process_id in listed)


def _listed(session: NvmlSession, card: Card) -> Iterator[int]:
    attached = session.attach(card)
    if not isinstance(attached, tuple):
        return
    library, handle = attached
    for ask in (
        library.nvmlDeviceGetComputeRunningProcesses,
        library.nvmlDeviceGetGraphicsRunningProcesses,
    ):
        try:
            yield from (process.pid for process in ask(handle))
        except library.NVMLError:
            continue

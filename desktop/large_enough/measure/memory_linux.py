"""Reads the memory of processes from Linux' /proc.

Source: Documentation/filesystems/proc.rst of the kernel. A reading costs about 0.02 ms.
"""

import re
from pathlib import Path

from large_enough.domain.clock import Clock
from large_enough.domain.quantity import Count, Unavailable
from large_enough.domain.resource_use import MemorySample
from large_enough.measure.process_tree import ProcessTree

_KIBIBYTE = 1024  # what /proc calls kB
_FIELD = re.compile(r"^(\w+):\s*(\d+) kB$", re.MULTILINE)
_RESET_PEAK = "5"  # for clear_refs: sets VmHWM back to the current resident set

NOT_TOLD_APART = Unavailable(reason="this kernel does not tell mapped files apart")


class LinuxMemoryReader:
    """Memory of a process tree as /proc/PID/status tells it.

    The weights are what is resident of mapped files (`RssFile`) and of shared memory
    (`RssShmem`: a model file on a RAM disk counts there), at most the size of the model file; the
    rest of it are program libraries. Working memory is `RssAnon`.
    """

    method = "/proc/PID/status"

    def __init__(self, clock: Clock, tree: ProcessTree, root: Path = Path("/proc")) -> None:
        self._clock = clock
        self._tree = tree
        self._root = root

    def read(self, process_id: int, model_file_bytes: int) -> MemorySample | None:
        """Return the memory of the process with its children now; None if it is gone.

        Args:
            process_id: The worker.
            model_file_bytes: Size of the mapped model file (all parts); 0 if it is not mapped.
        """
        t_ns = self._clock.monotonic_ns()
        statuses = [self._status(member) for member in self._tree.members(process_id)]
        if "VmRSS" not in statuses[0]:  # gone, or a zombie, which has no memory
            self._tree.forget(process_id)
            return None
        file_bytes = _sum(statuses, "RssFile", "RssShmem")
        return MemorySample(
            t_ns=t_ns,
            resident_bytes=sum(status.get("VmRSS", 0) for status in statuses),
            weights_bytes=min(file_bytes, model_file_bytes)
            if isinstance(file_bytes, int)
            else file_bytes,
            working_bytes=_sum(statuses, "RssAnon"),
        )

    def peak_resident_bytes(self, process_id: int) -> Count:
        """Return the highest resident set of the process itself since `reset_peak`.

        Children are left out: peaks at different moments do not add up.
        """
        peak_bytes = self._status(process_id).get("VmHWM")
        return Unavailable(reason="the process is gone") if peak_bytes is None else peak_bytes

    def reset_peak(self, process_id: int) -> bool:
        """Start the peak anew; return whether the kernel let us."""
        try:
            (self._root / str(process_id) / "clear_refs").write_text(_RESET_PEAK)
        except OSError:
            return False
        return True

    def _status(self, process_id: int) -> dict[str, int]:
        """Return the sizes in the process's status, in bytes; none if it is gone."""
        try:
            text = (self._root / str(process_id) / "status").read_text(errors="replace")
        except OSError:  # includes ESRCH: it ended while it was read
            return {}
        return {name: int(size_kib) * _KIBIBYTE for name, size_kib in _FIELD.findall(text)}


def _sum(statuses: list[dict[str, int]], *names: str) -> Count:
    """Add fields up over processes; unavailable if the first process lacks one of them."""
    if any(name not in statuses[0] for name in names):
        return NOT_TOLD_APART
    return sum(status.get(name, 0) for status in statuses for name in names)

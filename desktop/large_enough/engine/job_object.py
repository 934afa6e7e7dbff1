"""Ties a worker's life to ours on Windows.

A job object with KILL_ON_JOB_CLOSE ends its processes when the last handle to it is closed, which
Windows does for us however we end. It is the second line behind the end of the worker's standard
input; Linux has PR_SET_PDEATHSIG instead, macOS a look at the parent's id.

Source: https://learn.microsoft.com/windows/win32/procthread/job-objects and the structures
JOBOBJECT_BASIC_LIMIT_INFORMATION, IO_COUNTERS, JOBOBJECT_EXTENDED_LIMIT_INFORMATION of winnt.h.
"""

import ctypes
import sys
from typing import Any

JOB_OBJECT_EXTENDED_LIMIT_INFORMATION = 9
JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE = 0x2000
PROCESS_TERMINATE = 0x0001
PROCESS_SET_QUOTA = 0x0100


class _BasicLimits(ctypes.Structure):
    _fields_ = (
        ("per_process_user_time_limit", ctypes.c_int64),
        ("per_job_user_time_limit", ctypes.c_int64),
        ("limit_flags", ctypes.c_uint32),
        ("minimum_working_set_size", ctypes.c_size_t),
        ("maximum_working_set_size", ctypes.c_size_t),
        ("active_process_limit", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority_class", ctypes.c_uint32),
        ("scheduling_class", ctypes.c_uint32),
    )


class _ExtendedLimits(ctypes.Structure):
    _fields_ = (
        ("basic", _BasicLimits),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory_limit", ctypes.c_size_t),
        ("job_memory_limit", ctypes.c_size_t),
        ("peak_process_memory_used", ctypes.c_size_t),
        ("peak_job_memory_used", ctypes.c_size_t),
    )


class WorkerJob:
    """Holds one process; keep the object for as long as the process may live."""

    def __init__(self, process_id: int, kernel32: Any = None) -> None:  # noqa: ANN401 - a DLL
        """Take hold of a process; where there are no job objects, do nothing.

        Args:
            process_id: The worker.
            kernel32: The library; by default Windows' own, and none on other systems.
        """
        self.is_held = False
        """Whether the process will end with us."""
        library = kernel32 if kernel32 is not None else _system_library()
        if library is not None:
            self._job = library.CreateJobObjectW(None, None)
            self.is_held = bool(self._job) and self._take(library, process_id)

    def _take(self, library: Any, process_id: int) -> bool:  # noqa: ANN401 - a DLL
        limits = _ExtendedLimits()
        limits.basic.limit_flags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
        kind, size = JOB_OBJECT_EXTENDED_LIMIT_INFORMATION, ctypes.sizeof(limits)
        if not library.SetInformationJobObject(self._job, kind, ctypes.byref(limits), size):
            return False
        process = library.OpenProcess(PROCESS_SET_QUOTA | PROCESS_TERMINATE, False, process_id)
        if not process:
            return False
        taken = bool(library.AssignProcessToJobObject(self._job, process))
        library.CloseHandle(process)
        return taken


def _system_library() -> Any:  # noqa: ANN401 - a DLL
    """Return kernel32 with its handle types declared, or None on other systems."""
    if sys.platform == "win32":
        library = ctypes.WinDLL("kernel32", use_last_error=True)
        handle, word, flag = ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int32
        library.CreateJobObjectW.restype = handle
        library.CreateJobObjectW.argtypes = (handle, ctypes.c_wchar_p)
        library.SetInformationJobObject.argtypes = (handle, word, handle, word)
        library.OpenProcess.restype = handle
        library.OpenProcess.argtypes = (word, flag, word)
        library.AssignProcessToJobObject.argtypes = (handle, handle)
        library.CloseHandle.argtypes = (handle,)
        return library
    else:  # noqa: RET505 - the type checker skips foreign branches only so
        return None

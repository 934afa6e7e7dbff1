"""The job object, against a stand-in for kernel32."""

import ctypes
from typing import Any

import pytest

from large_enough.engine.job_object import WorkerJob, _ExtendedLimits


class FakeKernel32:
    def __init__(self, failing: str = "") -> None:
        self.failing = failing
        self.calls: list[tuple[Any, ...]] = []

    def _call(self, name: str, result: int, *arguments: Any) -> int:
        self.calls.append((name, *arguments))
        return 0 if name == self.failing else result

    def CreateJobObjectW(self, security: Any, name: Any) -> int:
        return self._call("CreateJobObjectW", 11)

    def SetInformationJobObject(self, job: int, kind: int, limits: Any, size: int) -> int:
        flags = ctypes.cast(limits, ctypes.POINTER(_ExtendedLimits)).contents.basic.limit_flags
        return self._call("SetInformationJobObject", 1, job, kind, flags, size)

    def OpenProcess(self, rights: int, inherit: bool, process_id: int) -> int:
        return self._call("OpenProcess", 22, rights, process_id)

    def AssignProcessToJobObject(self, job: int, process: int) -> int:
        return self._call("AssignProcessToJobObject", 1, job, process)

    def CloseHandle(self, handle: int) -> int:
        return self._call("CloseHandle", 1, handle)


def test_the_process_is_put_into_a_job_that_ends_with_us() -> None:
    library = FakeKernel32()
    assert WorkerJob(4711, library).is_held
    assert ("SetInformationJobObject", 11, 9, 0x2000, ctypes.sizeof(_ExtendedLimits)) in (
        library.calls
    )
    assert ("OpenProcess", 0x0101, 4711) in library.calls
    assert ("AssignProcessToJobObject", 11, 22) in library.calls
    assert library.calls[-1] == ("CloseHandle", 22)


@pytest.mark.parametrize(
    "failing",
    ["CreateJobObjectW", "SetInformationJobObject", "OpenProcess", "AssignProcessToJobObject"],
)
def test_a_refusal_is_told_and_harms_nothing(failing: str) -> None:
    assert not WorkerJob(4711, FakeKernel32(failing)).is_held


def test_the_structure_has_windows_size() -> None:
    expected = 144 if ctypes.sizeof(ctypes.c_void_p) == 8 else 112
    assert ctypes.sizeof(_ExtendedLimits) == expected

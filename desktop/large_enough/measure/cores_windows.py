"""Tells the physical cores of a Windows machine apart.

Source: Microsoft's documentation of GetLogicalProcessorInformationEx and of
SYSTEM_LOGICAL_PROCESSOR_INFORMATION_EX.
"""

import ctypes
import struct
from collections.abc import Callable, Iterator

_RELATION_PROCESSOR_CORE = 0
_HEADER = struct.Struct("<II")  # Relationship, Size
_CORE = struct.Struct("<BB20xH")  # Flags, EfficiencyClass, Reserved, GroupCount
_GROUP = struct.Struct("<QH6x")  # Mask, Group, Reserved; on 64-bit systems
_PROCESSORS_A_GROUP = 64


def read_core_information() -> bytes:
    """Return the records of all cores as the system gives them; empty if it does not."""
    kernel = getattr(ctypes, "windll", None)
    if kernel is None:
        return b""
    ask = kernel.kernel32.GetLogicalProcessorInformationEx
    size = ctypes.c_uint32(0)
    ask(_RELATION_PROCESSOR_CORE, None, ctypes.byref(size))
    buffer = ctypes.create_string_buffer(size.value)
    succeeded = ask(_RELATION_PROCESSOR_CORE, buffer, ctypes.byref(size))
    return buffer.raw[: size.value] if succeeded else b""


def windows_cores(
    allowed: set[int], read: Callable[[], bytes] = read_core_information
) -> tuple[int, ...]:
    """Return one allowed processor for each core of the fastest class; empty if unknown.

    Args:
        allowed: Logical processors this process may use.
        read: Gives the system's records.
    """
    cores = [
        (efficiency_class, siblings & allowed)
        for efficiency_class, siblings in _cores(read())
        if siblings & allowed
    ]
    # A higher class is a faster core with a worse efficiency.
    fastest = max((efficiency_class for efficiency_class, _siblings in cores), default=0)
    return tuple(
        sorted(min(siblings) for efficiency_class, siblings in cores if efficiency_class == fastest)
    )


def _cores(records: bytes) -> Iterator[tuple[int, set[int]]]:
    """Yield class and logical processors of each core."""
    offset = 0
    while offset + _HEADER.size <= len(records):
        relation, size = _HEADER.unpack_from(records, offset)
        if size < _HEADER.size + _CORE.size or offset + size > len(records):
            return
        if relation == _RELATION_PROCESSOR_CORE:
            yield _core(records[offset + _HEADER.size : offset + size])
        offset += size


def _core(record: bytes) -> tuple[int, set[int]]:
    _flags, efficiency_class, group_count = _CORE.unpack_from(record)
    processors: set[int] = set()
    for index in range(group_count):
        start = _CORE.size + index * _GROUP.size
        if start + _GROUP.size > len(record):
            break
        mask, group = _GROUP.unpack_from(record, start)
        processors.update(
            group * _PROCESSORS_A_GROUP + bit
            for bit in range(_PROCESSORS_A_GROUP)
            if mask >> bit & 1
        )
    return efficiency_class, processors

"""Reads the memory breakdown out of what the engine logged while loading.

The engine has no other way to tell that a C program could use (`llama_get_memory_breakdown` returns
a C++ map). Sizes are logged in MiB with two decimals: they are exact to about 5 kB.
"""

import re
from collections.abc import Iterable

from large_enough.domain.generation import Buffer, BufferKind
from large_enough.worker.engine_log import LEVEL_WARN, LogLine

BYTES_PER_MIB = 1 << 20
MAX_WARNINGS = 20
MAX_WARNING_CHARACTERS = 500

_KINDS = {
    "model": BufferKind.WEIGHTS,
    "LoRA": BufferKind.WEIGHTS,
    "KV": BufferKind.KV_CACHE,
    "RS": BufferKind.RECURRENT,
    "compute": BufferKind.COMPUTE,
    "output": BufferKind.OUTPUT,
}
_BUFFER = re.compile(
    r":\s+(?P<device>\S+)\s+(?P<kind>model|LoRA|KV|RS|compute|output) buffer size\s*=\s*"
    r"(?P<size_mib>[0-9.]+) MiB"
)


def parse_buffers(lines: Iterable[LogLine]) -> tuple[Buffer, ...]:
    """Return the engine's blocks of memory; those of no size are left out.

    A context may set its compute buffers up more than once: for these the last word counts. Caches
    of models with sliding windows come in parts, which add up.
    """
    sizes_bytes: dict[tuple[BufferKind, str], int] = {}
    for line in lines:
        if found := _BUFFER.search(line.text):
            key = _KINDS[found["kind"]], found["device"]
            size_bytes = round(float(found["size_mib"]) * BYTES_PER_MIB)
            before_bytes = 0 if key[0] is BufferKind.COMPUTE else sizes_bytes.get(key, 0)
            sizes_bytes[key] = before_bytes + size_bytes
    return tuple(
        Buffer(kind=kind, device=device, size_bytes=size_bytes)
        for (kind, device), size_bytes in sizes_bytes.items()
        if size_bytes > 0
    )


def parse_warnings(lines: Iterable[LogLine]) -> tuple[str, ...]:
    """Return the warnings, each one once, shortened."""
    texts = (
        line.text.strip()[:MAX_WARNING_CHARACTERS] for line in lines if line.level >= LEVEL_WARN
    )
    return tuple(dict.fromkeys(texts))[:MAX_WARNINGS]

"""Reads the graphics memory of processes from Linux' graphics drivers (AMD, Intel).

Source: Documentation/gpu/drm-usage-stats.rst of the kernel. Each open file of a graphics device
tells in `/proc/PID/fdinfo` what its client uses; several files may be of one client. Memory of a
card's own is called "vram" (amdgpu), "vram0" and so on (xe) or "local0" and so on (i915).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from large_enough.domain.quantity import Count, Unavailable
from large_enough.domain.text import to_translate
from large_enough.measure.power.sysfs import ReadText, read_file, read_word, reason_of

NO_CARD_OPEN = Unavailable(reason="this process has opened no graphics card")
NOT_TOLD = Unavailable(reason="the graphics driver does not tell the memory of a process")
SHARED = Unavailable(reason="shared with the machine's memory")

_UNIT_BYTES = {"": 1, "KiB": 1 << 10, "MiB": 1 << 20}
_REGION = re.compile(r"drm-(?P<kind>resident|memory)-(?P<place>.+)")
_OWN_MEMORY = re.compile(r"(vram|local)\d*")


def drm_memory_bytes(
    process_ids: Iterable[int], root: Path, read_text: ReadText = read_file
) -> Count:
    """Return the memory of graphics cards' own that processes use together.

    Args:
        process_ids: A worker with its children.
        root: Folder that holds `proc`.
        read_text: Reads a file.
    """
    used_bytes: dict[tuple[str, str], Count] = {}
    obstacle = NO_CARD_OPEN
    for process_id in process_ids:
        folder = root / "proc" / str(process_id) / "fdinfo"
        try:
            files = sorted(folder.iterdir())
        except OSError as error:
            obstacle = Unavailable(reason=reason_of(error, to_translate("the list of open files")))
            continue
        for facts in _clients(files, read_text):
            used_bytes[_client(facts, len(used_bytes))] = _own_memory_bytes(facts)
    return _total(list(used_bytes.values())) if used_bytes else obstacle


def _clients(files: Iterable[Path], read_text: ReadText) -> Iterator[Mapping[str, str]]:
    for path in files:
        lines = (read_word(path, read_text) or "").splitlines()
        pairs = (line.partition(":") for line in lines)
        facts = {key.strip(): value.strip() for key, _colon, value in pairs}
        if "drm-driver" in facts:
            yield facts


def _client(facts: Mapping[str, str], number: int) -> tuple[str, str]:
    """Return what tells a client apart; where the driver gives no id, each file is one."""
    return facts.get("drm-pdev", ""), facts.get("drm-client-id") or f"file {number}"


def _own_memory_bytes(facts: Mapping[str, str]) -> Count:
    """Return what is resident, else (older drivers) what is allocated, in the card's own memory."""
    kinds: dict[str, dict[str, str]] = {"resident": {}, "memory": {}}
    for key, value in facts.items():
        match = _REGION.fullmatch(key)
        if match:
            kinds[match["kind"]][match["place"]] = value
    regions = kinds["resident"] or kinds["memory"]
    if not regions:
        return NOT_TOLD
    own = [_bytes(value) for place, value in regions.items() if _OWN_MEMORY.fullmatch(place)]
    return _total(own) if own else SHARED


def _bytes(value: str) -> Count:
    number, _space, unit = value.partition(" ")
    unit_bytes = _UNIT_BYTES.get(unit.strip())
    if not number.isdecimal() or unit_bytes is None:
        return NOT_TOLD
    return int(number) * unit_bytes


def _total(parts: Iterable[Count]) -> Count:
    """Add up; clients without memory of their own add nothing unless all are such."""
    total_bytes, known_count = 0, 0
    for part in parts:
        if part == SHARED:
            continue
        if isinstance(part, Unavailable):
            return part
        total_bytes, known_count = total_bytes + part, known_count + 1
    return total_bytes if known_count else SHARED

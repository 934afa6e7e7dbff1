"""Changes headers of model files at random, and watches what reading them does.

`python -m tests.helpers.header_fuzz` reads 10,000 of them and prints a table; the tests read fewer.
"""

import functools
import io
import random
import struct
import sys
import tempfile
import tracemalloc
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.helpers.gguf_files import TINY_METADATA, TINY_SHAPES, Value, write_gguf

from large_enough.catalog.header_facts import AdapterFacts, ModelFacts, read_facts
from large_enough.domain.clock import SystemClock
from large_enough.domain.generation import LoadSettings
from large_enough.gguf.header import read_header
from large_enough.gguf.memory import estimate_memory

CAMPAIGN_FILES = 10_000
SEED = 20_261_128
MOST_TIMES_SIZE = 5
"""Reading takes the piece that is read, and what of it is kept. A text takes up to four bytes a
character in Python: so much where a damaged length makes one text of nearly the whole file."""
MOST_MORE_BYTES = 64 << 10
"""On top of that: Python's own objects, none of which grows with a number that a header claims."""

_INTERESTING_BYTES = (0x00, 0x01, 0x08, 0x09, 0x7F, 0x80, 0xFF)
_INTERESTING_NUMBERS = (0, 1, 2, 255, 1 << 16, 1 << 31, (1 << 32) - 1, 1 << 33, 1 << 62, 1 << 63)
_LARGEST_NUMBER = (1 << 64) - 1


@dataclass(kw_only=True)
class Findings:
    """What reading many changed files came to."""

    file_count: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    """How many were read as models or adapters, or refused, by the kind of refusal."""
    more_bytes: list[int] = field(default_factory=list)
    """For each file, what was taken from memory beyond its size."""
    slowest_s: float = 0.0
    """With all allocations being traced, which makes reading several times slower."""
    faults: list[str] = field(default_factory=list)
    """What must not happen: another exception, a read past the end, too much memory."""


class _WatchedFile(io.FileIO):
    """A file that knows how far anybody tried to read."""

    furthest_bytes = 0

    def read(self, size: int | None = -1, /) -> bytes:
        """Note how far it goes, then read."""
        end_bytes = self.tell() + size if size is not None and size >= 0 else 1 << 62
        self.furthest_bytes = max(self.furthest_bytes, end_bytes)
        return super().read(size)


class WatchedPath(type(Path())):  # type: ignore[misc] # the class for this operating system
    """A path whose files know how far they were read."""

    def open(self, *_arguments: Any, **_options: Any) -> Any:
        """Open the file to be watched."""
        file = _WatchedFile(str(self))
        _OPENED.append(file)
        return file


_OPENED: list[_WatchedFile] = []


@functools.cache
def originals() -> tuple[bytes, ...]:
    """Return good files of several kinds: a small model, one with a vocabulary, an adapter."""
    words = [f"word{number}" for number in range(3000)]
    vocabulary: Mapping[str, Value] = {
        **TINY_METADATA,
        "tokenizer.ggml.tokens": words,
        "tokenizer.ggml.merges": words,
    }
    layers: Mapping[str, Value] = {
        **TINY_METADATA,
        "llama.attention.head_count_kv": [2, 4],
        "split.count": 1,
    }
    adapter: Mapping[str, Value] = {
        "general.type": "adapter",
        "adapter.type": "lora",
        "adapter.lora.alpha": 16.0,
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "original.gguf"
        kinds = (TINY_METADATA, vocabulary, layers, adapter)
        return tuple(write_gguf(path, kind, TINY_SHAPES).read_bytes() for kind in kinds)


def _set_byte(changed: bytearray, place: int, generator: random.Random) -> None:
    changed[place] = generator.randrange(256)


def _set_bytes(changed: bytearray, place: int, generator: random.Random) -> None:
    length = generator.randint(1, 9)
    changed[place : place + length] = bytes([generator.choice(_INTERESTING_BYTES)]) * length


def _set_number(changed: bytearray, place: int, generator: random.Random) -> None:
    number = generator.choice(_INTERESTING_NUMBERS) + generator.randint(-2, 2)
    size = generator.choice((4, 8))
    raw = struct.pack("<Q", number % _LARGEST_NUMBER)
    changed[place : place + size] = raw[:size]


def _cut_off(changed: bytearray, place: int, generator: random.Random) -> None:
    del changed[generator.randrange(place, len(changed)) :]


def _remove(changed: bytearray, place: int, generator: random.Random) -> None:
    del changed[place : place + generator.randint(1, 40)]


def _repeat(changed: bytearray, place: int, generator: random.Random) -> None:
    length = generator.randint(1, 200)
    changed[place:place] = changed[place : place + length]


_CHANGES: Sequence[Callable[[bytearray, int, random.Random], None]] = (
    _set_byte,
    _set_bytes,
    _set_number,
    _set_number,
    _cut_off,
    _remove,
    _repeat,
)


def mutated(generator: random.Random) -> bytes:
    """Return a good file with one to four changes, most of them in its header."""
    changed = bytearray(generator.choice(originals()))
    for _ in range(generator.randint(1, 4)):
        reach = generator.choice((32, 400, 1500, len(changed)))
        place = generator.randrange(max(1, min(len(changed), reach)))
        if changed:
            generator.choice(_CHANGES)(changed, place, generator)
    return bytes(changed)


def fuzz(file_count: int, folder: Path, seed: int = SEED) -> Findings:
    """Read so many changed files.

    Args:
        file_count: How many.
        folder: For the file.
        seed: Of the changes.
    """
    generator = random.Random(seed)
    findings = Findings()
    path = folder / "mutated.gguf"
    tracemalloc.start()
    try:
        for number in range(file_count):
            content = mutated(generator)
            path.write_bytes(content)
            examine(f"file {number} of seed {seed}", WatchedPath(path), len(content), findings)
    finally:
        tracemalloc.stop()
    findings.file_count = file_count
    return findings


def examine(
    name: str,
    path: Path,
    size_bytes: int,
    findings: Findings,
    read: Callable[[Path], str] | None = None,
) -> None:
    """Read one file and note everything about it.

    Args:
        name: Of the file, for messages.
        path: The file; a `WatchedPath`.
        size_bytes: Of the file.
        findings: What is noted.
        read: Reads the file and says what it is; as the program does by default.
    """
    clock = SystemClock()
    _OPENED.clear()
    tracemalloc.reset_peak()
    before_bytes, _peak = tracemalloc.get_traced_memory()
    began_s = clock.monotonic_s()
    try:
        findings.outcomes[(read or _outcome)(path)] += 1
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        findings.faults.append(f"{name}: {error!r}")
    findings.slowest_s = max(findings.slowest_s, clock.monotonic_s() - began_s)
    _now, peak_bytes = tracemalloc.get_traced_memory()
    taken_bytes = peak_bytes - before_bytes
    findings.more_bytes.append(taken_bytes - size_bytes)
    if taken_bytes > MOST_TIMES_SIZE * size_bytes + MOST_MORE_BYTES:
        findings.faults.append(f"{name}: took {taken_bytes} bytes for a file of {size_bytes}")
    if any(file.furthest_bytes > size_bytes for file in _OPENED):
        findings.faults.append(f"{name}: read past the end")


def _outcome(path: Path) -> str:
    """Read a file in every way the program does; return what it was taken for."""
    facts = read_facts(path)
    if isinstance(facts, ModelFacts):
        estimate_memory(read_header(path), LoadSettings())
        return "read as a model"
    if isinstance(facts, AdapterFacts):
        return "read as an adapter"
    if not facts.error.detail and not facts.error.facts:
        raise AssertionError("refused without a reason")
    return f"refused: {facts.error.kind.value}"


def main() -> int:
    """Read all files of the campaign and print what came of it."""
    with tempfile.TemporaryDirectory() as folder:
        findings = fuzz(CAMPAIGN_FILES, Path(folder))
    print(f"{findings.file_count:,} changed headers, seed {SEED}")
    for outcome, count in findings.outcomes.most_common():
        print(f"  {count:6,}  {outcome}")
    more_bytes = sorted(findings.more_bytes)
    for words, share in (("half", 0.5), ("99 in 100", 0.99), ("all", 1.0)):
        most_bytes = more_bytes[round(share * (len(more_bytes) - 1))]
        print(f"  memory beyond the file's size, {words}: at most {most_bytes:,} bytes")
    print(f"  slowest, with memory traced: {findings.slowest_s * 1e3:.1f} ms")
    for fault in findings.faults:
        print(f"  FAULT {fault}")
    return 1 if findings.faults else 0


if __name__ == "__main__":
    sys.exit(main())

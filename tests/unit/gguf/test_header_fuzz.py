"""Whatever is done to a file, reading it ends quickly, and with nothing but a ModelFileError."""

import functools
import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers.gguf_files import write_gguf

from large_enough.domain.clock import SystemClock
from large_enough.domain.errors import ModelFileError
from large_enough.domain.generation import LoadSettings
from large_enough.gguf.card import read_card
from large_enough.gguf.header import read_header
from large_enough.gguf.memory import estimate_memory

MUTATIONS = 800
PATIENCE_S = 10.0
"""For all mutations together: some milliseconds each, on a busy machine."""

INTERESTING = (0x00, 0x01, 0x08, 0x09, 0x7F, 0x80, 0xFF)


@functools.cache
def valid_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return write_gguf(Path(folder) / "valid.gguf").read_bytes()


def read_everything(path: Path) -> None:
    try:
        header = read_header(path)
        estimate_memory(header, LoadSettings())
        read_card(path)
    except ModelFileError:
        return


def mutated(content: bytes, generator: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(generator.randint(1, 4)):
        place = generator.randrange(min(len(changed), 1400))
        match generator.randrange(4):
            case 0:
                changed[place] = generator.randrange(256)
            case 1:
                changed[place] = generator.choice(INTERESTING)
            case 2:
                length = generator.randint(1, 9)
                changed[place : place + length] = bytes([generator.choice(INTERESTING)]) * length
            case _:
                del changed[generator.randrange(place, len(changed)) :]
                changed += b"\0"
    return bytes(changed)


def test_mutations_of_a_valid_file(tmp_path: Path) -> None:
    path = tmp_path / "mutated.gguf"
    generator = random.Random(20_240_917)
    clock = SystemClock()
    began_s = clock.monotonic_s()
    slowest_s = 0.0
    for _ in range(MUTATIONS):
        path.write_bytes(mutated(valid_file(), generator))
        one_s = clock.monotonic_s()
        read_everything(path)
        slowest_s = max(slowest_s, clock.monotonic_s() - one_s)
    assert clock.monotonic_s() - began_s < PATIENCE_S
    assert slowest_s < 1.0


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_after_the_magic(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.gguf"
        path.write_bytes(b"GGUF\3\0\0\0" + content)
        read_everything(path)


@pytest.mark.parametrize("size", [0, 3, 4, 8, 23, 24, 25])
def test_every_short_file(tmp_path: Path, size: int) -> None:
    path = tmp_path / "short.gguf"
    path.write_bytes(valid_file()[:size])
    with pytest.raises(ModelFileError):
        read_header(path)

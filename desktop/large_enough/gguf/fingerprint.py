"""Tells whether two files hold the same model without reading all of them."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

SAMPLE_COUNT = 16
"""So many pieces of the weights are looked at, evenly spread over the file."""
SAMPLE_BYTES = 16 << 10
"""Length of each piece."""

_PIECE_BYTES = 1 << 20


def weights_fingerprint(path: Path, header_bytes: int) -> str:
    """Return a checksum of a file's size, its header and samples of its weights.

    The header alone does not suffice: two steps of the same training have the same names and
    shapes. Their weights differ nearly everywhere, so that samples tell them apart.

    Args:
        path: The file.
        header_bytes: Where its weights begin.

    Returns:
        BLAKE2b in lower-case hex.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb", buffering=0) as file:
        size_bytes = file.seek(0, 2)
        digest = hashlib.blake2b(str(size_bytes).encode(), digest_size=16)
        for start, length in _stretches(min(header_bytes, size_bytes), size_bytes):
            digest.update(_read(file, start, length))
    return digest.hexdigest()


def _stretches(header_bytes: int, size_bytes: int) -> Iterator[tuple[int, int]]:
    """Yield start and length of everything that is looked at."""
    for start in range(0, header_bytes, _PIECE_BYTES):
        yield start, min(_PIECE_BYTES, header_bytes - start)
    room_bytes = max(0, size_bytes - SAMPLE_BYTES - header_bytes)
    for number in range(SAMPLE_COUNT):
        yield header_bytes + room_bytes * number // (SAMPLE_COUNT - 1), SAMPLE_BYTES


def _read(file: BinaryIO, start: int, length: int) -> bytes:
    file.seek(start)
    return file.read(length)

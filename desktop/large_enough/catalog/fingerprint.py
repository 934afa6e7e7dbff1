"""Tells model files apart by what is in them, so that one that was moved is known again.

Hashing a whole model takes seconds. Its size with the SHA-256 of its first and last megabyte tells
models, quantisations and versions apart: the header holds name and table of tensors, the end is
weights. It is no proof against somebody who wants two files to look alike; where that matters,
`catalog.identity` hashes all of it.
"""

import hashlib
import os
from pathlib import Path

from large_enough.domain.errors import FailureKind, ModelFileError

_PART_BYTES = 1 << 20


def file_fingerprint(path: Path) -> str:
    """Return the fingerprint of a file: 64 hexadecimal digits, the same wherever it lies.

    Raises:
        ModelFileError: It is missing or cannot be read.
    """
    try:
        with path.open("rb") as file:
            size_bytes = os.fstat(file.fileno()).st_size
            digest = hashlib.sha256(f"{size_bytes}:".encode())
            digest.update(file.read(_PART_BYTES))
            file.seek(max(0, size_bytes - _PART_BYTES))
            digest.update(file.read(_PART_BYTES))
    except FileNotFoundError as error:
        raise ModelFileError(FailureKind.FILE_MISSING, str(path)) from error
    except (OSError, ValueError) as error:
        raise ModelFileError(FailureKind.FILE_UNREADABLE, str(path), detail=str(error)) from error
    return digest.hexdigest()

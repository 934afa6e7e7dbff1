"""Keeps what the engine said about models, so that each question is asked once."""

import contextlib
from pathlib import Path

import msgspec

from large_enough.domain.dry_run import DryRun
from large_enough.domain.generation import LoadSettings
from large_enough.resources.files import replace_file
from large_enough.store.versioned_file import load_versioned

FILE_NAME = "dry-runs.json"
"""In the user's cache folder."""
SCHEMA_VERSION = 1
MOST_KEPT = 1000
"""The newest are kept."""

_LONGEST_FILE_BYTES = 4 << 20


class DryRunKey(msgspec.Struct, frozen=True, kw_only=True):
    """What a dry run depends on."""

    path: str
    size_bytes: int
    modified_ns: int
    inode: int
    settings: LoadSettings
    engine: str
    """Version of the bindings."""


class KeptDryRun(msgspec.Struct, frozen=True, kw_only=True):
    """One question with its answer."""

    key: DryRunKey
    dry_run: DryRun


class _File(msgspec.Struct, frozen=True, kw_only=True):
    schema_version: int
    runs: tuple[KeptDryRun, ...]


def load_dry_runs(folder: Path) -> tuple[KeptDryRun, ...]:
    """Return what is kept; nothing if the file is missing, damaged or of another version.

    Args:
        folder: The user's cache folder.
    """
    found = load_versioned(
        folder / FILE_NAME, _File, SCHEMA_VERSION, longest_bytes=_LONGEST_FILE_BYTES
    )
    if found is None:
        return ()
    return tuple(kept for kept in found.runs if _makes_sense(kept.dry_run))


def _makes_sense(dry_run: DryRun) -> bool:
    sizes = (dry_run.weights_bytes, dry_run.kv_cache_bytes, dry_run.context_tokens)
    buffers = (buffer.size_bytes for buffer in dry_run.buffers)
    return all(0 <= size < 1 << 60 for size in (*sizes, *buffers))


def save_dry_runs(folder: Path, runs: tuple[KeptDryRun, ...]) -> None:
    """Keep the newest ones, the last in the row; a cache that cannot be written is only slower."""
    kept = _File(schema_version=SCHEMA_VERSION, runs=runs[-MOST_KEPT:])
    with contextlib.suppress(OSError, UnicodeEncodeError):
        replace_file(folder, FILE_NAME, msgspec.json.encode(kept) + b"\n")
